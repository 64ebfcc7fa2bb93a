"""A run folder back to its timeline, from what is on disk and nothing else."""
