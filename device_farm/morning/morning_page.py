"""Morning -> one self-contained HTML page: no script, no request to anywhere, everything from outside escaped."""

from __future__ import annotations

from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

import harness
from device_farm.morning import page_labels
from device_farm.morning.days import clock
from harness.console import printable
from harness.events.findings import Outcome
from harness.language import chosen, in_language, pick, said

if TYPE_CHECKING:
    from device_farm.morning.morning_file import Morning

STYLES = ("style.css", "page.css", "print.css", "morning.css")
MOST_SIGNS = 300
"""Of one text; the report of the unit has the whole."""
SIGNS = {
    Outcome.VIOLATION: "\N{MULTIPLICATION SIGN}",
    Outcome.SUSPECTED: "?",
    Outcome.CLEAR: "\N{WHITE CIRCLE}",
    Outcome.NOT_EXERCISED: "\N{EN DASH}",
    Outcome.INCONCLUSIVE: "!",
}
"""As a report has them: beside the word of an outcome, for who does not see its colour."""


def render(morning: Morning) -> str:
    """The page."""
    clauses = [clause.clause for clause in morning.clauses]
    style = "\n".join((*(_text(name) for name in STYLES), _choices()))
    return (
        _environment()
        .get_template("morning.html.j2")
        .render(
            morning=morning,
            tonight=morning.tonight,
            clauses=clauses,
            language=chosen(),
            version=harness.__version__,
            style=Markup(style),
        )
    )


def _choices() -> str:
    """Return the style of the matrix's filter, and the head of each sheet of paper."""
    hidden = "\n".join(f".bar:has(#pick-{each.value}:not(:checked)) ~ main .unit.{each.value} {{ display: none; }}" for each in Outcome)
    count = pick('"第 " counter(page) " 页，共 " counter(pages) " 页"', '"page " counter(page) " of " counter(pages)')
    return f"{hidden}\n@page {{ size: A4; margin: 16mm 14mm 16mm; font: 8pt system-ui, sans-serif; @bottom-right {{ content: {count}; }} }}"


def _text(name: str) -> str:
    """A template of ours, or one of reports; found without importing the room of reports, which brings OpenCV."""
    mine = files("device_farm.morning") / "templates" / name
    return (mine if mine.is_file() else files("harness") / "report" / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FunctionLoader(_text), autoescape=True, finalize=_neutral, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals |= {
        "pick": pick,
        "said": said,
        "chinese": partial(in_language, language="zh"),
        "signs": SIGNS,
        "outcomes": tuple(Outcome),
        "why_words": page_labels.WHY,
        "state_words": page_labels.state_words,
        "clause_words": page_labels.clause_words,
        "clock": clock,
        "address": Markup,
    }
    return made


def _neutral(value: object) -> object:
    """A text of an app or a phone without signs that turn the words beside it round, and not without end."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    left_off = len(value) - MOST_SIGNS
    return printable(value) if left_off <= 0 else f"{printable(value[:MOST_SIGNS])}…(+{left_off})"
