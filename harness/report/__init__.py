"""Report (plain data) -> HTML, JSON, CSV, JUnit."""

from __future__ import annotations
