"""The log of a device that nobody uses: never silent for long, and cheap while time is skipped."""

from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.framework.records.logs import LogEntry
from tests.virtual.device_calls import boot


def netd_lines(device: VirtualDevice) -> list[LogEntry]:
    return [entry for entry in device.logs.buffers["main"] if entry.tag == "netd"]


def test_a_line_each_second_while_time_flows() -> None:
    device = boot()
    for _ in range(5):
        device.clock.skip(1)
    assert [entry.uptime for entry in netd_lines(device)] == [301, 302, 303, 304, 305]
    assert len({entry.message for entry in netd_lines(device)}) == 2


def test_an_hour_that_is_skipped_has_a_line_each_minute() -> None:
    device = boot()
    device.clock.skip(3600)
    assert 60 <= len(netd_lines(device)) <= 120
    device.clock.skip(1)
    assert netd_lines(device)[-1].uptime == device.clock.uptime


def test_it_goes_on_after_a_reboot_and_only_once() -> None:
    device = boot()
    device.reboot()
    booted = device.clock.uptime
    device.clock.skip(2)
    assert [entry.uptime for entry in netd_lines(device)] == [booted + 1, booted + 2]
