"""Recordings on disk: what comes back as it was written, and what is refused or left out, in one line with the file."""

from __future__ import annotations

import json
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from device_farm.recordings.opening import read_recording
from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.recorded.player import app_of
from device_farm.virtual.recorded.recording import Act
from device_farm.virtual.recorded.views import Moves
from device_farm.virtual.spec import Spec
from tests.recorded.invented import HEIGHT, MOVES, PACKAGE, STATES, WIDTH, written

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    import pytest


def test_a_folder_comes_back_as_it_was_written(tmp_path: Path) -> None:
    found = read_recording(written(tmp_path / "one"))
    assert tuple(found.states.values()) == STATES
    assert found.moves == MOVES
    assert found.size == (WIDTH, HEIGHT)


def droidbot(folder: Path, **views: list[dict[str, Any]]) -> Path:
    """A folder of DroidBot with these states; each of them is touched and becomes the next."""
    (folder / "states").mkdir(parents=True)
    (folder / "events").mkdir()
    names = list(views)
    for name, tree in views.items():
        state = {"state_str": name, "views": tree, "foreground_activity": f"{PACKAGE}/.Main"}
        (folder / "states" / f"state_{name}.json").write_text(json.dumps(state))
    start = {
        "start_state": None,
        "stop_state": next(iter(names), None),
        "event": {"event_type": "intent", "intent": f"am start {PACKAGE}/.Main"},
    }
    touches = [{"start_state": a, "stop_state": b, "event": {"event_type": "touch", "x": 5, "y": 5}} for a, b in pairwise(names)]
    for number, event in enumerate([start, *touches]):
        (folder / "events" / f"event_{number}.json").write_text(json.dumps(event))
    return folder


def node(right: int, bottom: int, package: str = PACKAGE, parent: int = -1) -> dict[str, Any]:
    return {"parent": parent, "class": "android.view.View", "package": package, "bounds": [[0, 0], [right, bottom]], "clickable": True}


