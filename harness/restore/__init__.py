"""The changes made on a phone, and how they are undone."""

from __future__ import annotations
