"""The phone is moved while an advert shows, by less than the standard demands, and as in daily life.

Before that the advert is left alone at two showings: what leads elsewhere then, no motion did. With each motion is read
whether the app listens to the phone's motion at all.

Only a virtual device takes exact motion over adb. An emulator takes it on a console that is not adb, a phone from a
hand alone: there a person is asked, where the tester said that one is there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.adverts.ad_slots import FULL_SCREEN, AdSlot
from harness.adverts.motion_thresholds import AMPLE, BELOW, DAILY, LEAST, Motion, Threshold, Thresholds, search, spoken
from harness.adverts.shake_switch import read_shake_switch
from harness.background.stimuli import run_command
from harness.errors import CommandFailed, FormatError
from harness.events import AdvertAct
from harness.language import _
from harness.pages.advert_words import ADVERTS
from harness.parsers.motion_sensors import motion_sensors
from harness.recording import steps
from harness.session.person import said_done

if TYPE_CHECKING:
    from harness.adverts.advert_actions import AdvertActions
    from harness.session.session import Session

RULE = "c7-shake-jump"
BENCH_SECONDS = 180.0
"""What finding an advert's thresholds may cost of device time."""
WATCH_SECONDS = 3.0
"""How long a jump is waited for once the motion is over [PROJECT]: an app decides while the phone moves."""
DAILY_SECONDS = 10.0
PERSON_SECONDS = 60.0
UNTOUCHED = 2
"""Showings that are left alone before the first motion (docs/rules.md 9.10)."""
MOST_BENCHES = 1
"""Adverts on which thresholds are looked for [PROJECT]; those of one app come of the same SDK, mostly. The others that
jump are moved by less than the standard demands."""
_BY_HAND = {
    "walk": _("walk ten steps with the phone in the hand"),
    "pick_up": _("lay the phone down and pick it up once"),
    "put_down": _("put the phone down as usual"),
}
"""What a person is asked to do [PROJECT]: no hand shakes by numbers, but all do these."""


