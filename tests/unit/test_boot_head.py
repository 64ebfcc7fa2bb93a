"""Whether a buffer still has the beginning of a boot: what starts then is counted from it."""

from pathlib import Path

import pytest

from harness.events import Source
from harness.events.app_under_test import AppUnderTest
from harness.recording.journal import Journal
from harness.recording.steps import Probe
from harness.replay.run_replay import RunReplay

APP = AppUnderTest(package="com.example.shop", uid=10123)
WALL = 1790448214.0
READY = "I boot_progress_ams_ready: 20000"
STARTED = "I am_proc_start: [0,1240,10102,com.example.shop,broadcast,{com.example.shop/com.example.shop.Boot}]"


def entry(uptime: float, text: str) -> str:
    """A line of the boot that began 100 s after WALL."""
    return f"         {WALL + 100 + uptime:.6f}  1000  1203  2406 {text}\n"


@pytest.mark.parametrize(
    ("events", "system", "whole"),
    [
        ([(20.0, READY), (31.0, STARTED)], [(20.0, "I SystemServer: ready")], (True, True)),
        ([(31.0, STARTED)], [(20.0, "I SystemServer: ready")], (False, False)),
        ([(20.0, READY), (31.0, STARTED)], [(32.0, "I SystemServer: late")], (True, False)),
        ([], [], (False, False)),
    ],
)
def test_the_beginning_of_a_boot(
    events: list[tuple[float, str]], system: list[tuple[float, str]], whole: tuple[bool, bool], tmp_path: Path
) -> None:
    (tmp_path / "raw").mkdir()
    journal = Journal(tmp_path / "raw" / "session.jsonl")
    journal.write(Probe(before=1.0, after=1.1, wall=WALL, uptime=300.0, wall_error=0.001))
    journal.write(Probe(before=141.0, after=141.1, wall=WALL + 140.0, uptime=40.0, wall_error=0.001))
    journal.close()
    for name, lines in (("events", events), ("system", system)):
        text = "".join(entry(*line) for line in lines)
        (tmp_path / "raw" / f"{name}.txt").write_text(text, encoding="utf-8")
    timeline = RunReplay(tmp_path, APP).timeline()
    assert (timeline.has_beginning(Source.EVENTS, 1), timeline.has_beginning(Source.SYSTEM, 1)) == whole
    assert timeline.has_beginning(Source.EVENTS, 0)  # nobody counts from the beginning of the first boot
