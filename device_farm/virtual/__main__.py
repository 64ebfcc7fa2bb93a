"""``python -m device_farm.virtual``: the same as ``apprights virtual``."""

from __future__ import annotations

from device_farm.virtual.cli import app

app(prog_name="apprights virtual")
