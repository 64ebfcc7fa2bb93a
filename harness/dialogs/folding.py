"""Text made comparable."""

_PLAIN = str.maketrans({"\u2019": "'", "\uff0c": ",", "\u3002": ".", "\u201c": '"', "\u201d": '"', "\u00a0": " "})


def folded(text: str) -> str:
    """Text for comparison: case folded, plain signs, Chinese without spaces, 4000 characters at most."""
    told = text[:4000].translate(_PLAIN).casefold().strip()
    return " ".join(told.split()) if told.isascii() else "".join(told.split())
