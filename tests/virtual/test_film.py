"""A film of an act on an advert: what was up for half a second is found, by phones that film well, badly or not."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual import Activity, App, Button, Column, Text
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import ServerThread, devices_in_thread
from device_farm.virtual.faults.switching import switch
from device_farm.virtual.kernel.device_clock import DeviceClock
from device_farm.virtual.spec import Spec
from harness.device.adb import PrivateAdbServer, connect
from harness.device.protocol import Device
from harness.errors import DeviceLost, EvidenceError, ScenarioError
from harness.events import FilmHow, FilmMoment, FilmTaken
from harness.events.action_kinds import Purpose
from harness.recording.film_file import frames_of
from harness.recording.journal import JOURNAL, read_journal
from harness.recording.run_folder import RunFolder, verify
from harness.recording.steps import Edge, Film
from harness.replay.run_replay import RunReplay
from harness.restore.ledger import Ledger
from harness.session import filming
from harness.session.check_options import Options
from harness.session.filming import filmed
from harness.session.session import Session
from harness.session.session_lifecycle import close_session, open_session

PACKAGE = "com.example.flash"
PAGE = ("首页", "附近的新闻", "今日要闻", "天气多云")
WINDOW = ("恭喜中奖", "红包 888 元", "马上领取", "仅限今日")
LATE, UP = 3.0, 0.5
"""Seconds from the touch until the window comes, and for which it is up."""
FRAME = 1 / 30
NEAR = FRAME + 0.01  # a frame, and what the readings of the two clocks leave open
TOUCHED: list[float] = []
"""Uptime of each touch, as the app had it."""
NOON = 1_790_395_210.0
"""The device's wall clock, early in a minute: a new one is a change of the status bar."""


class Flash(App):
    package, label = PACKAGE, "闪现"

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.draw(PAGE)

        def draw(self, lines: tuple[str, ...]) -> None:
            self.show(Column(*(Text(line) for line in lines), Button("广告", id="ad")))

        def on_click(self, id: str) -> None:
            TOUCHED.append(self.elapsed_realtime() / 1000)
            self.post_delayed(self.flash, LATE)

        def flash(self) -> None:
            self.draw(WINDOW)
            self.post_delayed(partial(self.draw, PAGE), UP)


class Hidden(App):
    """Nobody may take a picture of it."""

    package, label = PACKAGE, "保密"

    class Main(Activity):
        launcher = True
        secure = True

        def on_create(self) -> None:
            self.show(Column(Text("账户"), Button("广告", id="ad")))


@contextmanager
def opened(device: Device, runs: Path) -> Iterator[Session]:
    """A session with the app in front; sealed at the end, whole, and with nothing left on the phone."""
    session = open_session(device, PACKAGE, runs, Options())
    session.launch()
    try:
        yield session
    finally:
        close_session(session)
    assert verify(session.folder.path) == []


@pytest.fixture
def thread() -> Iterator[ServerThread]:
    with devices_in_thread([lambda: VirtualDevice(Spec(apps=(Flash,)), DeviceClock(wall=NOON))]) as started:
        yield started


