"""The rows of ``settings list`` that are a switch against shaking: no ROM documents where it keeps its own.

So a row is taken whose name speaks of shaking and of what it is to keep from happening.
"""

import re

_NAMED = re.compile(r"^(?=[^=]*(?:shak|sway|yaoyiyao))(?=[^=]*(?:_ads?_|jump|block|prevent|forbid|intercept|splash))([\w.]+)=(.*)$", re.M)
_ON = ("1", "true", "on")
_OFF = ("0", "false", "off", "null", "")


def shake_rows(listed: str) -> list[tuple[str, bool | None]]:
    """Name, and whether it is on; None where its value is no yes or no."""
    found = []
    for name, value in _NAMED.findall(listed):
        word = value.strip().casefold()
        found.append((name, True if word in _ON else False if word in _OFF else None))
    return found
