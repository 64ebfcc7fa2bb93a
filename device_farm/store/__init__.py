"""The store of a farm: what is to be done, what was tried, what was found; SQLite on a desk, PostgreSQL on a farm."""

FILE = "farm.sqlite"
"""The store of a desk, in its folder."""
