"""The tables that ``apprights selftest`` ends with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from device_farm.virtual.roms.pairs import sold_pairs
from harness import console

if TYPE_CHECKING:
    from collections.abc import Sequence

    from device_farm.samples import Sample

    Row = dict[str, Any]

AS_EXPECTED, DIFFERENT, NOT_JUDGED = "ok", "DIFFERS", "-"


def show(rows: Sequence[Row], seconds: float) -> None:
    """Every row of one pair."""
    console.table(
        "",
        ("app", "rule", "expected", "outcome", "Android", "ROM", "assumed", ""),
        [
            (
                row["app"],
                row["rule"],
                row["expected"],
                _outcome(row),
                row["android"],
                row["rom"],
                "?" if row["assumed"] is None else str(row["assumed"]),
                "" if _good(row) else DIFFERENT,
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
        lines = [(f"{row['rom']} {row['android']}", row["app"], row["rule"], row["expected"], _outcome(row), row["why"]) for row in wrong]
        console.table("", ("pair", "app", "rule", "expected", "outcome", "why"), lines)
    for sample in samples:
        if sample.only():
            console.out.print(f"{sample.package}: can be decided on {sample.only()} only")
    _sum(rows, seconds)


def _cell(rows: Sequence[Row], package: str, android: str, rom: str) -> str:
    found = [row for row in rows if (row["app"], row["android"], row["rom"]) == (package, android, rom)]
    if not found:
        return NOT_JUDGED
    return AS_EXPECTED if all(map(_good, found)) else DIFFERENT


def _good(row: Row) -> bool:
    return bool(row["expected"] == row["outcome"])


def _outcome(row: Row) -> str:
    return row["outcome"] or row.get("problem") or "not judged"


def _sum(rows: Sequence[Row], seconds: float) -> None:
    wrong = sum(not _good(row) for row in rows)
    console.out.print(f"{len(rows) - wrong} as expected, {wrong} different, {seconds:.0f} s")
