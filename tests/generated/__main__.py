"""``make generated N=... SEED=...``: check apps by the grammar and tell how often the first check was right."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from harness import console
from tests.generated import cases, nights, plan, tables
from tests.generated.fault import make_guilty
from tests.generated.faults import FAULTS
from tests.generated.grammar import innocent
from tests.generated.results import Share, is_wrong
from tests.generated.shrink import shrink
from tests.generated.trial import FOUND, Row

REPORTS = Path("reports")


def main(words: Sequence[str] | None = None) -> int:
    """The command; 1 where an innocent app was accused of a violation."""
    options = _options(words)
    if options.show:
        sys.stdout.write(plan.made((options.scope, options.seed, options.show if options.show in FAULTS else "")).text)
        return 0
    if options.nights:
        return _nights(options)
    rules = tuple(options.rule)
    todo = plan.jobs(
        options.n,
        options.seed,
        innocent=options.only != "guilty",
        guilty=options.only != "innocent",
        rules=rules,
        scopes=[*filter(None, options.scopes.split(","))],
    )
    path = options.rows or REPORTS / "generated" / f"rows-{options.seed}.jsonl"
    if options.fresh:
        path.unlink(missing_ok=True)
    for row in plan.run(todo, path, options.jobs):
        console.progress(f"{row.scope}:{row.seed} {row.fault or 'innocent'} {row.result} {row.got} {row.seconds:.0f} s")
    wanted = set(todo)
    rows = [row for row in plan.read_rows(path) if row.key in wanted]
    _print(rows)
    if options.keep:
        _keep([row for row in rows if is_wrong(row) or row.result == FOUND])
    return int(any(outcome == "violation" for row in rows if not row.fault for outcome in row.accused.values()))


def _options(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.generated", description=__doc__)
    parser.add_argument("-n", type=int, default=20, help="innocent apps, and as many guilty ones")
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--only", choices=("innocent", "guilty"), help="one of the two kinds")
    parser.add_argument("--rule", action="append", default=[], help="guilty apps of this rule only; repeatable")
    parser.add_argument("--scopes", default="", help="of the innocent apps, in turn: 7 or 15,48; all without it")
    parser.add_argument("--keep", action="store_true", help="shrink what came out wrong and keep it in tests/generated/cases.jsonl")
    parser.add_argument("--fresh", action="store_true", help="do not go on with an earlier run of this seed")
    parser.add_argument("--rows", type=Path, help="the file of rows, one JSON object a line")
    parser.add_argument("--nights", metavar="N", type=int, help="whether N apps of clause 6 get the same verdicts in shared nights")
    parser.add_argument("--most", type=int, default=20, help="apps in a night at most")
    parser.add_argument("--show", metavar="FAULT|innocent", help="print one app file and end")
    parser.add_argument(
        "--scope",
        choices=("15", "48", "13", "2", "4", "6", "7", "8", "9", "draft"),
        default="15",
        help="of the innocent app that --show prints",
    )
    return parser.parse_args(words)


def _print(rows: list[Row]) -> None:
    for title, heads, lines in (
        ("By rule", tables.RULES, tables.rule_lines(rows)),
        ("Features that go with mistakes most", tables.FEATURES, tables.feature_lines(rows)[:15]),
        ("Apps that came out wrong", tables.WRONG, tables.wrong_lines(rows)),
    ):
        console.table(title, heads, lines)
    _say(tables.walked(rows))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _nights(options: argparse.Namespace) -> int:
    """Print how many apps get in a shared night what they get alone, and every difference; 1 where there is one."""
    rules = tuple(fault.rule for fault in FAULTS.values() if fault.scope == "6")
    todo = plan.jobs(options.nights, options.seed, rules=rules, scopes=["6"])[: options.nights]
    found: list[nights.Compared] = []
    with tempfile.TemporaryDirectory(prefix="apprights-nights-") as folder:
        guests = nights.written((plan.made(job) for job in todo), Path(folder))
        for one in nights.compare(guests, Path(folder) / "runs", options.most):
            found.append(one)
            console.progress(f"{one.package} {one.guests} {one.hours:.2f} h {len(one.differences)}")
            for rule, (single, shared) in one.differences.items():
                _say(f"{one.package} {rule}: {single} | {shared}")
    share = Share(sum(not one.differences for one in found), len(found)).words
    _say(f"the same in a shared night as alone: {share}")
    return int(any(one.differences for one in found))


def _keep(wrong: list[Row]) -> None:
    for row in wrong:
        fault = FAULTS.get(row.fault)
        recipe = make_guilty(row.seed, fault)[0].recipe if fault else innocent(row.seed, row.scope)
        small, smallest = shrink(recipe, fault, row, console.progress)
        for case in cases.keep(small, smallest):
            _say(f"Kept: {case.id}")


if __name__ == "__main__":
    sys.exit(main())
