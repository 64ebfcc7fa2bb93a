"""Windows that are nobody's business, as data (windows_of_others.toml): what is known of one, and what closes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from harness.language import Text, known
from harness.toml_reader import read_toml


@dataclass(frozen=True, slots=True)
class ForeignWindow:
    """A row of the table; the file says what its fields mean. ``title`` and ``advice`` are texts in both languages."""

    name: str
    title: Text
    advice: Text
    packages: frozenset[str]
    activities: frozenset[str] = frozenset()
    texts: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    key: str = ""
    wait: float = 0.0
    rom: bool = False
    trouble: bool = False
    dialog: bool = False

    def fits(self, package: str, component: str, said: str, *, whole: bool) -> bool:
        """Whether a window of ``package`` is of this row: by its activity, by what it says, by how much it takes."""
        owner, _slash, name = component.partition("/")
        activity = owner + name if name.startswith(".") else name
        return (
            package in self.packages
            and not (self.dialog and whole)
            and (not self.activities or activity in self.activities)
            and (not self.texts or any(text in said for text in self.texts))
        )


@cache
def windows_of_others() -> tuple[ForeignWindow, ...]:
    """All rows, in the order of the file."""
    rows = read_toml(Path(__file__).with_name("windows_of_others.toml"))["windows"]
    return tuple(
        ForeignWindow(
            row["name"],
            known(**row["title"]),
            known(**row["advice"]),
            frozenset(row["packages"]),
            frozenset(row.get("activities", ())),
            tuple(text.casefold() for text in row.get("texts", ())),
            tuple(text.casefold() for text in row.get("close", ())),
            row.get("key", ""),
            float(row["wait"]),
            row.get("rom", False),
            row.get("trouble", False),
            row.get("dialog", False),
        )
        for row in rows
    )


def window_of(package: str, component: str = "", texts: Iterable[str] = (), *, whole: bool = True) -> ForeignWindow | None:
    """What is known of a window; None where nothing is.

    ``component`` is the activity in front (package/class), ``texts`` what stands in the window, ``whole`` whether it
    takes the whole screen.
    """
    said = " ".join(texts).casefold()
    return next((row for row in windows_of_others() if row.fits(package, component, said, whole=whole)), None)


def title_of(name: str) -> Text:
    """What a person calls the windows of a row; empty where there is no such row."""
    return next((row.title for row in windows_of_others() if row.name == name), Text(""))
