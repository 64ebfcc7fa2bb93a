"""Handset: the device as a session sees and touches it.

Every look, reading and touch is a line of the journal (raw/session.jsonl) before anything is made of it.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from harness.dialogs.consent import Consent, find_consent
from harness.dialogs.matcher import find_dialog
from harness.errors import CommandFailed, DeviceTimeout, FormatError, HarnessError
from harness.events import Source
from harness.pages.look import Look
from harness.pages.silent_windows import Sight
from harness.parsers.hierarchy import Node, parse_hierarchy
from harness.parsers.package import parse_package
from harness.recording.clock import ClockMap, Probe, idle, probe
from harness.session.front import Front

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from harness.device.protocol import Device
    from harness.events import Instant
    from harness.events.app import AppUnderTest
    from harness.recording.evidence import RunFolder
    from harness.recording.journal import Journal
    from harness.recording.recorder import Recorder
    from harness.session.options import Options
    from harness.vision.planes import Frame

TOAST_LENGTH = 500
USER_FLAGS = {"USER_SET", "USER_FIXED"}
"""The flags by which the user's own answer about a permission is known (PackageManager.FLAG_PERMISSION_*)."""


@dataclass(slots=True)
class Segment:
    """A part of the run while it goes on; ``cut_short`` says why it did not get to its end, empty where it did."""

    cut_short: str = ""


