"""The results as tables: by rule, by feature of the grammar, and the apps that came out wrong.

All intervals are Wilson's, of 95 %. Not reached: by the device's own account the planted act did not happen; it is
counted apart.
"""

from collections.abc import Sequence

from tests.generated import trial
from tests.generated.results import Share, by_feature, by_rule, is_wrong, reach
from tests.generated.trial import Row

RULES = ("rule", "found", "exact", "missed: clear", "missed: silent", "not reached", "wrong violations", "wrong suspicions")
FEATURES = ("feature", "wrong with it", "wrong without", "functions that asked")
WRONG = ("seed", "fault", "result", "demanded", "got", "reason")
NAMES = {
    trial.ACCUSED: "accused though innocent",
    trial.CLEAR: "missed: clear",
    trial.FOUND: "in the wrong degree",
    trial.SILENT: "missed: silent",
    trial.BROKEN: "no run",
}


def walked(rows: Sequence[Row]) -> str:
    """What the walks reached and pressed, and how many innocent apps were accused of a violation."""
    seen = reach(rows)
    return (
        f"Walks: functions that ask {seen.functions.words}, pages {seen.pages.words}, dangers pressed {seen.dangers}. "
        f"Innocent apps accused {seen.accused.words}."
    )


def rule_lines(rows: Sequence[Row]) -> list[list[str]]:
    """The table by rule; its last line is all rules."""
    return [
        [
            line.rule if line.rule != "*" else "all",
            line.found.words,
            line.exact.words,
            str(line.clear),
            str(line.silent),
            str(line.not_reached),
            _few(line.wrong_violations),
            _few(line.wrong_suspicions),
        ]
        for line in by_rule(rows)
    ]


def _few(share: Share) -> str:
    return share.words if share.hits else f"0/{share.of}"


def feature_lines(rows: Sequence[Row]) -> list[list[str]]:
    """The table by feature."""
    return [[line.feature, line.with_it.words, line.without.words, line.functions.words] for line in by_feature(rows)]


def wrong_lines(rows: Sequence[Row]) -> list[list[str]]:
    """A line for each app that came out wrong, or in the wrong degree."""
    lines = []
    for row in sorted(rows, key=lambda row: (row.result, row.rule, row.seed)):
        if is_wrong(row) or row.result == trial.FOUND:
            got = row.got if row.fault else "; ".join(f"{rule} {outcome}" for rule, outcome in row.accused.items())
            why = row.problem or "; ".join(reason for rule, reason in row.reasons.items() if rule == row.rule or not row.fault)
            lines.append([f"{row.scope}:{row.seed}", row.fault or "-", NAMES[row.result], row.demanded or "-", got, why])
    return lines
