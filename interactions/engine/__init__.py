"""The mind: a frozen snapshot and the compiled knowledge in, flags out. Standard library only, no clock."""
