"""The texts that rules and labels rest on, each with the day from which it is held against an app."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from harness.config import once_a_config, refuse
from harness.config.table_validation import Table
from harness.errors import FormatError
from harness.language import Text, _
from harness.rules.rule_files import entries

BASES = {
    "read": _("the text was read in a copy"),
    "press": _("known as others quote it; the original was not read"),
    "recalled": _("from memory, not checked: look it up before it is quoted"),
}
"""How date and words of a text became known to us."""
KEYS = ("number", "zh", "en", "in_force", "day", "basis", "draft")


@dataclass(frozen=True, slots=True)
class Document:
    """A text of a regulator or a standard.

    ``number`` tells it from others, ``in_force`` is the day from which it is held against an app and ``day`` which day
    that is; ``basis`` is one of ``BASES``. Of a draft ``draft`` is the last day of its comments: it is held against
    none but under a profile of its own. ``own`` is the
    tester's file that has it.
    """

    id: str
    zh: str
    en: str
    number: str
    in_force: date
    day: str
    basis: str
    draft: str = ""
    own: str = ""

    @property
    def citation(self) -> str:
        """Return the document as a report in Chinese cites it."""
        return f"{self.number}《{self.zh}》"

    @property
    def status(self) -> Text:
        """How it became known to us, and that it is a draft where it is one."""
        known = BASES[self.basis]
        return _("a draft, not in force, comments until {day}; {known}", day=self.draft, known=known) if self.draft else known


@once_a_config
def documents() -> Mapping[str, Document]:
    """All texts by id, the tester's own behind ours; raises FormatError naming file and entry of one that is wrong."""
    return {id: _document(id, table) for id, table in entries("documents")}


def in_force_since(ids: Iterable[str]) -> date | None:
    """The first day on which one of these texts was in force; None where there are none: then no day is known."""
    return min((documents()[id].in_force for id in ids), default=None)


def known_documents(ids: tuple[str, ...], table: Table, name: str) -> tuple[str, ...]:
    """Return the documents of these ids; raises FormatError for another, but in a run of an earlier day."""
    for id in ids:
        if id not in documents():
            known = ", ".join(documents())
            text = _(
                "{file}: {key}: there is no document '{id}'; there is {known}",
                file=table.file,
                key=table.key(name),
                id=id[:80],
                known=known,
            )
            refuse(FormatError(text))
    return tuple(id for id in ids if id in documents())


def basis_of(table: Table, default: str) -> str:
    """How the words of an entry became known."""
    basis = table.text("basis", default)
    if basis not in BASES:
        raise FormatError(
            _(
                "{file}: {key}: '{value}' is none of {known}",
                file=table.file,
                key=table.key("basis"),
                value=basis[:80],
                known=", ".join(BASES),
            )
        )
    return basis


def _document(id: str, table: Table) -> Document:
    table.only(KEYS)
    zh = table.text("zh")
    return Document(
        id=id,
        zh=zh,
        en=table.text("en", zh),
        number=table.text("number"),
        in_force=table.day("in_force"),
        day=table.text("day", ""),
        basis=basis_of(table, "read"),
        draft=table.text("draft", ""),
        own="" if table.file == "documents.toml" else table.file,
    )
