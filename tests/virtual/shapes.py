"""The shape of a line of a dump or log: indentation, keys in their order, brackets and fixed words; values are free.

``    Proc #12: fg     T/A/TOP  trm: 0 929:com.x/u0a3 (service)`` has the shape
``    Proc #N: WORD T/A/TOP trm: N ID (…)``. What stands in brackets and has keys of its own is a line of its own, under
the word before the bracket: ``mAttrs{ sim=… ty=…``.
"""

import re

_INNER = re.compile(r"([\w$]*=?)([{\[(])([^{}\[\]()]*)[}\])]")
_CLOSING = {"{": "}", "[": "]", "(": ")"}
_KEYED = re.compile(r"[A-Za-z][\w$.-]*=")
_IDENTITY = re.compile(r"^[0-9a-f]{4,8}\b")
_TOKENS = (
    (re.compile(r"\"[^\"]*\""), "…"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?"), "TIME"),
    (re.compile(r"[\d?]+mcc[\d?]+mnc .*?(?=winConfig|$)"), "… "),  # a Configuration up to its window's
    (re.compile(r"(?<==)[^\s…](?:[^\s]*)"), "…"),  # the value after a key
    (re.compile(r"(?<==…)(?: [A-Z][A-Z_0-9]+(?![\w=]))+"), ""),  # more words of a value that is a set of flags
    (re.compile(r"# *\d+"), "#N"),
    (re.compile(r"(?:^|(?<=: ))[A-Z][A-Z_]{2,}(?: [A-Z][A-Z_]{2,})*(?= [(\[]|:|$)"), "NAMES"),  # of ops, of constraints
    (re.compile(r"\b0x[0-9a-f]+\b"), "N"),
    (re.compile(r"(?<![\w.])[+-]?(?:\d+[dhms])*\d+ms\b"), "SPAN"),
    (re.compile(r"\b\d+:[\w.:]+/\w+"), "ID"),  # pid:process/uid
    (re.compile(r"(?:[\w$-]+\.)+[\w$]+/[\w.$]+|\b(?:[A-Za-z_][\w$]*\.){2,}[\w$*]+"), "NAME"),  # component, package, class
    (re.compile(r"\bu\d+[ai]\d+\b"), "UID"),
    (re.compile(r"(?<![\w.])[+-]?\d[\d,.]*%?(?![\w.])"), "N"),
    (re.compile(r"\b(?:[0-9a-f]{6,8}|(?=\w*\d)[0-9a-f]{5})\b"), "N"),  # an identity in hex is a number too
)


def line_shapes(line: str) -> list[str]:
    """The shape of one line, and those of its brackets with keys; nothing for an empty line."""
    indent = len(line) - len(line.lstrip())
    found: list[str] = []
    text = line.strip()
    while (inner := _INNER.search(text)) is not None:
        name, opening, content = inner.groups()
        if _KEYED.search(content) and name:
            found.append(f"{name}{opening} {_flat(_IDENTITY.sub('N', content))}")
        text = f"{text[: inner.start()]}{name}\x00{opening}\x01{text[inner.end() :]}"
    text = re.sub("\x00(.)\x01", lambda match: f"{match[1]}…{_CLOSING[match[1]]}", text)
    return [f"{' ' * indent}{_flat(text)}", *found] if text else []


def _flat(text: str) -> str:
    for pattern, word in _TOKENS:
        text = pattern.sub(word, text)
    return re.sub(r"\s+", " ", text).strip()


def shapes(text: str) -> tuple[set[str], set[str]]:
    """The shapes of all lines of a text, and those of their brackets."""
    lines: set[str] = set()
    inner: set[str] = set()
    for line in text.splitlines():
        first, *rest = line_shapes(line) or [""]
        lines.add(first)
        inner.update(rest)
    return lines, inner


def strange(ours: str, theirs: str, elsewhere: str = "") -> list[str]:
    """The shapes of our text that never occur in theirs, sorted; those of brackets may occur ``elsewhere`` too."""
    our_lines, our_inner = shapes(ours)
    lines, inner = shapes(theirs)
    return sorted(our_lines - lines) + sorted(our_inner - inner - shapes(elsewhere)[1])
