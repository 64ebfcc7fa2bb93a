"""A recording on disk: ``app.toml``, ``states.jsonl.xz``, ``screens/``, ``moves.jsonl`` and ``planted.toml``.

A line of ``states.jsonl.xz`` is one screen: name, package, activity, picture (a file in ``screens/`` or null) and
views, each [parent, class, package, id, text, description, [left, top, right, bottom], "flags by space"]. A line of
``moves.jsonl`` is {from, act, view, to, detail, count}; ``planted.toml`` may be missing. All of it comes from
strangers: sizes are bounded, names stay inside, and what no Android app can have (``recording``) is left out.
"""

import json
import lzma
import tomllib
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from device_farm.virtual.recorded.planted import NOTHING_PLANTED, read_planted
from device_farm.virtual.recorded.recording import (
    FLAGS,
    MOST_MOVES,
    Act,
    Move,
    Recording,
    State,
    States,
    View,
    checked,
    rect_of,
    seconds_of,
    views_of,
)
from harness.errors import FormatError, why
from harness.language import Text, _

APP, STATES, MOVES, SCREENS = "app.toml", "states.jsonl.xz", "moves.jsonl", "screens"
PLANTED, EXPECTED = "planted.toml", "expected.toml"
MOST_BYTES, LONGEST_LINE = 512 << 20, 32 << 20
"""Of a file, packed and unpacked, and of one line of it."""
LONGEST_TEXT = 20_000


class Skipped:
    """What of a recording was left out and why, one line each, told once it is read."""

    def __init__(self) -> None:
        self.lines: list[Text] = []

    def add(self, where: str, problem: Text | str) -> None:
        self.lines.append(Text("{where}: {problem}", {"where": where[:200], "problem": problem}))


def is_recording(folder: Path) -> bool:
    """Whether a folder is a recording in this form."""
    return (folder / APP).is_file() and (folder / STATES).is_file()


def read_folder(folder: Path, skipped: Skipped) -> Recording:
    """Read a recording; raises FormatError with the file where it cannot be used at all."""
    table = _toml(folder / APP)
    states = States(folder / STATES)
    for number, row in _lines(folder / STATES):
        try:
            states.add(_state(folder, row))
        except (KeyError, TypeError, ValueError, IndexError, OverflowError) as error:
            skipped.add(f"{folder / STATES}:{number}", _told(error))
    moves: list[Move] = []
    for number, row in _lines(folder / MOVES):
        move = _move(row, states)
        if move is None:
            skipped.add(f"{folder / MOVES}:{number}", _("not a move between screens that are here"))
        else:
            moves += [move[0]] * min(move[1], MOST_MOVES - len(moves))
    planted = NOTHING_PLANTED
    if (folder / PLANTED).exists():
        try:
            planted = read_planted(_toml(folder / PLANTED))
        except ValueError as error:
            raise FormatError(Text("{file}: {problem}", {"file": folder / PLANTED, "problem": str(error)[:300]})) from None
    try:
        recording = _recording(table, states, tuple(moves))
    except (KeyError, TypeError, ValueError) as error:
        raise FormatError(Text("{file}: {problem}", {"file": folder / APP, "problem": _told(error)})) from None
    return checked(replace_planted(recording, planted, folder / PLANTED), folder)


def replace_planted(recording: Recording, planted: Any, file: Path) -> Recording:
    """The recording with what is planted; raises FormatError for a screen that is not there."""
    from dataclasses import replace

    named = [ask.state for ask in planted.asks if ask.state] + [each.state for each in (*planted.timed, *planted.adverts)]
    named += [each.to for each in planted.timed if each.to] + [each.advert for each in planted.adverts]
    for name in named:
        if name not in recording.states:
            raise FormatError(_("{file}: there is no screen '{name}'", file=file, name=name[:80]))
    return replace(recording, planted=planted)


def write_folder(recording: Recording, folder: Path, pictures: Callable[[Path, Path], None] | None = None) -> None:
    """Write a recording into a new folder; ``pictures`` copies one picture, None leaves them out."""
    (folder / SCREENS).mkdir(parents=True)
    table = {
        "package": recording.package, "label": recording.label, "version_name": recording.version_name,
        "version_code": recording.version_code, "target_sdk": recording.target_sdk, "permissions": list(recording.permissions),
        "launcher": recording.launcher, "screen": [*recording.size, recording.density], "source": recording.source,
        "consent": recording.consent,
    }  # fmt: skip
    (folder / APP).write_text("".join(f"{key} = {toml_of(value)}\n" for key, value in table.items()), encoding="utf-8")
    numbers = count(1)
    with lzma.open(folder / STATES, "wt", encoding="utf-8") as file:
        for state in recording.states.values():
            name = None
            if pictures is not None and state.picture is not None:
                name = f"{next(numbers):05d}{state.picture.suffix}"
                pictures(state.picture, folder / SCREENS / name)
            views = [[*view[:6], list(view.bounds), " ".join(sorted(view.flags))] for view in state.views]
            row = {"name": state.name, "package": state.package, "activity": state.activity, "picture": name, "views": views}
            file.write(json.dumps(row, separators=(",", ":")) + "\n")
    moves = (
        {"from": m.origin, "act": m.act, "view": m.view, "to": m.to, "detail": m.detail, "count": n} for m, n in _counted(recording.moves)
    )
    (folder / MOVES).write_text("".join(json.dumps(move) + "\n" for move in moves), encoding="utf-8")


