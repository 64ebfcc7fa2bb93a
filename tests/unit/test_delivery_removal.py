"""What came is taken away again: never what was there before, and after a crash only what came while we watched."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from harness.device.protocol import ShellResult, perform
from harness.errors import CommandFailed, FormatError
from harness.restore.delivery_removal import GRACE_SECONDS, KEPT, Before, before_now, delivered_since, remove_deliveries
from harness.restore.ledger import Change, Ledger, read_ledger
from tests.run_together import together

PACKAGE = "com.example.shop"
NOW = 1_790_827_200


class Phone:
    """A phone of which the lists are given; it does what it is told unless it refuses."""

    serial = "fake"

    def __init__(self) -> None:
        self.now = NOW
        self.files: dict[str, tuple[int, int]] = {"/sdcard/Download/old's\n.apk": (40_000, NOW - 5)}
        self.packages: dict[str, int] = {PACKAGE: NOW - 9000}
        self.rows: dict[int, int] = {}
        self.sessions: dict[int, str] = {}
        self.refuses: set[str] = set()
        self.ran: list[list[str]] = []

    def shell(self, command: str | Sequence[str], *, timeout: float = 30.0) -> ShellResult:
        if isinstance(command, str):
            return together(command, self._list)
        words = list(command)
        self.ran.append(words)
        if words[0] in self.refuses:
            return ShellResult("", f"{words[0]}: not permitted", 1)
        match words:
            case ["date", _]:
                return ShellResult(f"{self.now}\n", "", 0)
            case ["getprop", _]:
                return ShellResult("", "", 0)
            case ["rm", "-f", "--", path]:
                self.files.pop(path, None)
            case ["pm", "uninstall", package]:
                del self.packages[package]
                return ShellResult("Success\n", "", 0)
            case ["pm", "path", package]:
                return ShellResult(f"package:/data/app/{package}/base.apk\n", "", 0)
            case ["stat", "-c", "%Z", path]:
                return ShellResult(f"{self.packages[path.split('/')[3]]}\n", "", 0)
            case ["pm", "install-abandon", number]:
                del self.sessions[int(number)]
            case ["cmd", "jobscheduler", "cancel", _, number]:
                del self.rows[int(number)]
        return ShellResult("", "", 0)

    def _list(self, words: list[str]) -> str:
        if words[0] == "sh":
            return "".join(f"{size} {changed} {changed} /{path}\n" for path, (size, changed) in self.files.items())
        if words[:2] == ["dumpsys", "activity"]:
            rows = (f"  Download #{id}:\n    _id={id} status={status} lastmod={NOW}000 title=t{id}\n" for id, status in self.rows.items())
            return "Downloads updated in last hour:\n" + "".join(rows)
        if words[:2] == ["dumpsys", "package"]:
            opened = (
                f"  Session {id}:\n    userId=0 installerPackageName={who} createdMillis={NOW}000\n" for id, who in self.sessions.items()
            )
            return "Active install sessions:\n" + "".join(opened) + "\n"
        return "".join(f"package:{name}  installer=null uid:10123\n" for name in self.packages)


@pytest.fixture
def phone() -> Phone:
    return Phone()


def run_on(phone: Phone) -> object:
    return lambda command: perform(phone, command)  # type: ignore[arg-type]


def taken(phone: Phone, before: Before) -> dict[str, str]:
    found = remove_deliveries(phone, before, run_on(phone))  # type: ignore[arg-type]
    return {one.came.key: str(one.problem or "") for one in found}


def test_all_that_came_is_taken_away_and_nothing_else(phone: Phone) -> None:
    before = before_now(phone, PACKAGE)  # type: ignore[arg-type]
    hostile = "/sdcard/Download/$(reboot)'\n7 7 7 .apk"
    phone.files[hostile] = (50_000, NOW + 3)
    phone.packages["com.game.fun"] = NOW + 4
    phone.rows[7] = 192
    phone.sessions[41] = "com.store"
    assert taken(phone, before) == {"7": "", hostile: "", "41": "", "com.game.fun": ""}
    assert (list(phone.files), list(phone.packages), phone.rows, phone.sessions) == (["/sdcard/Download/old's\n.apk"], [PACKAGE], {}, {})
    assert taken(phone, before) == {}


def test_what_cannot_be_taken_away_says_why(phone: Phone) -> None:
    before = before_now(phone, PACKAGE)  # type: ignore[arg-type]
    phone.files["/sdcard/x.apk"] = (50_000, NOW + 3)
    phone.rows[7] = 192
    phone.refuses = {"rm"}
    found = taken(phone, before)
    assert "not permitted" in found["/sdcard/x.apk"]
    assert found["7"] == ""


def test_what_came_long_after_the_last_look_is_somebody_elses(phone: Phone) -> None:
    before = replace(before_now(phone, PACKAGE), until=NOW + 60)  # type: ignore[arg-type]
    phone.now = NOW + 90_000
    phone.files["/sdcard/ours.apk"] = (50_000, NOW + 70)
    phone.files["/sdcard/theirs.apk"] = (50_000, NOW + 60 + GRACE_SECONDS + 1)
    phone.packages["com.theirs"] = NOW + 80_000
    assert set(taken(phone, before)) == {"/sdcard/ours.apk"}
    assert list(phone.packages) == [PACKAGE, "com.theirs"]


def test_what_came_while_the_clock_was_moved_is_ours_until_the_clock_gets_there(phone: Phone) -> None:
    before, later = before_now(phone, PACKAGE), NOW + 47 * 3600  # type: ignore[arg-type]
    before = replace(before, moved=((later, later),)).watched(later + 90, moved=True)
    phone.now = NOW + 300
    phone.files = {"/sdcard/ours.apk": (50_000, later + 80), "/sdcard/between.apk": (50_000, NOW + 24 * 3600)}
    assert [one.key for one in delivered_since(phone, before)] == ["/sdcard/ours.apk"]  # type: ignore[arg-type]
    phone.now = later + 600  # a check that was killed, and two days of a user
    assert delivered_since(phone, before) == []  # type: ignore[arg-type]


def test_a_file_of_a_list_that_was_cut_goes_by_its_time(phone: Phone) -> None:
    """It is not among the names, for the list ended before it; it was there all the same."""
    before = before_now(phone, PACKAGE)  # type: ignore[arg-type]
    phone.files["/sdcard/was there.apk"] = (50_000, NOW - 86_400)
    assert delivered_since(phone, before) == []  # type: ignore[arg-type]


def test_the_ledger_keeps_what_was_there_and_undoes_it_later(phone: Phone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPRIGHTS_STATE", str(tmp_path))
    before = before_now(phone, PACKAGE)  # type: ignore[arg-type]
    change = Change("what the app loaded", arrived=before)
    written = b""
    ledger = Ledger(phone)  # type: ignore[arg-type]
    with ledger.kept(change):
        later = replace(before, until=NOW + 40, moved=((NOW + 9000, NOW + 9060),))
        ledger.update(replace(change, arrived=later))
        written = ledger.path.read_bytes()
    assert not ledger.path.exists()
    ledger.path.write_bytes(written)  # a crash
    phone.files["/sdcard/x.apk"] = (50_000, NOW + 3)
    assert read_ledger(ledger.path)[1] == [replace(change, arrived=later)]
    assert [undone.problem for undone in ledger.undo_all()] == [""]
    assert list(phone.files) == ["/sdcard/Download/old's\n.apk"]
    assert not ledger.path.exists()


def test_what_stays_is_told_and_stays_in_the_ledger(phone: Phone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPRIGHTS_STATE", str(tmp_path))
    ledger, change = Ledger(phone), Change("what the app loaded", arrived=before_now(phone, PACKAGE))  # type: ignore[arg-type]
    phone.refuses = {"rm"}
    phone.files["/sdcard/x.apk"] = (50_000, NOW + 3)
    with pytest.raises(CommandFailed, match=r"x\.apk"), ledger.kept(change):
        pass
    assert [one.name for one in ledger.changes()] == ["what the app loaded"]


@pytest.mark.parametrize("damage", [{"names": 7}, {"since": "x"}, {"told": ["moon"]}, {}])
def test_a_damaged_entry_is_refused(damage: dict[str, object], tmp_path: Path) -> None:
    whole = {"package": "p", "since": 1, "until": 1, "told": ["file"], "names": []}
    entry = (whole | damage) if damage else {"package": "p"}
    path = tmp_path / "device-x.json"
    path.write_text(json.dumps({"serial": "x", "changes": [{"name": "n", "arrived": entry}]}), encoding="utf-8")
    with pytest.raises(FormatError):
        read_ledger(path)


@pytest.mark.parametrize("silent", [("pm",), ("sh",), ("pm", "sh", "dumpsys")])
def test_a_list_that_was_refused_before_tells_nothing_later(phone: Phone, monkeypatch: pytest.MonkeyPatch, silent: tuple[str, ...]) -> None:
    """Or everything on the phone would look as if it had come."""
    list_them = Phone._list
    with monkeypatch.context() as patch:
        patch.setattr(Phone, "_list", lambda self, words: "Permission Denial\n" if words[0] in silent else list_them(self, words))
        before = before_now(phone, PACKAGE)  # type: ignore[arg-type]
    phone.packages["com.a"] = phone.packages[PACKAGE] = NOW + 1
    phone.files["/sdcard/Download/a.apk"] = (50_000, NOW + 1)
    phone.rows[7], phone.sessions[41] = 192, "com.store"
    kept = {"pm": {PACKAGE, "com.a"}, "sh": {"/sdcard/Download/a.apk"}, "dumpsys": {"7", "41"}}
    assert not {key for name in silent for key in kept[name]} & {one.key for one in delivered_since(phone, before)}  # type: ignore[arg-type]


def test_a_package_whose_time_nobody_tells_stays(phone: Phone) -> None:
    before = before_now(phone, PACKAGE)  # type: ignore[arg-type]
    phone.packages["com.new"] = NOW + 1
    phone.refuses = {"stat"}
    assert delivered_since(phone, before) == []  # type: ignore[arg-type]


def test_the_row_of_a_download_that_ended_is_told_and_no_debt(phone: Phone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Android before 10 gives it no address in MediaStore: shell may not delete it."""
    monkeypatch.setenv("APPRIGHTS_STATE", str(tmp_path))
    before = before_now(phone, PACKAGE)  # type: ignore[arg-type]
    phone.rows[7] = 200
    assert taken(phone, before) == {"7": str(KEPT)}
    assert not [words for words in phone.ran if words[:2] == ["cmd", "jobscheduler"]]
    ledger = Ledger(phone)  # type: ignore[arg-type]
    with ledger.kept(Change("what the app loaded", arrived=before)):
        pass
    assert ledger.changes() == []
