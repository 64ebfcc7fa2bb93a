"""The URL of a store as it may be shown: where it is and as whom, never a password."""

import re

_HIDDEN = "***"
_SECRET = re.compile(r"(?i)((?:^|[?&;])[a-z_]*(?:password|secret|token)[a-z_]*=)[^&;]*")


def without_password(url: str) -> str:
    """``url`` with what a password could be left out, also where it is no URL, because somebody mistyped it."""
    head, at, rest = url.rpartition("@")
    scheme, slashes, who = head.rpartition("://")
    user, colon, _password = who.partition(":")
    shown = f"{scheme}{slashes}{user}{f':{_HIDDEN}' if colon else ''}{at}" if at else ""
    return shown + _SECRET.sub(rf"\1{_HIDDEN}", rest)
