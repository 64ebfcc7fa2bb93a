"""Prints the dumps of dumpsys, one module for each service; this room reads the others and changes nothing."""
