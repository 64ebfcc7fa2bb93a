"""What developers run: set-up, checks, others' suites."""
