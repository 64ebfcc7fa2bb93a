"""What the rows of a run say: shares with their Wilson intervals, by rule and by feature of the grammar."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.generated import trial
from tests.generated.trial import Row

Z = 1.959964  # of 95 %


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share; all of it where nothing was counted."""
    if not of:
        return 0.0, 1.0
    share, square = hits / of, Z * Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Share:
    """A count of something among something."""

    hits: int
    of: int

    @property
    def words(self) -> str:
        if not self.of:
            return "-"
        low, high = wilson(self.hits, self.of)
        return f"{self.hits}/{self.of} {100 * self.hits / self.of:.0f}% [{100 * low:.0f}-{100 * high:.0f}]"


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule: guilty apps whose act the truth shows, and innocent ones."""

    rule: str
    found: Share
    exact: Share
    clear: int
    silent: int
    not_reached: int
    wrong_violations: Share
    wrong_suspicions: Share


@dataclass(frozen=True, slots=True)
class FeatureLine:
    """A feature of the grammar: mistakes in apps that have it and in those that have it not."""

    feature: str
    with_it: Share
    without: Share
    functions: Share

    @property
    def difference(self) -> float:
        """How much more often apps with it come out wrong."""
        return (self.with_it.hits / self.with_it.of if self.with_it.of else 0) - (
            self.without.hits / self.without.of if self.without.of else 0
        )


def is_wrong(row: Row) -> bool:
    """Whether the app came out wrong: accused though innocent, not found though guilty, or broken."""
    return row.result in (trial.ACCUSED, trial.CLEAR, trial.SILENT, trial.BROKEN)


def by_rule(rows: Sequence[Row]) -> list[RuleLine]:
    """A line a rule, then one for all."""
    innocents = [row for row in rows if not row.fault and not row.problem]
    guilty = [row for row in rows if row.fault]
    rules = sorted({row.rule for row in guilty} | {rule for row in innocents for rule in row.outcomes})
    return [*(_rule(rule, [row for row in guilty if row.rule == rule], innocents) for rule in rules), _rule("", guilty, innocents)]


def _rule(rule: str, guilty: Sequence[Row], innocents: Sequence[Row]) -> RuleLine:
    counts = Counter(row.result for row in guilty)
    reached = sum(counts[kind] for kind in (trial.EXACT, trial.FOUND, trial.CLEAR, trial.SILENT))
    judged = (
        [row.outcomes[rule] for row in innocents if rule in row.outcomes]
        if rule
        else [got for row in innocents for got in row.outcomes.values()]
    )
    return RuleLine(
        rule=rule or "*",
        found=Share(counts[trial.EXACT] + counts[trial.FOUND], reached),
        exact=Share(counts[trial.EXACT], reached),
        clear=counts[trial.CLEAR],
        silent=counts[trial.SILENT],
        not_reached=counts[trial.NOT_REACHED],
        wrong_violations=Share(judged.count("violation"), len(judged)),
        wrong_suspicions=Share(judged.count("suspected"), len(judged)),
    )


def by_feature(rows: Sequence[Row]) -> list[FeatureLine]:
    """A line a feature, those first that go with mistakes most."""
    names = sorted({feature for row in rows for feature in row.features})
    lines = [_feature(name, rows) for name in names]
    return sorted(lines, key=lambda line: (-line.difference, line.feature))


def _feature(name: str, rows: Iterable[Row]) -> FeatureLine:
    have: dict[bool, list[Row]] = {True: [], False: []}
    for row in rows:
        if row.result != trial.NOT_REACHED:
            have[name in row.features].append(row)
    asked, there = (sum(row.functions[n] for row in have[True]) for n in (0, 1))
    shares = {flag: Share(sum(map(is_wrong, each)), len(each)) for flag, each in have.items()}
    return FeatureLine(name, shares[True], shares[False], Share(asked, there))


@dataclass(frozen=True, slots=True)
class Reach:
    """How much of the apps the walks saw, the dangers that they pressed, and the innocent apps that came out guilty."""

    functions: Share
    pages: Share
    dangers: int
    accused: Share


def reach(rows: Sequence[Row]) -> Reach:
    """Of innocent apps that are walked through: functions that asked and pages that were shown, of those there are."""
    walked = [row for row in rows if row.scope != "6" and not row.fault and "answer:refuse" not in row.features and not row.problem]
    totals = [[sum(pair[n] for pair in pairs) for n in (0, 1)] for pairs in ([r.functions for r in walked], [r.pages for r in walked])]
    innocents = [row for row in rows if not row.fault and not row.problem]
    accused = Share(sum("violation" in row.accused.values() for row in innocents), len(innocents))
    return Reach(Share(*totals[0]), Share(*totals[1]), sum(row.dangers for row in rows), accused)