@dataclass(slots=True)
class Handset:
    """One app on one device: what is seen and touched, with the journal that remembers it."""

    device: Device
    app: AppUnderTest
    folder: RunFolder
    journal: Journal
    options: Options
    recorder: Recorder | None = None
    progress: Callable[[str], None] = lambda text: None
    clock: ClockMap = field(default_factory=ClockMap)
    front: Front = field(default_factory=Front)
    policies_read: set[str] = field(default_factory=set)
    shift: float = 0.0  # seconds by which we moved the wall clock ahead
    _tree: str = ""  # the last one that was read, as XML
    _roots: tuple[Node, ...] = ()  # and as nodes
    _seen: Look = field(default_factory=Look)  # and what it says
    _tree_lost: bool = False
    _consent: Consent | None = None  # the last one that was pictured
    _sight: Sight = field(init=False)  # what pictures say where the tree is silent

    def __post_init__(self) -> None:
        self._sight = Sight(self.app)

    def start(self) -> None:
        """Read the clocks and open the sources that the session itself is."""
        self.probe()
        for source in (Source.SESSION, Source.TREE):
            self.journal.write("stream", source=source.value, what="opened")
        if self.options.policy:
            self.journal.write("policy", text=self.options.policy)

    # --- time and notes -------------------------------------------------------------------------------------------

    def probe(self) -> None:
        """Read the device's clocks."""
        self._remember(probe(self.device))

    def idle(self, seconds: float) -> None:
        """Let device time pass."""
        self._remember(idle(self.device, seconds))

    def _remember(self, taken: Probe) -> None:
        self.clock.add(taken)
        self.journal.write("probe", **asdict(taken))

    def now(self) -> Instant:
        """Device time now."""
        return self.clock.at_host(time.monotonic())

    def uptime(self) -> float:
        """Device time now, in seconds since boot."""
        return self.now().uptime

    @contextmanager
    def segment(self, name: str) -> Iterator[Segment]:
        """A named part of the run; an error inside is noted before it goes on, as is why it was cut short."""
        self.journal.write("segment", what="start", name=name)
        self.progress(f"{self.app.package}: {name}")
        part = Segment()
        try:
            yield part
        except HarnessError as error:
            self.note(f"{name}: {error}", problem=True)
            self.journal.write("segment", what="end", name=name, note=str(error))
            raise
        self.probe()
        self.journal.write("segment", what="end", name=name, note=part.cut_short)

    def note(self, text: str, *, problem: bool = False) -> None:
        """Tell the reader of the run something; a problem makes what rests on it inconclusive."""
        self.journal.write("note", text=text, problem=problem)

    def not_tried(self, rule: str, reason_zh: str, reason_en: str) -> None:
        """Say why what ``rule`` needs was not tried: the tester did not ask for it, or the device refuses it."""
        self.journal.write("not_tried", rule=rule, zh=reason_zh, en=reason_en)

    # --- looking --------------------------------------------------------------------------------------------------

    def look(self) -> Look:
        """Read the view tree; what is new in it goes to the journal, a new dialog or consent with its picture.

        A Toast is in no tree; what the last one said is asked for beside it.
        """
        try:
            xml = self.device.tree()
            taken = time.monotonic()  # once it is read: what it shows was there by then, and perhaps not when we asked
            roots = self._roots = self._roots if xml == self._tree else parse_hierarchy(xml)
            if said := self.device.toast():
                self.journal.write("toast", text=said[:TOAST_LENGTH])
        except (DeviceTimeout, FormatError) as error:
            if not self._tree_lost:
                self.journal.write("stream", source=Source.TREE.value, what="lost", reason=str(error))
            self._tree_lost = True
            return Look()
        if self._tree_lost:
            self.journal.write("stream", source=Source.TREE.value, what="opened")
            self._tree_lost = False
        fresh = xml != self._tree
        if fresh or self._seen.painted is not None:
            dialog = find_dialog(roots, self.app.package, self.app.grant_packages)
            if dialog is None and self._sight.silent(roots) is not None and (look := self._look_at_picture(taken, xml, roots)):
                return look
        if fresh:
            consent = find_consent(roots, self.app.package, dialog)
            news = (dialog is not None and dialog != self._seen.dialog) or (consent is not None and consent != self._consent)
            picture = self.picture() if news else None
            self._consent = consent or self._consent
            self.journal.write("tree", host=taken, xml=xml, screenshot=picture)
            self._tree, self._seen = xml, Look(roots, dialog)
        return self._seen

    def _look_at_picture(self, taken: float, xml: str, roots: tuple[Node, ...]) -> Look | None:
        """What a picture says of a window that the tree does not tell; None when the device gave none.

        The tree is read again after a picture that is news: only while the windows are the same do the two belong together.
        """
        pictured = time.monotonic()
        try:
            frame = self.device.screenshot()
            news = self._sight.is_news(frame, now := self.uptime())
            if xml == self._tree and not news:
                return self._seen
            if news and self.device.tree() != xml:
                return Look(roots)  # the next look will tell
            if (painted := self._sight.read(frame, roots, now)) is None:
                return None
        except (DeviceTimeout, FormatError) as error:
            self.note(f"the app's window is silent in the view tree and its picture cannot be read: {error}")
            return None
        path = self._keep(frame, pictured)
        self.journal.write("tree", host=taken, xml=xml, screenshot=path)
        self._tree, self._seen = xml, Look(painted.roots, painted.dialog, painted, path)
        return self._seen

    def picture(self, why: str = "") -> str | None:
        """Take a screenshot into the evidence; its path in the run folder, None when the device gave none."""
        taken = time.monotonic()
        try:
            return self._keep(self.device.screenshot(), taken, why)
        except (DeviceTimeout, FormatError) as error:
            self.note(f"screenshot failed: {error}")
            return None

    def _keep(self, frame: Frame, taken: float, why: str = "") -> str:
        path = self.folder.save_screen(frame)
        stamp = {"true_time": datetime.now(UTC).isoformat(timespec="seconds"), "shift": self.shift} if self.shift else {}
        self.journal.write("screenshot", host=taken, path=path, why=why, **stamp)
        return path

    def read(self, name: str, command: list[str]) -> str:
        """Run a reading command; its whole text goes to the journal under ``name``."""
        result = self.device.shell(command)
        self.journal.write("reading", name=name, command=" ".join(command), text=result.stdout, code=result.code)
        return result.stdout

    def read_state(self) -> None:
        """What is left of the app: its exits, its processes, what is in front."""
        self.read("exit-info", ["dumpsys", "activity", "exit-info", self.app.package])
        self.read("processes", ["ps", "-A", "-o", "PID,NAME"])
        self.read("focus", ["dumpsys", "activity", "activities"])

    def read_flags(self) -> dict[str, frozenset[str]]:
        """Permission -> the flags by which the user's answer is known."""
        text = self.read("flags", ["dumpsys", "package", self.app.package])
        state = parse_package(text, self.app.package).user(self.app.user)
        return {p.permission: frozenset(p.flags) & USER_FLAGS for p in state.permissions} if state else {}

    # --- touches --------------------------------------------------------------------------------------------------

    def tap(self, point: tuple[int, int], purpose: str, text: str = "") -> float:
        """Touch a point; the journal has it before the device. Returns the host time of the tap."""
        taken = time.monotonic()
        self.journal.write("tap", host=taken, x=point[0], y=point[1], purpose=purpose, text=text)
        self._tree, self._seen = "", Look()  # what comes after a touch is new, also when it looks the same
        self.device.tap(*point)
        return taken

    def touched(self, host: float, point: tuple[int, int], purpose: str, text: str = "") -> None:
        """A person touched the screen at a host time; nothing is sent to the device."""
        self.journal.write("tap", host=host, x=point[0], y=point[1], purpose=purpose, text=text)
        self._tree, self._seen = "", Look()

    def swipe(self, start: tuple[int, int], end: tuple[int, int], purpose: str) -> float:
        """Move a finger from one point to another; the journal has it before the device. Returns the host time of it."""
        taken = time.monotonic()
        self.journal.write("swipe", host=taken, start=list(start), end=list(end), purpose=purpose)
        self._tree, self._seen = "", Look()
        self.device.swipe(start, end)
        return taken

    def fill(self, field: Node, text: str, *, secret: bool = False) -> bool:
        """Touch a text field and put ``text`` into it; a secret is not recorded. False when the field takes no text."""
        x, y, width, height = field.box
        self.tap((x + width // 2, y + height // 2), "fill", field.text or field.short_id)
        if secret:
            self.journal.hide(text)
        self.journal.write("typed", field=field.short_id or field.text, text=text)
        try:
            self.device.type_text(text)
        except CommandFailed as error:
            self.note(f"the field {field.short_id or field.text} takes no text: {error}")
            return False
        return True

    def press(self, key: str, purpose: str = "") -> float:
        """Press a key; the journal has it before the device."""
        taken = time.monotonic()
        self.journal.write("key", host=taken, key=key, purpose=purpose)
        self._tree, self._seen = "", Look()
        self.device.press(key)
        return taken
