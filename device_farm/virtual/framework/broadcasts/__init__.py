"""Broadcasts: their queues, whom they reach, and those of a boot."""
