"""Drug dictionaries: the one compiler of their tables, and the readers of NLM's and FDA's official releases."""
