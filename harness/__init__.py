"""AppRights harness: drive an Android device, watch an app, judge what it did, keep the proof."""

from __future__ import annotations

__version__ = "0.2.0"
