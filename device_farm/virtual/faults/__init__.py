"""The faults of a virtual device, and how each is switched."""
