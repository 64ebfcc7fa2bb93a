"""A folder of DroidBot: ``states/state_*.json`` with ``screen_*``, ``events/event_*.json``, read as a recording.

Source of the form: droidbot/device_state.py (``DeviceState.to_dict``, ``save2dir``), droidbot/input_event.py and
droidbot/input_manager.py of github.com/honeynet/droidbot. Events name states by ``state_str``, a hash of the tree; of
several files with one hash the first counts. Coordinates are pixels of the screen as it was held; ``width`` and
``height`` of a state may be of another orientation, so the roots decide.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from device_farm.virtual.recorded.prompts import is_home, is_prompt
from device_farm.virtual.recorded.recording import (
    MOST_MOVES,
    Act,
    Move,
    Recording,
    State,
    States,
    View,
    checked,
    display_of,
    rect_of,
    views_of,
)
from device_farm.virtual.recorded.recording_folder import LONGEST_TEXT, Skipped
from harness.errors import FormatError
from harness.language import _
from harness.parsers.package import parse_package

MOST_BYTES, MOST_BYTES_IN_ALL = 32 << 20, 512 << 20
"""Of one file, a tree of 20,000 views is some 10 MB, and of all."""
_ACTS = {
    "touch": Act.TOUCH,
    "click": Act.TOUCH,  # DroidBot-GPT's name of it
    "select": Act.TOUCH,
    "unselect": Act.TOUCH,
    "long_touch": Act.LONG_TOUCH,
    "scroll": Act.SCROLL,
    "set_text": Act.TEXT,
}
_FLAGS = {
    "clickable": "clickable", "long_clickable": "long-clickable", "scrollable": "scrollable", "checkable": "checkable",
    "checked": "checked", "selected": "selected", "focused": "focused", "is_password": "password",
}  # fmt: skip
LOADING = "1.5"
"""Seconds that a loading frame stays: DroidBot writes down none."""
_REQUESTED = re.compile(r"^    requested permissions:\n((?:      \S.*\n)*)", re.MULTILINE)  # Settings.dumpPackageLPr
_STARTED = re.compile(r"am start \S*?([\w.$]+)/(\S+)")


def is_droidbot(folder: Path) -> bool:
    return (folder / "states").is_dir() and (folder / "events").is_dir()


def read_droidbot(folder: Path, skipped: Skipped) -> Recording:
    """Read a recording; raises FormatError where it cannot be used at all."""
    states = _states(folder, skipped)
    events = [event for _path, event in _read_all(folder / "events", "event_*.json", skipped)]
    package = _package(events, states)
    facts = _facts(folder, package, skipped)
    size = display_of(states.values())
    moves = tuple(_moves(events, states, package))[:MOST_MOVES]
    started = next((match[2] for event in events if (match := _intent(event, package))), "")
    launcher = package + started if started.startswith(".") else started
    seen = {state.activity for state in states.values() if state.package == package}
    recording = Recording(
        package=package,
        label=folder.name,
        states=states,
        moves=moves,
        size=size,
        density=round(size[0] / 412 * 160),
        launcher=launcher if "." in launcher else min(seen, default=""),
        source=f"DroidBot: {folder.name}",
        **facts,
    )
    return checked(recording, folder)


def _states(folder: Path, skipped: Skipped) -> dict[str, State]:
    states = States(folder / "states")
    for path, table in _read_all(folder / "states", "*.json", skipped):
        try:
            states.add(state_of(path, table))
        except ValueError as error:
            skipped.add(str(path), str(error)[:200])
    if not states:
        raise FormatError(_("{folder}: no screen in it can be read", folder=folder / "states"))
    return states


def state_of(path: Path, table: dict[str, Any]) -> State:
    """Return the state of a file, with its picture beside it; raises ValueError where it is none."""
    try:
        name = str(table["state_str"])
        views = views_of([_view(view) for view in table["views"]])
        package, _slash, activity = str(table["foreground_activity"] or "").partition("/")
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from None
    package = views[0].package or package
    activity = package + activity if activity.startswith(".") else activity
    picture = next((p for p in _pictures(path) if p.is_file() and not p.is_symlink()), None)
    return State(name, package, activity, views, picture)


def _pictures(path: Path) -> Iterator[Path]:
    tag = path.stem.partition("_")[2]
    for suffix in (".png", ".jpg", ".jpeg"):
        yield path.with_name(f"screen_{tag}{suffix}")
        yield path.with_suffix(suffix)


def _view(row: dict[str, Any]) -> View:
    (left, top), (right, bottom) = row["bounds"]
    flags = {flag for name, flag in _FLAGS.items() if row.get(name)}
    flags |= {"disabled"} if row.get("enabled") is False else set()
    flags |= {"hidden"} if row.get("visible") is False else set()
    return View(
        int(row["parent"]), _text(row["class"]), _text(row["package"]), _text(row.get("resource_id")), _text(row.get("text")),
        _text(row.get("content_description")), rect_of(left, top, right, bottom), frozenset(flags),
    )  # fmt: skip


def _text(value: object) -> str:
    return "" if value is None else str(value)[:LONGEST_TEXT]


def _moves(events: list[dict[str, Any]], states: dict[str, State], package: str) -> Iterator[Move]:
    """The acts in their order. What an event led to is the state in which the next one found the app.

    DroidBot looks at ``stop_state`` soon after an act. One on which nothing was ever done, or which has nothing that
    takes a touch, and which always became the same, is a loading frame: it is kept, and becomes the other by itself.
    States without a file are passed over.
    """

    def shown(name: str) -> bool:
        return name in states and (states[name].package == package or is_prompt(states[name]))

    starts = [str(event.get("start_state")) for event in events]
    stops = [str(event.get("stop_state")) for event in events]
    became: dict[str, set[str]] = {}
    for stop, later in zip(stops, starts[1:], strict=False):
        if shown(stop) and stop not in starts:
            became.setdefault(stop, set()).add(later)
    for start, stop in zip(starts, stops, strict=True):
        if shown(start) and shown(stop) and stop != start and not _takes_touches(states[start]):
            became.setdefault(start, set()).add(stop)
    passing = {stop: later for stop, (later, *more) in became.items() if not more and shown(later)}
    yield from (Move(stop, Act.WAIT, -1, later, LOADING) for stop, later in passing.items())
    for number, event in enumerate(events):
        stop, later = stops[number], _found_next(events, starts, number, states)
        near = starts[number + 1 : number + 2] == [later]
        to = states.get(later if stop not in passing and shown(later) and (near or stop not in states) else stop)
        if to is not None and isinstance(event.get("event"), dict) and (move := _move(event, states, package, to)) is not None:
            yield move


def _takes_touches(state: State) -> bool:
    return any({"clickable", "long-clickable", "checkable", "scrollable"} & view.flags for view in state.views)


def _found_next(events: list[dict[str, Any]], starts: list[str], number: int, states: dict[str, State]) -> str:
    """The first state with a file that an event after ``number`` began in, before the app was started anew."""
    for event, start in zip(events[number + 1 :], starts[number + 1 :], strict=True):
        if start in states:
            return start
        if not isinstance(event.get("event"), dict) or event["event"].get("event_type") in ("intent", "kill_app"):
            break
    return ""


def _move(event: dict[str, Any], states: dict[str, State], package: str, to: State) -> Move | None:
    what, origin = event["event"], states.get(str(event.get("start_state")))
    if _intent(event, package):
        return Move("", Act.START, -1, to.name) if to.package == package or is_prompt(to) else None
    if origin is None or not (origin.package == package or is_prompt(origin)) or (is_home(to) and what.get("event_type") == "intent"):
        return None
    if what.get("event_type") == "key" and str(what.get("name", "")).upper() == "BACK":
        return Move(origin.name, Act.BACK, -1, to.name)
    act = _ACTS.get(str(what.get("event_type")))
    view = _acted_on(origin, what) if act is not None else -1
    if act is None or view < 0:
        return None
    return Move(origin.name, act, view, to.name, str(what.get("direction") or "").lower()[:20] if act is Act.SCROLL else "")


def _acted_on(state: State, event: dict[str, Any]) -> int:
    """The view that an event was meant for, by its place, class and id; by its point where it names none."""
    view = event.get("view")
    if isinstance(view, dict):
        try:
            wanted = _view({**view, "parent": 0})
        except (KeyError, TypeError, ValueError, OverflowError):
            return -1
        for number, seen in enumerate(state.views):
            if (seen.bounds, seen.class_name, seen.id) == (wanted.bounds, wanted.class_name, wanted.id):
                return number
        return state.receiver((wanted.bounds.left + wanted.bounds.right) / 2, (wanted.bounds.top + wanted.bounds.bottom) / 2)
    if isinstance(event.get("x"), (int, float)) and isinstance(event.get("y"), (int, float)):
        return state.receiver(event["x"], event["y"])
    return -1


def _intent(event: dict[str, Any], package: str = "") -> re.Match[str] | None:
    what = event.get("event")
    match = _STARTED.search(str(what.get("intent", ""))[:1000]) if isinstance(what, dict) else None
    return match if match and match[1] == (package or match[1]) else None


def _package(events: list[dict[str, Any]], states: dict[str, State]) -> str:
    """The app that was started most often, else the one that was seen most often besides the phone's own."""
    started = Counter(match[1] for event in events if (match := _intent(event)))
    seen = Counter(state.package for state in states.values() if not is_home(state) and not is_prompt(state))
    found = started or seen
    return found.most_common(1)[0][0] if found else ""


