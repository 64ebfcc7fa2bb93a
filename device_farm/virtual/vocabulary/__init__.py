"""The vocabulary of app files: Android's classes and their actions."""

from __future__ import annotations
