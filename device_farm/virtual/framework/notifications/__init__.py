"""What the system shows of an app that is not in front: notifications, their shade, toasts."""

from __future__ import annotations
