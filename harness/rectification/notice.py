"""A regulator's notice as its receiver types it in: notice.toml, with the company's own answers."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

from harness.config.table_validation import Table
from harness.errors import FormatError
from harness.language import _
from harness.rectification.deadline import DAYS, Deadline, deadline
from harness.toml_reader import parse_toml, toml_text

KNOWN = ("issuer", "number", "date", "received", "deadline", "working_days", "app", "package", "version", "problem", "answer")
OF_PROBLEM = ("label", "words", "rules")
OF_ANSWER = ("problem", "rule", "key", "cause", "measure")
MOST_DAYS = 90
MOST_PROBLEMS = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """A line of the notice: ``label`` is 所涉问题 as it stands there, ``words`` what else is said of it.

    ``rules`` narrows what is looked at, where the words are about one behaviour among those of the label.
    """

    number: int
    label: str
    words: str = ""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the company says of a problem of the notice, of a rule, or of one finding by its key."""

    cause: str = ""
    measure: str = ""
    problem: int = 0
    rule: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice. ``received`` is the day that counting begins after, ``dated`` where no other day is given."""

    file: str
    issuer: str
    number: str
    dated: date
    received: date
    app: str = ""
    package: str = ""
    version: str = ""
    printed: date | None = None
    days: int = DAYS
    problems: tuple[Problem, ...] = ()
    answers: tuple[Answer, ...] = ()
    text: str = ""  # the file, so that what was made with it can be made again

    @property
    def deadline(self) -> Deadline:
        """Return the day by which the notice must be answered."""
        return deadline(self.received, self.days, self.printed)


def read_notice(path: Path) -> Notice:
    """Read a notice.toml; raises FormatError, in one line, for what is none."""
    return notice_of(toml_text(path), path.name)


def need_rules(notice: Notice, known: Collection[str]) -> None:
    """Raise FormatError for a rule that there is not: what is said of it would stand in no row."""
    for rule in (*(rule for each in notice.problems for rule in each.rules), *(each.rule for each in notice.answers if each.rule)):
        if rule not in known:
            near = ", ".join(get_close_matches(rule, known, 3, 0.4)) or "apprights rules"
            raise FormatError(_("{file}: there is no rule '{rule}': {near}", file=notice.file, rule=rule[:80], near=near))


def notice_of(text: str, file: str) -> Notice:
    """A notice as ``file`` has it; raises FormatError likewise."""
    return replace(_notice(Table(parse_toml(text, file), file)), text=text)


def _notice(table: Table) -> Notice:
    table.only(KNOWN)
    dated = _day(table, "date")
    if dated is None:
        raise FormatError(_("{file}: {key} is missing: write {name} = 2026-11-02", file=table.file, key="date", name="date"))
    days = DAYS if "working_days" not in table else table.number("working_days")
    if not 1 <= days <= MOST_DAYS or days != int(days):
        raise FormatError(_("{file}: working_days is a whole number from 1 to {most}", file=table.file, most=MOST_DAYS))
    problems = tuple(_problem(each, number) for number, each in enumerate(_list(table, "problem"), 1))
    if not problems:
        raise FormatError(_("{file}: no problem of the notice is in it: write [[problem]] and its label below it", file=table.file))
    return Notice(
        file=table.file,
        issuer=table.text("issuer"),
        number=table.text("number"),
        dated=dated,
        received=_day(table, "received") or dated,
        app=table.text("app", ""),
        package=table.text("package", ""),
        version=table.text("version", ""),
        printed=_day(table, "deadline"),
        days=int(days),
        problems=problems,
        answers=_answers(table, len(problems)),
    )


def _problem(table: Table, number: int) -> Problem:
    table.only(OF_PROBLEM)
    return Problem(number, table.text("label"), table.text("words", ""), table.texts("rules"))


def _answers(table: Table, most: int) -> tuple[Answer, ...]:
    """The answers; one to a problem is to one of the ``most`` that the notice has."""
    found = []
    for each in _list(table, "answer"):
        each.only(OF_ANSWER)
        number = each.number("problem") if "problem" in each else 0.0
        rule, key = each.text("rule", ""), each.text("key", "")
        if number and (number != int(number) or number > most):
            raise FormatError(
                _("{file}: {key} is the number of a problem, from 1 to {most}", file=table.file, key=each.key("problem"), most=most)
            )
        if not (number or rule or key):
            raise FormatError(
                _('{file}: an answer says to what: write problem = 1, rule = "..." or key = "..." below [[answer]]', file=table.file)
            )
        found.append(Answer(each.text("cause", ""), each.text("measure", ""), int(number), rule, key))
    return tuple(found)


def _list(table: Table, name: str) -> list[Table]:
    value = table.value(name) or []
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value) or len(value) > MOST_PROBLEMS:
        raise FormatError(_("{file}: {key} is a list of tables: write [[{key}]] before each", file=table.file, key=name))
    return [Table(each, table.file, f"{name} {number}") for number, each in enumerate(value, 1)]


def _day(table: Table, name: str) -> date | None:
    """A day, as TOML has it or in quotes; None where it is not there."""
    value = table.value(name)
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            value = ""
    if isinstance(value, datetime):
        return value.date()
    if value is not None and (not isinstance(value, date) or not 2019 <= value.year <= 2100):
        raise FormatError(_("{file}: {key} is a day, year first: write {key} = 2026-11-02", file=table.file, key=name))
    return value
