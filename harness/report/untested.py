"""未检测项: what was not exercised or could not be decided, why, and what to do about it.

It stands beside what was found, because a reader takes silence for an all-clear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from harness.events.findings import Outcome
from harness.language import both
from harness.rules import clauses, load_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.report.wording.terms import Words
    from harness.verdicts.analysis import Analysis
    from harness.verdicts.judge import Verdict

_AGAIN = "排除所述原因后重新检测", "remove that cause and test again"
_FINISH = "重新检测，并让检测进行到底", "test again, and let the check come to its end"
_TODO = {
    "c5-asks-within-48-hours": ("重新检测并加选项 --clock", "test again with --clock"),
    "c5-denial-blocks-function": (
        "用 --tap 指定需要该权限的功能后重新检测",
        "name the function that needs the permission with --tap and test again",
    ),
    "c5-denial-blocks-login": (
        "在应用说明文件中写明登录步骤（--profile）后重新检测",
        "write the login steps into an app profile (--profile) and test again",
    ),
    "c5-": (
        "如应用有需要权限的功能，用 --tap 指定后重新检测",
        "if the app has a function that needs permissions, name it with --tap and test again",
    ),
    "c1-": ("由人工确认应用首次运行时是否有隐私政策提示", "a person looks whether the first run of the app asks for consent"),
    "c6-": ("以 --clause 6 在手机上完整检测，约需 6 小时", "test with --clause 6 on a phone to its end, which takes about six hours"),
    "c7-": (
        "以 --clause 7 检测，并用 --ad-hours 延长等待广告的时间",
        "test with --clause 7, and wait for adverts for longer with --ad-hours",
    ),
}
"""What makes a rule's occasion happen, by the beginning of its id; the longest that fits counts."""
_OWN = "安排出现相应场景后重新检测", "bring the scene about and test again"


class Untested(NamedTuple):
    """One rule, or one clause as a whole, that nothing is said about."""

    name: Words
    rule: str
    outcome: Outcome | None
    reason: Words
    todo: Words
    link: str


def untested(analysis: Analysis) -> tuple[Untested, ...]:
    """All that is open: what could not be decided first, then what did not occur, then what nobody asked for."""
    order = (Outcome.INCONCLUSIVE, Outcome.NOT_EXERCISED)
    rows = [
        Untested(both(v.rule.label), v.rule.id, outcome, both(v.reason), _todo(v, analysis), v.rule.id)
        for outcome in order
        for v in analysis.verdicts
        if v.outcome is outcome
    ]
    return (*rows, *_left_out(analysis))


def _todo(verdict: Verdict, analysis: Analysis) -> Words:
    if verdict.not_before is not None:
        return f"以 --as-of {verdict.not_before} 或更晚的日期判定", f"judge as of {verdict.not_before} or later, with --as-of"
    if analysis.unfinished:
        return _FINISH
    if verdict.outcome is Outcome.INCONCLUSIVE:
        return _AGAIN
    rule = verdict.rule.judged_by
    return _TODO[max(fits, key=len)] if (fits := [start for start in _TODO if rule.startswith(start)]) else _OWN


def _left_out(analysis: Analysis) -> Iterator[Untested]:
    """The clauses that have rules, none of which was judged."""
    judged = {verdict.rule.clause.number for verdict in analysis.verdicts}
    for number in sorted({rule.clause.number for rule in load_rules() if rule.clause.number} - judged):
        clause = clauses()[number]
        name = f"第 {number} 条 {clause.label_zh}", f"clause {number}: {clause.label_en}"
        reason = "本次检测未包含该条款", "the check did not include this clause"
        yield Untested(name, "", None, reason, (f"以 --clause {number} 检测", f"test with --clause {number}"), "")
