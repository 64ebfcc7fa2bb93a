"""What a film of ten seconds costs: of a page that rests, and of one that is drawn anew ten times a second."""

from __future__ import annotations

import tempfile
import time
from functools import partial
from pathlib import Path

from device_farm.samples.in_process_device import InProcessDevice, devices_in_process
from device_farm.virtual import Activity, App, Button, Canvas, Column, Text
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.session.check_options import Options
from harness.session.filming import filmed
from harness.session.session_lifecycle import close_session, open_session
from harness.session.whole_film import PIECE_SECONDS, filmed_throughout
from tests.benchmarks.rows import Row, row

PACKAGE, SECONDS = "com.example.filmed", 10


class Still(App):
    package, label = PACKAGE, "新闻"

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.show(Column(*(Text(f"今日要闻第{number}条") for number in range(12)), Button("广告", id="ad")))


class Busy(App):
    package, label = PACKAGE, "滚动"

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.turn(0)

        def turn(self, number):
            self.show(Canvas(partial(draw, number)))
            self.post_delayed(partial(self.turn, number + 1), 0.1)


def draw(number, pen):
    """A wall of coloured tiles, of which others come twice a second, and a ticker that never rests."""
    pen.rect(0, 0, pen.width, pen.height, colour="#FFF0F2F5")
    for tile in range(96):
        left, top = 40 + tile % 8 * 125, 200 + tile // 8 * 90
        colour = (tile + number // 5 * 37) * 2654435761 & 0xFFFFFF
        pen.rect(left, top, left + 120, top + 85, colour=f"#FF{colour:06X}", radius=12)
    pen.text(f"滚动消息第{number}条", 60, 1400 + number % 10 * 8, size=48)


def run() -> list[Row]:
    """Film each page in skipped time and return the rows; processor time is that of device and harness together."""
    rows = []
    for page, app in (("a page that rests", Still), ("a page that never rests", Busy)):
        without, film, size = _film(app)
        note = f"{film} pictures; without the film {without[0]:.2f} s"
        rows += [
            row(f"film of {SECONDS} s, {page}", without[1], "s of processor", note=note),
            row(f"film of {SECONDS} s, {page}: file", size / 1000, "kB"),
        ]
        cores = _throughout(app)
        rows.append(row(f"film of a whole scenario, {page}: host", cores, "cores", aim="<= 0.5", note="without the device's own part"))
    return rows


def _throughout(app: type[App]) -> float:
    """Processor seconds of the harness in each second of a scenario that is filmed for 170 s."""
    with (
        tempfile.TemporaryDirectory() as runs,
        devices_in_thread([partial(VirtualDevice, Spec(apps=(app,)))]) as thread,
        InProcessDevice(thread) as device,
    ):

        def spent() -> float:
            return time.process_time() - thread.call(time.thread_time)

        session = open_session(device, PACKAGE, Path(runs), Options())
        session.launch()
        began, since = spent(), session.uptime()
        with filmed_throughout(session, "bench"):
            for _second in range(round(PIECE_SECONDS)):
                session.idle(1)
        cores = (spent() - began) / (session.uptime() - since)
        close_session(session)
    return cores


def _film(app: type[App]) -> tuple[tuple[float, float], int, int]:
    """Processor seconds without and with a film, its pictures, its bytes."""
    with tempfile.TemporaryDirectory() as runs, devices_in_process([partial(VirtualDevice, Spec(apps=(app,)))]) as (device,):
        session = open_session(device, PACKAGE, Path(runs), Options())
        session.launch()
        began = time.process_time()
        session.idle(SECONDS)
        between = time.process_time()
        with filmed(session, "bench") as film:
            session.idle(SECONDS)
        ended = time.process_time()
        close_session(session)
        size = session.folder.inside(film.path).stat().st_size
    return (between - began, ended - between), film.frames, size
