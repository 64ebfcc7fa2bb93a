"""Stands in for the messages that test_device.py imports."""
