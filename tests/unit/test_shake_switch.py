"""Which rows of the settings are a switch against shaking, and what a ROM that tells nothing gets."""

from types import SimpleNamespace
from typing import Any

import pytest

from harness.adverts.shake_switch import read_shake_switch
from harness.device.protocol import ShellResult
from harness.parsers.shake_rows import shake_rows
from harness.recording.steps import ShakeSwitchSeen

LISTED = """accelerometer_rotation=1
motion_shake_to_mute=1
app_shake_jump_prevent=1
prevent_shake_ads_jump=0
block_shake_jump=maybe
"""


class Phone:
    def __init__(self, listed: str, rom: str) -> None:
        self.listed, self.rom = listed, rom

    def shell(self, command: list[str]) -> ShellResult:
        text = self.rom if command[0] == "getprop" else self.listed if command[-1] == "system" else "volume_ring=5\n"
        return ShellResult(text, "", 0)


def session(listed: str = "", rom: str = "") -> Any:
    written: list[Any] = []
    return SimpleNamespace(device=Phone(listed, rom), journal=SimpleNamespace(write=written.append), written=written)


def test_only_rows_that_keep_shaking_from_leading_away_count() -> None:
    assert shake_rows(LISTED) == [("app_shake_jump_prevent", True), ("prevent_shake_ads_jump", False), ("block_shake_jump", None)]


@pytest.mark.parametrize(
    ("listed", "rom", "on", "written"),
    [
        ("app_shake_jump_prevent=1\n", "", True, [ShakeSwitchSeen(name="app_shake_jump_prevent", on=True)]),
        ("app_shake_jump_prevent=0\n", "", False, [ShakeSwitchSeen(name="app_shake_jump_prevent", on=False)]),
        ("", "[ro.vivo.os.version]: [4.0]\n", None, [ShakeSwitchSeen(name="OriginOS", on=None)]),
        ("", "[ro.build.version.release]: [14]\n", None, []),
    ],
)
def test_what_is_read_is_on_record(listed: str, rom: str, on: bool | None, written: list[ShakeSwitchSeen]) -> None:
    found = session(listed, rom)
    assert read_shake_switch(found) is on
    assert found.written == written
