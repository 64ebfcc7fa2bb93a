"""Broadcasts: their queues, whom they reach, and those of a boot."""

from __future__ import annotations
