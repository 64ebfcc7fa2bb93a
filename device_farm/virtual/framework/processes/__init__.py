"""Processes: how they start, rank, freeze, stop responding and end."""
