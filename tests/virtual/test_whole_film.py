"""``--film``: what was up for half a second is in the film of the scenario; between its pieces no gap is untold."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual import Activity, App, Column, Text
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import ServerThread, devices_in_thread
from device_farm.virtual.spec import Spec
from harness.engine.check import drive_once
from harness.events import FilmHow, FilmTaken, Note
from harness.recording.film_file import frames_of
from harness.recording.journal import JOURNAL, read_journal
from harness.recording.run_folder import verify
from harness.recording.steps import Command, Film
from harness.restore.ledger import Ledger
from harness.session import whole_film
from harness.session.check_options import Options
from harness.session.reboot import reboot
from harness.session.session import Session
from harness.verdicts.analysis import Analysis

PACKAGE = "com.example.flash"
LATE, UP = 20.0, 0.5
SHOWN: list[float] = []
"""Uptime at which the dialog came."""


class Flash(App):
    package, label = PACKAGE, "闪现"

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Column(Text("今日要闻")))
            self.post_delayed(self.flash, LATE)

        def flash(self) -> None:
            SHOWN.append(self.elapsed_realtime() / 1000)
            self.show(Column(Text("恭喜中奖"), Text("红包 888 元"), Text("马上领取"), Text("仅限今日")))
            self.post_delayed(partial(self.show, Column(Text("今日要闻"))), UP)


@pytest.fixture
def thread() -> Iterator[ServerThread]:
    with devices_in_thread([lambda: VirtualDevice(Spec(apps=(Flash,)))]) as started:
        yield started


def filmed(thread: ServerThread, runs: Path, act: Callable[[Session], None]) -> Analysis:
    """A run that does one thing on film; sealed, whole, and nothing of it is left on the phone."""
    device = InProcessDevice(thread)
    analysis = drive_once(device, PACKAGE, Options(film=True), "act", lambda session, canary: act(session), runs=runs)
    assert verify(analysis.folder) == []
    with InProcessDevice(thread) as again:
        assert Ledger(again).changes() == []
        assert "apprights-film" not in again.shell("ls /data/local/tmp").stdout
    return analysis


def films(analysis: Analysis) -> list[FilmTaken]:
    return list(analysis.timeline.of(FilmTaken))


def listed(analysis: Analysis) -> str:
    return (analysis.folder / "raw/film-act.m3u").read_text("utf-8")


def launch_and_wait(session: Session) -> None:
    session.launch()
    for _second in range(30):
        session.idle(1)


def wait_for_piece(session: Session, number: int) -> None:
    """Let the computer's time pass until a piece has begun: the device's own runs ahead of it."""
    deadline = time.monotonic() + 20
    while f"act-{number:03d}" not in (session.folder.path / JOURNAL).read_text("utf-8") and time.monotonic() < deadline:
        time.sleep(0.05)


def test_a_dialog_of_half_a_second_is_in_the_film_behind_phone_and_clock(thread: ServerThread, tmp_path: Path) -> None:
    analysis = filmed(thread, tmp_path, launch_and_wait)
    (film,) = films(analysis)
    assert (film.how, film.note, film.path) == (FilmHow.MP4, "", "raw/film-act-001.mp4")
    shown = [(film.begin.uptime + seconds, frame) for seconds, frame in frames_of(analysis.folder / film.path)]
    up = [frame for at, frame in shown if SHOWN[-1] - 0.05 <= at < SHOWN[-1] + UP - 0.05]
    before = [frame for at, frame in shown if at < SHOWN[-1] - 0.05][-1]
    assert up
    assert np.count_nonzero(up[0] != before) > 1000
    steps = [step for _, _, step in read_journal(analysis.folder / JOURNAL) if isinstance(step, Film | Command)]
    told = [step.command for step in steps[1:3] if isinstance(step, Command)]
    assert isinstance(steps[0], Film)
    assert told == [f"am start -a {action}" for action in whole_film.HEAD]
    assert "shows no page" not in str(list(analysis.timeline.of(Note)))
    assert "film-act-001.mp4" in listed(analysis)


def test_pieces_follow_each_other_and_a_gap_is_told(thread: ServerThread, tmp_path: Path) -> None:
    def act(session: Session) -> None:
        session.launch()
        session.idle(whole_film.PIECE_SECONDS - 3)
        wait_for_piece(session, 2)
        session.idle(400)  # skipped at once: nobody can begin a piece meanwhile
        wait_for_piece(session, 3)
        session.idle(5)

    analysis = filmed(thread, tmp_path, act)
    first, second, third = films(analysis)
    assert second.begin <= first.end
    gap = third.begin.uptime - second.end.uptime
    assert gap > 100
    assert (first.note, third.note) == ("", f"{gap:.1f} s after the end of the piece before it, which nobody filmed")
    assert "limit of time" in second.note
    names = [line for line in listed(analysis).splitlines() if not line.startswith("#EXT")]
    assert names == ["film-act-001.mp4", "film-act-002.mp4", f"# not filmed: {gap:.1f} s", "film-act-003.mp4"]


def test_a_restart_ends_a_piece_and_begins_another(thread: ServerThread, tmp_path: Path) -> None:
    def act(session: Session) -> None:
        reboot(session)
        wait_for_piece(session, 2)
        launch_and_wait(session)

    first, *others = films(filmed(thread, tmp_path, act))
    assert (first.how, first.path) == (FilmHow.NONE, "")
    assert first.note
    assert [film.how for film in others][-1] is FilmHow.MP4


def test_a_phone_that_gives_no_film_is_told_and_checked(thread: ServerThread, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_film, "begin_film", lambda wanted: (None, "the screen may not be filmed"))
    analysis = filmed(thread, tmp_path, launch_and_wait)
    assert films(analysis) == []
    (note,) = [note for note in analysis.timeline.of(Note) if "no film" in note.text]
    assert "the screen may not be filmed" in note.text
    assert not note.problem
    assert analysis.unfinished is None


def test_a_film_leaves_room_on_the_disk(thread: ServerThread, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_film, "LEAST_SPACE", 1 << 60)

    def act(session: Session) -> None:
        session.launch()
        session.idle(whole_film.PIECE_SECONDS)
        deadline = time.monotonic() + 20
        while "fills the disk" not in (session.folder.path / JOURNAL).read_text("utf-8") and time.monotonic() < deadline:
            time.sleep(0.05)
        session.idle(60)

    analysis = filmed(thread, tmp_path, act)
    assert [film.path for film in films(analysis)] == ["raw/film-act-001.mp4"]
    assert any("fills the disk" in note.text for note in analysis.timeline.of(Note))
