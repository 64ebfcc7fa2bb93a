"""Fixed, still there, new, not comparable: what is seen is seen, and silence is no cure."""

from dataclasses import replace

import pytest

from harness.events import AppStopped, DialogKind, DialogShown, Event, Instant, PermissionDenied, Source, Trigger, TriggerFired
from harness.events.action_kinds import Ending, Proof
from harness.events.findings import Outcome
from harness.language import chinese
from harness.recording.run_folder import Difference
from harness.rectification.comparison_model import Row, Run, State
from harness.rectification.finding_comparison import compare, rule_lines
from tests.unit.rectification.made import BAD, EXIT, GOOD, MAYBE, RULES, UNSURE, Maker, finding, verdict

SELF, RELAUNCH, BUNDLE = "c6-self-start", "c5-asks-again-on-relaunch", "c5-bundled-request"


def only(rows: tuple[Row, ...]) -> Row:
    (row,) = rows
    return row


def denied(group: str, at: float) -> PermissionDenied:
    proof = Proof.FLAGS
    return PermissionDenied(
        at=Instant(0, at), source=Source.SESSION, package="p", permission_group=group, button="不允许", again=False, proof=proof
    )


def asked(group: str, at: float) -> DialogShown:
    box = (0, 0, 9, 9)
    return DialogShown(
        at=Instant(0, at), source=Source.TREE, dialog=DialogKind.PERMISSION, owner="o", text="t", permission_group=group, box=box
    )


def bad(made: Maker, **values: object) -> Run:
    return made(verdict(EXIT, finding(EXIT, BAD)), **values)  # type: ignore[arg-type] # what the maker takes


def good(made: Maker, **values: object) -> Run:
    return made(verdict(EXIT, finding(EXIT, GOOD)), version="1.1", **values)  # type: ignore[arg-type] # the same


def test_clear_on_the_same_occasion_is_fixed(made: Maker) -> None:
    old, new = bad(made), good(made)
    row = only(compare([old], [new]))
    assert (row.state, row.reason) == (State.FIXED, "CAMERA reason")
    assert (row.old.run, row.new.run, row.key) == (old, new, row.old.key)


@pytest.mark.parametrize("outcome", [Outcome.NOT_EXERCISED, Outcome.INCONCLUSIVE])
def test_silence_is_no_cure(made: Maker, outcome: Outcome) -> None:
    row = only(compare([bad(made)], [made(verdict(EXIT, outcome=outcome, why="the app asked for nothing"))]))
    assert row.state is State.OPEN
    assert "the app asked for nothing" in row.reason


def test_a_verdict_with_a_hole_is_no_cure_though_its_findings_are_clear(made: Maker) -> None:
    hole = verdict(EXIT, finding(EXIT, GOOD), outcome=Outcome.INCONCLUSIVE, why="logcat was away")
    assert only(compare([bad(made)], [made(hole)])).state is State.OPEN


def test_a_rule_that_was_not_judged_is_no_cure(made: Maker) -> None:
    row = only(compare([bad(made)], [made()]))
    assert row.state is State.OPEN
    assert "not checked" in row.reason


def test_clear_of_another_group_is_no_cure(made: Maker) -> None:
    new = made(verdict(EXIT, finding(EXIT, GOOD, "LOCATION")))
    row = only(compare([bad(made)], [new]))
    assert row.state is State.OPEN
    assert "occasion" in row.reason
    assert "declares" not in row.reason


def test_a_group_that_is_declared_no_more_is_told_and_still_no_cure(made: Maker) -> None:
    new = made(verdict(EXIT, finding(EXIT, GOOD, "LOCATION")), permissions=("android.permission.ACCESS_FINE_LOCATION",))
    row = only(compare([bad(made)], [new]))
    assert row.state is State.OPEN
    assert "no longer declares" in row.reason
    assert "不再声明" in chinese(row.reason)


def test_the_same_part_that_is_unsure_is_no_cure(made: Maker) -> None:
    new = made(verdict(EXIT, finding(EXIT, GOOD), finding(EXIT, UNSURE), outcome=Outcome.SUSPECTED))
    assert only(compare([bad(made)], [new])).state is State.OPEN


