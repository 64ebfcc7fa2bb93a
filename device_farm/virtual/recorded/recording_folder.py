"""A recording on disk: ``app.toml``, ``states.jsonl.xz``, ``screens/``, ``moves.jsonl`` and ``planted.toml``.

A line of ``states.jsonl.xz`` is one screen: name, package, activity, picture (a file in ``screens/`` or null) and
views, each [parent, class, package, id, text, description, [left, top, right, bottom], "flags by space"]. A line of
``moves.jsonl`` is {from, act, view, to, detail, count}; ``planted.toml`` may be missing. All of it comes from
strangers: sizes are bounded, names stay inside.
"""

from __future__ import annotations

import json
import lzma
import tomllib
from itertools import count
from typing import TYPE_CHECKING, Any

from device_farm.virtual.framework.records.system_records import Rect
from device_farm.virtual.recorded.planted import NOTHING_PLANTED, read_planted
from device_farm.virtual.recorded.recording import FLAGS, Act, Move, Recording, State, View
from harness.errors import FormatError, why
from harness.language import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

APP, STATES, MOVES, SCREENS, PLANTED = "app.toml", "states.jsonl.xz", "moves.jsonl", "screens", "planted.toml"
MOST_VIEWS, MOST_STATES, MOST_MOVES = 10_000, 20_000, 200_000
"""Views of a state, states and moves that are read [PROJECT]: a tree of a real app has some hundred to 2,000 views."""
MOST_BYTES = 512 << 20
"""Of the unpacked states."""
LONGEST_TEXT = 20_000


class Skipped:
    """What of a recording was left out and why, one line each, told once it is read."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.lines: list[Text] = []

    def add(self, where: str, problem: Text | str) -> None:
        """Leave out ``where``."""
        self.lines.append(Text("{where}: {problem}", {"where": where[:200], "problem": problem}))


def is_recording(folder: Path) -> bool:
    """Whether a folder is a recording in this form."""
    return (folder / APP).is_file() and (folder / STATES).is_file()


def read_folder(folder: Path, skipped: Skipped) -> Recording:
    """Read a recording; raises FormatError with the file where it cannot be used at all."""
    table = _toml(folder / APP)
    states: dict[str, State] = {}
    for number, row in _lines(folder / STATES):
        try:
            state = _state(folder, row)
        except (KeyError, TypeError, ValueError, IndexError) as error:
            skipped.add(f"{folder / STATES}:{number}", _told(error))
            continue
        states[state.name] = state
        if len(states) > MOST_STATES:
            raise FormatError(_("{file}: more than {most} screens", file=folder / STATES, most=MOST_STATES))
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


def checked(recording: Recording, folder: Path) -> Recording:
    """The recording, where it can be played; raises FormatError where it is of no app, or shows nothing of its own."""
    if not recording.own:
        raise FormatError(_("{folder}: no screen of {package} is in it", folder=folder, package=recording.package))
    width, height = recording.size
    if not (0 < width <= 8192 and 0 < height <= 8192):
        raise FormatError(_("{folder}: a screen of {width} x {height} is none", folder=folder, width=width, height=height))
    return recording


def write_folder(recording: Recording, folder: Path, pictures: Callable[[Path, Path], None] | None = None) -> None:
    """Write a recording into a new folder; ``pictures`` copies one picture, None leaves them out."""
    (folder / SCREENS).mkdir(parents=True)
    table = {
        "package": recording.package, "label": recording.label, "version_name": recording.version_name,
        "version_code": recording.version_code, "target_sdk": recording.target_sdk, "permissions": list(recording.permissions),
        "launcher": recording.launcher, "screen": [*recording.size, recording.density], "source": recording.source,
        "consent": recording.consent,
    }  # fmt: skip
    lines = [f"{key} = {json.dumps(value)}\n" for key, value in table.items()]  # JSON of these is TOML
    (folder / APP).write_text("".join(lines), encoding="utf-8")
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


def _state(folder: Path, row: dict[str, Any]) -> State:
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
    left, top, right, bottom = map(int, bounds)
    return View(
        int(parent), _str(class_name), _str(package), _str(id), _str(text), _str(description),
        Rect(left, top, right, bottom), frozenset(_str(flags).split()) & frozenset(FLAGS),
    )  # fmt: skip


def views_of(views: list[View]) -> tuple[View, ...]:
    """The views of one state, if they are a tree; raises ValueError where they are none or too many."""
    if not views or views[0].parent != -1:
        raise ValueError("no tree: it has no root")
    if len(views) > MOST_VIEWS:
        raise ValueError(f"a tree of {len(views)} views, {MOST_VIEWS} at most are read")
    if any(not 0 <= view.parent < number for number, view in enumerate(views[1:], 1)):
        raise ValueError("no tree: a view stands before its parent")
    return tuple(views)


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
            float(move.detail)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        return None
    known = move.to in states and (move.act is Act.START or move.origin in states)
    return (move, max(times, 0)) if known and (move.view < 0 or move.view < len(states[move.origin].views)) else None


def _lines(path: Path) -> Iterator[tuple[int, Any]]:
    """The lines of a file of JSON, each with its number. Raises FormatError where a line is none or it is too long."""
    size = 0
    try:
        with lzma.open(path, "rb") if path.suffix == ".xz" else path.open("rb") as file:
            for number in count(1):
                line = file.readline(MOST_BYTES + 1)
                size += len(line)
                if size > MOST_BYTES:
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
