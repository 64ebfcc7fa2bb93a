"""The ledger of what must come back on a phone: written before the change, gone after the undoing, never in the way."""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

import pytest
import typer

from harness.commands.restore import restore
from harness.device import adb, virtual_devices
from harness.device.protocol import ShellResult, Waited
from harness.device.virtual_devices import Connected
from harness.engine.device_selection import chosen_device
from harness.errors import CommandFailed, DeviceLost, EvidenceError, FormatError, ScenarioError
from harness.language import chinese, in_language
from harness.restore.device_lock import lock_file
from harness.restore.ledger import Change, Ledger, Undone, ledgers, name_words, put_back, read_ledger, setting, state_apart, state_folder
from harness.restore.wall_clock import ClockRefused, WallClock, read_wall_clock, set_wall_clock

DAY = 86400.0


class Phone:
    """Settings, a switch and two clocks.

    ``gone`` is a pulled cable, ``says`` what a command answers instead of being carried out.
    """

    def __init__(self, serial: str = "phone", hardware: str = "phone") -> None:
        self.serial, self.hardware = serial, hardware
        self.settings = {"auto_time": "1"}
        self.boot, self.booted, self.shift = "boot-1", time.monotonic() - 1000, 0.0
        self.ran: list[str] = []
        self.says: dict[str, ShellResult] = {}
        self.gone = False

    def wall(self) -> float:
        return time.time() + self.shift

    def pass_time(self, seconds: float) -> Waited:
        return Waited(changed=True)

    def shell(self, command: str | Sequence[str], *, timeout: float = 30.0) -> ShellResult:
        if self.gone:
            raise DeviceLost("the cable is out")
        words = command.split() if isinstance(command, str) else list(command)
        self.ran.append(" ".join(words))
        for beginning, answer in self.says.items():
            if self.ran[-1].startswith(beginning):
                return answer
        return ShellResult(self.answer(words), "", 0)

    def answer(self, words: list[str]) -> str:
        match words:
            case ["getprop", "ro.serialno"]:
                return f"{self.hardware}\n"
            case ["settings", "get", _, key]:
                return self.settings.get(key, "null") + "\n"
            case ["settings", "put", _, key, value]:
                self.settings[key] = value
            case ["settings", "delete", _, key]:
                self.settings.pop(key, None)
            case ["cat", _]:
                return f"{self.boot}\n"
            case ["date", *_]:
                return f"{self.wall():.9f}\n{time.monotonic() - self.booted:.2f} 0.0\n"
            case ["cmd", "alarm", "set-time", millis]:
                self.shift = int(millis) / 1000 - time.time()
        return ""


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("APPRIGHTS_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


def test_it_is_written_before_the_change_and_gone_after_the_undoing(state: Path) -> None:
    phone = Phone()
    ledger = Ledger(phone)
    with ledger.kept(setting(phone, "automatic time", "auto_time")):
        assert ledgers() == [ledger.path]
        assert ledger.path.parent == state
        assert read_ledger(ledger.path)[0] == "phone"
        phone.settings["auto_time"] = "0"
    assert phone.settings == {"auto_time": "1"}
    assert ledgers() == []


@pytest.mark.parametrize("error", [ScenarioError("broken"), KeyboardInterrupt()])
def test_it_comes_back_however_the_block_ends(error: BaseException) -> None:
    phone = Phone()

    def check() -> None:
        with Ledger(phone).kept(setting(phone, "automatic time", "auto_time")):
            phone.settings["auto_time"] = "0"
            raise error

    with pytest.raises(type(error)):
        check()
    assert phone.settings == {"auto_time": "1"}
    assert ledgers() == []


def test_a_row_that_was_not_there_is_deleted_again() -> None:
    phone = Phone()
    with Ledger(phone).kept(setting(phone, "zone", "auto_time_zone")):
        phone.settings["auto_time_zone"] = "0"
    assert phone.settings == {"auto_time": "1"}


def test_what_stands_right_already_is_not_touched() -> None:
    phone = Phone()
    with Ledger(phone).kept(setting(phone, "automatic time", "auto_time")):
        pass
    assert not any("settings put" in line for line in phone.ran)


def test_a_lost_device_gets_it_back_at_the_next_connect_newest_first() -> None:
    phone = Phone()
    first, second = Change("first", ("undo", "first")), Change("second", ("undo", "second"))

    def check() -> None:
        with Ledger(phone).kept(first), Ledger(phone).kept(second):
            phone.gone = True
            raise DeviceLost("pulled")

    with pytest.raises(DeviceLost, match="pulled"):  # the error of the block goes on, not that of the undoing
        check()
    phone.gone = False
    told: list[str] = []
    assert put_back(phone, told.append) == [Undone("second"), Undone("first")]
    assert [line for line in phone.ran if line.startswith("undo")] == ["undo second", "undo first"]
    assert told[0] == "phone: as it was before: second"
    assert put_back(phone, told.append) == []
    assert len(told) == 2


def test_what_the_device_refuses_stays_and_is_told() -> None:
    phone = Phone()
    phone.says = {"undo first": ShellResult("java.lang.SecurityException: no", "", 0)}
    with pytest.raises(CommandFailed), Ledger(phone).kept(Change("first", ("undo", "first"))):
        pass
    with Ledger(phone).kept(Change("second", ("undo", "second"))):
        pass
    assert [change.name for change in Ledger(phone).changes()] == ["first"]
    told: list[str] = []
    assert put_back(phone, told.append)[0].problem.startswith("'undo first' failed")
    assert "could not be put back" in told[0]
    phone.says = {}
    assert put_back(phone, told.append) == [Undone("first")]
    assert ledgers() == []


def test_the_older_entry_of_a_name_is_what_comes_back() -> None:
    phone = Phone()

    def check() -> None:
        with Ledger(phone).kept(setting(phone, "automatic time", "auto_time")):
            phone.settings["auto_time"] = "0"
            phone.gone = True

    with pytest.raises(DeviceLost):
        check()
    phone.gone = False
    with Ledger(phone).kept(setting(phone, "automatic time", "auto_time")):  # a run that was not told of the first
        pass
    assert phone.settings == {"auto_time": "1"}


def test_two_phones_at_one_address_have_two_ledgers() -> None:
    one, other = Phone("192.168.1.7:5555", "ABC"), Phone("192.168.1.7:5555", "XYZ")
    with Ledger(one).kept(Change("first", ("undo", "first"))):
        assert Ledger(other).changes() == []
        assert put_back(other, print) == []
        assert len(ledgers()) == 1


@pytest.mark.parametrize("serial", ["127.0.0.1:40001", "../../etc/passwd", "a" * 300, "emulator-5554", "手机", "CON"])
def test_a_serial_makes_a_file_name_that_every_system_takes(serial: str, state: Path) -> None:
    with Ledger(Phone(serial, serial)).kept(Change("first", ("undo", "first"))):
        (path,) = ledgers()
        assert path.parent == state
        assert len(path.name) < 250
        assert not set(path.name) & set('/\\:*?"<>|')
        assert read_ledger(path)[0] == serial


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", '{"serial": "x"}', '{"serial": "x", "changes": [{}]}',
        '{"serial": "x", "changes": [{"name": "wall clock", "clock": {"boot_id": "", "offset": NaN, "against_host": 0}}]}', "[" * 100_000,
    ],
)  # fmt: skip
def test_a_damaged_file_is_told_in_one_line(text: str) -> None:
    path = Ledger(Phone()).path
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match="is damaged"):
        put_back(Phone(), print)


