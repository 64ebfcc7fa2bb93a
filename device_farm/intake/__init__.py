"""Intake: what is submitted, from files, folders and lists, told row by row and put into the store as a stream."""
