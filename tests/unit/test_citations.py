"""Whoever reads of a page can open it.

Each citation of a page leads to a file of the project, and to a section that it has.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("harness", "scenarios", "device_farm", "tests", "tools", "docs")
KINDS = (".py", ".toml", ".md", ".html", ".js", ".css")
NUMBERED = {"rules.md", "verdicts.md", "signals.md"}
"""Pages of numbered sections: code says which one it means, as in docs/rules.md 2.3."""
FOREIGN = {"docs/dev/services.md": "a page of AOSP's packages/modules/adb"}
EXEMPT = {
    "tests/unit/test_citations.py": "has citations that lead nowhere on purpose",
    "tools/virtual_device_page.py": "writes docs/virtual-device.md, which is looked at itself",
    "tools/scenes_page.py": "writes docs/scenes.md, which is looked at itself",
    "tools/phones_page.py": "writes docs/phones.md, which is looked at itself",
    "tests/unit/test_report_parts.py": "is about the pages themselves, and has their bare names",
    "tools/docs_site/__main__.py": "has the names of pages in the site",
    "tests/unit/test_reference_pages.py": "is about the pages themselves, and opens them by name",
}

_CITED = re.compile(r"(?<![\w./#-])((?:\.\./)?(?:[\w-]+/)*[\w-]+\.md)\b")
_SECTION = re.compile(r"[`)\]]*(?:, sections?)? (\d+(?:\.\d+)*)(?: to (\d+(?:\.\d+)*))?")
_QUOTED = re.compile(r', "([^"\n]+)"')
_LINK = re.compile(r"\]\(([\w./-]*)#([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_OWN_SECTION = re.compile(r"\bsections? (\d+(?:\.\d+)*)(?: of \[([\w.-]+)\]\()?")
_ELSEWHERE = re.compile(r"\]\(([\w.-]+)\), $")


class Citation(NamedTuple):
    """One mention of a page: where it stands, and what follows it."""

    file: str
    line: int
    page: str
    rest: str


def texts() -> Iterator[tuple[str, str]]:
    """The project's own texts: path and contents."""
    files = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*")) if path.suffix in KINDS]
    for path in [*files, *sorted(ROOT.glob("*.md")), ROOT / "conftest.py", ROOT / "pyproject.toml"]:
        name = path.relative_to(ROOT).as_posix()
        if "node_modules" not in path.parts and name not in EXEMPT:
            yield name, path.read_text(encoding="utf-8")


def citations(file: str, text: str) -> list[Citation]:
    return [
        Citation(file, number, found[1], line[found.end() :])
        for number, line in enumerate(text.splitlines(), 1)
        if ".md" in line
        for found in _CITED.finditer(line)
    ]


def page_of(cited: Citation) -> Path | None:
    """The file that is meant: from the top of the project, or, in a page, from where it lies or from docs/."""
    places = [ROOT / cited.page]
    if cited.file.endswith(".md"):
        places += [(ROOT / cited.file).parent / cited.page, ROOT / "docs" / cited.page]
    return next((place.resolve() for place in places if place.is_file()), None)


def sections(text: str) -> set[str]:
    return {heading.split(" ")[0].rstrip(".") for heading in _HEADING.findall(text)}


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives to headings: lower case, no punctuation, blanks as hyphens."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in _HEADING.findall(text)}


def wrong(cited: Citation) -> str | None:
    """What is wrong with a citation; None where it can be followed."""
    if cited.page in FOREIGN:
        return None
    page = page_of(cited)
    if page is None:
        return "no such page"
    text = page.read_text(encoding="utf-8")
    if quoted := _QUOTED.match(cited.rest):
        return None if quoted[1] in _HEADING.findall(text) else f"no heading {quoted[1]!r}"
    if page.name not in NUMBERED or page.parent.name != "docs":
        return None
    section = _SECTION.match(cited.rest)
    if section is None and cited.rest.startswith('"'):
        return None  # a path that a program opens
    if section is None:
        return None if cited.file.endswith(".md") else "no section"
    missing = [number for number in section.groups() if number and number not in sections(text)]
    return f"no section {missing[0]}" if missing else None


def test_every_citation_leads_to_a_page_and_its_section() -> None:
    found = [cited for file, text in texts() for cited in citations(file, text)]
    assert [f"{cited.file}:{cited.line}: {cited.page}: {why}" for cited in found if (why := wrong(cited))] == []
    by_page = Counter(Path(cited.page).name for cited in found if not cited.file.endswith(".md"))
    assert all(by_page[name] for name in NUMBERED), "the search finds none in code any more"


def test_every_link_to_a_heading_leads_to_one() -> None:
    wanted = [(file, text, *link) for file, text in texts() if file.endswith(".md") for link in _LINK.findall(text)]
    assert wanted
    lost = []
    for file, text, page, anchor in wanted:
        target = (ROOT / file).parent / page
        there = text if not page else target.read_text(encoding="utf-8") if target.is_file() else ""
        lost += [] if anchor in anchors(there) else [f"{file}: {page}#{anchor}"]
    assert lost == []


@pytest.mark.parametrize("name", sorted(NUMBERED))
def test_sections_that_a_page_names_of_itself_and_others_are_there(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    joined = re.sub(r"\s*\n(?!\n|[|#-])", " ", text)
    lost = []
    for found in _OWN_SECTION.finditer(joined):
        before = _ELSEWHERE.search(joined[: found.start()])
        page = found[2] or (before[1] if before else name)
        lost += [] if found[1] in sections((ROOT / "docs" / page).read_text(encoding="utf-8")) else [f"{page} {found[1]}"]
    assert lost == []


@pytest.mark.parametrize("name", sorted(NUMBERED))
def test_no_section_has_the_number_of_another(name: str) -> None:
    headings = _HEADING.findall((ROOT / "docs" / name).read_text(encoding="utf-8"))
    numbers = Counter(heading.split(" ")[0] for heading in headings)
    assert [number for number, count in numbers.items() if count > 1] == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("see docs/nowhere.md", "no such page"),
        ("(rules.md, section 2.3)", "no such page"),
        ("(docs/rules.md)", "no section"),
        ("(docs/rules.md 99.1)", "no section 99.1"),
        ('(docs/design.md, "Nothing of the kind")', "no heading 'Nothing of the kind'"),
        ("(docs/rules.md 2.3: a library)", None),
        ('(docs/design.md, "Module map")', None),
    ],
)
def test_a_citation_that_leads_nowhere_is_found(text: str, why: str | None) -> None:
    assert [wrong(cited) for cited in citations("harness/some.py", text)] == [why]
