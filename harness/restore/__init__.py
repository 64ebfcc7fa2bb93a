"""The changes made on a phone, and how they are undone."""
