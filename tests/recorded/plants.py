"""Ten faults planted in a recording, and their innocent twins: what of them is met, found and accused.

Where a fault is put is read from the recording, not from what the harness makes of it: on the way that was walked
there, from the start on. What the untouched recording is accused of is no plant's doing, and is left out.
"""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from device_farm.recordings.opening import read_recording
from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.framework.records.system_records import Rect
from device_farm.virtual.recorded.planted import Ask, Between, Planted, Refused, SelfStart, Timed
from device_farm.virtual.recorded.player import app_of
from device_farm.virtual.recorded.recording import Act, Move, Recording, State, View
from device_farm.virtual.recorded.views import fills
from device_farm.virtual.spec import Spec, with_screen
from harness.engine.check import check
from harness.engine.option_specs import options_from, read_words
from harness.verdicts.analysis_json import analysis_json

PREFIX = "android.permission."
CAMERA, LOCATION, CONTACTS = f"{PREFIX}CAMERA", f"{PREFIX}ACCESS_FINE_LOCATION", f"{PREFIX}READ_CONTACTS"
FUNCTIONS = {
    CAMERA: ("扫一扫", "扫一扫需要相机权限，用于识别二维码"),
    LOCATION: ("附近的店", "需要位置权限，用于显示附近的店"),
    CONTACTS: ("添加通讯录好友", "需要通讯录权限，用于查找通讯录里的好友"),
}
"""Permission -> what the view is called that it is asked at, and what is told of it."""
PRESSES, MINUTES, LONGEST_NAME = 80, 60, 20
FAR = 1_000_000
GUILTY = ("violation", "suspected")
ADVERT = "planted advert"


@dataclass(frozen=True)
class Place:
    """Where it is planted: a view that leads on, its screen, the one it leads to, and those that starts lead to."""

    state: str
    view: str
    to: str
    starts: tuple[str, ...]


@dataclass(frozen=True)
class Plant:
    """A fault, the rules one of which has to find it, and its twin. The view is called as ``of`` is used."""

    name: str
    rules: tuple[str, ...]
    guilty: Planted
    innocent: Planted
    clause: str = "5"
    of: str = CAMERA


def plants(place: Place) -> tuple[Plant, ...]:
    """The ten of them."""
    told, near, friends = (Ask((of,), caption, rationale=why) for of, (caption, why) in FUNCTIONS.items())
    start = replace(told, view="")
    return (
        Plant("exits", ("c5-exit-after-denial",), _asks(replace(told, refused=Refused.EXIT)), _asks(told)),
        Plant("closes", ("c5-exit-after-denial",), _asks(replace(near, refused=Refused.FINISH)), _asks(near), of=LOCATION),
        Plant(
            "loops", ("c5-dialog-loop",), _asks(replace(told, refused=Refused.LOOP, times=0)), _asks(replace(told, refused=Refused.DIALOG))
        ),
        Plant("each start", ("c5-asks-again-on-relaunch",), _asks(replace(start, times=0)), _asks(replace(told, times=0))),
        Plant("too early", ("c5-asks-before-use",), _asks(Ask((CONTACTS,), after=3)), _asks(friends), of=CONTACTS),
        Plant(
            "no function",
            ("c5-asks-without-function", "c5-asks-before-use"),
            _asks(Ask((CONTACTS,), state=place.to)),
            _asks(near),
            of=LOCATION,
        ),
        Plant("bundle", ("c5-bundled-request",), _asks(Ask((CAMERA, LOCATION, CONTACTS))), Planted(asks=(told, near))),
        Plant(
            "no purpose", ("c5-purpose-not-told",), _asks(replace(told, rationale="")), Planted(timed=(Timed(place.state, 2, place.to),))
        ),
        Plant("no way out", ("c7-window-cannot-close",), _advert(place, "stays"), _advert(place, "closes"), "7"),
        Plant("starts itself", ("c6-self-start",), Planted(self_start=SelfStart(900)), Planted(self_start=SelfStart(900_000)), "6"),
    )