def toml_of(value: object) -> str:
    """A value as TOML: JSON, but with signs as they are, since TOML knows no halves of one; a lone half becomes "?"."""
    text = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return text.encode("utf-8", "replace").decode("utf-8")


def _counted(moves: Iterable[Move]) -> list[tuple[Move, int]]:
    """The moves with how often each outcome of an act came in a row."""
    found: list[tuple[Move, int]] = []
    last: dict[Move, int] = {}
    for move in moves:
        act = move._replace(to="")
        place = last.get(act)
        if place is not None and found[place][0].to == move.to:
            found[place] = move, found[place][1] + 1
        else:
            last[act] = len(found)
            found.append((move, 1))
    return found


def _recording(table: dict[str, Any], states: dict[str, State], moves: tuple[Move, ...]) -> Recording:
    width, height, density = table["screen"]
    return Recording(
        package=_str(table["package"]),
        label=_str(table["label"]),
        states=states,
        moves=moves,
        size=(int(width), int(height)),
        density=int(density),
        version_name=_str(table["version_name"]),
        version_code=int(table["version_code"]),
        target_sdk=int(table["target_sdk"]),
        permissions=tuple(map(_str, table["permissions"])),
        launcher=_str(table.get("launcher", "")),
        source=_str(table.get("source", "")),
        consent=_str(table.get("consent", "")),
    )


def _state(folder: Path, row: Any) -> State:
    if not isinstance(row, dict):
        raise TypeError("no screen")
    picture = row.get("picture")
    return State(
        name=_str(row["name"]),
        package=_str(row["package"]),
        activity=_str(row["activity"]),
        views=views_of([_view(view) for view in row["views"]]),
        picture=None if picture is None else inside(folder / SCREENS, _str(picture)),
    )


def _view(row: list[Any]) -> View:
    parent, class_name, package, id, text, description, bounds, flags = row
    return View(
        int(parent), _str(class_name), _str(package), _str(id), _str(text), _str(description),
        rect_of(*bounds), frozenset(_str(flags).split()) & frozenset(FLAGS),
    )  # fmt: skip


def inside(folder: Path, name: str) -> Path | None:
    """A picture by its name; None for a name that leads elsewhere, or for no file."""
    path = folder / name
    return path if "/" not in name and "\\" not in name and path.is_file() and not path.is_symlink() else None


def _move(row: Any, states: dict[str, State]) -> tuple[Move, int] | None:
    """A move and how often it came in a row."""
    try:
        move = Move(_str(row["from"]), Act(row["act"]), int(row["view"]), _str(row["to"]), _str(row.get("detail", "")))
        times = int(row.get("count", 1))
        if move.act is Act.WAIT:
            seconds_of(move.detail)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        return None
    if move.act is Act.START:
        move = move._replace(origin="", view=-1)
    known = move.to in states and (move.act is Act.START or move.origin in states)
    return (move, max(times, 0)) if known and (move.view == -1 or 0 <= move.view < len(states[move.origin].views)) else None


def _lines(path: Path) -> Iterator[tuple[int, Any]]:
    """The lines of a file of JSON, each with its number. Raises FormatError where a line is none or it is too long."""
    size = 0
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FormatError(_("{file}: more than {size} MiB, this is no recording", file=path, size=MOST_BYTES >> 20))
        with lzma.open(path, "rb") if path.suffix == ".xz" else path.open("rb") as file:
            for number in count(1):
                line = file.readline(LONGEST_LINE + 1)
                size += len(line)
                if size > MOST_BYTES or len(line) > LONGEST_LINE:
                    raise FormatError(_("{file}: more than {size} MiB, this is no recording", file=path, size=MOST_BYTES >> 20))
                if not line:
                    return
                if line.strip():
                    yield number, json.loads(line)
    except (OSError, lzma.LZMAError, EOFError) as error:
        reason = why(error) if isinstance(error, OSError) else str(error)
        raise FormatError(_("{path} cannot be read: {reason}", path=path, reason=reason)) from None
    except (ValueError, RecursionError):
        raise FormatError(_("{file}:{number} is no JSON", file=path, number=number)) from None


def _toml(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > 1 << 20:
            raise FormatError(_("{file}: more than {size} MiB, this is no recording", file=path, size=1))
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FormatError(_("{path} cannot be read: {reason}", path=path, reason=why(error))) from None
    except (ValueError, RecursionError) as error:
        raise FormatError(Text("{file}: {problem}", {"file": path, "problem": str(error)[:200]})) from None


def _str(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a text was expected, not {type(value).__name__}")
    return value[:LONGEST_TEXT]


def _told(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)[:200]
