"""What pages tell people to type is there: each command, each of its options, each target of make."""

import re
import shlex
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main

from harness import cli

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").rglob("*.md"))]
GENERAL = {"--lang", "--help", "--version"}
_BLOCK = re.compile(r"^ *```\w*\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`((?:apprights|make) [^`]+)`")


def typed(path: Path) -> list[str]:
    """The lines of a page that begin with apprights or make, in blocks and in backticks."""
    text = path.read_text(encoding="utf-8")
    lines = [line.strip().removeprefix(".venv/bin/") for block in _BLOCK.findall(text) for line in block.splitlines()]
    spans = [" ".join(span.split()) for span in _SPAN.findall(_BLOCK.sub("", text))]
    return [line for line in (*lines, *spans) if line.startswith(("apprights ", "make "))]


def words(line: str) -> list[str]:
    try:
        return shlex.split(line, comments=True)
    except ValueError:  # a quotation mark of a shell that goes on
        return line.split("#")[0].split()


@cache
def apprights() -> Any:
    return typer.main.get_command(cli.app)


@cache
def child(group: Any, name: str) -> Any:
    return group.get_command(None, name)


def command(line: list[str]) -> tuple[Any, list[str]]:
    """The click command that a line means, and the words behind its name."""
    group, rest = apprights(), [word for word in line[1:] if word not in ("--lang", "zh", "en", "zh|en")]
    while hasattr(group, "get_command") and rest and rest[0].isidentifier():
        found = child(group, rest[0])
        if found is None:
            break
        group, rest = found, rest[1:]
    return group, rest


def unknown(line: str) -> list[str]:
    """What a line names that there is not."""
    said = words(line)
    if said[0] == "make":
        targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        return [word for word in said[1:2] if "=" not in word and word not in targets]
    found, rest = command(said)
    if hasattr(found, "get_command"):
        return [word for word in rest[:1] if word.isalpha() and word.islower()]
    known = {name for param in found.params for name in (*param.opts, *param.secondary_opts)} | GENERAL
    options = [word.split("=")[0].rstrip(",;.") for word in rest if re.match(r"-{1,2}[a-z]", word)]
    return [option for option in options if option not in known]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_command_of_a_page_and_its_options_are_there(path: Path) -> None:
    assert [(line, lost) for line in typed(path) if (lost := unknown(line))] == []


@pytest.mark.parametrize("line", ["apprights chekc x", "apprights check x --clauses 5", "apprights farm rum x", "make dmeo"])
def test_what_is_not_there_is_found(line: str) -> None:
    assert unknown(line)


TEMPLATES = sorted(path for room in ("harness", "device_farm") for path in (ROOT / room).rglob("*.j2"))


def test_every_command_that_a_template_names_is_there() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in TEMPLATES}
    named = [(name, word) for name, text in texts.items() for word in re.findall(r"(?<![\w\"])apprights ([a-z]+)", text)]
    assert ("deadlines.html.j2", "compare") in named
    assert [(name, word) for name, word in named if child(apprights(), word) is None] == []


def test_pages_have_commands() -> None:
    assert sum(len(typed(path)) for path in PAGES) > 150
