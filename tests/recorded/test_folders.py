"""Recordings on disk: what comes back as it was written, and what is refused or left out, in one line with the file."""

from __future__ import annotations

import json
import lzma
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from device_farm.recordings.opening import read_recording
from device_farm.virtual.recorded import recording_folder as own_form
from device_farm.virtual.recorded.recording import Act
from harness.errors import FormatError
from tests.recorded.invented import HEIGHT, MOVES, PACKAGE, STATES, WIDTH, written

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any


def test_a_folder_comes_back_as_it_was_written(tmp_path: Path) -> None:
    found = read_recording(written(tmp_path / "one"))
    assert tuple(found.states.values()) == STATES
    assert found.moves == MOVES
    assert found.size == (WIDTH, HEIGHT)


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("app.toml", "package = ", "app.toml"),
        ("app.toml", 'package = "com.example.other"\nlabel = "x"', "app.toml: 'screen' is missing"),
        ("states.jsonl.xz", "no xz", "states.jsonl.xz cannot be read"),
        ("moves.jsonl", "{", "moves.jsonl:1 is no JSON"),
        ("planted.toml", '[[ask]]\nview = "x"', "planted.toml: [[ask]] needs permissions"),
        ("planted.toml", '[[timed]]\nstate = "nowhere"\nafter = 1', "planted.toml: there is no screen 'nowhere'"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(file: str, text: str, said: str, tmp_path: Path) -> None:
    folder = written(tmp_path / "one")
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(FormatError) as error:
        read_recording(folder)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_recording_of_another_app_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path / "one")
    app = (folder / "app.toml").read_text("utf-8").replace(PACKAGE, "com.example.other")
    (folder / "app.toml").write_text(app, encoding="utf-8")
    with pytest.raises(FormatError, match=r"no screen of com\.example\.other is in it"):
        read_recording(folder)


def test_more_than_a_recording_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_form, "MOST_BYTES", 1000)
    with pytest.raises(FormatError, match=r"states\.jsonl\.xz: more than 0 MiB"):
        read_recording(written(tmp_path / "one"))


def test_what_is_wrong_with_a_screen_or_a_move_is_left_out_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written(tmp_path / "one")
    with lzma.open(folder / "states.jsonl.xz", "at", encoding="utf-8") as file:
        row = {"name": "huge", "package": PACKAGE, "activity": "x", "picture": "../../etc/passwd", "views": [view(-1)]}
        file.write(json.dumps(row | {"views": [view(-1), *[view(0)] * 20_000]}) + "\n")
        file.write(json.dumps(row | {"name": "looped", "views": [view(-1), view(5)]}) + "\n")
        file.write(json.dumps(row | {"name": "\x1b[31mred\n"}) + "\n")
    with (folder / "moves.jsonl").open("a") as file:
        file.write('{"from": "home", "act": "touch", "view": 99, "to": "me"}\n')
    found = read_recording(folder)
    assert set(found.states) == {*(state.name for state in STATES), "\x1b[31mred\n"}
    assert found.states["\x1b[31mred\n"].picture is None  # a name never leads out of the folder
    assert found.moves == MOVES
    said = capsys.readouterr().err
    assert said.count("left out: ") == 3
    assert "20001 views" in said


def view(parent: int) -> list[Any]:
    return [parent, "android.view.View", PACKAGE, "", "", "", [0, 0, 10, 10], ""]


def droidbot(folder: Path, **views: list[dict[str, Any]]) -> Path:
    """A folder of DroidBot with these states; each of them is touched and becomes the next."""
    (folder / "states").mkdir(parents=True)
    (folder / "events").mkdir()
    names = list(views)
    for name, tree in views.items():
        state = {"state_str": name, "views": tree, "foreground_activity": f"{PACKAGE}/.Main"}
        (folder / "states" / f"state_{name}.json").write_text(json.dumps(state))
    start = {"start_state": None, "stop_state": names[0], "event": {"event_type": "intent", "intent": f"am start {PACKAGE}/.Main"}}
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


def test_one_screen_is_a_recording_and_none_is_not(tmp_path: Path) -> None:
    assert len(read_recording(droidbot(tmp_path / "one", home=[node(1080, 1920)])).own) == 1
    empty = tmp_path / "empty"
    (empty / "states").mkdir(parents=True)
    (empty / "events").mkdir()
    with pytest.raises(FormatError, match="no screen in it can be read"):
        read_recording(empty)
