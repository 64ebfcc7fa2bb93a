"""Where a run is, in words and in device time, for whoever waits for it."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.events import Trigger
from harness.language import Text, _, pick, said
from harness.starts.names import TRIGGERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.recording.clock import Probe


@dataclass(slots=True)
class Course:
    """Where a run is now; a display reads it from another thread. Seconds are of the device, since the run began."""

    app: str
    scenario: str = ""
    number: int = 0
    total: int = 0
    part: str = ""
    began: float = 0.0
    """When the scenario began."""
    planned: float = 0.0
    """How long the scenario takes at most, and the ones after it; 0 where nobody knows."""
    later: float = 0.0
    until: float = 0.0
    """When what is waited for now has had its time."""
    _passed: float = 0.0
    _probe: Probe | None = None

    def add(self, probe: Probe) -> None:
        """Take a reading of the device's clocks; after a reboot it counts anew."""
        if self._probe is not None:
            self._passed += probe.uptime - self._probe.uptime if probe.uptime >= self._probe.uptime else probe.uptime
        self._probe = probe

    def passed(self) -> float:
        """Device time since the run began, over reboots."""
        return self._passed + (time.monotonic() - self._probe.after if self._probe is not None else 0.0)

    def awaits(self, seconds: float) -> None:
        """The device is given so long now to do something."""
        self.until = self.passed() + seconds

    def enter(self, scenario: str, number: int, total: int, planned: float, later: float) -> None:
        """Begin a scenario."""
        self.scenario, self.number, self.total, self.part = scenario, number, total, ""
        self.began, self.planned, self.later, self.until = self.passed(), planned, later, 0.0

    def go_on(self, part: str) -> Stage:
        """Begin a part of the scenario; what is to be told of it."""
        self.part, self.until = part, 0.0
        return Stage.of(self)

    def left(self) -> float:
        """How long the run still takes at most; 0 where nobody knows."""
        return max(0.0, self.planned - (self.passed() - self.began)) + self.later if self.planned else 0.0

    def words(self) -> Text:
        """The scenario and its part, and of how many it is which."""
        if not self.total or not self.scenario:
            return part_words(self.part)
        values = {"number": self.number, "total": self.total, "scenario": scenario_words(self.scenario)}
        if not self.part:
            return _("{number}/{total} {scenario}", **values)
        return _("{number}/{total} {scenario}: {part}", **values, part=part_words(self.part))


class Stage(Text):
    """A text that tells of the next part of a run; a display finds the course in it, and goes on reading that."""

    __slots__ = ("course",)

    course: Course

    @classmethod
    def of(cls, course: Course) -> Stage:
        """The stage that a course is in now."""
        text = _("{app}: {where}", app=course.app, where=course.words())
        stage = cls(text.template, text.values)
        stage.course = course
        return stage


def scenario_words(name: str) -> Text:
    """A scenario by its name; one that somebody else wrote has no other words."""
    known = {
        "permission-denial": _("permissions are refused"),
        "control-run": _("control run"),
        "before-consent": _("before the privacy policy is accepted"),
        "association-start": _("starts of other apps"),
        "self-start": _("starts by itself"),
        "clock-shift": _("48 hours later"),
    }
    return known.get(name) or Text("{name}", {"name": name})


def part_words(name: str) -> Text:
    """A part of a scenario by the name of its segment."""
    for pattern, words in _PARTS:
        if (found := re.fullmatch(pattern, name)) is not None:
            return words(*found.groups())
    return Text("{name}", {"name": name})


def _trial(name: str, number: str) -> Text:
    """A trial of the background, by what sets it off."""
    trials = {
        "idle": _("left alone for half an hour"),
        "dark": _("the screen is off"),
        "doze": _("deep idle"),
        "swipe": _("swiped away in Recents, then half an hour"),
        "clear-all": _("Recents cleared, then half an hour"),
    }
    trigger = next((pick(*TRIGGERS[one]) for one in Trigger if one.value == name), name)
    return _("round {number}, {trial}", number=number, trial=trials.get(name) or trigger)


_PARTS: tuple[tuple[str, Callable[..., Text]], ...] = (
    ("first-launch", lambda: _("first start, what it asks for is refused")),
    (r"function-(\d+)", lambda number: _("function {number} of --tap", number=number)),
    (r"cold-start-(\d+)", lambda number: _("start {number} after the refusal", number=number)),
    ("walk", lambda: _("walk through the app")),
    (r"walk-(\d+)", lambda number: _("walk through the app, start {number}", number=number)),
    ("walk-logged-in", lambda: _("walk through the app, logged in")),
    ("return", lambda: _("left by Home and opened again")),
    ("login", lambda: _("login")),
    (r"control-(\d+)-allow", lambda number: _("control {number}, allowed", number=number)),
    (r"control-(\d+)-none", lambda number: _("control {number}, left unanswered", number=number)),
    ("open", lambda: _("the app is opened")),
    ("unopened", lambda: _("not opened yet")),
    ("before-consent", lambda: _("opened and left, its privacy policy unanswered")),
    ("before-consent-boot", lambda: _("reboot, the app is not opened")),
    ("association-open", lambda: _("the app is in use")),
    (r"association-function-(\d+)", lambda number: _("function {number} of --tap", number=number)),
    ("association-left", lambda: _("left by Home")),
    (r"trigger-hour-(\d+)", lambda number: _("hour {number}", number=number)),
    (r"trigger-([a-z_-]+)-(\d+)", _trial),
    (r"clock-(\d+)h", lambda hours: _("the clock is {hours} hours ahead", hours=hours)),
    ("refused-again", lambda: _("refused once more")),
    ("by-hand", lambda: _("you use the phone; press Enter here when you are done")),
)


def clock_words(seconds: float) -> str:
    """Seconds as hours, minutes and seconds, as a clock has them."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def time_words(course: Course) -> list[str]:
    """What is waited for and how long still, each in the language of the run."""
    told = []
    passed, left = course.passed(), course.left()
    if (wait := course.until - passed) >= 1:
        told.append(said(_("{time} of this wait", time=clock_words(wait))))
    told.append(said(_("device time {time}", time=clock_words(passed))))
    if left:
        told.append(said(_("{time} left at most", time=clock_words(left))))
    return told
