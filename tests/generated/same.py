"""Whether an app gets the same verdicts whichever way it is checked.

Three runs of one seed, its clause alone and together with all others, in this process and behind the real adb server.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.device.adb import PrivateAdbServer
from tests.generated.fault import Generated
from tests.generated.trial import checked

AGAIN, CLAUSE, ADB = "again", "clause", "adb"
WAYS = (
    (AGAIN, "同一种子检测三次", "three runs of one seed"),
    (CLAUSE, "单独检测一条与全部检测", "its clause alone and all clauses"),
    (ADB, "进程内与经由 adb", "in process and over adb"),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A rule that came out otherwise: the first run's outcome and reason, and those of the other run."""

    way: str
    rule: str
    first: tuple[str, str]
    other: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """What the first run said of each rule, with its reason, and what others said otherwise."""

    first: dict[str, tuple[str, str]]
    differences: list[Difference]


def compare(app: Generated) -> Compared:
    """Check the app five times and compare each run with the first. Nothing of it is left on disk.

    A run that broke has no outcomes, and its problem as the reason: it differs in every rule.
    """
    own = (clause_of(app),)
    with PrivateAdbServer() as server, tempfile.TemporaryDirectory(prefix="apprights-same-") as folder:
        path = Path(folder) / f"s{app.recipe.seed}.py"
        path.write_text(app.text, encoding="utf-8")

        def run(name: str, clauses: tuple[str, ...], port: int | None = None) -> dict[str, tuple[str, str]]:
            result = checked(path, app.recipe.android, app.recipe.rom, Path(folder) / name, clauses=clauses, port=port)
            named = {rule: (outcome, result.reasons[rule]) for rule, outcome in result.outcomes.items()}
            return named or {"": ("broken", result.problem)}

        first = run("first", own)
        ways = [(AGAIN, run("second", own)), (AGAIN, run("third", own))]
        ways += [(CLAUSE, run("all", ())), (ADB, run("adb", own, server.port))]
    return Compared(first, [difference for way, other in ways for difference in unlike(way, first, other)])


def clause_of(app: Generated) -> str:
    """The clause that the app is about: its fault's; of an innocent one its scope's, 1 and 5 by turns."""
    if app.fault is not None:
        return app.fault.rule.removeprefix("c").partition("-")[0]
    return "6" if app.recipe.scope == "6" else ("1", "5")[app.recipe.seed % 2]


def alike(found: Sequence[Compared], way: str) -> int:
    """How many of the apps have no difference of that way."""
    return sum(all(difference.way != way for difference in each.differences) for each in found)


def unlike(way: str, first: dict[str, tuple[str, str]], other: dict[str, tuple[str, str]]) -> Iterator[Difference]:
    """The rules of the first run that came out otherwise in the other one."""
    for rule in first:
        got = other.get(rule, ("", other.get("", ("", ""))[1]))
        if got[0] != first[rule][0]:
            yield Difference(way, rule, first[rule], got)
