"""A virtual device lives on by steps until something starts, and says so at the end of that step."""

from collections.abc import Iterator
from functools import partial

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import ServerThread, devices_in_thread
from device_farm.virtual.spec import Spec

pytestmark = pytest.mark.usefixtures("slow_time")

STEP, HOUR = 5.0, 3600.0


@pytest.fixture
def thread() -> Iterator[ServerThread]:
    with devices_in_thread([partial(VirtualDevice, Spec())]) as thread:
        yield thread


def start(thread: ServerThread, after: float) -> None:
    """Let the log tell of a process that starts ``after`` seconds from now."""
    (device,) = thread.devices
    log = partial(device.logs.event, "am_proc_start", 0, 4321, 10100, "com.example", "service", "", pid=600, uid=1000)
    thread.call(lambda: device.clock.call_later(after, log))


def test_the_wait_ends_with_the_step_in_which_something_started(thread: ServerThread) -> None:
    device = InProcessDevice(thread)
    device.pass_quiet_time(HOUR, STEP)  # what the boot started is told of
    start(thread, after=62.0)
    waited = device.pass_quiet_time(HOUR, STEP)
    assert (waited.changed, waited.skipped) == (True, 65.0)
    assert device.pass_quiet_time(HOUR, STEP).skipped == HOUR


def test_what_started_between_two_waits_counts(thread: ServerThread) -> None:
    device = InProcessDevice(thread)
    device.pass_quiet_time(HOUR, STEP)
    start(thread, after=1.0)
    device.pass_time(STEP)
    assert device.pass_quiet_time(HOUR, STEP).skipped == STEP


def test_the_daemons_of_a_phone_at_rest_write_a_line_a_minute(thread: ServerThread) -> None:
    device, (virtual,) = InProcessDevice(thread), thread.devices
    device.pass_quiet_time(HOUR, STEP)
    before = thread.call(lambda: virtual.logs.buffers["main"][-1].number)
    device.pass_quiet_time(HOUR, STEP)
    assert 0 < thread.call(lambda: virtual.logs.buffers["main"][-1].number) - before < 100
