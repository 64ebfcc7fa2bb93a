"""Lays out the pages as the site has them: those beside docs/ are taken in, links follow, lists of pages become menus.

On GitHub a link leads from file to file. In the site docs/ is the top, the list of pages is its first page, and
README.md of the project is about.md. ``python -m tools.docs_site FOLDER``
"""

import posixpath
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACES = {
    "docs/README.md": "index.md",
    "docs/zh/README.md": "zh/index.md",
    "README.md": "about.md",
    "README.zh-CN.md": "zh/about.md",
    "CONTRIBUTING.md": "CONTRIBUTING.md",
    "SECURITY.md": "SECURITY.md",
    "CHANGELOG.md": "CHANGELOG.md",
}
"""A page of the project -> where it lies in the site; any other lies where it lies in docs/."""
MORE = {"index.md": ["about", "zh/index", "CONTRIBUTING", "SECURITY", "CHANGELOG"], "zh/index.md": ["about"]}
"""What a list of pages has in its menu besides the links of its sections."""
_LINK = re.compile(r"\]\(([^)#:\s]+)(#[^)\s]*)?\)")
_SECTION = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def place_of(name: str) -> str:
    """Return where a file of the project lies in the site."""
    return PLACES.get(name, name.removeprefix("docs/"))


def moved(text: str, name: str) -> str:
    """Return a page with links to where the files lie in the site; LICENSE and NOTICE are named only."""

    def to(found: re.Match[str]) -> str:
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(name), found[1]))
        folder = posixpath.dirname(place_of(name)) or "."
        return f"]({posixpath.relpath(place_of(wanted), folder)}{found[2] or ''})"

    plain = re.sub(r"\[(LICENSE|NOTICE)\]\(\1\)", r"\1", text)
    return _LINK.sub(to, plain)


def menu(text: str, place: str) -> str:
    """Return the menus of a list of pages: a section, a menu."""
    menus = [(title, [link.removesuffix(".md") for link, _ in _LINK.findall(body)]) for title, body in _SECTION.findall(text)]
    menus = [(title, [page for page in pages if not page.startswith("../")]) for title, pages in menus]
    menus.insert(0, ("AppRights", MORE[place]))
    return "".join(f"\n```{{toctree}}\n:hidden:\n:caption: {title}\n\n{chr(10).join(pages)}\n```\n" for title, pages in menus)


def main() -> None:
    """Write the site's pages to ``sys.argv[1]``."""
    folder = Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "docs", folder, ignore=shutil.ignore_patterns("*.md"))
    for path in [*(ROOT / "docs").rglob("*.md"), *(ROOT / name for name in PLACES if "/" not in name)]:
        name = path.relative_to(ROOT).as_posix()
        place = place_of(name)
        text = moved(path.read_text(encoding="utf-8"), name)
        (folder / place).parent.mkdir(exist_ok=True)
        (folder / place).write_text(text + menu(text, place) if place in MORE else text, encoding="utf-8")


if __name__ == "__main__":
    main()
