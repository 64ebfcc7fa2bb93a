"""Run: one session as scenarios and rules see it — drive the device once, then judge what it showed."""

from __future__ import annotations

import json
import signal
import time
import traceback
from collections.abc import Callable, Iterable
from contextlib import ExitStack, nullcontext, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from harness.abilities.kept import first_tried
from harness.device.protocol import Device
from harness.engine.interruption import Interruption
from harness.errors import DeviceLost, Disturbed, EvidenceError, HarnessError
from harness.events import AppCovered, SlowAct
from harness.language import _, chinese, text_of
from harness.maps.graph import WALK_FILE
from harness.maps.walk_end import ACTS_FILE, acted_in
from harness.recording import steps
from harness.replay.run_replay import RunReplay
from harness.restore.device_lock import DeviceLock
from harness.restore.ledger import put_back
from harness.session.check_options import Options
from harness.session.delivery_monitor import DeliveryMonitor
from harness.session.readiness import need_ready
from harness.session.seen_acts import TOAST_SECONDS
from harness.session.session import Session
from harness.session.session_lifecycle import close_session, open_session, settings_component
from harness.session.wakefulness import need_unlocked
from harness.session.whole_film import filmed_throughout
from harness.starts.segment_names import segment_words
from harness.verdicts.analysis import Analysis, analyse, examine, follow
from harness.verdicts.judge import Verdict
from harness.verdicts.lacking import lacks_told

Drive = Callable[[Session, str], None]

LONGEST = 300
"""Characters of the reason why a driving ended."""
DOWNLOADS = 7
"""The clause for which what any scenario loads is evidence."""
MOST_TOASTS = 5
"""Toasts that wait for their turn in an app's name, whether it lives or not (MAX_PACKAGE_TOASTS of AOSP's
NotificationManagerService, since 12)."""


