"""What start.py hands over to, inside the virtual environment: the demo's data, its processes, the test run."""
