"""Each line of a notice answered, and a problem that comes again marked."""

from datetime import date

import pytest

from harness.errors import HarnessError
from harness.events.findings import Outcome
from harness.language import chinese
from harness.rectification.comparison_builder import earlier, with_repeats
from harness.rectification.comparison_model import Answered, Run, State
from harness.rectification.finding_comparison import compare
from harness.rectification.judged_runs import notes, of_one_app
from harness.rectification.notice import Answer, Notice, Problem
from harness.rectification.notice_answers import answered, near_labels, with_answers
from tests.unit.rectification.made import BAD, EXIT, GOOD, MAYBE, PACKAGE, Maker, finding, verdict

FIVE, MANUAL = "APP强制、频繁、过度索取权限", "SDK使用说明不完整"


def notice(*problems: Problem, answers: tuple[Answer, ...] = (), version: str = "") -> Notice:
    day = date(2026, 11, 2)
    return Notice("notice.toml", "某局", "12号", day, day, version=version, problems=problems, answers=answers)


def said(old: list[Run], new: list[Run], label: str = FIVE, rules: tuple[str, ...] = ()) -> Answered:
    (found,) = answered(notice(Problem(1, label, rules=rules)), compare(old, new), old, new)
    return found


def run(made: Maker, outcome: Outcome | None, version: str = "1.0") -> Run:
    return made(verdict(EXIT, finding(EXIT, outcome)) if outcome else verdict(EXIT, outcome=Outcome.NOT_EXERCISED), version=version)


@pytest.mark.parametrize(
    ("old", "new", "state", "before", "after"),
    [
        (BAD, GOOD, State.FIXED, "reproduced on the old version: 1 violation", "gone on the new version"),
        (BAD, BAD, State.STILL, "reproduced", "1 on the new version"),
        (BAD, None, State.OPEN, "reproduced", "cannot be compared"),
        (MAYBE, GOOD, State.FIXED, "suspected on the old version: 1", "gone"),
        (GOOD, GOOD, State.NOT_REPRODUCED, "not reproduced on the old version: 1 clear", "proves no cure"),
        (None, None, State.NOT_REPRODUCED, "not reproduced on the old version: 1 not exercised", "1 not exercised"),
        (GOOD, BAD, State.NEW, "not reproduced", "1 on the new version"),
    ],
)
def test_a_line_of_the_notice(made: Maker, old: Outcome | None, new: Outcome | None, state: State, before: str, after: str) -> None:
    found = said([run(made, old)], [run(made, new, "1.1")])
    assert found.state is state
    assert before in found.before
    assert after in found.after


def test_without_the_old_version_clear_proves_no_cure(made: Maker) -> None:
    found = said([], [run(made, GOOD)])
    assert (found.state, "no check of the old version" in found.before) == (State.OPEN, True)
    assert "proves no cure" in found.after
    assert said([], [run(made, BAD)]).state is State.STILL


def test_a_clause_that_was_not_driven_is_not_said_to_be_unreproduced(made: Maker) -> None:
    found = said([run(made, BAD)], [run(made, GOOD)], "APP频繁自启动和关联启动")
    assert found.state is State.OPEN
    assert "had none of its rules" in found.before
    assert "had none of its rules" in found.after


def test_a_label_that_no_phone_shows_is_answered_with_the_reason(made: Maker) -> None:
    found = said([run(made, BAD)], [run(made, GOOD)], MANUAL)
    assert (found.state, found.rows) == (State.UNDETECTABLE, ())
    assert chinese(found.after) == found.label.undetectable_zh


def test_an_unknown_label_is_told_with_those_like_it_and_stops_nothing(made: Maker) -> None:
    found = said([run(made, BAD)], [run(made, GOOD)], "强制频繁索取权限")
    assert (found.state, found.label) == (State.UNDETECTABLE, None)
    assert FIVE in found.near
    assert near_labels("zzz") == ()


def test_the_rules_that_the_words_are_about_narrow_a_line(made: Maker) -> None:
    both = [verdict(EXIT, finding(EXIT, GOOD)), verdict("c5-dialog-loop", finding("c5-dialog-loop", BAD))]
    old, new = made(verdict(EXIT, finding(EXIT, BAD)), both[1]), made(*both, version="1.1")
    assert said([old], [new]).state is State.STILL
    assert said([old], [new], rules=(EXIT,)).state is State.FIXED


