"""Each page of docs/zh says in Chinese what the English page of that name says: the same parts, commands and names.

What a developer alone reads stands in English only: some pages, and the constants of the code in docs/rules.md 8.
"""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
ENGLISH_ONLY = {"api.md", "design.md", "signals.md", "virtual-app.md", "virtual-device.md", "vision.md"}
PAIRS = [
    *((f"docs/{path.name}", path, DOCS / "zh" / path.name) for path in sorted(DOCS.glob("*.md")) if path.name not in ENGLISH_ONLY),
    ("README.md", DOCS.parent / "README.md", DOCS.parent / "README.zh-CN.md"),
]
BY_NAME = [pytest.param(english, chinese, id=name) for name, english, chinese in PAIRS]

_BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_CONSTANTS = re.compile(r"^### 8\.1 Scenarios$.*?(?=^## )", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"(?:^|(?<=\s))# .*$", re.MULTILINE)
_HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]")


def prose(path: Path) -> str:
    return _CONSTANTS.sub("", _BLOCK.sub("", path.read_text(encoding="utf-8")))


def blocks(path: Path) -> list[tuple[str, list[str]]]:
    """The code of a page without comments, which are in the language of the page."""
    found = _BLOCK.findall(path.read_text(encoding="utf-8"))
    return [(kind, [line.strip() for line in _COMMENT.sub("", code).splitlines() if line.strip()]) for kind, code in found]


def headings(path: Path) -> list[int]:
    return [len(mark) for mark in re.findall(r"^(#{1,6}) ", prose(path), re.MULTILINE)]


def tables(path: Path) -> list[tuple[int, int]]:
    """Rows and columns of each table."""
    found = re.findall(r"(?:^\|.*\n)+", prose(path) + "\n", re.MULTILINE)
    return [(text.count("\n"), len(re.findall(r"(?<!\\)\|", text.splitlines()[0]))) for text in found]


def named(path: Path) -> set[str]:
    """What stands in backticks."""
    return {" ".join(span.split()) for span in re.findall(r"`([^`]+)`", prose(path))}


@pytest.mark.parametrize(("english", "chinese"), BY_NAME)
def test_the_page_has_the_same_headings_and_tables(english: Path, chinese: Path) -> None:
    assert headings(chinese) == headings(english)
    assert tables(chinese) == tables(english)


@pytest.mark.parametrize(("english", "chinese"), BY_NAME)
def test_the_page_has_the_same_code(english: Path, chinese: Path) -> None:
    assert blocks(chinese) == blocks(english)


@pytest.mark.parametrize(("english", "chinese"), BY_NAME)
def test_the_page_names_the_same_commands_files_and_keys(english: Path, chinese: Path) -> None:
    assert sorted(named(english) ^ named(chinese)) == []


@pytest.mark.parametrize(("english", "chinese"), BY_NAME)
def test_punctuation_in_chinese_is_full_width(english: Path, chinese: Path) -> None:
    text = re.sub(r"`[^`]*`|\]\([^)]*\)|\]\(#?|\bhttps?://\S+", "", prose(chinese))
    assert _HALF_WIDTH.findall(text) == []


def test_no_page_is_in_chinese_alone() -> None:
    assert [path.name for path in sorted((DOCS / "zh").glob("*.md")) if not (DOCS / path.name).is_file()] == []