def _asks(ask: Ask) -> Planted:
    return Planted(asks=(ask,))


def _advert(place: Place, kind: str) -> Planted:
    return Planted(adverts=tuple(Between(start, f"{ADVERT} {kind}", times=0) for start in place.starts))


def place_of(recording: Recording) -> Place | None:
    """The view to plant at: it leads on from a whole screen near the start, and has words or an id of its own there.

    Of the screens, all looks at one taken together, it is on the one that most acts began from, and there the view that
    leads to where most acts began.
    """
    depth = _depths(recording)
    starts = tuple({recording.states[name].structure: name for name in _starts(recording)}.values())
    acts = Counter(recording.states[move.origin].structure for move in recording.moves if move.origin in depth)
    places = [
        Place(move.origin, name, move.to, starts)
        for move in sorted(recording.moves, key=lambda move: depth.get(move.origin, 0))
        if move.act is Act.TOUCH and depth.get(move.origin, FAR) < depth.get(move.to, 0) and (name := _name(recording, move))
    ]
    return max(places, key=lambda way: [acts[recording.states[name].structure] for name in (way.state, way.to)], default=None)


def _name(recording: Recording, move: Move) -> str:
    """What a view is called by; empty where the move is none that a fault can be planted at."""
    state, to = recording.states[move.origin], recording.states[move.to]
    view, (width, height) = state.views[move.view], recording.size
    corner = view.bounds.right < width / 4 and view.bounds.bottom <= height / 8  # where the way back is
    whole = all(each.package == recording.package and fills(each, recording.size) for each in (state, to))
    if corner or not whole or state.structure == to.structure:
        return ""
    names = [(view.id.rpartition("/")[2], state.words(number)) for number, view in enumerate(state.views)]
    id, words = names[move.view]
    if words and len(words) <= LONGEST_NAME and sum(each == words for _id, each in names) <= 2:  # a view and its only child
        return words
    return id if id and sum(each == id for each, _words in names) == 1 else ""


def _starts(recording: Recording) -> list[str]:
    """The app's screens that starts led to."""
    own = {state.name for state in recording.own}
    return [move.to for move in recording.moves if move.act is Act.START and move.to in own] or [recording.own[0].name]


def _depths(recording: Recording) -> dict[str, int]:
    """Screen -> how many acts it lies from a start."""
    following: dict[str, list[str]] = {}
    for move in recording.moves:
        if move.act is not Act.START:
            following.setdefault(move.origin, []).append(move.to)
    depth = dict.fromkeys(_starts(recording), 0)
    to_see = deque(depth)
    while to_see:
        name = to_see.popleft()
        for to in following.get(name, ()):
            if to not in depth:
                depth[to] = depth[name] + 1
                to_see.append(to)
    return depth


def planted(folder: Path, runs: Path, names: set[str]) -> Iterator[tuple[str, str, bool, list[str]]]:
    """Plant each in turn: its name, how it went, whether the twin was met, and the rules that accuse the twin.

    How it went is ``found``, ``missed``, ``not met`` or ``known``, where the recording is accused of it as it is.
    """
    recording = read_recording(folder)
    place = place_of(recording)
    if place is None:
        yield "no view to put it", "", False, []
        return
    recording = replace(_with_adverts(recording, place), permissions=tuple(each for each in recording.permissions if each not in FUNCTIONS))
    plain: dict[tuple[object, ...], set[str]] = {}
    for plant in plants(place):
        if names and plant.name not in names:
            continue
        asked = dict.fromkeys(name for ask in (*plant.guilty.asks, *plant.innocent.asks) for name in ask.permissions)
        called = replace(renamed(recording, place, FUNCTIONS[plant.of][0]), permissions=(*recording.permissions, *asked))
        key = (plant.clause, plant.of, *asked)
        if key not in plain:
            plain[key] = _checked(called, runs, plant.clause)[0]
            yield f"clause {plant.clause} as it is", "", True, sorted(plain[key])
        accused, met = _checked(replace(called, planted=plant.guilty), runs, plant.clause)
        twin, twin_met = _checked(replace(called, planted=plant.innocent), runs, plant.clause)
        known = plain[key]
        told = any(rule in accused - known for rule in plant.rules)
        found = "found" if told else "known" if known & {*plant.rules} else "missed" if met else "not met"
        yield plant.name, found, twin_met, sorted(twin - known)