def test_what_the_company_says_stands_at_its_problem(made: Maker) -> None:
    old, new = run(made, BAD), run(made, GOOD, "1.1")
    rows = compare([old], [new])
    by_rule, by_key = Answer(measure="改", rule=EXIT), Answer(cause="因", key=rows[0].key)
    assert with_answers(rows, [by_rule])[0].measure == "改"
    assert with_answers(rows, [by_rule, by_key])[0].cause == "因"
    told = notice(Problem(1, FIVE), answers=(Answer(measure="全", problem=1),))
    assert answered(told, rows, [old], [new])[0].rows[0].measure == "全"


def test_the_same_problem_in_an_earlier_version_is_marked_with_both_runs(made: Maker) -> None:
    first, second, third = run(made, BAD, "1.0"), run(made, GOOD, "1.1"), run(made, BAD, "1.2")
    folders = [each.judged.analysis.folder for each in (first, second, third)]
    assert earlier(folders, [third]) == tuple(folders[:2])
    (row,) = with_repeats(compare([second], [third]), [first, second])
    assert (row.state, [(each.run, each.version) for each in row.repeats]) == (State.NEW, [(first, "1.0")])


def test_what_simply_is_still_there_is_no_repeat_and_in_three_versions_it_is(made: Maker) -> None:
    first, second, third = run(made, BAD, "1.0"), run(made, BAD, "1.1"), run(made, BAD, "1.2")
    again = run(made, BAD, "1.2")
    (row,) = with_repeats(compare([second], [third]), [second, again])
    assert (row.state, row.repeats) == (State.STILL, ())
    (row,) = with_repeats(compare([second], [third]), [first, second])
    assert [each.version for each in row.repeats] == ["1.0", "1.1"]


def test_another_app_of_the_developer_counts_and_the_same_version_does_not(made: Maker) -> None:
    other = made(verdict(EXIT, finding(EXIT, BAD, "LOCATION")), package="com.example.other")
    first, again, new = run(made, BAD, "1.1"), run(made, BAD, "1.2"), run(made, BAD, "1.2")
    (row,) = with_repeats(compare([], [new]), [other, first, again])
    assert [(each.package, each.same_package) for each in row.repeats] == [("com.example.other", False), ("com.example.coupons", True)]


def test_another_problem_of_the_rule_in_an_earlier_version_is_no_repeat(made: Maker) -> None:
    first = made(verdict(EXIT, finding(EXIT, BAD, "LOCATION")))
    (row,) = with_repeats(compare([], [run(made, BAD, "1.2")]), [first])
    assert row.repeats == ()


def test_runs_of_two_apps_are_refused_by_name(made: Maker) -> None:
    one, other = run(made, BAD), made(package="com.example.other")
    with pytest.raises(HarnessError, match=f"{PACKAGE}.*com.example.other"):
        of_one_app([one.judged.analysis.folder, other.judged.analysis.folder])
    with pytest.raises(HarnessError, match="the notice is about"):
        of_one_app([one.judged.analysis.folder], "com.other")


def test_what_a_reader_must_know_first(made: Maker) -> None:
    old, new = run(made, BAD), run(made, GOOD)
    told = " | ".join(notes([old], [new], notice(Problem(1, FIVE), version="0.9")))
    assert "is the same (1.0)" in told
    assert "the notice is about 0.9, the old run is of 1.0" in told
    assert "is compared with itself" in " ".join(notes([new], [new], None))
    assert "the older one (version code 10, not 20)" in " ".join(notes([made(version="2.0")], [new], None))
    assert "still of the version of the notice" in " ".join(notes([], [new], notice(Problem(1, FIVE), version="1.0")))


def test_a_narrowed_line_does_not_hide_its_label_s_other_problems(made: Maker) -> None:
    """Fixed as the words have it, while another behaviour under the same label is still there."""
    again = "c5-asks-again-on-relaunch"
    old = [made(verdict(EXIT, finding(EXIT, BAD)), verdict(again, finding(again, BAD)))]
    new = [made(verdict(EXIT, finding(EXIT, GOOD)), verdict(again, finding(again, BAD)), version="2.0")]
    narrow = said(old, new, rules=(EXIT,))
    assert narrow.state is State.FIXED
    assert "1 other problem(s) under the same label are still there" in narrow.after
    assert "同一所涉问题的其他行为另有 1 项仍存在" in chinese(narrow.after)
    assert "other problem(s)" not in said(old, new).after[1]
