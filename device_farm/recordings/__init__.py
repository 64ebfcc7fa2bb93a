"""Recordings of real apps: reading what others recorded, and making one of a run folder of ours."""
