"""Virtual phones with what real ones of a farm suffer from: each is told, and the phone moves as it should."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from device_farm.execution.fault_attribution import Blame, fault_result
from device_farm.phones import inventory_records
from device_farm.phones.health import examine
from device_farm.phones.inventory_records import record
from device_farm.phones.phone_inventory import Looking, Seen, look
from device_farm.phones.phone_transitions import LOOK_AGAIN, after, may_take
from device_farm.phones.state_names import PhoneState
from device_farm.samples.in_process_device import InProcessDevice
from device_farm.units.unit import End
from device_farm.virtual import control_port
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import ServerThread, devices_in_thread
from device_farm.virtual.spec import Spec
from harness.device.adb import AdbDevice, connect, open_device
from harness.device.adb_server import PrivateAdbServer
from harness.errors import DeviceLost
from tests.farm.phones.night import Night
from tests.farm.phones.test_recording import plug
from tests.virtual.adb_calls import DEADLINE
from tests.virtual.usb_bus import UsbBus


@pytest.fixture(scope="module")
def server() -> Iterator[PrivateAdbServer]:
    with PrivateAdbServer() as started:
        yield started


@pytest.fixture
def three(server: PrivateAdbServer) -> Iterator[list[str]]:
    """Three phones of one make, with one serial number, behind adb."""
    with devices_in_thread([partial(VirtualDevice, Spec(serial="SAME"))] * 3) as started, ExitStack() as stack:
        for address in started.addresses:
            connect(address, port=server.port).close()
            stack.callback(server.run, "disconnect", address)
        yield started.addresses


def until(found: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE
    while not found():
        assert time.monotonic() < deadline


def fault(address: str, *words: str) -> None:
    list(control_port.ask(address, ["fault", *words]))


@pytest.mark.parametrize(
    ("words", "check", "state"),
    [
        (("battery-drains", "20"), "battery", PhoneState.CHARGING),
        (("hot", "46"), "temperature", PhoneState.HOT),
        (("small-disk", "300"), "space", PhoneState.QUARANTINED),
        (("logs-silent",), "log", PhoneState.QUARANTINED),
    ],
)
def test_what_a_phone_suffers_from_is_found_and_it_rests(
    night: Night, thread: ServerThread, words: tuple[str, ...], check: str, state: PhoneState
) -> None:
    address, phone = thread.addresses[0], night.phone("S1")
    with InProcessDevice(thread) as device:
        fault(address, *words)
        health = examine(device)
        assert [one.name for one in health.failed] == [check]
        assert after(night.session, phone, End.DONE, health) is state
        fault(address, words[0], "off")
        thread.call(lambda: thread.devices[0].clock.skip(3 * 3600.0))
        night.time += LOOK_AGAIN
        assert may_take(night.session, phone)
        healed = after(night.session, phone, None, examine(device))
        assert healed is (PhoneState.TRIAL if state is PhoneState.QUARANTINED else PhoneState.IDLE)


def states_of(night: Night, ids: dict[str, int]) -> dict[str, str]:
    return {address: night.row(phone).state for address, phone in ids.items()}


def test_debugging_switched_off_lost_trust_and_a_cable_are_told_apart(
    night: Night, server: PrivateAdbServer, three: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The phones hang on a USB of the test's, which tells what each shows there."""
    off, untrusted, pulled = three
    names = {off: "OFF", untrusted: "UNTRUSTED", pulled: "PULLED"}
    monkeypatch.setattr(inventory_records, "USB_DEVICES", tmp_path)
    with UsbBus(server.port, names) as bus:
        eyes = Looking(bus.port, "desk")

        def on_usb() -> list[Seen]:
            return [one for one in eyes.look() if one.adb != "offline"]

        ids = record(night.session, on_usb())
        fault(off, "debugging-off")
        fault(untrusted, "unauthorized")
        fault(pulled, "device-lost")
        until(lambda: [one.adb for one in on_usb()] == ["unauthorized"])
        for number, address in enumerate(three, 1):
            [shown] = control_port.ask(address, ["usb"])
            if shown["seen"]:
                plug(tmp_path, f"1-{number}", "SAME", adb=shown["adb"])
        record(night.session, on_usb())
        assert states_of(night, ids) == {"OFF": "debugging-off", "UNTRUSTED": "unauthorized", "PULLED": "offline"}
        assert fault_result(DeviceLost("gone"), Blame.PHONE, bus.port).end is End.DEVICE_FAULT
        for address, name in ((off, "debugging-off"), (untrusted, "unauthorized"), (pulled, "device-lost")):
            fault(address, name, "off")
        until(lambda: all_ready(on_usb(), 3))
        record(night.session, on_usb())
        assert states_of(night, ids) == dict.fromkeys(names.values(), "idle")


def test_an_adb_server_that_is_killed_blames_no_phone_and_they_all_come_back(night: Night) -> None:
    with devices_in_thread([partial(VirtualDevice, Spec(serial="SAME"))] * 3) as started:
        with PrivateAdbServer() as first:
            for address in started.addresses:
                connect(address, port=first.port).close()
            looking, port = Looking(first.port, "desk"), first.port
            ids = record(night.session, looking.look())
            attempt = night.begin(ids[started.addresses[0]])
        with pytest.raises(DeviceLost):
            looking.look()
        end = fault_result(DeviceLost("gone"), Blame.PHONE, port).end
        assert end is End.HOST_FAULT
        night.end(attempt, end, None)
        with PrivateAdbServer(port):
            until(lambda: all_ready(looking.look(), 3))
            record(night.session, looking.look())
            assert states_of(night, ids) == dict.fromkeys(started.addresses, "idle")
            assert all(night.row(phone).faults == 0 for phone in ids.values())
            assert all(may_take(night.session, phone) for phone in ids.values())


def all_ready(seen: list[Seen], count: int) -> bool:
    return sum(one.ready for one in seen) == count


def test_phones_with_one_serial_number_are_used_each(night: Night, server: PrivateAdbServer, three: list[str]) -> None:
    with UsbBus(server.port, {three[0]: "SAME", three[1]: "SAME", three[2]: "OTHER"}) as bus:
        seen = look(bus.port, "desk")
        assert [(one.address, one.serial, one.ready) for one in seen] == [
            ("OTHER", "SAME", True),
            ("usb:1-1", "SAME", True),
            ("usb:1-2", "SAME", True),
        ]
        assert len(record(night.session, seen)) == 3
        for one in seen[1:]:
            with open_device(one.address, port=bus.port) as device:
                device.shell(["settings", "put", "global", "who", one.address])
                assert examine(device).ok
        for one in seen[1:]:
            with AdbDevice(one.address, port=bus.port) as device:
                assert device.shell(["settings", "get", "global", "who"]).stdout.strip() == one.address
