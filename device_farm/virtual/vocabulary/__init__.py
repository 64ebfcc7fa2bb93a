"""What an app file is written in: Android's classes and their actions."""

from __future__ import annotations
