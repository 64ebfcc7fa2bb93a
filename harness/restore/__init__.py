"""What is changed on a phone and how it comes back."""

from __future__ import annotations
