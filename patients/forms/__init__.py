"""Forms of the record room."""
