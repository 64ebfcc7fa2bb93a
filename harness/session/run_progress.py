"""The progress of a run, in words and in device time, for whoever waits for it."""

from __future__ import annotations

import time
from dataclasses import dataclass

from harness.language import Text, _, said
from harness.recording.clock_map import Probe
from harness.starts.segment_names import segment_words


@dataclass(slots=True)
class RunProgress:
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

    def enter_again(self) -> None:
        """Begin the same scenario once more."""
        self.enter(self.scenario, self.number, self.total, self.planned, self.later)

    def go_on(self, part: str) -> ProgressText:
        """Begin a part of the scenario; what is to be told of it."""
        self.part, self.until = part, 0.0
        return ProgressText.of(self)

    def left(self) -> float:
        """How long the run still takes at most; 0 where nobody knows."""
        return max(0.0, self.planned - (self.passed() - self.began)) + self.later if self.planned else 0.0

    def words(self) -> Text:
        """The scenario and its part, and of how many it is which."""
        if not self.total or not self.scenario:
            return segment_words(self.part)
        values = {"number": self.number, "total": self.total, "scenario": segment_words(self.scenario)}
        if not self.part:
            return _("{number}/{total} {scenario}", **values)
        return _("{number}/{total} {scenario}: {part}", **values, part=segment_words(self.part))


class ProgressText(Text):
    """A text that tells of the next part of a run; a display finds the progress in it, and goes on reading that."""

    __slots__ = ("run_progress",)

    run_progress: RunProgress

    @classmethod
    def of(cls, run_progress: RunProgress) -> ProgressText:
        """Return the text of the part that a run is in now."""
        text = _("{app}: {where}", app=run_progress.app, where=run_progress.words())
        stage = cls(text.template, text.values)
        stage.run_progress = run_progress
        return stage


def clock_words(seconds: float) -> str:
    """Seconds as hours, minutes and seconds, as a clock has them."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def time_words(run_progress: RunProgress) -> list[str]:
    """Say what is waited for and how long still, each in the language of the run."""
    told = []
    passed, left = run_progress.passed(), run_progress.left()
    if (wait := run_progress.until - passed) >= 1:
        told.append(said(_("{time} of this wait", time=clock_words(wait))))
    told.append(said(_("device time {time}", time=clock_words(passed))))
    if left:
        told.append(said(_("{time} of device time left at most", time=clock_words(left))))
    return told
