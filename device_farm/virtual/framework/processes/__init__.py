"""Processes: how they start, rank, freeze, stop responding and end."""

from __future__ import annotations