@dataclass(slots=True)
class MotionTrials:
    """The bench of one campaign; ``bring`` has an advert on the screen again, or says that it does not come."""

    session: Session
    acts: AdvertActions
    bring: Callable[[AdSlot], bool]
    fed: str = field(init=False, default="")
    """By what motion is fed: virtual, person, or nothing."""
    benches: int = 0
    found: dict[str, tuple[Thresholds, float]] = field(default_factory=dict)
    """What each advert wants of a motion, by its slot, and the seconds that the search took."""
    _number: int = 0
    _prepared: bool = False
    _turned: str = ""  # the slot that was moved last
    _ample: dict[str, bool] = field(default_factory=dict)  # whether the ample motion led elsewhere in the showing that stood
    _on: bool | None = None  # the ROM's switch
    _listens: bool | None = None  # whether the app did at the last motion, None where the phone does not tell

    def _prepare(self) -> None:
        """Find out how motion is fed here, and read the ROM's switch; what cannot be tried is said once."""
        session = self.session
        if self._prepared:
            return
        self._prepared = True
        self._on = read_shake_switch(session)
        said = session.device.shell(["getprop"]).stdout
        if "[ro.apprights.virtual]: [1]" in said:
            self._try_feed()
        elif session.options.pause:
            self.fed = "person"
        elif "[ro.kernel.qemu]: [1]" in said or "[ro.boot.qemu]: [1]" in said:
            session.not_tried(RULE, _("not tried: an emulator takes motion on its console, not over adb"))
        else:
            session.not_tried(RULE, _("not tried: a phone is moved by a person only: check again with --pause"))

    def once(self, slot: AdSlot) -> None:
        """Move the phone amply in the showing that stands, once it was left alone: it may not come again."""
        self._prepare()
        if self.fed == "virtual" and _is_moved(slot) and (jumped := self._moved(slot, AMPLE)) is not None:
            self._ample[slot.name] = jumped and self._listens is not False

    def run(self, slot: AdSlot) -> None:
        """Move the phone while the advert of a slot shows."""
        self._prepare()
        ample = self._ample.get(slot.name)
        by_hand, more = self.fed == "person", self.benches < MOST_BENCHES
        if not self.fed or ample is False or not _is_moved(slot) or (by_hand and not more) or not self._left_alone(slot):
            return
        if by_hand:
            self.benches += 1
            for name in _BY_HAND:
                self._moved(slot, Motion(seconds=DAILY_SECONDS, name=name))
            return
        if not (ample or self._moved(slot, AMPLE)) or self._on or self._listens is False:
            return
        self.benches += 1
        if more:
            self._bench(slot)
            return
        for motion in BELOW:
            self._moved(slot, motion)

    def _left_alone(self, slot: AdSlot) -> bool:
        """Leave the advert alone at as many showings as it takes; False where it led elsewhere, or did not come."""
        for number in range(self.acts.done[slot.name, AdvertAct.NOTHING] + 1, UNTOUCHED + 1):
            if not self.bring(slot) or self.acts.touch(slot, AdvertAct.NOTHING, number).happened:
                return False
        return True

    def _bench(self, slot: AdSlot) -> None:
        """An advert that jumps: below the standard first, then what it wants, then daily life."""
        session = self.session
        below = [self._moved(slot, motion) for motion in BELOW]
        began = session.uptime()
        found = search(lambda motion: self._moved(slot, motion), lambda: session.uptime() - began < BENCH_SECONDS, below)
        self.found[slot.name] = found, session.uptime() - began
        session.tell(
            _(
                "{slot}: jumped at {acceleration} m/s², {angle}°, {seconds} s (in brackets the most that did not), found in {spent:.0f} s",
                slot=slot.name,
                acceleration=_spoken(found.acceleration),
                angle=_spoken(found.angle),
                seconds=_spoken(found.seconds),
                spent=session.uptime() - began,
            )
        )
        for name in DAILY:
            self._moved(slot, Motion(seconds=DAILY_SECONDS, name=name))

    def _moved(self, slot: AdSlot, motion: Motion) -> bool | None:
        """Move the phone; whether something opened or loaded, None where the advert did not come.

        What was over by itself meanwhile, at a showing that stood for earlier acts, is moved again at one of its own;
        and so is what led elsewhere at a showing in which it had been moved before: an app may add both turns.
        """
        stood = self.acts.sightings.on_screen == slot.name
        turned = stood and self._turned == slot.name
        if not self.bring(slot):
            return None
        self._number += 1
        step = steps.AdvertActed(
            slot=slot.name,
            act=AdvertAct.MOTION,
            number=self._number,
            words=motion.name,
            acceleration=motion.acceleration,
            angle=motion.angle,
            seconds=motion.seconds,
            fed=self.fed,
        )
        came = self.acts.tried(slot, step, lambda: self._feed(motion), WATCH_SECONDS)
        self._turned = slot.name
        again = turned if came.happened else stood and came.still is False
        return self._moved(slot, motion) if again else came.happened

    def _feed(self, motion: Motion) -> None:
        app = self.session.app
        try:
            self._listens = bool(motion_sensors(self.session.read("sensors", ["dumpsys", "sensorservice"]), app.uid, app.package))
        except FormatError:
            self._listens = None
        if self.fed == "person":
            self._by_hand(motion)
            return
        self._move(motion)

    def _move(self, motion: Motion) -> None:
        run_command(self.session, ["cmd", "apprights", "motion", *spoken(motion)])
        self.session.probe()  # the motion let time pass

    def _try_feed(self) -> None:
        """A motion of nothing, before any is put down as one that was made."""
        try:
            self._feed(Motion(seconds=LEAST.seconds))
            self.fed = "virtual"
        except CommandFailed as error:
            self.session.not_tried(RULE, _("not tried: {reason}", reason=error))

    def _by_hand(self, motion: Motion) -> None:
        session = self.session
        session.progress(_("{what}, then press Enter", what=_BY_HAND[motion.name]))
        until = session.uptime() + PERSON_SECONDS
        with said_done() as done:
            while not done.is_set() and session.uptime() < until:
                session.check_interrupted()
                session.idle(0.5)


def _is_moved(slot: AdSlot) -> bool:
    """Whether the phone is moved at a place: it covers the page, or tells to shake."""
    return slot.kind in FULL_SCREEN or any(word in slot.advert.words.casefold() for word in ADVERTS.words("lure.shakes"))


def _spoken(found: Threshold | None) -> str:
    """The least that jumped and the greatest that did not: 15.25 (14); of either that nobody tried a dash."""
    if found is None:
        return "?"
    return f"{found.jumped:.4g} ({'-' if found.kept is None else f'{found.kept:.4g}'})"