def test_a_folder_of_droidbot_is_read_without_pictures_with_broken_files_two_packages_and_landscape(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = droidbot(
        tmp_path / "bot",
        home=[node(1080, 1920)],
        turned=[node(1920, 1080)],
        other=[node(1080, 1920, "com.example.browser")],
        again=[node(1080, 1920), node(5, -7, parent=0)],
    )
    (folder / "states" / "state_zz.json").write_text("{")
    found = read_recording(folder)
    assert (found.package, found.size, found.launcher) == (PACKAGE, (1080, 1920), f"{PACKAGE}.Main")
    assert [(move.origin, move.act, move.to) for move in found.moves][:2] == [("", Act.START, "home"), ("home", Act.TOUCH, "turned")]
    assert [state.name for state in found.own] == ["again", "home", "turned"]
    assert "state_zz.json: no JSON" in capsys.readouterr().err


def test_the_dump_beside_a_folder_of_droidbot_says_what_the_app_may(tmp_path: Path) -> None:
    folder = droidbot(tmp_path / "bot", home=[node(1080, 1920)])
    lines = (
        "Packages:", f"  Package [{PACKAGE}] (4f2):", "    userId=10100", "    versionCode=7 minSdk=21 targetSdk=33",
        "    requested permissions:", "      android.permission.CAMERA", "      android.permission.INTERNET: restricted=true",
        "    install permissions:",
    )  # fmt: skip
    (folder / f"dumpsys_package_{PACKAGE}.txt").write_bytes("\r\r\n".join(lines).encode())  # as adb on Windows ends lines
    found = read_recording(folder)
    assert found.permissions == ("android.permission.CAMERA", "android.permission.INTERNET")
    assert (found.version_code, found.target_sdk) == (7, 33)


def test_what_follows_in_a_folder_of_droidbot_is_where_the_next_act_began(tmp_path: Path) -> None:
    whole = [node(1080, 1920)]
    folder = droidbot(tmp_path / "bot", home=whole, frame=whole, page=whole, later=whole)
    touch = {"event_type": "touch", "x": 5, "y": 5}
    acts = (("home", "frame"), ("page", "no file"), ("no file either", "home"), ("home", "later"), ("page", "page"))
    for number, (start, stop) in enumerate(acts, 1):
        event = {"start_state": start, "stop_state": stop, "event": touch}
        (folder / "events" / f"event_{number}.json").write_text(json.dumps(event))
    found = [(move.origin, str(move.act), move.to) for move in read_recording(folder).moves]
    assert found == [
        ("frame", "wait", "page"),  # a loading frame becomes the page by itself
        ("later", "wait", "page"),
        ("", "start", "home"),
        ("home", "touch", "frame"),
        ("page", "touch", "home"),  # over a state that has no file
        ("home", "touch", "later"),
        ("page", "touch", "page"),
    ]


def test_a_screen_on_which_nothing_takes_a_touch_passes_by_itself(tmp_path: Path) -> None:
    folder = droidbot(tmp_path / "bot", splash=[{**node(1080, 1920), "clickable": False}], home=[node(1080, 1920)])
    found = [(move.origin, str(move.act), move.to) for move in read_recording(folder).moves]
    assert found == [("splash", "wait", "home"), ("", "start", "splash"), ("splash", "touch", "home")]


def test_the_log_of_a_folder_is_written_again_in_its_time_without_what_tells_of_the_app(tmp_path: Path) -> None:
    folder = droidbot(tmp_path / "bot", home=[node(1080, 1920)])
    lines = (
        "10-24 22:31:18.000  2318  5293 I Wifi: before the app",
        f"10-24 22:31:19.000  1500  1600 I ActivityManager: Start proc 4711:{PACKAGE}/u0a77 for top-activity",
        "10-24 22:31:19.100  4711  4711 D Shop: the app's own",
        "10-24 22:31:19.250  2318  5293 W Wifi: roaming",
        "10-24 22:31:19.300  1500  1600 I ActivityManager: Start proc 4800:com.example.other/u0a78 for broadcast",
        "10-24 22:31:20.000  2318  5293 I Wifi: cut",
    )
    (folder / "logcat.txt").write_bytes("\r\r\n".join(lines).encode())
    recording = read_recording(folder)
    assert [(round(line.after, 3), line.tag, line.message, line.pid) for line in recording.log] == [(0.25, "Wifi", "roaming", 2318)]
    with devices_in_thread([partial(VirtualDevice, Spec(android="13", rom="aosp", apps=(app_of(recording),)))]) as thread:
        device = InProcessDevice(thread)
        device.shell(f"am start -W -n {PACKAGE}/.Main")
        device.shell("sleep 1")
        assert "102318" in device.shell("logcat -d -b main -s Wifi").stdout


def test_a_touch_on_what_takes_none_is_one_on_the_row_around_it(tmp_path: Path) -> None:
    label = {**node(300, 60, parent=1), "clickable": False, "text": "Bitrate"}
    folder = droidbot(tmp_path / "bot", home=[node(1080, 1920), node(1080, 200, parent=0), label], page=[node(1080, 1920)])
    touch = {"event_type": "touch", "view": label}
    (folder / "events" / "event_1.json").write_text(json.dumps({"start_state": "home", "stop_state": "page", "event": touch}))
    recording = read_recording(folder)
    assert recording.moves[1].view == 2
    assert Moves(recording).after(recording.states["home"], Act.TOUCH, 1) == "page"


def test_a_layer_that_takes_no_touches_hides_no_button_though_it_was_touched(tmp_path: Path) -> None:
    layer = {**node(1080, 1900, parent=0), "clickable": False}
    folder = droidbot(
        tmp_path / "bot", home=[{**node(1080, 1920), "clickable": False}, node(900, 200, parent=0), layer], page=[node(1080, 1920)]
    )
    touch = {"event_type": "touch", "view": layer}
    (folder / "events" / "event_1.json").write_text(json.dumps({"start_state": "home", "stop_state": "page", "event": touch}))
    recording = read_recording(folder)
    assert recording.moves[1].view == 2
    assert Moves(recording).acted(recording.states["home"]) == frozenset()
