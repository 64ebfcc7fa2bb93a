"""A shared night: several apps on one phone, each with the run folder and the verdicts of a check of its own.

A phone that is watched for what apps do by themselves rests nearly all of the time; here it rests for all of them.
"""

import signal
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from harness.abilities.kept import first_tried
from harness.device.protocol import Device
from harness.engine.check import INTERRUPTED, left_out
from harness.engine.interruption import Interruption
from harness.engine.option_specs import RUNS
from harness.engine.scenario import Scenario, in_order, installed_scenarios
from harness.engine.scenario_run import mistake
from harness.errors import DeviceLost, EvidenceError, HarnessError, ScenarioError
from harness.language import _, chinese, text_of
from harness.recording import steps
from harness.restore.device_lock import DeviceLock
from harness.restore.ledger import put_back
from harness.session.check_options import Options
from harness.session.concurrent_sessions import ConcurrentSessions
from harness.session.readiness import need_ready
from harness.session.session import Session
from harness.session.session_lifecycle import settings_component
from harness.session.shared_device import close_shared, open_shared
from harness.session.wakefulness import need_unlocked, wake
from harness.starts.segment_names import segment_words
from harness.verdicts.analysis import Analysis, analyse
from harness.verdicts.lacking import lacks_told


@dataclass(frozen=True, slots=True)
class AppResult:
    """What became of one app of a night: its analysis, or why there is none.

    ``errors`` broke off a driving, for this app or for all.
    """

    app: str
    analysis: Analysis | None = None
    problem: HarnessError | None = None
    errors: tuple[BaseException, ...] = ()


def check_together(
    device: Device,
    asked: Sequence[tuple[str, Options]],
    *,
    runs: Path = RUNS,
    scenarios: Iterable[Scenario] | None = None,
    progress: Callable[[str], None] = lambda text: None,
    recording: Callable[[int, Path], None] = lambda place, folder: None,
    wait: bool = False,
) -> list[AppResult]:
    """Check several apps at once (``asked``: a package on the device or an APK file, with its options), in their order.

    All must ask for the same clauses, of which every scenario can be shared: clause 6 has such. An app that cannot be
    installed or opened is served a problem, and the others go on. ``recording`` is told of the run folder of each, by
    its place, once there is one. Otherwise as ``check``: the device is closed at the end; errors while driving, Ctrl-C
    and a lost phone end that driving, and what was recorded is sealed and judged.
    """
    chosen = _shared(asked, installed_scenarios() if scenarios is None else scenarios)
    lock = DeviceLock.take(device, ", ".join(app for app, _options in asked), wait=wait, tell=progress)
    interruption = Interruption(lock.ledger, progress)
    try:
        interruption.listen()
        need_unlocked(device)
        need_ready(device, "", screen=True)
        abilities = first_tried(device, screen=True)
        for told in lacks_told(abilities):
            progress(told)
        for scenario in list(chosen):
            if (why := left_out(scenario, asked[0][1], abilities)) is not None:
                progress(why)
                chosen.remove(scenario)
        opened = open_shared(device, asked, runs, progress, abilities=abilities)
        for place, session in opened.targets.items():
            recording(place, session.folder.path)
        night = _Night(opened.concurrent, interruption, lock, progress) if opened.concurrent is not None else None
        if night is not None:
            night.carry_out(chosen)
    finally:
        interruption.closing = True
        with suppress(HarnessError):  # a phone that is away gets it back at its next connect
            put_back(device, progress)
        lock.release()
        device.close()
        interruption.stop()
    return [
        night.served(app, opened.targets[place])
        if night is not None and place in opened.targets
        else AppResult(app, problem=opened.problems[place])
        for place, (app, _options) in enumerate(asked)
    ]


def _shared(asked: Sequence[tuple[str, Options]], scenarios: Iterable[Scenario]) -> list[Scenario]:
    """The scenarios of the clauses that all ask for; raises ScenarioError where they cannot be shared."""
    if not asked:
        raise ScenarioError(_("a night needs an app"))
    clauses = asked[0][1].clauses
    if any(set(options.clauses) != set(clauses) for _app, options in asked):
        raise ScenarioError(_("the apps of a night ask for different clauses: check those together that ask for the same"))
    chosen = in_order(scenarios, clauses)
    if alone := [scenario.name for scenario in chosen if scenario.together is None]:
        raise ScenarioError(
            _("{names}: several apps cannot be checked so at once; add '--clause 6'", names=", ".join(map(str, map(segment_words, alone))))
        )
    return chosen


