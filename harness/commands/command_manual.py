"""The help of each command as data, so that no command is loaded to print it: ``manual.toml`` at the top of a package.

A package that brings commands of its own (``harness.commands.lazy``) has such a file, too.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.language import Text, _

MANUAL = "manual.toml"
ABOUT = _("Deny an Android app its permissions, watch what it does, and prove it (MIIT notice 164).")


@dataclass(frozen=True, slots=True)
class Page:
    """One command: where it stands in the list, one line of what it does, more about it, and what people type.

    ``examples`` are a command line each, with a word on it where it needs one.
    """

    group: Text
    summary: Text
    about: tuple[Text, ...] = ()
    examples: tuple[tuple[str, Text], ...] = ()


def pages_of(package: Path) -> dict[str, Page]:
    """The pages in the manual of the package in a folder; none where it has no manual."""
    return {name: _page(**page) for name, page in _tables(package).get("pages", {}).items()}


def texts_of(package: Path) -> set[str]:
    """Every text for people in the manual of a package, for the catalogue of texts."""
    found = set(_tables(package).get("groups", ()))
    for page in pages_of(package).values():
        found |= {str(text) for text in (page.group, page.summary, *page.about, *(word for _line, word in page.examples))}
    return found


def _tables(package: Path) -> dict[str, Any]:
    file = package / MANUAL
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}


def _page(group: str, summary: str, about: tuple[str, ...] = (), examples: tuple[tuple[str, str], ...] = ()) -> Page:
    return Page(Text(group), Text(summary), tuple(map(Text, about)), tuple((line, Text(word)) for line, word in examples))


OWN = Path(__file__).parents[1]
GROUPS = tuple(map(Text, _tables(OWN)["groups"]))
"""In the order of the help; what is in no manual is of the last."""
