"""The one form in which we write a list that is checked later, so that another form of the same values is a change."""

from __future__ import annotations

import json
from typing import Any


def canonical(data: Any) -> bytes:
    """A value as UTF-8 JSON: keys sorted, an entry a line, signs as they are, a line end behind it."""
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    return text.encode("utf-8", "backslashreplace") + b"\n"
