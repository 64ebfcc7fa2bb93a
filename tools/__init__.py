"""What developers run: set-up, checks, others' suites."""

from __future__ import annotations