def test_without_a_place_to_write_nothing_is_changed(state: Path) -> None:
    state.write_text("in the way", encoding="utf-8")
    phone = Phone()
    with pytest.raises(EvidenceError, match="APPRIGHTS_STATE"), Ledger(phone).kept(Change("first", ("undo", "first"))):
        raise AssertionError("the block must not be entered")


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"APPRIGHTS_STATE": "own", "XDG_STATE_HOME": "xdg"}, "own"),
        ({"XDG_STATE_HOME": "xdg", "LOCALAPPDATA": "local"}, "xdg/apprights"),
        ({"LOCALAPPDATA": "local"}, "local/apprights"),
    ],
)
def test_where_the_state_is(variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("APPRIGHTS_STATE", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert state_folder().as_posix() == expected


def test_a_clock_that_was_wrong_comes_back_as_wrong_as_it_was() -> None:
    phone = Phone()
    phone.shift = -3 * DAY
    before = read_wall_clock(phone)
    set_wall_clock(phone, before.ahead(2 * DAY))
    assert phone.shift == pytest.approx(-DAY, abs=1)
    set_wall_clock(phone, before)
    assert phone.shift == pytest.approx(-3 * DAY, abs=1)


def test_within_a_boot_the_clock_of_this_computer_does_not_matter() -> None:
    phone = Phone()
    before = read_wall_clock(phone)
    set_wall_clock(phone, before.ahead(2 * DAY))
    wrong = WallClock(before.boot_id, before.offset, before.against_host + 500 * DAY)
    set_wall_clock(phone, wrong)
    assert phone.shift == pytest.approx(0, abs=1)


def test_after_a_reboot_the_true_time_of_this_computer_counts() -> None:
    phone = Phone()
    phone.shift = 100.0
    before = read_wall_clock(phone)
    set_wall_clock(phone, before.ahead(2 * DAY))
    phone.boot, phone.booted = "boot-2", time.monotonic() - 20
    set_wall_clock(phone, before)
    assert phone.shift == pytest.approx(100, abs=1)


def test_a_clock_that_stands_right_is_left_alone() -> None:
    phone = Phone()
    set_wall_clock(phone, read_wall_clock(phone))
    assert not any("set-time" in line for line in phone.ran)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (ShellResult("java.lang.SecurityException: setTime: Neither user 2000 nor ...\n", "", 255), "SET_TIME"),
        (ShellResult("", "cmd: Can't find service: alarm\n", 20), "has no 'cmd alarm set-time'"),
        (ShellResult("", "No shell command implementation.\n", 0), "did not move"),
        (ShellResult("", "", 255), "has no 'cmd alarm set-time'"),
        (ShellResult("", "", 0), "did not move"),
        (ShellResult("java.lang.IllegalStateException: policy\n", "", 255), "did not set its clock: java.lang.Illegal"),
    ],
)
def test_a_refusal_has_its_reason(answer: ShellResult, reason: str) -> None:
    phone = Phone()
    before = read_wall_clock(phone)
    phone.says = {"cmd alarm": answer}
    with pytest.raises(ClockRefused) as refused:
        set_wall_clock(phone, before.ahead(DAY))
    assert reason in str(refused.value)
    assert in_language(refused.value, "zh") != str(refused.value)


