"""What the device shows and how it is touched."""

from __future__ import annotations
