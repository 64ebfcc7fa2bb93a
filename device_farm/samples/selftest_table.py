"""The tables that ``apprights selftest`` ends with."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from device_farm.samples.sample import OWN_APPS, Checked, Sample
from device_farm.virtual.roms.sold_pairs import sold_pairs
from harness import console
from harness.events.findings import Outcome
from harness.language import _, pick, said

Row = dict[str, Any]

AS_EXPECTED, DIFFERENT, NOT_JUDGED = _("ok"), _("DIFFERS"), "-"


def show(rows: Sequence[Row], seconds: float) -> None:
    """Every row of one pair."""
    console.table(
        "",
        (*map(said, (_("app"), _("rule"), _("expected"), _("outcome"))), "Android", "ROM", said(_("assumed")), ""),
        [
            (
                row["app"],
                row["rule"],
                _word(row["expected"]),
                _outcome(row),
                row["android"],
                row["rom"],
                "?" if row["assumed"] is None else str(row["assumed"]),
                "" if _good(row) else said(DIFFERENT),
            )
            for row in rows
        ],
    )
    _sum(rows, seconds)


def show_matrix(rows: Sequence[Row], samples: Sequence[Sample], seconds: float) -> None:
    """Pairs down, samples across under their numbers; then what differs, and why; then what is judged nowhere else."""
    numbers = {sample.package: str(number) for number, sample in enumerate(samples, 1)}
    for package, number in numbers.items():
        console.out.print(f"{number:>3} {package}")
    pairs = [(pair.android, pair.rom) for pair in sold_pairs()]
    cells = [[f"{rom} {android}", *(_cell(rows, package, android, rom) for package in numbers)] for android, rom in pairs]
    console.table("", ("", *numbers.values()), cells)
    wrong = [row for row in rows if not _good(row)]
    if wrong:
        lines = [_differing(row) for row in wrong]
        head = (_("pair"), _("app"), _("rule"), _("expected"), _("outcome"), _("why"))
        console.table("", [said(word) for word in head], lines)
    for sample in samples:
        if sample.only():
            console.out.print(said(_("{name}: can be decided on {which} only", name=sample.package, which=sample.only())))
    _sum(rows, seconds)


def _differing(row: Row) -> tuple[str, ...]:
    why = pick(row["why_zh"], row["why"])
    return f"{row['rom']} {row['android']}", row["app"], row["rule"], _word(row["expected"]), _outcome(row), why


def _cell(rows: Sequence[Row], package: str, android: str, rom: str) -> str:
    found = [row for row in rows if (row["app"], row["android"], row["rom"]) == (package, android, rom)]
    if not found:
        return NOT_JUDGED
    return said(AS_EXPECTED if all(map(_good, found)) else DIFFERENT)


def _good(row: Row) -> bool:
    return bool(row["expected"] == row["outcome"])


def _outcome(row: Row) -> str:
    return _word(row["outcome"]) if row["outcome"] else said(row.get("problem") or _("not judged"))


def _word(outcome: str) -> str:
    """An outcome in the language of the run; what an app file expects may be none."""
    return pick(Outcome(outcome).label_zh, outcome) if outcome in set(Outcome) else outcome


def _sum(rows: Sequence[Row], seconds: float) -> None:
    wrong = sum(not _good(row) for row in rows)
    right, took = len(rows) - wrong, round(seconds)
    console.out.print(said(_("{right} as expected, {wrong} different, {seconds} s", right=right, wrong=wrong, seconds=took)))


CLAUSES = ("1", "3", "5", "6", "7")
ACCUSED = ("violation", "suspected")


def over_all_clauses(sample: Sample) -> Sample:
    """The same sample, to be checked under all clauses at once."""
    words = [*sample.options]
    while "--clause" in words:
        place = words.index("--clause")
        del words[place : place + 2]
    return replace(sample, options=(*words, *(word for clause in CLAUSES for word in ("--clause", clause))))


def of_sample(sample: Sample) -> dict[str, str] | None:
    """Scene -> violation or suspected, as ``scenes.toml`` has it for one of our samples; None for another."""
    name = sample.path.relative_to(OWN_APPS).with_suffix("").as_posix() if sample.path.is_relative_to(OWN_APPS) else ""
    return table().get(name)


def scene_rows(checked: Checked) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each scene that is expected or accused: its number, the state that it must have, and what ``--json`` says of it.

    One that is not expected must only not be an accusation.
    """
    wanted = of_sample(checked.sample)
    if wanted is None:
        return
    found = {scene["id"]: scene for scene in (checked.result or {}).get("scenes", ())}
    accused = [id for id, scene in found.items() if scene["state"] in ACCUSED]
    for id in sorted({*wanted, *accused}):
        yield id, wanted.get(id, "not accused"), found.get(id, {})


@cache
def table() -> dict[str, dict[str, str]]:
    """All of them by the sample's place in the folder."""
    data: dict[str, dict[str, str]] = tomllib.loads((files("device_farm.samples") / "scenes.toml").read_text(encoding="utf-8"))
    return data
