"""The language of mksh, for clients that send scripts."""

from __future__ import annotations
