"""The phone itself: battery, display, sensors, networks, storage, clock."""

from __future__ import annotations
