"""A shell that stays answers as a command does, in whichever pieces, and one that went is replaced."""

import re
import threading
from collections.abc import Sequence
from typing import cast

import pytest

from harness.device import standing_shell
from harness.device.protocol import Device, ShellResult
from harness.device.standing_shell import StandingShell

SAID = "Current AppOps Service state:\n  Uid u0a1:"


class Shell:
    """Answers each line it is sent, byte by byte; ``lives`` answers, then it is gone."""

    def __init__(self, mark: str, lives: int) -> None:
        self.mark, self.lives, self.out, self.closed = mark, lives, b"", False

    def send(self, _data: bytes) -> None:
        self.lives -= 1
        self.out = f"{SAID}\n{self.mark} 0\n".encode() if self.lives >= 0 else b""

    def read(self) -> bytes:
        first, self.out = self.out[:1], self.out[1:]
        return first

    def close(self) -> None:
        self.closed = True


class Phone:
    serial = "phone"

    def __init__(self) -> None:
        self.shells: list[Shell] = []
        self.alone = 0

    def stream(self, command: Sequence[str]) -> Shell:
        mark = re.search(r"apprights-\w+", command[-1])
        self.shells.append(Shell(mark[0], lives=2))
        return self.shells[-1]

    def shell(self, _command: Sequence[str]) -> ShellResult:
        self.alone += 1
        return ShellResult(SAID, "", 0)


def test_one_shell_answers_until_it_goes_and_another_follows() -> None:
    phone = Phone()
    shell = StandingShell(cast("Device", phone), ["dumpsys", "appops"])
    assert [shell.run() for _ in range(5)] == [ShellResult(SAID, "", 0)] * 5
    assert (len(phone.shells), phone.alone) == (2, 1)  # the third by a connection of its own, the rest by the next shell
    assert [each.closed for each in phone.shells] == [True, False]
    shell.close()
    assert phone.shells[-1].closed


def test_a_shell_that_does_not_answer_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()
    monkeypatch.setattr(standing_shell, "ANSWER_SECONDS", 0.02)
    monkeypatch.setattr(Shell, "read", lambda _self: b"" if ended.wait(10) else b"never")
    monkeypatch.setattr(Shell, "close", lambda _self: ended.set())
    phone = Phone()
    assert StandingShell(cast("Device", phone), ["dumpsys", "appops"]).run() == ShellResult(SAID, "", 0)
    assert phone.alone == 1
