"""Lines for people, wrapped by the width of signs, in any encoding; a table that is piped has its head."""

import io
import sys
from collections.abc import Sequence

import pytest
import typer
from rich.cells import cell_len
from rich.console import Console

from harness import cli, console
from harness.commands import doctor
from harness.errors import ScenarioError
from harness.language import known

SENTENCE = (
    "不合规    拒绝权限后应用退出或关闭（c5-exit-after-denial）：用户拒绝位置权限 0.02 秒后，应用关闭了页面并退出；"
    "两次对照运行中，一次选择允许，一次不作答，应用均继续运行"
)


def lines(text: str, places: Sequence[int]) -> list[str]:
    return [text[start:end].rstrip() for start, end in zip((0, *places), (*places, len(text)), strict=True)]


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("indent", [0, 10])
def test_no_line_is_wider_than_the_terminal_and_nothing_is_lost(width: int, indent: int) -> None:
    found = lines(SENTENCE, console.breaks(SENTENCE, width, indent))
    assert "".join(found).replace(" ", "") == SENTENCE.replace(" ", "")
    assert all(cell_len(line) <= width - (indent if number else 0) for number, line in enumerate(found))
    assert all(cell_len(line) > (width - indent) * 0.7 for line in found[:-1])  # and none is short without need
    assert len(found) == 1 or width < 200


def test_punctuation_stays_with_its_word() -> None:
    for width in range(26, 60):
        found = lines(SENTENCE, console.breaks(SENTENCE, width))
        assert not any(line[0] in "，；：）”" for line in found)
        assert not any(line[-1] in "（“" for line in found)
        assert any("c5-exit-after-denial" in line for line in found)


def test_a_word_wider_than_the_terminal_is_cut() -> None:
    assert lines("a" * 25, console.breaks("a" * 25, 10)) == ["a" * 10, "a" * 10, "a" * 5]
    assert console.breaks("", 10) == []


def terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> io.StringIO:
    told = io.StringIO()
    monkeypatch.setattr(
        console, "out", Console(file=told, force_terminal=True, width=width, highlight=False, soft_wrap=True, no_color=True)
    )
    return told


def test_what_goes_on_is_indented_and_what_is_copied_stays_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    told = terminal(monkeypatch, 20)
    console.say(("one two three four five six", ""), indent=4)
    console.say(("apprights report reports/runs/x", ""), whole=True)
    assert told.getvalue().splitlines() == ["one two three four", "    five six", "apprights report reports/runs/x"]


def test_a_table_that_is_too_wide_has_its_last_column_below_each_row(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        (str(number), "邻家商店", "已隔离：多部手机因它中断会话", "runs/20261130-133745-com.example-emulator_5554") for number in (1, 22)
    ]
    told = terminal(monkeypatch, 80)
    console.table("", ("任务", "应用", "状态", "运行目录"), rows)
    assert told.getvalue().splitlines()[2:4] == [
        "1     邻家商店  已隔离：多部手机因它中断会话",
        "    runs/20261130-133745-com.example-emulator_5554",
    ]
    assert max(map(cell_len, told.getvalue().splitlines())) <= 80


def test_a_line_is_one_line_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    console.say(("不合规", "bold red"), ("\n拒绝\x1b[31m" * 50, ""))
    told = capsys.readouterr().out
    assert told.count("\n") == 1
    assert "\x1b" not in told


def test_a_piped_table_has_a_head_and_a_line_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    console.table("", ("screen", "asks for"), [("home", "a\nb"), ("", "c")])
    assert capsys.readouterr().out.splitlines() == ["screen  asks for", "home  a b", "-  c"]


def test_json_is_ascii_where_the_terminal_is(monkeypatch: pytest.MonkeyPatch) -> None:
    told = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(told, encoding="ascii", errors="backslashreplace", write_through=True))
    console.print_json({"label": "小店"})
    assert told.getvalue() == b'{"label": "\\u5c0f\\u5e97"}\n'


RARE = "权限 😀 𠮷 ✓ \u200d ﷽"


def speak(**_settings: object) -> int:
    console.say((RARE, "bold"))
    console.table(RARE, [RARE, RARE], [[RARE, RARE]])
    console.print_json({RARE: RARE})
    console.progress(RARE)
    typer.echo(RARE)
    sys.stdout.write(RARE)
    raise ScenarioError(known(RARE, RARE))


@pytest.mark.parametrize("encoding", ["gbk", "cp1252"])
def test_no_text_ends_a_command(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    out, err = io.BytesIO(), io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding=encoding))
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding=encoding))
    monkeypatch.setattr(cli, "app", speak)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    sys.stderr.flush()
    assert ended.value.code == 2
    told, problem = out.getvalue().decode(encoding), err.getvalue().decode(encoding)
    escaped = RARE.encode(encoding, "backslashreplace").decode(encoding)
    assert [text.count(escaped) for text in (told, problem)] == [7, 2]  # JSON has escapes of its own
    assert ("权限" in told) == (encoding == "gbk")


@pytest.mark.parametrize(("encoding", "fine"), [("gbk", True), ("utf-8", True), ("cp936", True), ("ascii", False), ("cp1252", False)])
def test_doctor_finds_fault_only_where_chinese_cannot_be_shown(encoding: str, fine: bool) -> None:
    assert doctor._has_chinese(encoding) is fine
