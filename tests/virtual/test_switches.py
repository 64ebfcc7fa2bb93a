"""Switches that test tools turn: Wi-Fi, mobile data, location, the lock screen, and what only root may do."""

import pytest

from tests.virtual.shell_calls import new_device, run


@pytest.mark.parametrize(
    ("off", "on", "namespace", "key"),
    [
        ("cmd -w wifi set-wifi-enabled disabled", "cmd wifi set-wifi-enabled enabled", "global", "wifi_on"),
        ("cmd phone data disable", "cmd phone data enable", "global", "mobile_data"),
        ("cmd bluetooth_manager disable", "cmd bluetooth_manager enable", "global", "bluetooth_on"),
    ],
)
def test_radios(off: str, on: str, namespace: str, key: str) -> None:
    device = new_device()
    for line, value in ((off, "0"), (on, "1")):
        assert run(device, line).code == 0
        assert run(device, f"settings get {namespace} {key}").out == f"{value}\n"


def test_location() -> None:
    device = new_device()
    assert run(device, "cmd location is-location-enabled").out == "true\n"
    run(device, "cmd location set-location-enabled false")
    assert run(device, "cmd location is-location-enabled").out == "false\n"
    assert run(device, "settings get secure location_mode").out == "0\n"


def test_wrong_words_and_what_is_not_modelled() -> None:
    device = new_device()
    answer = run(device, "cmd wifi set-wifi-enabled maybe")
    assert answer.code == 255
    assert answer.out.endswith("IllegalArgumentException: Expected 'enabled' or 'disabled' as next arg but got 'maybe'\n")
    assert run(device, "cmd wifi status").code == 127
    assert run(device, "cmd phone data unknown").code == 127


def test_no_lock_screen_and_no_root() -> None:
    device = new_device()
    assert run(device, "locksettings get-disabled").out == "true\n"
    assert run(device, "cmd lock_settings sp").code == 127
    answer = run(device, "stop")
    assert (answer.code, answer.err) == (1, "Must be root\n")
