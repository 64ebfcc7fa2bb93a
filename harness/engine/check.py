"""One check of one app from end to end: the run is opened, the scenarios drive, and what the device showed is judged.

The command line and the farm call ``check``. Under pytest each scenario is carried out when its first item is set up.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from harness.device.protocol import Device
from harness.engine.option_specs import RUNS
from harness.engine.scenario import Scenario, clause_of, in_order, installed_scenarios
from harness.engine.scenario_run import Drive, Run
from harness.explorer.control_candidates import control_candidates
from harness.explorer.control_runs import REACH_SECONDS, drive_controls
from harness.language import Text, _
from harness.rules import load_rules
from harness.session.check_options import Options
from harness.session.session import Session
from harness.session.wakefulness import kept_lit, wake
from harness.starts.segment_names import segment_words
from harness.verdicts.analysis import Analysis
from harness.verdicts.lacking import ABILITIES, undecided

LEFT_ALONE = 6
"""The clause whose rules watch an app that nobody looks at: there the screen goes off as its user is used to."""
LONG_SECONDS = 3600.0
"""What a scenario takes at least that is not worth its time without a verdict, or a second time [PROJECT]."""
INTERRUPTED = _("interrupted: what was recorded until now is judged")


def check(
    device: Device,
    app: str,
    options: Options | None = None,
    *,
    runs: Path = RUNS,
    scenarios: Iterable[Scenario] | None = None,
    progress: Callable[[str], None] = lambda text: None,
    wait: bool = False,
) -> Analysis:
    """Check ``app``, a package on the device or an APK file, and say what the rules found.

    ``scenarios`` are those that are installed, where none are given; only those with a rule of the clauses asked for
    drive. The device is closed at the end, the run folder is ``Analysis.folder``. Raises HarnessError where no run
    could be opened, sealed or read, DeviceBusy where another process uses the device and nobody is to ``wait`` for it.
    An error while driving ends that driving, and Ctrl-C ends all of it: what was recorded until then is sealed and
    judged.
    """
    options = options or Options()
    chosen = in_order(installed_scenarios() if scenarios is None else scenarios, options.clauses)
    run = Run.open(device, app, runs, options, progress, wait=wait)
    try:
        for scenario in chosen:
            run.plan(scenario.name, scenario.within(options.clauses, options.profile))
        times = [0.0 if left_out(scenario, options, run.abilities) else scenario.takes(options) for scenario in chosen]
        for number, scenario in enumerate(chosen, 1):
            run.session.run_progress.enter(scenario.name, number, len(chosen), times[number - 1], sum(times[number:]))
            carry_out(run, scenario)
    except KeyboardInterrupt:
        progress(INTERRUPTED)
    finally:
        analysis = run.close()
    return analysis


def left_out(scenario: Scenario, options: Options, abilities: Sequence[Mapping[str, Any]]) -> Text | None:
    """Why a scenario of hours is not driven: the phone, by ``first_tried``, lacks what each of its rules needs.

    A short one is driven: what accuses may be seen all the same.
    """
    if scenario.takes(options) < LONG_SECONDS:
        return None
    rules, run = {rule.id: rule for rule in load_rules()}, {ABILITIES: list(abilities)}
    causes = [undecided(rules[rule], run) for rule in scenario.within(options.clauses, options.profile)]
    if not causes or None in causes:
        return None
    return _("{name}: left out, none of its rules can be decided: {why}", name=segment_words(scenario.name), why=causes[0])


def _kept(run: Run, drive: Drive) -> Drive:
    """The driving, of which nothing stays on the phone."""

    def clean(session: Session, canary: str) -> None:
        run.keep_deliveries()
        drive(session, canary)

    return clean


def _awake(drive: Drive, *, lit: bool) -> Drive:
    """The driving, on a screen that shows something; ``lit`` to its end, where the app is used and not left alone."""

    def woken(session: Session, canary: str) -> None:
        wake(session)
        with kept_lit(session) if lit else nullcontext():
            drive(session, canary)

    return woken


def carry_out(run: Run, scenario: Scenario) -> None:
    """Drive the device by a scenario, then once more by what the app is accused of, where the scenario wants that.

    Hours are not spent on rules of which none can be decided.
    """
    if (why := left_out(scenario, run.session.options, run.abilities)) is not None:
        run.progress(why)
        run.drive(scenario.name, lambda session, canary: None)
        return
    used = any(clause_of(rule) != LEFT_ALONE for rule in scenario.rules)
    options = run.session.options  # who sits at the phone is asked for nothing twice
    again = scenario.fresh and scenario.takes(options) < LONG_SECONDS and not options.pause
    (run.drive_undisturbed if again else run.drive)(scenario.name, _kept(run, _awake(scenario.drive, lit=used)))
    if scenario.controls and (found := control_candidates(run.analysis, run.folder)):
        judged = [verdict.rule.id for verdict in run.analysis.verdicts if any(one.tried_again for one in verdict.findings)]
        run.plan("control-run", judged)
        run_progress = run.session.run_progress
        run_progress.enter("control-run", run_progress.number, run_progress.total, 2 * len(found) * REACH_SECONDS, run_progress.later)
        run.drive_undisturbed("control-run", _awake(drive_controls(found), lit=True))


def drive_once(
    device: Device,
    app: str,
    options: Options,
    name: str,
    drive: Drive,
    *,
    runs: Path = RUNS,
    progress: Callable[[str], None] = lambda text: None,
    wait: bool = False,
    screen: bool = True,
) -> Analysis:
    """One driving of ``app`` in a run of its own, judged by every rule of the clauses; errors as in ``check``.

    Without ``screen`` the phone's screen is left as its user has it.
    """
    run = Run.open(device, app, runs, options, progress, wait=wait, screen=screen)
    try:
        run.plan(name, [rule.id for rule in load_rules() if rule.within(options.clauses) and rule.is_of(options.profile)])
        run.drive(name, _awake(drive, lit=True) if screen else drive)
    except KeyboardInterrupt:
        progress(INTERRUPTED)
    finally:
        analysis = run.close()
    return analysis
