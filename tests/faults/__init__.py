"""What the virtual device's faults do to the verdicts of the shipped samples: ``python -m tests.faults``."""
