"""A saved page -> its lines as people see them, and the values of the data that it carries."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from harness.policies.html_text import html_text, is_html

_DATA = re.compile(r"<script[^>]{0,200}type=[\"']?application/(?:ld\+)?json[^>]{0,200}>(.*?)</script>", re.IGNORECASE | re.DOTALL)
"""Data that a page carries in a script that no browser runs."""
_BESIDE = re.compile(r"(</(?:span|b|strong|em|i|label|font)>)(<(?:span|b|strong|em|i|label|font|a)[\s>])", re.IGNORECASE)
"""Two elements of a line that no space stands between: a label and its value, which the page's style keeps apart."""
DEEP = 40
"""Levels of a page's data that are read: hostile nesting ends here [PROJECT]."""
LONGEST = 2000
"""Characters of a line or value that are kept [PROJECT]."""
Values = tuple[tuple[str, str], ...]


class PageText(NamedTuple):
    """The lines of a page, each link's address behind its words; the values of its data by key; whether it came whole.

    A key is in lower case and without underscores. An object in a list is one value under the key of the list.
    """

    lines: tuple[str, ...]
    values: Values
    whole: bool


def page_text(text: str) -> PageText:
    """Read a saved page; what is neither HTML nor JSON is taken line by line."""
    start = text.lstrip("\ufeff \r\n\t")
    if start[:1] in ("{", "["):
        values = _data(start)
        return PageText((), values, True) if values else PageText(_lines(text), (), False)
    if is_html(start):
        values = tuple(value for data in _DATA.findall(text) for value in _data(data))
        return PageText(_lines(html_text(_BESIDE.sub(r"\1\t\2", text))), values, "</html" in text[-4096:].casefold())
    return PageText(_lines(text), (), True)


def _lines(text: str) -> tuple[str, ...]:
    lines = (re.sub(r"[ \xa0\u3000]+", " ", line).strip()[:LONGEST] for row in text.splitlines() for line in re.split(r"[|｜]", row))
    return tuple(line for line in lines if line)


def _data(text: str) -> Values:
    """The values of a piece of JSON, none of one that cannot be read."""
    try:
        return tuple(_values(json.loads(text)))
    except (ValueError, RecursionError):
        return ()


def _values(data: Any, key: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    if depth > DEEP:
        return
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _values(value, re.sub(r"[_-]", "", str(name)).casefold(), depth + 1)
    elif isinstance(data, list):
        for value in data:
            if isinstance(value, dict):
                yield key, " ".join(text for _, text in _values(value, key, depth + 1))[:LONGEST]
            yield from _values(value, key, depth + 1)
    elif isinstance(data, str | int | float) and not isinstance(data, bool):
        yield key, str(data)[:LONGEST]