@pytest.mark.parametrize(
    ("device", "options", "told"),
    [
        ({"model": "Pixel 8"}, {}, "model (Pixel 7 -> Pixel 8)"),
        ({"rom": "miui"}, {}, "ROM"),
        ({"android": "14"}, {}, "Android"),
        ({}, {"consent": "refuse"}, "privacy policy"),
        ({}, {"profile": "store-strict"}, "thresholds"),
        ({}, {"minutes": 5.0}, "minutes of the walk (13 -> 5)"),
        ({}, {"seed": 3}, "seed"),
        ({}, {"app_profile": {"core": ["CAMERA"]}}, "core permissions"),
    ],
)
def test_clear_under_other_conditions_is_no_cure(made: Maker, device: dict[str, str], options: dict[str, object], told: str) -> None:
    row = only(compare([bad(made)], [good(made, device=device, options=options)]))
    assert row.state is State.OPEN
    assert told in row.reason


@pytest.mark.parametrize(
    ("device", "options"),
    [
        ({"serial": "S2"}, {}),
        ({"security_patch": "2026-01-05"}, {}),
        ({}, {"minutes": 60.0}),
        ({}, {"taps": ["登录"]}),
        ({}, {"city": "x"}),
    ],
)
def test_another_unit_and_more_of_the_same_can_be_compared(made: Maker, device: dict[str, str], options: dict[str, object]) -> None:
    assert only(compare([bad(made)], [good(made, device=device, options=options)])).state is State.FIXED


def test_a_function_that_was_not_used_again_is_no_cure(made: Maker) -> None:
    assert only(compare([bad(made, options={"taps": ["登录"]})], [good(made)])).state is State.OPEN


def test_other_thresholds_are_no_cure(made: Maker) -> None:
    rule = RULES[EXIT]
    other = replace(rule, thresholds=tuple(replace(each, value=each.value + 1) for each in rule.thresholds))
    row = only(compare([bad(made)], [made(verdict(other, finding(EXIT, GOOD)))]))
    assert (row.state, "thresholds" in row.reason) == (State.OPEN, True)


@pytest.mark.parametrize("which", ["old", "new"])
def test_altered_evidence_proves_no_cure(made: Maker, which: str) -> None:
    change = (Difference("raw/main.txt", "changed", "manifest"),)
    old, new = bad(made, altered=change if which == "old" else ()), good(made, altered=change if which == "new" else ())
    row = only(compare([old], [new]))
    assert (row.state, "altered" in row.reason) == (State.OPEN, True)


def test_an_older_version_is_no_cure(made: Maker) -> None:
    row = only(compare([bad(made, version="2.0")], [good(made)]))
    assert (row.state, "the older one (version code 11, not 20)" in row.reason) == (State.OPEN, True)
    (row,) = compare([made(verdict(EXIT, finding(EXIT, GOOD)), version="2.0")], [made(verdict(EXIT, finding(EXIT, BAD)), version="1.1")])
    assert (row.state, "the older one (version code 11, not 20)" in row.reason) == (State.NEW, True)


@pytest.mark.parametrize("outcome", [BAD, MAYBE])
def test_what_is_seen_is_still_there_whatever_the_conditions(made: Maker, outcome: Outcome) -> None:
    new = made(verdict(EXIT, finding(EXIT, outcome)), device={"model": "Pixel 8"}, options={"minutes": 1.0})
    row = only(compare([bad(made)], [new]))
    assert row.state is State.STILL
    assert row.new.outcome is outcome


def test_a_problem_is_new_and_whether_the_old_version_was_without_it_is_told(made: Maker) -> None:
    new = made(verdict(EXIT, finding(EXIT, BAD)), version="2.0")
    proved, unproved, lacking = good(made), made(verdict(EXIT, outcome=Outcome.NOT_EXERCISED)), made()
    told = [only(compare(old, [new])) for old in ([proved], [unproved], [lacking], [])]
    assert {row.state for row in told} == {State.NEW}
    assert "came with the new one" in told[0].reason
    assert all("may have had it" in row.reason for row in told[1:3])
    assert "no check" in told[3].reason


