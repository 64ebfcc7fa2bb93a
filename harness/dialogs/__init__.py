"""How system, ROM and app dialogs look: words and ids as data, and the matcher."""

from __future__ import annotations
