"""What can be made to go wrong on a virtual device, and how it is switched."""

from __future__ import annotations
