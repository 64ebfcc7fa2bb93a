"""What is wrong with a recording is one line with its file: the rest is used, or all of it is refused."""

import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from device_farm.recordings.opening import read_recording
from device_farm.virtual.recorded import recording_folder as own_form
from device_farm.virtual.recorded.recording import MOST_DEPTH, Recording
from device_farm.virtual.recorded.recording_folder import toml_of
from harness.device.virtual_devices import virtual_devices
from harness.errors import FormatError
from tests.recorded.invented import MOVES, PACKAGE, STATES, written
from tests.recorded.test_folders import droidbot, node

FAR = 10**400
SCREEN = [0, 0, 1080, 2400]


def view(parent: int, bounds: list[float] | None = None) -> list[Any]:
    return [parent, "android.view.View", PACKAGE, "", "", "", bounds or [0, 0, 10, 10], ""]


def row(*views: list[Any], **other: str) -> dict[str, Any]:
    return {"name": "bad", "package": PACKAGE, "activity": f"{PACKAGE}.Main", "picture": None, "views": [view(-1, SCREEN), *views]} | other


def app(folder: Path, key: str, value: object) -> None:
    """Give a key of ``app.toml`` another value."""
    lines = (folder / "app.toml").read_text("utf-8").splitlines()
    lines = [f"{key} = {toml_of(value)}" if line.startswith(f"{key} ") else line for line in lines]
    (folder / "app.toml").write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("app.toml", "package = ", "app.toml"),
        ("app.toml", 'package = "com.example.other"\nlabel = "x"', "app.toml: 'screen' is missing"),
        ("app.toml", "x" * (2 << 20), "app.toml: more than 1 MiB"),
        ("states.jsonl.xz", "no xz", "states.jsonl.xz cannot be read"),
        ("moves.jsonl", "{", "moves.jsonl:1 is no JSON"),
        ("moves.jsonl", "[" * 100_000, "moves.jsonl:1 is no JSON"),
        ("planted.toml", '[[ask]]\nview = "x"', "planted.toml: [[ask]] needs permissions"),
        ("planted.toml", '[[timed]]\nstate = "nowhere"\nafter = 1', "planted.toml: there is no screen 'nowhere'"),
        ("package", "com.example.other", "no screen of com.example.other is in it"),
        ("package", "com.example;reboot", "'com.example;reboot' is no package name"),
        ("package", "com.example\nx", "is no package name"),
        ("screen", [1080, 2400, 0], "a screen of 1080 x 2400 is none"),
        ("screen", [0, 2400, 420], "a screen of 0 x 2400 is none"),
        ("target_sdk", FAR, "there is no Android of level 1000"),
    ],
)
def test_a_recording_of_no_app_is_refused_in_one_line(file: str, text: str, said: str, tmp_path: Path) -> None:
    folder = written(tmp_path / "one")
    if "." in file:
        (folder / file).write_text(text, encoding="utf-8")
    else:
        app(folder, file, text)
    assert said in refused(folder)


def refused(folder: Path) -> str:
    with pytest.raises(FormatError) as error:
        read_recording(folder)
    assert "Traceback" not in str(error.value)
    return str(error.value)


def test_two_gigabytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    folder = written(tmp_path / "one")
    for name in ("moves.jsonl", "states.jsonl.xz"):
        with (folder / name).open("r+b") as file:
            file.truncate(2 << 30)
        assert f"{name}: more than 512 MiB" in refused(folder)
        (folder / name).write_bytes(lzma.compress(b"{}") if name.endswith("xz") else b"")


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("states/state_huge.json", "states: more than 512 MiB"),
        ("events/event_huge.json", "events: more than 512 MiB"),
        ("logcat.txt", "logcat.txt: larger than 64 MiB"),
        (f"dumpsys_package_{PACKAGE}.txt", f"{PACKAGE}.txt: larger than 32 MiB"),
        ("states/screen_home.png", "screen_home.png: no picture"),
    ],
)
def test_two_gigabytes_in_a_folder_of_droidbot_are_not_read(
    file: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = droidbot(tmp_path / "bot", home=[node(1080, 1920)])
    with (folder / file).open("wb") as big:
        big.truncate(2 << 30)
    if file.endswith(".json"):
        assert said in refused(folder)
    else:
        assert [state.name for state in read_recording(folder).own] == ["home"]
        assert said in capsys.readouterr().err


def test_a_check_tells_what_its_virtual_device_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = droidbot(tmp_path / "bot", home=[node(1080, 1920)])
    broken(folder)
    with virtual_devices(apps=[folder]):
        pass
    assert "state_zz.json: no JSON" in capsys.readouterr().err


def test_what_unpacks_to_more_than_a_recording_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_form, "LONGEST_LINE", 100)
    assert "states.jsonl.xz: more than" in refused(written(tmp_path / "one"))