def test_a_phone_that_does_not_tell_its_boot_goes_by_the_true_time() -> None:
    phone = Phone()
    phone.says = {"cat": ShellResult("", "cat: Permission denied", 1)}
    before = read_wall_clock(phone)
    assert before == WallClock("", pytest.approx(before.offset), pytest.approx(0, abs=1))
    set_wall_clock(phone, before.ahead(DAY))
    set_wall_clock(phone, before)
    assert phone.shift == pytest.approx(0, abs=1)


def test_the_file_is_plain_to_read() -> None:
    phone = Phone()
    with Ledger(phone).kept(Change("wall clock", clock=read_wall_clock(phone))):
        record = json.loads(ledgers()[0].read_text(encoding="utf-8"))
        assert record["serial"] == "phone"
        assert set(record["changes"][0]["clock"]) == {"boot_id", "offset", "against_host"}


def test_a_device_of_our_own_has_its_ledger_apart_and_it_ends_with_it(state: Path) -> None:
    """What a check that was killed left of a phone is no business of a virtual device that has its address."""
    phone = Phone()
    phone.says["refused"] = ShellResult("", "not allowed", 1)
    with suppress(KeyboardInterrupt), Ledger(phone).kept(Change("night mode", ("refused",))):
        raise KeyboardInterrupt
    of_the_user = ledgers()
    with state_apart() as apart:
        assert put_back(Phone(), print) == []
        with Ledger(phone).kept(Change("first", ("undo", "first"))):
            assert [path.parent for path in ledgers()] == [apart]
        with state_apart() as another:
            assert state_folder() == another
        assert state_folder() == apart
    assert state_folder() == state
    assert len(ledgers()) == 1
    assert ledgers() == of_the_user
    assert not apart.exists()


def test_the_ledger_is_apart_where_the_device_was_made_for_the_check(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def made(**_chosen: object) -> Iterator[Connected]:
        yield Connected(("phone",), 5037)

    monkeypatch.setattr(virtual_devices, "virtual_devices", made)
    monkeypatch.setattr(adb, "open_device", lambda _serial, **_port: nullcontext(Phone()))
    values = {"serial": None, "adb_port": None, "virtual": False, "app_file": [], "android": "13", "rom": "aosp"}
    with chosen_device(values, "com.example.shop") as device:
        assert Ledger(device).path.parent == state
    for chosen in ({"virtual": True}, {"app_file": [Path(__file__)]}):
        with chosen_device(values | chosen, "com.example.shop") as device:
            assert Ledger(device).path.parent != state
            assert lock_file(device).parent != state
    assert not state.exists()


def test_names_of_changes_are_told_in_both_languages() -> None:
    assert [chinese(name_words(name)) for name in ("what the app loaded", "film 3", "autostart of com.a", "else")] == [
        "应用下载或安装的内容",
        "录像 3",
        "自启动开关 com.a",
        "else",
    ]


@pytest.mark.parametrize("virtual", [True, False])
def test_a_virtual_device_that_is_gone_leaves_nothing_to_restore(monkeypatch: pytest.MonkeyPatch, virtual: bool) -> None:
    phone = Phone()
    phone.says["getprop ro.apprights.virtual"] = ShellResult("1\n" if virtual else "\n", "", 0)
    Ledger(phone).add(Change("battery", ("dumpsys", "battery", "reset")))
    Ledger(phone).add(Change("film 1", ("rm", "-f", "/a")))
    monkeypatch.setattr("harness.commands.restore.list_devices", lambda port: [])
    if virtual:
        restore()
    else:
        with pytest.raises(typer.Exit):
            restore()
    assert (ledgers() == []) is virtual
