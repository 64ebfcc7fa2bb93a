"""The recording of a run: raw bytes, the session's own journal, clocks, and the sealed folder."""
