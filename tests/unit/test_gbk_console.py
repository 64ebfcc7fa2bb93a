"""A console in GBK, as a Chinese Windows has it, takes any text: signs that it lacks are escaped, and nothing ends."""

import io
import sys

import pytest
import typer

from harness import cli, console
from harness.commands import doctor
from harness.errors import ScenarioError
from harness.language import known

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