def touch(session: Session) -> None:
    (button,) = [node for root in session.look().roots for node in root.walk() if node.text == "广告"]
    x, y, width, height = button.box
    session.tap((x + width // 2, y + height // 2), Purpose.WALK, "广告")


def act(session: Session, name: str = "advert", **options: int) -> filming.Film:
    """What the scenario does: touch the advert and see for eight seconds what comes."""
    with filmed(session, name, **options) as film:
        touch(session)
        session.idle(8)
    return film


def broken(session: Session, act: Callable[[], object], films: list[filming.Film]) -> None:
    """An act that ends in an error after a second; ``films`` gets its film."""
    with filmed(session, "advert") as film:
        films.append(film)
        session.idle(1)
        act()


def fault(thread: ServerThread, *words: str) -> None:
    thread.call(lambda: switch(thread.daemons[0], words[0], list(words[1:])))


def check_flash(session: Session, device: Device) -> None:
    """The window is the one thing that is new, with its first and last moment and its picture."""
    film = act(session)
    assert (film.how, film.note, film.frames) == (FilmHow.MP4, "", 3)
    assert [moment.again for moment in film.moments] == [False, False, True]
    (window,) = film.news
    assert window.at.uptime - TOUCHED[-1] == pytest.approx(LATE, abs=NEAR)
    assert window.until.uptime - window.at.uptime == pytest.approx(UP, abs=NEAR)
    picture = cv2.imread(str(session.folder.inside(window.path)))
    assert picture.shape == (1600, 720, 3)
    shown = [frame for _, frame in frames_of(session.folder.inside(film.path))]
    assert np.array_equal(shown[1], picture)
    assert device.shell("ls /data/local/tmp").stdout.split() in ([], ["u2.jar"])
    assert Ledger(device).changes() == []
    timeline = RunReplay(session.folder.path, session.app).timeline()
    (taken,) = timeline.of(FilmTaken)
    assert (taken.path, taken.how, taken.frames, taken.note) == (film.path, film.how, 3, "")
    assert (taken.begin.uptime, taken.end.uptime) == pytest.approx((film.begin.uptime, film.end.uptime), abs=0.001)
    moments = [(seen.at.uptime, seen.until.uptime, seen.screenshot) for seen in timeline.of(FilmMoment) if not seen.again][1:]
    assert moments == [(pytest.approx(window.at.uptime, abs=0.001), pytest.approx(window.until.uptime, abs=0.001), window.path)]


def test_a_window_of_half_a_second_is_on_record(thread: ServerThread, tmp_path: Path) -> None:
    with InProcessDevice(thread) as device, opened(device, tmp_path) as session:
        check_flash(session, device)


def test_it_is_through_an_adb_server_too(thread: ServerThread, tmp_path: Path) -> None:
    with PrivateAdbServer() as server:
        with connect(thread.addresses[0], port=server.port) as device, opened(device, tmp_path) as session:
            check_flash(session, device)
        server.run("disconnect", thread.addresses[0])


@pytest.mark.parametrize(("android", "exact"), [("8.1", 2.0), ("12", NEAR), ("16", NEAR)])
def test_older_and_newer_phones_agree_when_it_was(tmp_path: Path, android: str, exact: float) -> None:
    """Android 10 and older have no time since boot in the file: it counts from when we heard that the film began."""
    spec = Spec(android=android, apps=(Flash,))
    with ExitStack() as stack:
        thread = stack.enter_context(devices_in_thread([partial(VirtualDevice, spec)]))
        session = stack.enter_context(opened(stack.enter_context(InProcessDevice(thread)), tmp_path))
        (window,) = act(session).news
        assert window.at.uptime - TOUCHED[-1] == pytest.approx(LATE, abs=exact)
        assert window.until.uptime - window.at.uptime == pytest.approx(UP, abs=NEAR)


def test_films_of_one_name_do_not_replace_each_other(thread: ServerThread, tmp_path: Path) -> None:
    with InProcessDevice(thread) as device, opened(device, tmp_path) as session:
        first, second = act(session, "开屏/../advert"), act(session, "开屏/../advert")
        assert [film.path for film in (first, second)] == ["raw/film-advert.mp4", "raw/film-advert-2.mp4"]
        assert second.begin.uptime > first.end.uptime - FRAME


def test_a_film_that_reaches_its_limit_says_so(thread: ServerThread, tmp_path: Path) -> None:
    with InProcessDevice(thread) as device, opened(device, tmp_path) as session:
        film = act(session, seconds=2)
        assert (film.how, film.frames, film.news) == (FilmHow.MP4, 1, ())
        assert "its limit" in film.note
        assert film.moments[0].until.uptime - film.begin.uptime == 2.0


def test_one_without_room_for_a_file_gives_a_stream(thread: ServerThread, tmp_path: Path) -> None:
    with InProcessDevice(thread) as device, opened(device, tmp_path) as session:
        fault(thread, "disk-full")
        film = act(session)
        assert (film.how, film.path) == (FilmHow.H264, "raw/film-advert.h264")
        assert "No space left on device" in film.note
        times = [seconds for seconds, _ in frames_of(session.folder.inside(film.path))]
        assert len(times) == film.frames == 3
        assert times == sorted(times)
        assert times[0] == 0.0 < times[-1]  # when they came: skipped time is over at once


def test_what_may_not_be_pictured_is_a_black_film(tmp_path: Path) -> None:
    spec = Spec(apps=(Hidden,))
    with (
        devices_in_thread([partial(VirtualDevice, spec)]) as thread,
        InProcessDevice(thread) as device,
        opened(device, tmp_path) as session,
    ):
        film = act(session)
        assert (film.how, film.news) == (FilmHow.MP4, ())
        assert "black" in film.note


def test_an_error_in_the_act_ends_the_film_and_goes_on(thread: ServerThread, tmp_path: Path) -> None:
    def act() -> None:
        raise ScenarioError("the advert is gone")

    with InProcessDevice(thread) as device, opened(device, tmp_path) as session:
        with pytest.raises(ScenarioError, match="the advert is gone"):
            broken(session, act, [])
        ends = [step for _, _, step in read_journal(session.folder.path / JOURNAL) if isinstance(step, Film)]
        assert [(step.what, step.frames) for step in ends] == [(Edge.START, 0), (Edge.END, 1)]
        assert Ledger(device).changes() == []


def test_a_phone_that_goes_away_leaves_a_note(thread: ServerThread, tmp_path: Path) -> None:
    films: list[filming.Film] = []

    def act() -> None:
        fault(thread, "device-lost")
        session.idle(1)

    with InProcessDevice(thread) as device, opened(device, tmp_path) as session:
        with pytest.raises(DeviceLost):
            broken(session, act, films)
        assert films[0].how is FilmHow.NONE
        assert films[0].note
        fault(thread, "device-lost", "off")
        assert [change.undo[:2] for change in Ledger(device).changes()] == [("rm", "-f")]  # comes back at the next check
        Ledger(device).undo_all()


def test_a_full_disk_of_ours_costs_the_film_alone(thread: ServerThread, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(folder: RunFolder, relative: str, data: bytes) -> None:
        raise EvidenceError(f"{relative} cannot be written: No space left on device: make room on the disk")

    with InProcessDevice(thread) as device, opened(device, tmp_path) as session:
        with monkeypatch.context() as context, filmed(session, "advert") as film:
            touch(session)
            context.setattr(RunFolder, "write", full)
        assert film.how is FilmHow.NONE
        assert "make room on the disk" in film.note
        assert session.picture() is not None
