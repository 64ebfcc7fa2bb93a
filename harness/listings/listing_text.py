"""A saved page -> its lines as people see them, and the values of the data that it carries."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_INLINE = frozenset(("a", "b", "em", "font", "i", "label", "small", "span", "strong", "u"))
_UNSEEN = frozenset(("script", "style", "template", "noscript"))
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
_DATA = ("application/json", "application/ld+json")
DEEP = 40
"""Levels of a page's data that are read: hostile nesting ends here [PROJECT]."""
LONGEST = 2000
"""Characters of a line or value that are kept [PROJECT]."""


class PageText(NamedTuple):
    """The lines of a page, each link's address behind its words; the values of its data by key; whether it came whole.

    A key is in lower case and without underscores. An object in a list is one value under the key of the list.
    """

    lines: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    whole: bool


def page_text(text: str) -> PageText:
    """Read a saved page; what is neither HTML nor JSON is taken line by line."""
    start = text.lstrip("\ufeff \r\n\t")
    if start[:1] in ("{", "["):
        try:
            data = json.loads(start)
        except (ValueError, RecursionError):
            return PageText(_lines(text), (), False)
        return PageText((), tuple(_values(data)), True)
    if re.match(r"<(!doctype|html|head|body|div|script|meta)\b", start, re.IGNORECASE):
        page = _Page()
        page.feed(text)
        page.close()
        return PageText(_lines("".join(page.shown)), tuple(page.values()), "</html" in text[-4096:].casefold())
    return PageText(_lines(text), (), True)


def _lines(text: str) -> tuple[str, ...]:
    lines = (re.sub(r"[ \t\xa0\u3000]+", " ", line).strip()[:LONGEST] for line in text.splitlines())
    return tuple(line for line in lines if line)


class _Page(HTMLParser):
    """Collects what a browser would show, and the data in scripts that no browser runs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown: list[str] = []
        self._unseen: list[str] = []
        self._data: list[str] = []
        self._links: list[str] = []
        self._is_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in _UNSEEN:
            self._unseen.append(tag)
            self._is_data = tag == "script" and (told.get("type") or "").casefold() in _DATA
            self._data += [""] if self._is_data else []
        elif tag not in _INLINE:
            self.shown.append("\n")
        if tag == "a":
            self._links.append(told.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if self._unseen and tag == self._unseen[-1]:
            self._unseen.pop()
            self._is_data = False
        elif tag == "a" and self._links:
            address = self._links.pop()
            self.shown.append(f" {address}" if re.match(r"https?://", address) else "")
        elif tag not in _INLINE and tag not in _VOID:
            self.shown.append("\n")

    def handle_data(self, data: str) -> None:
        if self._is_data:
            self._data[-1] += data
        elif not self._unseen:
            self.shown.append(re.sub(r"\s+", " ", data))

    def values(self) -> Iterator[tuple[str, str]]:
        """Yield the values of each piece of data that can be read."""
        for text in self._data:
            try:
                yield from _values(json.loads(text))
            except (ValueError, RecursionError):
                continue


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
