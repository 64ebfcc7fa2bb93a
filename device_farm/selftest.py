"""``apprights selftest``: every sample must get the outcomes it expects. It proves a change, not a phone."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from device_farm.parallel import Job, check_all
from device_farm.samples import OWN_APPS, Checked, Sample, find_samples
from device_farm.virtual.app_file import AppFileError
from device_farm.virtual.roms.pairs import find_pair, sold_pairs
from harness import console
from harness.errors import FormatError, HarnessError

if TYPE_CHECKING:
    from collections.abc import Iterator

DEFAULT_PAIR = ("13", "aosp")
DIFFERS = 1


def selftest(
    apps: Annotated[Path, typer.Option(help="A folder of app files, instead of the samples.")] = OWN_APPS,
    matrix: Annotated[bool, typer.Option("--matrix", help="On every pair of Android version and ROM sold.")] = False,
    android: Annotated[str, typer.Option(help="Android version of the virtual devices.")] = "13",
    rom: Annotated[str, typer.Option(help="ROM of the virtual devices.")] = "aosp",
    workers: Annotated[int | None, typer.Option(help="How many at once; default: one a core.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Check the sample apps on virtual devices and compare with what each must get; exit code 1 if one differs."""
    began = time.monotonic()
    try:
        find_pair(android, rom)
        samples = find_samples(apps)
    except AppFileError as error:
        raise FormatError(str(error)) from None
    except ValueError as error:
        raise HarnessError(str(error)) from None
    jobs = list(_jobs(samples, (android, rom), matrix=matrix))
    with tempfile.TemporaryDirectory(prefix="apprights-selftest-") as runs:
        rows = [row for checked in check_all(jobs, Path(runs), workers=workers) for row in _rows(checked)]
    if json:
        for row in rows:
            console.print_json(row)
    else:
        _show(rows, time.monotonic() - began)
    if any(row["expected"] != row["outcome"] for row in rows):
        raise typer.Exit(DIFFERS)


def _jobs(samples: list[Sample], pair: tuple[str, str], *, matrix: bool) -> Iterator[Job]:
    """One pair for each sample, or all; where a sample's expectation does not hold it is not run, and that is said.

    A sample that does not hold on the default pair goes to the first pair on which it does.
    """
    for sample in samples:
        sold = [(pair.android, pair.rom) for pair in sold_pairs()]
        fitting = [each for each in sold if not sample.only_android or each[0] in sample.only_android]
        one = [pair] if pair in fitting else fitting[:1] if pair == DEFAULT_PAIR else []
        held = fitting if matrix else one
        for android, rom in held:
            yield sample, android, rom
        if not held:
            console.progress(f"{sample.path.name}: only for Android {', '.join(sample.only_android)}, not judged")


def _rows(checked: Checked) -> Iterator[dict[str, Any]]:
    """One row a rule that the sample names."""
    outcomes = {rule["rule"]: rule["outcome"] for rule in (checked.result or {}).get("rules", ())}
    for rule, expected in sorted(checked.sample.expected.items()):
        row = {
            "app": checked.sample.package,
            "rule": rule,
            "expected": expected,
            "outcome": outcomes.get(rule),
            "android": checked.android,
            "rom": checked.rom,
            "seconds": round(checked.seconds, 2),
            "assumed": checked.assumed,
        }
        yield row | ({"problem": checked.problem} if checked.problem else {})


def _show(rows: list[dict[str, Any]], seconds: float) -> None:
    console.table(
        "",
        ("app", "rule", "expected", "outcome", "Android", "ROM", "assumed", ""),
        [
            (
                row["app"],
                row["rule"],
                row["expected"],
                row["outcome"] or row.get("problem") or "not judged",
                row["android"],
                row["rom"],
                "?" if row["assumed"] is None else str(row["assumed"]),
                "" if row["expected"] == row["outcome"] else "DIFFERS",
            )
            for row in rows
        ],
    )
    wrong = sum(row["expected"] != row["outcome"] for row in rows)
    console.out.print(f"{len(rows) - wrong} as expected, {wrong} different, {seconds:.0f} s")
