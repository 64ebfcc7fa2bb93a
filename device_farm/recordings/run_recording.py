"""A run folder of ours, read as a recording: what a check saw of an app, and what it did there.

Trees, touches, keys and texts are those of the journal, the activity in front that of the log. A view tree is in the
journal when it is new, so an act without a tree after it changed nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from device_farm.virtual.recorded.recording import Act, Move, Recording, State, View, checked, display_of, rect_of, views_of
from device_farm.virtual.recorded.recording_folder import LONGEST_TEXT, Skipped
from harness.custody.redaction_terms import RedactionTerms
from harness.errors import FormatError
from harness.events import ActivityResumed, Instant
from harness.events.app_under_test import AppUnderTest
from harness.events.base import Step
from harness.language import Text
from harness.parsers.hierarchy import Node, parse_hierarchy
from harness.recording import steps
from harness.recording.journal import JOURNAL, read_journal
from harness.verdicts.analysis import follow, read_run

_BARS = re.compile(r"com\.android\.systemui|inputmethod")
_ENDS = (steps.Stop, steps.PhoneRebooted, steps.Canary)
"""After these the app is somewhere else by no act of its user."""


def read_run_folder(folder: Path, skipped: Skipped, terms: RedactionTerms | None = None) -> Recording:
    """Read a run folder, with the words of ``terms`` blacked out.

    Raises FormatError where it shows no screen of its app.
    """
    _run, app = read_run(folder)
    states, moves = _Reading(folder, app, terms, skipped).read()
    if not states:
        raise FormatError(Text("{file}: {problem}", {"file": folder / JOURNAL, "problem": "no view tree"}))
    recording = Recording(
        package=app.package,
        label=_marked(app.label or app.package, terms),
        states=states,
        moves=tuple(moves),
        size=display_of(states.values()),
        version_name=app.version_name or "1.0",
        version_code=app.version_code or 1,
        target_sdk=app.target_sdk or 29,
        permissions=app.permissions,
        launcher=_long(app.main_activity or ""),
        source=f"AppRights: {folder.name}",
    )
    width = recording.size[0]
    return checked(replace(recording, density=round(width / 412 * 160)), folder)


class _Reading:
    """The journal, line by line: the screen in front, and the act that was done on it and has no outcome yet."""

    def __init__(self, folder: Path, app: AppUnderTest, terms: RedactionTerms | None, skipped: Skipped) -> None:
        self._folder, self._app, self._terms, self._skipped = folder, app, terms, skipped
        self._moments = _moments(folder, app)
        self._states: dict[str, State] = {}
        self._front: State | None = None
        self._since: Instant | None = None
        self._act: Move | None = None

    def read(self) -> tuple[dict[str, State], list[Move]]:
        """All screens, and the moves between them in their order."""
        moves = [move for entry in read_journal(self._folder / JOURNAL) for move in self._step(entry.number, entry.step)]
        return self._states, moves

    def _step(self, number: int, step: Step) -> Iterator[Move]:
        if isinstance(step, steps.Tree):
            state, (_activity, at) = self._state(number, step), self._moments.get(number, NOWHERE)
            if state is not None:
                yield from self._came(state, at)
        elif isinstance(step, steps.Screenshot) and self._front is not None and self._act is None and self._front.picture is None:
            self._front = self._states[self._front.name] = replace(self._front, picture=self._folder / step.path)
        elif isinstance(step, steps.Launch):
            self._front, self._act = None, Move("", Act.START, -1, "")
        elif isinstance(step, _ENDS) or (isinstance(step, steps.Key) and step.key != "back"):
            self._front = self._act = None
        elif (act := self._done(step)) is not None:
            if self._act is not None and self._act.origin:
                yield self._act._replace(to=self._act.origin)
            self._act = act

    def _came(self, state: State, at: Instant | None) -> Iterator[Move]:
        if self._act is not None:
            yield self._act._replace(to=state.name)
        elif self._front is not None and self._front.name != state.name:
            waited = at.seconds_since(self._since) if at is not None and self._since is not None else 1.0
            yield Move(self._front.name, Act.WAIT, -1, state.name, f"{max(waited, 0.1):.1f}")
        if self._front is None or self._front.name != state.name or self._act is not None:
            self._since = at
        self._front, self._act = state, None

    def _done(self, step: Step) -> Move | None:
        front = self._front
        if front is None:
            return None
        match step:
            case steps.Tapped():
                act, flag = (Act.LONG_TOUCH, "long-clickable") if step.held else (Act.TOUCH, "clickable")
                return Move(front.name, act, front.receiver(step.x, step.y, flag), "")
            case steps.Key():
                return Move(front.name, Act.BACK, -1, "")
            case steps.Swipe():
                (x, y), (to_x, to_y) = step.start, step.end
                sideways, upright = "left" if to_x > x else "right", "up" if to_y > y else "down"
                direction = sideways if abs(to_x - x) > abs(to_y - y) else upright
                return Move(front.name, Act.SCROLL, front.receiver(x, y, "scrollable"), "", direction)
            case steps.FieldFilled():
                field = next((n for n, view in enumerate(front.views) if view.id.rpartition("id/")[2] == step.field), -1)
                return Move(front.name, Act.TEXT, field, "") if field >= 0 else None
        return None

    def _state(self, number: int, step: steps.Tree) -> State | None:
        """The screen of a tree: one that was there before where package, activity and all views are equal."""
        try:
            windows = [root for root in parse_hierarchy(step.xml) if root.visible and not _BARS.search(root.package)]
            if not windows:
                return None
            views = views_of(list(_views(windows[-1], -1, [0], self._terms)))
        except (FormatError, ValueError) as error:
            self._skipped.add(f"{self._folder / JOURNAL}:{number}", str(error)[:200])
            return None
        package = windows[-1].package
        activity = self._moments.get(number, NOWHERE)[0] or _long(self._app.main_activity or "")
        seen = package, activity, views
        known = next((each for each in self._states.values() if (each.package, each.activity, each.views) == seen), None)
        if known is None:
            picture = self._folder / step.screenshot if step.screenshot else None
            known = State(f"{len(self._states) + 1:05d}", package, activity, views, picture)
            self._states[known.name] = known
        return known


def _views(node: Node, parent: int, numbers: list[int], terms: RedactionTerms | None) -> Iterator[View]:
    """The node and all below it, parents first; ``numbers`` has the next index."""
    own, numbers[0] = numbers[0], numbers[0] + 1
    flags = {
        "clickable": node.clickable, "scrollable": node.scrollable, "checkable": node.checkable, "checked": node.checked,
        "selected": node.selected, "focused": node.focused, "disabled": not node.enabled, "hidden": not node.visible,
    }  # fmt: skip
    text, description = _marked(node.text or node.hint, terms), _marked(node.description, terms)
    yield View(
        parent, node.class_name, node.package, node.resource_id, text[:LONGEST_TEXT], description[:LONGEST_TEXT],
        rect_of(*node.bounds), frozenset(flag for flag, is_so in flags.items() if is_so),
    )  # fmt: skip
    for child in node.children:
        yield from _views(child, own, numbers, terms)


NOWHERE: tuple[str, Instant | None] = ("", None)


def _moments(folder: Path, app: AppUnderTest) -> dict[int, tuple[str, Instant | None]]:
    """Line of the journal -> the full class name of the app's activity that was resumed last, and the device's time."""
    found: dict[int, tuple[str, Instant | None]] = {}
    front = ""
    for event in follow(folder).timeline():
        if isinstance(event, ActivityResumed) and event.component.startswith(f"{app.package}/"):
            front = _long(event.component)
        elif event.ref is not None and event.ref.path == JOURNAL and event.ref.line not in found:
            found[event.ref.line] = front, event.at
    return found


def _long(component: str) -> str:
    """``package/.Page`` as a full class name."""
    package, _slash, name = component.partition("/")
    return package + name if name.startswith(".") else name


def _marked(text: str, terms: RedactionTerms | None) -> str:
    if terms is None or not terms.within(text.encode("utf-8", "surrogatepass")):
        return text
    return terms.marked(text.encode("utf-8", "surrogatepass")).decode("utf-8", "replace")