def renamed(recording: Recording, place: Place, caption: str) -> Recording:
    """The recording with another caption on the view that is planted at, wherever it is shown."""

    def named(view: View) -> View:
        if place.view in (view.text, view.description):
            return view._replace(text=caption, description="")
        return view._replace(description=caption) if view.id.rpartition("/")[2] == place.view else view

    states = {name: replace(state, views=tuple(map(named, state.views))) for name, state in recording.states.items()}
    return replace(recording, states=states)


def _with_adverts(recording: Recording, place: Place) -> Recording:
    """The recording with two drawn adverts, one of them with a cross."""
    wanted = recording.states[place.starts[0]]
    states = {f"{ADVERT} {kind}": _drawn(recording, wanted, f"{ADVERT} {kind}") for kind in ("closes", "stays")}
    closes = (Move(f"{ADVERT} closes", Act.TOUCH, 4, place.starts[0]), Move(f"{ADVERT} closes", Act.BACK, -1, place.starts[0]))
    stays = (Move(f"{ADVERT} stays", Act.BACK, -1, f"{ADVERT} stays"),)
    return replace(recording, states={**recording.states, **states}, moves=(*recording.moves, *closes, *stays))


def _drawn(recording: Recording, wanted: State, name: str) -> State:
    width, height = recording.size
    package = recording.package

    def view(parent: int, kind: str, id: str, text: str, bounds: Rect, *flags: str) -> View:
        return View(parent, f"android.widget.{kind}", package, f"{package}:id/{id}", text, "", bounds, frozenset(flags))

    views = [
        view(-1, "FrameLayout", "ad_root", "", Rect(0, 0, width, height)),
        view(0, "ImageView", "ad_image", "", Rect(0, 0, width, height)),
        view(0, "TextView", "ad_title", "广告 夏日特惠 全场五折", Rect(80, height // 3, width - 80, height // 3 + 160)),
        view(0, "Button", "ad_buy", "立即抢购", Rect(160, height // 2, width - 160, height // 2 + 140), "clickable"),
        view(0, "ImageView", "ad_close", "", Rect(width - 150, 120, width - 50, 220), "clickable"),
    ]
    return State(name, package, wanted.activity, tuple(views if name.endswith("closes") else views[:4]))


def _checked(recording: Recording, runs: Path, clause: str) -> tuple[set[str], bool]:
    """The rules that accuse it, and whether what was planted was met at all."""
    words = ["--clause", clause, "--minutes", str(MINUTES), "--steps", str(PRESSES)]
    spec = with_screen(Spec(android="13", rom="aosp", apps=(app_of(recording),)))
    with devices_in_thread([partial(VirtualDevice, spec)]) as thread:
        analysis = check(InProcessDevice(thread), recording.package, options_from(read_words(words)), runs=runs)
        (device,) = thread.devices
        truth = [event for event in device.truth if event.get("package") == recording.package]
    asked = any(event["what"] in ("dialog", "app_dialog", "alarm") for event in truth)
    seen = {recording.states[event["state"]].structure for event in truth if event["what"] == "recorded_state"}
    named = {timed.state for timed in recording.planted.timed} | {advert.advert for advert in recording.planted.adverts}
    met = any(recording.states[name].structure in seen for name in named) if named else asked
    return {rule["rule"] for rule in analysis_json(analysis)["rules"] if rule["outcome"] in GUILTY}, met
