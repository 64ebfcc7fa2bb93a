"""The farm on one desk: one process, one executor a phone, a store that is a file."""