def test_several_runs_of_one_version_count_together(made: Maker) -> None:
    silent = made(verdict(EXIT, outcome=Outcome.NOT_EXERCISED))
    again = made(verdict(EXIT, finding(EXIT, BAD)))
    assert only(compare([bad(made)], [silent, good(made)])).state is State.FIXED
    assert only(compare([bad(made)], [good(made), again])).state is State.STILL
    assert only(compare([good(made), bad(made)], [good(made)])).state is State.FIXED


def test_too_few_violations_of_a_rule_count_as_suspected(made: Maker) -> None:
    assert RULES[SELF].needed > 1
    row = only(compare([made(verdict(SELF, finding(SELF, BAD, "round-1"), finding(SELF, GOOD, "round-2")))], [made()]))
    assert row.old.outcome is MAYBE


def test_trials_of_a_refusal_are_one_problem_and_cured_only_where_that_group_was_refused(made: Maker) -> None:
    facts: tuple[Event, ...] = (denied("CAMERA", 1.0), asked("LOCATION", 9.0))
    bad = verdict(RELAUNCH, *(finding(RELAUNCH, BAD, f"cold-start-{n}", facts) for n in (1, 2, 3)))
    quiet = verdict(RELAUNCH, *(finding(RELAUNCH, GOOD, f"cold-start-{n}", facts[:1]) for n in (1, 2)))
    old = made(bad, events=facts)
    assert only(compare([old], [made(quiet, events=facts[:1])])).state is State.OPEN
    both = [facts[0], denied("LOCATION", 2.0)]
    assert only(compare([old], [made(quiet, events=both)])).state is State.FIXED


def test_what_was_asked_together_is_cured_where_each_is_asked_alone(made: Maker) -> None:
    old = made(verdict(BUNDLE, finding(BUNDLE, BAD, "CAMERA+LOCATION")))
    half = made(verdict(BUNDLE, finding(BUNDLE, GOOD, "CAMERA")))
    whole = made(verdict(BUNDLE, finding(BUNDLE, GOOD, "CAMERA"), finding(BUNDLE, GOOD, "LOCATION")))
    assert only(compare([old], [half])).state is State.OPEN
    assert only(compare([old], [whole])).state is State.FIXED


def test_words_that_a_cure_changes_do_not_hide_it(made: Maker) -> None:
    rule = "c1-consent-without-refusal"
    old, new = made(verdict(rule, finding(rule, BAD, "“同意”"))), made(verdict(rule, finding(rule, GOOD, "“同意”、“不同意”")))
    assert only(compare([old], [new])).state is State.FIXED


def test_an_app_left_alone_is_cured_only_where_all_was_tried_again(made: Maker) -> None:
    def fired(*triggers: Trigger) -> list[Event]:
        swiped = AppStopped(at=Instant(0, 9.0), source=Source.SESSION, package="p", how=Ending.SWIPE)
        return [*(TriggerFired(at=Instant(0, n), source=Source.SESSION, trigger=each) for n, each in enumerate(triggers, 1)), swiped]

    def clear() -> object:
        return verdict(SELF, finding(SELF, GOOD, "round-1"))

    old = made(verdict(SELF, finding(SELF, BAD, "round-1"), finding(SELF, BAD, "round-2")), events=fired(Trigger.BOOT, Trigger.POWER))
    less = made(clear(), events=fired(Trigger.POWER))  # type: ignore[arg-type] # a verdict
    same = made(clear(), events=fired(Trigger.POWER, Trigger.BOOT))  # type: ignore[arg-type] # the same
    row = only(compare([old], [less]))
    assert (row.state, "lacking in the new check: boot" in row.reason) == (State.OPEN, True)
    assert only(compare([old], [same])).state is State.FIXED


def test_every_rule_of_either_version_is_in_the_list(made: Maker) -> None:
    lines = rule_lines([made(verdict(EXIT, finding(EXIT, BAD)))], [made(verdict(BUNDLE, outcome=Outcome.NOT_EXERCISED))])
    assert [(line.rule.id, line.old, line.new) for line in lines] == [(BUNDLE, None, Outcome.NOT_EXERCISED), (EXIT, BAD, None)]
