"""Test suites that others wrote for real devices, run from their own checkouts against a virtual device.

``make peers``.
"""

from __future__ import annotations
