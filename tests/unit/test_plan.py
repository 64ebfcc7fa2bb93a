"""What was planned and has no whole record is inconclusive, with its cause; what was seen stands."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from harness.detectors import ALL
from harness.engine.scenario_run import Run
from harness.errors import DeviceLost, ScenarioError
from harness.events import Instant, Source, Unfinished
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.recording.steps import Drive, Edge, NotTried, RunInterrupted
from harness.replay.run_replay import RunReplay
from harness.rules import load_rules
from harness.session.session import Session
from harness.verdicts.judge import judge
from tests.unit.test_run_broken_off import APP, run

__all__ = ["run"]

LOOP, EXIT = "c5-dialog-loop", "c5-exit-after-denial"
RULES = [rule for rule in load_rules() if rule.id in (LOOP, EXIT)]


def nothing(session: Session, canary: str) -> None:
    """A driving without an act."""


def fails(error: BaseException):
    def drive(session: Session, canary: str) -> None:
        raise error

    return drive


def judged(run: Run) -> dict[str, tuple[Outcome, str, str]]:
    return {v.rule.id: (v.outcome, v.reason_zh, v.reason_en) for v in judge(RunReplay(run.folder, APP).timeline(), APP, RULES)}


@pytest.fixture
def planned(run: Run) -> Run:
    run.plan("loop", [LOOP])
    run.plan("exit", [EXIT])
    return run


def test_what_was_driven_to_its_end_is_judged_as_ever(planned: Run) -> None:
    planned.drive("loop", nothing)
    planned.drive("exit", nothing)
    assert {outcome for outcome, *_ in judged(planned).values()} == {Outcome.NOT_EXERCISED}


def test_what_never_began_is_open_and_the_rest_is_not(planned: Run) -> None:
    planned.drive("loop", nothing)  # and the process is killed here
    found = judged(planned)
    assert found[LOOP][0] is Outcome.NOT_EXERCISED
    outcome, zh, en = found[EXIT]
    assert outcome is Outcome.INCONCLUSIVE
    assert zh.startswith("未完成：")
    assert "没有开始" in zh
    assert "never begun: the recording breaks off" in en
    assert "disk" not in en


def test_what_broke_off_tells_the_cause(planned: Run) -> None:
    planned.drive("loop", fails(ScenarioError("the app does not start")))
    planned.drive("exit", nothing)
    found = judged(planned)
    assert found[LOOP][0] is Outcome.INCONCLUSIVE
    assert found[LOOP][2].endswith("begun and not completed: the app does not start")


def test_after_a_lost_device_nothing_is_said_of_what_never_began(planned: Run) -> None:
    planned.drive("loop", fails(DeviceLost("S1 is offline")))
    planned.drive("exit", nothing)
    found = judged(planned)
    assert found[EXIT][0] is Outcome.INCONCLUSIVE
    assert found[EXIT][2].endswith("never begun: S1 is offline")


def test_an_error_of_ours_is_told_with_its_place(planned: Run) -> None:
    with pytest.raises(ZeroDivisionError):
        planned.drive("loop", fails(ZeroDivisionError("by nought")))
    planned.drive("exit", nothing)
    outcome, _, en = judged(planned)[LOOP]
    assert outcome is Outcome.INCONCLUSIVE
    assert "ZeroDivisionError: by nought (test_plan.py:" in en


def test_an_interrupted_run_says_so_in_each_rule(planned: Run) -> None:
    with pytest.raises(KeyboardInterrupt):
        planned.drive("loop", fails(KeyboardInterrupt()))
    planned.session.journal.write(RunInterrupted(signal="SIGINT"))
    found = judged(planned)
    assert {outcome for outcome, *_ in found.values()} == {Outcome.INCONCLUSIVE}
    assert all("检测被中断" in zh and "the check was interrupted" in en for _, zh, en in found.values())


def test_what_nobody_wanted_stays_so(planned: Run) -> None:
    planned.session.journal.write(NotTried(rule=LOOP, zh="未要求", en="nobody asked"))
    planned.drive("loop", fails(ScenarioError("broken")))
    assert judged(planned)[LOOP][0] is Outcome.NOT_EXERCISED


def test_while_it_is_recorded_what_may_come_is_no_hole(planned: Run) -> None:
    live = RunReplay(planned.folder, APP)
    live.recording = True
    assert live.timeline().of(Unfinished) == []
    planned.drive("loop", fails(ScenarioError("broken")))
    assert [event.rule for event in live.timeline().of(Unfinished)] == [LOOP]
    live.recording = False
    assert [event.rule for event in live.timeline().of(Unfinished)] == [LOOP, EXIT]
    assert list(live.timeline()) == list(RunReplay(planned.folder, APP).timeline())


def test_a_run_of_an_older_version_has_no_plan_and_no_hole(run: Run) -> None:
    run.session.journal.write(Drive(what=Edge.START, name="loop"))
    run.session.journal.write(Drive(what=Edge.END, name="loop"))
    assert {outcome for outcome, *_ in judged(run).values()} == {Outcome.NOT_EXERCISED}


@pytest.mark.parametrize("outcome", Outcome)
def test_a_hole_never_makes_a_verdict_milder_or_stronger(outcome: Outcome, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [Finding(rule=LOOP, outcome=outcome, part="one", reason_zh="看到", reason_en="seen")]
    monkeypatch.setitem(ALL, LOOP, lambda timeline, app, rule: found)
    hole = Unfinished(at=Instant(0, 1.0), source=Source.SESSION, rule=LOOP, scenario="loop", reason_zh="未完成", reason_en="not finished")
    (rule,) = (rule for rule in RULES if rule.id == LOOP)
    (verdict,) = judge(Timeline([hole]), APP, [rule])
    seen = outcome in (Outcome.VIOLATION, Outcome.SUSPECTED)
    (without,) = judge(Timeline([]), APP, [rule])
    assert verdict.outcome is (without.outcome if seen else Outcome.INCONCLUSIVE)
    assert "未完成" in verdict.reason_zh
    assert ("seen" in verdict.reason_en) is seen


KILLED = """
import os, signal, sys
from pathlib import Path
from harness.recording.journal import Journal
from harness.recording.steps import Drive, Edge, Planned, Probe
journal = Journal(Path(sys.argv[1]))
journal.write(Probe(before=1.0, after=1.1, wall=1790448214.5, uptime=300.0, wall_error=0.001))
for name, rule in (("loop", "c5-dialog-loop"), ("exit", "c5-exit-after-denial")):
    journal.write(Planned(scenario=name, rule=rule))
for edge in (Edge.START, Edge.END):
    journal.write(Drive(what=edge, name="loop"))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_a_process_killed_between_two_scenarios_leaves_a_hole(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "raw" / "session.jsonl")], check=False, env=dict(os.environ))
    assert done.returncode == -signal.SIGKILL
    found = {verdict.rule.id: verdict.outcome for verdict in judge(RunReplay(tmp_path, APP).timeline(), APP, RULES)}
    assert found == {LOOP: Outcome.NOT_EXERCISED, EXIT: Outcome.INCONCLUSIVE}
