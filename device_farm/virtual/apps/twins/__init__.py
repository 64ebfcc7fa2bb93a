"""The innocent twins of the guilty samples: each differs from its sample in one line, and in its name."""
