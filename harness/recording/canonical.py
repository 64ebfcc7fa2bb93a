"""The one form in which we write a list that is checked later, so that another form of the same values is a change."""

import json
from typing import Any

DEEPEST = 32  # lists and tables in each other in what we write


def canonical(data: Any) -> bytes:
    """A value as UTF-8 JSON: keys sorted, an entry a line, signs as they are, a line end behind it."""
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    return text.encode("utf-8", "backslashreplace") + b"\n"


def shallow(data: Any) -> bool:
    """Whether nothing lies deeper than in what we write: whoever walks through a deeper value runs out of stack."""
    level = [data] if isinstance(data, dict | list) else []
    for _depth in range(DEEPEST):
        inner = (each for value in level for each in (value.values() if isinstance(value, dict) else value))
        if not (level := [each for each in inner if isinstance(each, dict | list)]):
            return True
    return False