def _facts(folder: Path, package: str, skipped: Skipped) -> dict[str, Any]:
    """What ``dumpsys package`` beside the recording says of the app: permissions, version, target."""
    path = folder / f"dumpsys_package_{package}.txt"
    if not path.is_file():
        return {}
    if path.stat().st_size > MOST_BYTES:
        skipped.add(str(path), _("larger than {size} MiB", size=MOST_BYTES >> 20))
        return {}
    text = path.read_bytes().replace(b"\r", b"").decode("utf-8", "replace")  # adb on Windows ends lines with \r\r\n
    record, requested = parse_package(text, package), _REQUESTED.search(text)
    return {
        "permissions": tuple(line.split(":")[0].strip() for line in requested[1].splitlines()) if requested else (),
        "version_name": record.version_name or "1.0",
        "version_code": record.version_code or 1,
        "target_sdk": record.target_sdk or 29,
    }


def _read_all(folder: Path, pattern: str, skipped: Skipped) -> Iterator[tuple[Path, dict[str, Any]]]:
    size = 0
    for path in sorted(folder.glob(pattern)):
        try:
            size += path.stat().st_size
            if size > MOST_BYTES_IN_ALL:
                raise FormatError(_("{file}: more than {size} MiB, this is no recording", file=folder, size=MOST_BYTES_IN_ALL >> 20))
            if path.stat().st_size > MOST_BYTES:
                skipped.add(str(path), _("larger than {size} MiB", size=MOST_BYTES >> 20))
                continue
            table = json.loads(path.read_text(encoding="utf-8", errors="replace"))
        except (OSError, ValueError, RecursionError):
            skipped.add(str(path), _("no JSON"))
            continue
        if isinstance(table, dict):
            yield path, table
        else:
            skipped.add(str(path), _("no JSON"))
