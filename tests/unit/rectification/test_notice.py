"""notice.toml, read or refused in one clear line, and the day by which it must be answered."""

from datetime import date
from pathlib import Path

import pytest

from harness.errors import FormatError
from harness.language import chinese
from harness.rectification.deadline import deadline
from harness.rectification.notice import Answer, Problem, need_rules, read_notice

LEAST = 'issuer = "某省通信管理局"\nnumber = "12号"\ndate = 2026-11-02\n[[problem]]\nlabel = "违规收集个人信息"\n'


def read(tmp_path: Path, text: str | bytes):
    file = tmp_path / "notice.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_notice(file)


def test_the_least_that_a_notice_has(tmp_path: Path) -> None:
    found = read(tmp_path, LEAST)
    assert (found.dated, found.received, found.days, found.printed) == (date(2026, 11, 2), date(2026, 11, 2), 5, None)
    assert found.problems == (Problem(1, "违规收集个人信息"),)
    assert found.deadline.last == date(2026, 11, 9)


def test_all_of_it(tmp_path: Path) -> None:
    text = LEAST.replace("date = 2026-11-02", 'date = "2026-11-02"\nreceived = 2026-11-03\ndeadline = 2026-11-20\nworking_days = 10')
    text += 'words = "原文"\nrules = ["c5-dialog-loop"]\n[[answer]]\nproblem = 1\nmeasure = "已改"\n[[answer]]\nkey = "ab"\ncause = "因"\n'
    found = read(tmp_path, text)
    assert (found.received, found.days, found.deadline.last) == (date(2026, 11, 3), 10, date(2026, 11, 20))
    assert found.problems == (Problem(1, "违规收集个人信息", "原文", ("c5-dialog-loop",)),)
    assert found.answers == (Answer(measure="已改", problem=1), Answer(cause="因", key="ab"))


def test_a_byte_order_mark_of_notepad_is_no_matter(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbf" + LEAST.replace("\n", "\r\n").encode()).number == "12号"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (LEAST.encode("gbk"), "not UTF-8"),
        (LEAST.encode("utf-16"), "not UTF-8"),
        ("issuer = ", "no TOML"),
        ("[" * 5000, "nested too deep"),
        (LEAST.replace("issuer", "isuer"), "no entry 'isuer'"),
        (LEAST.replace('issuer = "某省通信管理局"\n', ""), "issuer is missing"),
        (LEAST.replace("date = 2026-11-02\n", ""), "date is missing"),
        (LEAST.replace("2026-11-02", '"02.11.2026"'), "year first"),
        (LEAST.replace("2026-11-02", "20261102"), "year first"),
        (LEAST.replace("2026-11-02", "1999-11-02"), "year first"),
        (LEAST.partition("[[")[0], "no problem of the notice"),
        (LEAST.replace("[[problem]]", "[problem]"), "write [[problem]]"),
        (LEAST.replace('label = "违规收集个人信息"', ""), "label is missing"),
        (LEAST + "[[answer]]\nproblem = 2\n", "from 1 to 1"),
        (LEAST + "[[answer]]\nproblem = 0.5\n", "from 1 to 1"),
        (LEAST + '[[answer]]\nmeasure = "x"\n', "an answer says to what"),
        ("working_days = 0\n" + LEAST, "working_days"),
        (LEAST.replace("12号", "1\\u001b[31m"), "control characters"),
    ],
)
def test_what_is_wrong_is_one_line_that_names_the_file(tmp_path: Path, text: str | bytes, told: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(tmp_path, text)
    assert told in str(caught.value)
    assert "notice.toml" in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("line", ['rules = ["c5-exit"]\n', '[[answer]]\nrule = "c5-exit"\n'])
def test_a_rule_that_there_is_not_is_told_with_those_like_it(tmp_path: Path, line: str) -> None:
    with pytest.raises(FormatError, match="no rule 'c5-exit': c5-exit-after-denial"):
        need_rules(read(tmp_path, LEAST + line), ["c5-exit-after-denial", "c1-consent"])


def test_a_notice_that_is_not_there_or_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(FormatError, match="is no file"):
            read_notice(path)


@pytest.mark.parametrize(
    ("received", "first", "last"),
    [
        ("2026-11-02", "2026-11-03", "2026-11-09"),  # Monday to Monday
        ("2026-11-06", "2026-11-09", "2026-11-13"),  # a Friday
        ("2026-11-07", "2026-11-09", "2026-11-13"),  # a Saturday
        ("2026-09-28", "2026-09-29", "2026-10-10"),  # the days off of October, and the Saturday that is worked for them
        ("2026-02-11", "2026-02-12", "2026-02-25"),  # the Spring Festival, and the Saturday before it
        ("2021-01-22", "2021-01-25", "2021-01-29"),  # as a bulletin of that day set it
        ("2024-07-02", "2024-07-03", "2024-07-09"),
    ],
)
def test_days_are_counted_from_the_next_working_day(received: str, first: str, last: str) -> None:
    found = deadline(date.fromisoformat(received))
    assert (found.first.isoformat(), found.last.isoformat(), found.unchecked) == (first, last, False)


def test_beyond_the_calendar_monday_to_friday_count_and_it_is_said() -> None:
    found = deadline(date(2031, 9, 26))
    assert (found.last, found.unchecked) == (date(2031, 10, 3), True)
    assert "节假日未核" in chinese(found.words(date(2031, 9, 29)))
    assert "not checked" in deadline(date(2026, 11, 2)).words(date(2031, 1, 6))
    assert [deadline(day).unchecked for day in (date(2026, 12, 21), date(2030, 12, 30))] == [False, True], "one that runs over their end"


@pytest.mark.parametrize(
    ("on", "left", "words"),
    [
        ("2026-11-02", 5, "还有 5 个工作日"),
        ("2026-11-06", 1, "还有 1 个工作日"),
        ("2026-11-08", 1, "还有 1 个工作日"),
        ("2026-11-09", 0, "今天到期"),
        ("2026-11-10", -1, "已逾期 1 个工作日"),
        ("2026-11-14", -4, "已逾期 4 个工作日"),
    ],
)
def test_days_left(on: str, left: int, words: str) -> None:
    found = deadline(date(2026, 11, 2))
    assert (found.left(date.fromisoformat(on)), chinese(found.words(date.fromisoformat(on)))) == (left, words)
    assert deadline(date(2026, 11, 6)).left(date(2026, 11, 14)) == -1, "due on Friday, overdue on the weekend"


def test_the_day_that_the_notice_names_goes_before_ours() -> None:
    found = deadline(date(2026, 11, 2), printed=date(2026, 11, 20))
    assert (found.last, found.printed, found.left(date(2026, 11, 19))) == (date(2026, 11, 20), True, 1)
