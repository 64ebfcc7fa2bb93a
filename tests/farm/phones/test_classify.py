"""Whose doing it was: each kind of fault is told from the others, and a host's is never the phone's."""

from __future__ import annotations

import errno
import socket
from typing import TYPE_CHECKING

import pytest

from device_farm.phones.adb_listing import Listed
from device_farm.phones.classify import fault_of
from device_farm.phones.install_failures import install_end
from device_farm.phones.state_names import PhoneState
from device_farm.units.unit import End
from harness.errors import CatalogueError, CommandFailed, DeviceBusy, DeviceLost, DeviceTimeout, EvidenceError, ScenarioError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LOST = DeviceLost("S1 went away")


def adb(*phones: Listed) -> Callable[[int | None], Sequence[Listed]]:
    """An adb server that lists these."""
    return lambda port: phones


def no_adb(port: int | None) -> Sequence[Listed]:
    raise DeviceLost("no adb server answers")


@pytest.mark.parametrize(
    ("code", "end"),
    [
        ("INSTALL_FAILED_INVALID_APK", End.APP_FAULT),
        ("INSTALL_PARSE_FAILED_NO_CERTIFICATES", End.APP_FAULT),
        ("INSTALL_PARSE_FAILED_NOT_APK", End.APP_FAULT),
        ("INSTALL_FAILED_OLDER_SDK", End.TOO_OLD),
        ("INSTALL_FAILED_NEWER_SDK", End.TOO_NEW),
        ("INSTALL_FAILED_DEPRECATED_SDK_VERSION", End.TOO_NEW),
        ("INSTALL_FAILED_NO_MATCHING_ABIS", End.OTHER_ABI),
        ("INSTALL_FAILED_INSUFFICIENT_STORAGE", End.DEVICE_FAULT),
        ("INSTALL_FAILED_UPDATE_INCOMPATIBLE", End.DEVICE_FAULT),
        ("INSTALL_FAILED_VERSION_DOWNGRADE", End.DEVICE_FAULT),
        ("INSTALL_FAILED_USER_RESTRICTED", End.DEVICE_FAULT),
        ("INSTALL_FAILED_VERIFICATION_FAILURE", End.DEVICE_FAULT),
        ("INSTALL_FAILED_INTERNAL_ERROR", End.DEVICE_FAULT),
        ("INSTALL_PARSE_FAILED_ONLY_COREAPP_ALLOWED", End.DEVICE_FAULT),
        ("INSTALL_FAILED_UNKNOWN_SOURCES_FOR_MDM", End.DEVICE_FAULT),
    ],
)
def test_a_refused_installation_is_the_apps_or_the_phones_by_its_code(code: str, end: End) -> None:
    assert install_end(f"Failure [{code}: because]") is end
    assert fault_of(CommandFailed("install a.apk", 1, f"{code}: because")).end is end
    assert fault_of(f"Traceback\nCommandFailed: {code}").end is end


def test_an_installation_without_a_code_is_the_phones() -> None:
    assert install_end("the device gave no reason") is None
    assert fault_of(CommandFailed("install a.apk", 1, "the device gave no reason")).end is End.DEVICE_FAULT


def test_a_full_phone_is_told_from_a_full_computer() -> None:
    phone = fault_of(CommandFailed("cp a b", 1, "cp: write: No space left on device"))
    assert (phone.end, "the phone has no room left" in str(phone.reason)) == (End.DEVICE_FAULT, True)
    for error in (OSError(errno.ENOSPC, "No space left on device", "runs/x"), EvidenceError("runs/x: No space left on device")):
        host = fault_of(error)
        assert (host.end, "the disk of this computer is full" in str(host.reason)) == (End.HOST_FAULT, True)
    assert fault_of("OSError: [Errno 28] No space left on device: 'runs'").end is End.HOST_FAULT


@pytest.mark.parametrize(
    "error", [CatalogueError("bad"), DeviceBusy("busy"), ZeroDivisionError("ours"), PermissionError(13, "denied", "x")]
)
def test_what_is_ours_is_the_hosts(error: Exception) -> None:
    assert fault_of(error, ask=no_adb).end is End.HOST_FAULT


def test_what_nobody_can_tell_is_the_phones() -> None:
    assert fault_of(ScenarioError("the screen cannot be read")).end is End.DEVICE_FAULT


def test_an_adb_server_that_is_gone_is_the_hosts() -> None:
    for error in (LOST, DeviceTimeout("S1 did not answer")):
        fault = fault_of(error, address="S1", ask=no_adb)
        assert (fault.end, fault.state) == (End.HOST_FAULT, None)
        assert "the adb server is gone" in str(fault.reason)
    assert fault_of("apprights: no adb server answers: run 'adb start-server'").end is End.HOST_FAULT


def test_lost_authorisation_withdrawn_debugging_and_a_cable_are_told_apart() -> None:
    untrusted = fault_of(LOST, address="S1", ask=adb(Listed("S1", "unauthorized"), Listed("S2", "device")))
    assert (untrusted.end, untrusted.state) == (End.DEVICE_FAULT, PhoneState.UNAUTHORIZED)
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"
    refused = fault_of(LOST, address=address, ask=adb(Listed("S2", "device")))
    assert (refused.end, refused.state) == (End.DEVICE_FAULT, PhoneState.DEBUGGING_OFF)
    gone = fault_of(LOST, address="S1", ask=adb(Listed("S2", "device")))
    assert (gone.end, gone.state) == (End.DEVICE_FAULT, PhoneState.OFFLINE)
    offline = fault_of(LOST, address="S1", ask=adb(Listed("S1", "offline", "usb:1-2")))
    assert (offline.end, offline.state) == (End.DEVICE_FAULT, PhoneState.OFFLINE)
    assert len({str(fault.reason) for fault in (untrusted, refused, gone, offline)}) == 4


def test_a_phone_that_restarted_is_told() -> None:
    there = adb(Listed("S1", "device"))
    assert "restarted by itself" in str(fault_of(LOST, address="S1", ask=there, uptime=lambda: 40.0).reason)
    assert str(fault_of(LOST, address="S1", ask=there, uptime=lambda: 4000.0).reason) == "S1 went away"
