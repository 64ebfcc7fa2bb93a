"""Stands in for the messages that test_device.py imports."""

from __future__ import annotations