class _Night:
    """The concurrent sessions of one phone, driven by one scenario after the other."""

    def __init__(
        self, concurrent: ConcurrentSessions, interruption: Interruption, lock: DeviceLock, progress: Callable[[str], None]
    ) -> None:
        self._concurrent, self._interruption, self._lock, self._progress = concurrent, interruption, lock, progress
        self._lost = ""
        self._canary = ""
        self._errors: dict[str, list[BaseException]] = {session.app.package: [] for session in concurrent.sessions}
        self._unsealed: dict[str, HarnessError] = {}
        for session in (concurrent.phone, *concurrent.sessions):
            session.check_interrupted = self._need_phone

    def _need_phone(self, *, beat: bool = False) -> None:
        self._interruption.check()
        self._lock.need_ours(self._concurrent.phone.journal, beat=beat)

    def served(self, app: str, session: Session) -> AppResult:
        """The verdicts of an app once all is over."""
        errors = tuple(self._errors[session.app.package])
        problem = self._unsealed.get(session.app.package)
        try:
            return AppResult(app, None if problem is not None else analyse(session.folder.path), problem, errors)
        except HarnessError as error:
            return AppResult(app, problem=error, errors=errors)

    def carry_out(self, scenarios: Sequence[Scenario]) -> None:
        """Drive the phone and seal the folders."""
        left, number = [scenario.name for scenario in scenarios], 0
        sessions, run_progress = self._concurrent.sessions, self._concurrent.phone.run_progress
        times = [max(scenario.takes(session.options) for session in sessions) for scenario in scenarios]
        for session in (one for one in sessions if one.options.film):
            session.note(_("no film: several apps share the phone, and a film would show all of them"))
        try:
            for scenario in scenarios:
                for session in sessions:
                    for rule in scenario.within(session.options.clauses, session.options.profile):
                        session.journal.write(steps.Planned(scenario=scenario.name, rule=rule))
            for place, scenario in enumerate(scenarios, 1):
                run_progress.enter(scenario.name, place, len(scenarios), times[place - 1], sum(times[place:]))
                self._drive(scenario)
                left.remove(scenario.name)
        except KeyboardInterrupt:
            number = self._interruption.number or signal.SIGINT
            self._progress(INTERRUPTED)
        finally:
            self._concurrent.begin()
            number = number or self._interruption.number
            if left and number:
                with suppress(EvidenceError):
                    self._concurrent.phone.journal.write(steps.RunInterrupted(signal=signal.Signals(number).name))
            self._interruption.closing = True
            self._unsealed = close_shared(self._concurrent)

    def _drive(self, scenario: Scenario) -> None:
        """Drive the phone once for all; whoever broke off on the way, or all of them, are told why."""
        concurrent, phone, why = self._concurrent, self._concurrent.phone, self._lost
        broke: BaseException | None = None
        concurrent.begin()
        assert scenario.together is not None
        try:
            if not why:
                phone.check_interrupted()
                phone.journal.write(steps.Drive(what=steps.Edge.START, name=scenario.name))
                self._canary = self._canary or settings_component(phone)
                wake(phone)
                scenario.together(concurrent, self._canary)
            self._need_phone(beat=True)
        except HarnessError as error:
            why, broke = text_of(error), error
            self._lost = why if isinstance(error, DeviceLost) else ""
            self._progress(_("{name}: {error}", name=segment_words(scenario.name), error=error))
            with suppress(EvidenceError):
                phone.note(why, problem=True)
        except KeyboardInterrupt:
            why = _("interrupted")
            raise
        except BaseException as error:
            why, broke = mistake(error), error
            raise
        finally:
            with suppress(EvidenceError):
                phone.flush_logs()
                for session in concurrent.sessions:
                    self._end(session, scenario.name, why, broke)

    def _end(self, session: Session, name: str, why: str, broke: BaseException | None) -> None:
        """Write the end of a driving into the journal of an app, with why its part broke off."""
        error = self._concurrent.dropped.get(session.app.package)
        if (cause := error or broke) is not None:
            self._errors[session.app.package].append(cause)
        if error is not None:
            why = text_of(error)
            self._progress(_("{package}: {name}: {error}", package=session.app.package, name=segment_words(name), error=error))
            session.note(why, problem=True)
        session.journal.write(steps.Drive(what=steps.Edge.END, name=name, note=why, note_zh=chinese(why)))
