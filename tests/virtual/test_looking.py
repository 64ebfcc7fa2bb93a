"""The screen is looked at when something changed: seldom, and in time for what is there for a moment only."""

from pathlib import Path

import pytest

from device_farm.samples.sample import OWN_APPS
from harness.device.adb import PrivateAdbServer
from harness.session.app_ops_polling import READING
from harness.session.polling_interval import BURST, STEP_SECONDS
from harness.session.screen_watch import Watch
from harness.session.session import Session
from tests.looks import check

pytestmark = pytest.mark.usefixtures("slow_time")

APPS = Path(__file__).parent / "looking"
WATCHED = 40.0
LOOKS_A_TREE, CONNECTIONS, CALLS = 3.0, 110, 200
"""What a small sample comes to at most, with some slack: 2.3 looks for each new tree, 95 connections and 160 calls were
measured."""


def watch(session: Session, canary: str) -> None:
    session.reset()
    session.launch()
    Watch(session, WATCHED).run()


def test_a_notice_that_is_up_for_300_ms_is_seen_each_time(tmp_path: Path, server: PrivateAdbServer) -> None:
    counts, _, journal = check(APPS / "flash.py", tmp_path, server.port, drive=watch)
    trees = "".join(record["xml"] for record in journal if record["step"] == "tree")
    assert [number for number in (1, 2, 3) if f"第{number}次提示" in trees] == [1, 2, 3]
    assert counts.looks <= 20


def test_a_page_that_never_rests_is_looked_at_as_often_as_before(tmp_path: Path, server: PrivateAdbServer) -> None:
    counts, _, _ = check(APPS / "countdown.py", tmp_path, server.port, drive=watch)
    assert WATCHED / STEP_SECONDS / 2 < counts.looks <= WATCHED / STEP_SECONDS + 2 * BURST
    assert counts.trees > WATCHED / STEP_SECONDS / 2


def test_a_check_asks_a_device_seldom(tmp_path: Path, server: PrivateAdbServer) -> None:
    counts, analysis, journal = check(OWN_APPS / "asks_when_used.py", tmp_path, server.port)
    assert counts.looks <= LOOKS_A_TREE * counts.trees
    readings = sum(step["step"] == "reading" and step["name"] == READING for step in journal)
    assert counts.connections <= CONNECTIONS, "the app ops are read by one shell that stays"
    assert counts.calls - readings <= CALLS
    assert {verdict.rule.id: verdict.outcome.value for verdict in analysis.verdicts}["c5-exit-after-denial"] == "clear"
