"""A driving that ends badly: whatever could still be written, nothing that depends on it is decided."""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from harness.device.protocol import ShellResult
from harness.engine.scenario_run import Run
from harness.errors import DeviceLost
from harness.events import Note
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Outcome
from harness.recording.journal import Journal
from harness.recording.steps import Probe
from harness.replay.run_replay import RunReplay
from harness.rules import load_rules
from harness.session.check_options import Options
from harness.session.session import Session
from harness.verdicts.judge import judge

APP = AppUnderTest(package="com.example.shop", uid=10123)


class Phone:
    serial = "S1"

    def shell(self, command, *, timeout=30.0):
        return ShellResult("priority=0\ncom.android.settings/.Settings\n", "", 0)


@dataclass
class Folder:
    path: Path
    said: list[str] = field(default_factory=list)


@pytest.fixture
def run(tmp_path):
    (tmp_path / "raw").mkdir()
    journal = Journal(tmp_path / "raw" / "session.jsonl")
    journal.write(Probe(before=1.0, after=1.1, wall=1790448214.5, uptime=300.0, wall_error=0.001))
    folder = Folder(tmp_path)
    yield Run(Session(Phone(), APP, folder, journal, Options()), folder.said.append)
    journal.close()


def problems(run):
    return [note.text for note in RunReplay(run.folder, APP).timeline().of(Note) if note.problem]


def outcomes(run):
    return {verdict.outcome for verdict in judge(RunReplay(run.folder, APP).timeline(), APP, load_rules())}


def test_a_driving_that_ends_well_is_no_problem(run):
    run.drive("denial", lambda session, canary: session.note(canary))
    assert problems(run) == []
    assert outcomes(run) == {Outcome.NOT_EXERCISED}
    assert run.session.folder.said == []


def test_an_error_is_noted_and_a_lost_device_is_not_driven_again(run):
    def drive(session, canary):
        raise DeviceLost("S1 is offline")

    run.drive("denial", drive)
    run.drive("relaunch", lambda session, canary: pytest.fail("driven again"))
    assert problems(run) == ["S1 is offline"]
    assert run.session.folder.said == ["'denial': S1 is offline"]
    assert outcomes(run) == {Outcome.INCONCLUSIVE}


def test_a_disk_that_is_full_leaves_nothing_decided(run, full_disk):
    def drive(session, canary):
        with full_disk(600):
            session.note("x" * 1000)

    run.drive("denial", drive)
    assert problems(run) == ["'denial': the recording breaks off: the check was ended by force, or could not be written any more"]
    assert "make room on the disk" in run.session.folder.said[0]
    assert outcomes(run) == {Outcome.INCONCLUSIVE}


def test_a_signal_whose_exception_was_lost_in_a_library_ends_the_driving_at_the_next_wait(run):
    came = []

    def check():
        if came:
            raise KeyboardInterrupt

    def drive(session, canary):
        with suppress(KeyboardInterrupt):  # as a bare ``except`` around an import does
            came.append(2)
            raise KeyboardInterrupt
        with session.segment("walk"):
            pytest.fail("driven on")

    run.session.check_interrupted = check
    with pytest.raises(KeyboardInterrupt):
        run.drive("denial", drive)
    with pytest.raises(KeyboardInterrupt):
        run.drive("relaunch", lambda session, canary: pytest.fail("driven again"))
