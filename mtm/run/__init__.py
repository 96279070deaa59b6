"""What start.py hands over to: the demo's data, its processes, the test run.

These modules use the standard library alone (but for the tests' browser): they run in whichever Python
started start.py, and start their programs from the virtual environment.
"""