@dataclass(slots=True)
class Run:
    """One app on one device in one session."""

    session: Session
    progress: Callable[[str], None] = lambda text: None
    _replay: RunReplay | None = None
    _analysis: Analysis | None = None
    _problem: HarnessError | None = None
    _canary: str = ""  # the settings screen that canaries start, asked for once
    _lock: DeviceLock | None = None
    _interruption: Interruption | None = None
    _interrupted: int = 0
    _kept: ExitStack = field(default_factory=ExitStack)  # what ends with the run, before the phone is put back
    driven: list[str] = field(default_factory=list)
    abilities: list[dict[str, Any]] = field(default_factory=list)
    _cut: bool = False  # whether a driving was left before its end
    _acted: dict[str, dict[str, str]] = field(default_factory=dict)  # as in ACTS_FILE
    _planned: set[str] = field(default_factory=set)
    """Scenarios that are still to come to their end."""

    @classmethod
    def open(
        cls,
        device: Device,
        target: str,
        runs: Path,
        options: Options,
        progress: Callable[[str], None] = lambda text: None,
        *,
        wait: bool = False,
        screen: bool = True,
    ) -> Run:
        """Take the device, with ``wait`` after whoever uses it, and open the session.

        Raises DeviceBusy where another process uses the device, ScenarioError where it is not ready for a check
        (``need_ready``) or the app is to be started on a ``screen`` that is locked; see ``open_session`` for the rest.
        """
        lock = DeviceLock.take(device, target, wait=wait, tell=progress)
        interruption = Interruption(lock.ledger, progress)
        try:
            interruption.listen()
            if screen:
                need_unlocked(device)
            need_ready(device, target, screen=screen)
            abilities = first_tried(device, screen=screen)
            session = open_session(device, target, runs, options, progress, launches=screen, abilities=abilities)
            progress(_("{package} on {serial}", package=session.app.package, serial=device.serial))
            for told in lacks_told(abilities):
                progress(told)
        except BaseException:
            interruption.stop()
            lock.release()
            raise
        run = cls(session, progress, _lock=lock, _interruption=interruption, abilities=abilities)
        session.check_interrupted = run.need_phone
        return run

    @property
    def analysis(self) -> Analysis:
        """What was seen so far, replayed and judged."""
        if self._analysis is None:
            self._analysis = examine(self.folder, self._followed())
        return self._analysis

    def _followed(self) -> RunReplay:
        """The one replay of this run; it reads on each time."""
        if self._replay is None:
            self._replay = follow(self.folder)
            self._replay.recording = True
        return self._replay

    @property
    def folder(self) -> Path:
        return self.session.folder.path

    def need_phone(self, *, beat: bool = False) -> None:
        """Raise KeyboardInterrupt where the tester ended the driving, DeviceBusy where somebody else took the phone."""
        if self._interruption is not None:
            self._interruption.check()
        if self._lock is not None:
            self._lock.need_ours(self.session.journal, beat=beat)

    def plan(self, scenario: str, rules: Iterable[str]) -> None:
        """Write down that a scenario will drive for these rules; if it does not come to its end, they are open."""
        self._analysis = None
        for rule in rules:
            self._planned.add(scenario)
            self.session.journal.write(steps.Planned(scenario=scenario, rule=rule))

    def drive(self, name: str, drive: Drive) -> None:
        """Drive the device once. An error ends the driving, not the run: what was seen until then is judged.

        A device that was lost is not asked again; the streams that broke off make what rests on them inconclusive.
        On a full disk not even the error can be noted: then the missing end of the driving tells of it.
        """
        self._analysis = None
        self.driven.append(name)
        write = self.session.journal.write
        why = text_of(self._problem) if isinstance(self._problem, DeviceLost) else ""
        try:
            if not why:
                self.session.check_interrupted()
                write(steps.Drive(what=steps.Edge.START, name=name))
                self._canary = self._canary or settings_component(self.session)
                with filmed_throughout(self.session, name) if self.session.options.film else nullcontext():
                    drive(self.session, self._canary)
                self.need_phone(beat=True)
                self._planned.discard(name)
        except Disturbed as error:
            why = text_of(error)
            self.progress(_("{name}: {error}; it is done again", name=segment_words(name), error=error))
        except HarnessError as error:
            self._problem, why = error, text_of(error)
            self.progress(_("{name}: {error}", name=segment_words(name), error=error))
            with suppress(EvidenceError):
                self.session.note(text_of(error), problem=True)
        except KeyboardInterrupt:
            self._interrupted, self._cut, why = self.interrupted or signal.SIGINT, True, _("interrupted")
            raise
        except BaseException as error:
            why = mistake(error)
            raise
        finally:
            self._tell_acts(name)
            with suppress(EvidenceError):
                self.session.flush_logs()
                write(steps.Drive(what=steps.Edge.END, name=name, note=why, note_zh=chinese(why)))

    def _tell_acts(self, name: str) -> None:
        """Keep what acted in the user's name for the first time; without the map of a walk, which names it, note it."""
        known = {caption for acts in self._acted.values() for caption in acts}
        if not (new := {caption: said for caption, said in self.session.acts.told.items() if caption not in known}):
            return
        self._acted.setdefault(name, {}).update(new)
        if not (self.session.folder.path / WALK_FILE).exists():
            with suppress(EvidenceError):
                self.session.tell(acted_in(segment_words(name), new))

    def drive_undisturbed(self, name: str, drive: Drive) -> None:
        """Drive the device; where a window of others lies over the app, give up and drive once more from the start.

        So, too, where only the record tells of one, or an outcome hangs on when a slow act of ours was done. The second
        time what comes is waited for, and what it covers counts as not seen.
        """
        way, began = self.session.way, time.monotonic()
        way.gives_up = True
        try:
            self.drive(name, drive)
        finally:
            disturbed, way.gives_up = not way.gives_up, False
        if disturbed or (name not in self._planned and self._disturbed_since(began)):
            self.session.begin_again(began)
            self.session.run_progress.enter_again()
            self.drive(name, partial(from_nothing, drive))

    def _disturbed_since(self, host: float) -> bool:
        start, timeline = self.session.clock.at_host(host), self._followed().timeline()
        if any(window.until >= start for window in timeline.of(AppCovered)):
            return True
        slow = {act for act in timeline.of(SlowAct) if act.at >= start}
        return bool(slow) and any(not slow.isdisjoint(one.facts) for verdict in self.analysis.verdicts for one in verdict.findings)

    def keep_deliveries(self) -> None:
        """From now on what the app brings to the phone is taken away at the end of the run, or it is told why not."""
        if self.session.deliveries is None:
            self.session.deliveries = DeliveryMonitor(self.session)
            self._kept.enter_context(self.session.deliveries.ledger_for())
            if DOWNLOADS in self.session.options.clauses:
                self.session.deliveries.baseline()

    def verdict(self, rule: str) -> Verdict:
        """The verdict of one rule on what was seen so far."""
        return next(verdict for verdict in self.analysis.verdicts if verdict.rule.id == rule)

    @property
    def interrupted(self) -> int:
        """The signal by which the tester ended the run before its end, 0 where nobody did."""
        return self._interrupted or (self._interruption.number if self._interruption is not None else 0)

    def close(self) -> Analysis:
        """Put the phone back, seal the run folder and analyse it."""
        if (number := self.interrupted) and (self._cut or self._planned):  # else nothing is missing
            with suppress(EvidenceError):
                self.session.journal.write(steps.RunInterrupted(signal=signal.Signals(number).name))
        if self._interruption is not None:
            self._interruption.closing = True
        with suppress(HarnessError):  # then it is in the ledger still
            self._kept.close()
        try:
            self._seal()
            self._followed().recording = False
            self._analysis = self._judged()
        finally:
            if self._interruption is not None:
                self._interruption.stop()
        return self._analysis

    def _judged(self) -> Analysis:
        """The verdicts, written beside the record; where that fails, the record is whole and can be judged later."""
        try:
            return analyse(self.folder, self._followed())
        except EvidenceError as error:
            told = _(
                "{error}; the run is recorded and sealed, and its verdicts are missing: 'apprights analyse {folder}' judges it",
                error=error,
                folder=self.folder,
            )
            raise EvidenceError(told) from error

    def _seal(self) -> None:
        """End the recording and give the phone back, whatever becomes of the other."""
        if self._acted:
            with suppress(EvidenceError):
                acts = json.dumps(self._acted, ensure_ascii=False, indent=1) + "\n"
                self.session.folder.write(ACTS_FILE, acts.encode("utf-8", "backslashreplace"))
        try:
            close_session(self.session)
        finally:
            with suppress(HarnessError):  # a phone that is away gets it back at its next connect
                put_back(self.session.device, self.progress)
            if self._lock is not None:
                self._lock.release()
            self.session.device.close()


def mistake(error: BaseException) -> str:
    """An error that is not meant for a user, on one line with its place: it tells why the record has a hole."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    told = " ".join(f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})".split())[:LONGEST]
    return _("mistake of AppRights: {told}", told=told)


def from_nothing(drive: Drive, session: Session, canary: str) -> None:
    """Drive an app that nothing is left of: its Toasts outlive it, and would be read at its new start."""
    session.stop()
    for _toast in range(MOST_TOASTS):
        session.idle(TOAST_SECONDS)
        if not session.device.toast():
            break
    drive(session, canary)
