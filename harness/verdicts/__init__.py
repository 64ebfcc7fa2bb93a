"""The timeline judged by each rule."""

from __future__ import annotations
