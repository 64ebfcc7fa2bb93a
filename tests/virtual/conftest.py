"""A private adb server, and virtual devices behind it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.device.adb_server import PrivateAdbServer
from tests.virtual.adb_calls import AdbServer, Connected, StandInDevice
from tests.virtual.adbd_pairs import Both, Peers, pair
from tests.virtual.debian_adbd import DebianAdbd, Unavailable


@pytest.fixture(scope="module")
def adb_server() -> Iterator[AdbServer]:
    """A private adb server with a home of its own, ended with the module."""
    with PrivateAdbServer() as server:
        yield AdbServer(server.port, server.environment())


@pytest.fixture(scope="module")
def connect(adb_server: AdbServer) -> Iterator[Callable[[Callable[[], Any]], Connected]]:
    """Serve the device of a maker in a thread and ``adb connect`` it; everything ends with the module."""
    with ExitStack() as stack:

        def connect_device(make: Callable[[], Any]) -> Connected:
            thread = stack.enter_context(devices_in_thread([make]))
            serial = thread.addresses[0]
            adb_server.run("connect", serial)
            stack.callback(adb_server.run, "disconnect", serial, check=False)
            adb_server.run("wait-for-device", serial=serial)
            return Connected(serial, thread.devices[0], thread, adb_server)

        yield connect_device


@pytest.fixture(scope="module")
def virtual_device(connect: Callable[[Callable[[], Any]], Connected]) -> Callable[..., Connected]:
    """``virtual_device(spec)``: a whole virtual device behind the private adb server."""

    def make(spec: Spec | None = None) -> Connected:
        return connect(lambda: VirtualDevice(spec or Spec()))

    return make


@pytest.fixture(scope="module")
def stand_in(connect: Callable[[Callable[[], Any]], Connected]) -> Connected:
    """Transport and shell alone, without framework, behind the private adb server."""
    return connect(StandInDevice)


@pytest.fixture(scope="module")
def adbd_peers() -> Iterator[tuple[str, DebianAdbd]]:
    """A stand-in device's address and Debian's adbd; skipped where there is no such adbd."""
    try:
        with DebianAdbd() as adbd, devices_in_thread([StandInDevice]) as server:
            yield server.addresses[0], adbd
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="module")
def both(adbd_peers: Peers) -> Iterator[Both]:
    """Connections that last, so that each request also shows what the one before it left behind."""
    with pair(adbd_peers) as connections:
        yield connections


@pytest.fixture(scope="module")
def server() -> Iterator[PrivateAdbServer]:
    with PrivateAdbServer() as made:
        yield made