SCREENS: dict[str, tuple[str | dict[str, Any], str]] = {
    "a tree of 20,000 views": (row(*[view(0)] * 20_000), "a tree of 20001 views"),
    "a tree too deep": (row(*map(view, range(MOST_DEPTH))), f"a tree {MOST_DEPTH + 1} views deep"),
    "views before their parents": (row(view(5)), "a view stands before its parent"),
    "no view": (row() | {"views": []}, "it has no root"),
    "a root without room": (row() | {"views": [view(-1, [0, 0, 0, 0])]}, "its root takes no room"),
    "no object": ("5", "no screen"),
    "a number for a name": (row() | {"name": 5}, "a text was expected"),
}
BAD_MOVES: dict[str, dict[str, Any]] = {
    "a view that is not there": {"from": "home", "act": "touch", "view": 99, "to": "me"},
    "a view below none": {"from": "home", "act": "touch", "view": -7, "to": "me"},
    "a screen that is not there": {"from": "home", "act": "touch", "view": 1, "to": "nowhere"},
    "no act": {"from": "home", "act": "dance", "view": 1, "to": "me"},
    "no time": {"from": "home", "act": "wait", "view": -1, "to": "me", "detail": "nan"},
    "less than no time": {"from": "home", "act": "wait", "view": -1, "to": "me", "detail": "-5"},
}


@pytest.mark.parametrize("what", [*SCREENS, *BAD_MOVES])
def test_what_is_wrong_with_a_screen_or_a_move_is_left_out_and_told(what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written(tmp_path / "one")
    line, said = SCREENS.get(what) or (BAD_MOVES[what], "not a move between screens that are here")
    name = "states.jsonl.xz" if what in SCREENS else "moves.jsonl"
    with lzma.open(folder / name, "at") if what in SCREENS else (folder / name).open("a") as file:
        file.write((line if isinstance(line, str) else json.dumps(line)) + "\n")
    found = read_recording(folder)
    assert {*found.states} == {state.name for state in STATES}
    assert found.moves == MOVES
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert f"{name}:" in told[0]
    assert said in told[0]


def test_what_no_app_can_have_is_put_right(tmp_path: Path) -> None:
    folder = written(tmp_path / "one")
    app(folder, "label", "\x1b[31m 📝\x7f")
    app(folder, "launcher", "../../x")
    app(folder, "permissions", ["android.permission.CAMERA", "x\ny"])
    with lzma.open(folder / "states.jsonl.xz", "at", encoding="utf-8") as file:
        far = view(0, [0, 0, FAR, 10])
        file.write(json.dumps(row(far, name="\x1b[31mred\n", activity="x; reboot", picture="../../etc/passwd")) + "\n")
    found = read_recording(folder)
    assert (found.label, found.launcher, found.permissions) == ("\x1b[31m 📝\x7f", f"{PACKAGE}.Main", ("android.permission.CAMERA",))
    red = found.states["\x1b[31mred\n"]
    assert (red.activity, red.picture, red.views[1].bounds.right) == (found.launcher, None, 0)


def broken(folder: Path) -> None:
    (folder / "states" / "state_zz.json").write_text("{", encoding="utf-8")


EVENTS = ([1], {"event": 5}, {"event": {"intent": 5}}, {"event": {"event_type": "touch", "x": float("inf"), "y": 1}})
DROIDBOT: dict[str, tuple[dict[str, list[dict[str, Any]]], str, list[str]]] = {
    "one screen": ({"home": [node(1080, 1920)]}, "", ["home"]),
    "landscape": ({"home": [node(1920, 1080)]}, "", ["home"]),
    "two packages": ({"home": [node(1080, 1920)], "web": [node(1080, 1920, "com.example.browser")]}, "", ["home"]),
    "broken JSON": ({"home": [node(1080, 1920)]}, "state_zz.json: no JSON", ["home"]),
    "20,000 views": ({"home": [node(1080, 1920)], "huge": [node(1080, 1920)] * 20_000}, "state_huge.json: a tree of 20000 views", ["home"]),
    "a bound without end": ({"home": [node(1080, 1920), node(FAR, 5, parent=0)]}, "", ["home"]),
    "no screen": ({}, "no screen in it can be read", []),
    "no package": ({"home": [node(1080, 1920, "a b;c")]}, "'a b;c' is no package name", []),
}


@pytest.mark.parametrize("what", DROIDBOT)
def test_a_bad_folder_of_droidbot(what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    views, said, own = DROIDBOT[what]
    folder = droidbot(tmp_path / "bot", **views)
    if what == "broken JSON":
        broken(folder)
    for number, event in enumerate(EVENTS):
        (folder / "events" / f"event_9{number}.json").write_text(json.dumps(event))
    if what == "no package":
        (folder / "events" / "event_0.json").unlink()
    if not own:
        assert said in refused(folder)
        return
    found: Recording = read_recording(folder)
    assert [state.name for state in found.own] == own
    assert said in capsys.readouterr().err
