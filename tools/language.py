"""``make language``: the texts of the code into the Chinese catalogue, and the catalogue compiled.

A text is what ``_()`` of ``harness.language`` marks, or what a ``manual.toml`` tells. What is new stands in the
catalogue with an empty ``msgstr``, to be filled in; what the code does not have any more is dropped. The file has no
dates and no places, and is sorted by text, so that two branches seldom meet in it.
"""

import io
import sys
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from harness.commands.command_manual import texts_of
from hatch_build import compiled

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("harness", "scenarios", "device_farm")
CATALOGUE = ROOT / "harness" / "locale" / "zh_CN" / "LC_MESSAGES" / "apprights.po"
KEYWORDS = {"_": None, "pgettext": ((1, "c"), 2)}
_DATED = ('"POT-', '"PO-', '"Generated', '"Last-', '"Report', '"Project', '"Language-Team')
HEAD = "Chinese texts of AppRights. `make language` writes this file: fill in msgstr, change nothing else."


def texts() -> set[tuple[str, str]]:
    """Every text that the code marks, behind its context, which is empty for most."""
    found = set()
    for package in PACKAGES:
        found |= {("", text) for text in texts_of(ROOT / package)}
        for path in (ROOT / package).rglob("*.py"):
            if b"_(" not in (data := path.read_bytes()) and b"pgettext(" not in data:
                continue
            with path.open("rb") as source:
                for _, text, _, context in extract("python", source, keywords=KEYWORDS):
                    assert isinstance(text, str), text
                    found.add((context or "", text))
    return found


def catalogue() -> Catalog:
    """The Chinese catalogue as it stands."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_CN", domain="apprights")


def renewed(known: Catalog, wanted: set[tuple[str, str]]) -> bytes:
    """The catalogue with exactly the texts that are wanted, each with the translation that is known."""
    new = Catalog(locale="zh_CN", domain="apprights", header_comment=f"# {HEAD}", fuzzy=False)
    for context, text in sorted(wanted):
        message = known.get(text, context or None)
        new.add(text, message.string if message is not None and not message.fuzzy else "", context=context or None)
    out = io.BytesIO()
    write_po(out, new, width=0, omit_header=False, sort_output=True, no_location=True)
    lines = out.getvalue().decode("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_DATED)).encode()


def main() -> None:
    """Write both files; say what is not translated. With ``--compile`` the catalogue stays as it is."""
    text = CATALOGUE.read_bytes() if "--compile" in sys.argv else renewed(catalogue(), texts())
    if text != CATALOGUE.read_bytes():
        CATALOGUE.write_bytes(text)
    CATALOGUE.with_suffix(".mo").write_bytes(compiled(text, "zh_CN"))
    missing = [message.id for message in catalogue() if message.id and not message.string]
    for one in missing:
        print(f"not in Chinese yet: {one}")


if __name__ == "__main__":
    main()
