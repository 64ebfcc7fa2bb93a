"""notice.toml: what is read of it, and one clear line for whatever is wrong with it."""

from datetime import date
from pathlib import Path

import pytest

from harness.errors import FormatError
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
