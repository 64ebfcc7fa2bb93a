"""Text of Android -> records and events; one file per format, no I/O."""

from __future__ import annotations
