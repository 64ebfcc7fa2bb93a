"""After a unit the phone is as before: the app is gone for all users, and what it left is looked for and told."""

from collections.abc import Iterator
from functools import partial

import pytest

from device_farm.phones.cleaning import clean
from device_farm.samples.sample import OWN_APPS
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.errors import FormatError
from harness.restore.ledger import Ledger, setting
from tests.farm.phones.conftest import Answering

APP = tuple(reversed(load_app_file(OWN_APPS / "polite.py")))
PACKAGE = APP[-1].package
FILES = f"/sdcard/Android/data/{PACKAGE}"


@pytest.fixture
def phone() -> Iterator[Answering]:
    with devices_in_thread([partial(VirtualDevice, Spec(apps=APP))]) as thread, Answering(thread) as device:
        yield device


def installed(phone: Answering) -> bool:
    return f"package:{PACKAGE}" in phone.shell(["pm", "list", "packages"]).stdout.split()


def test_the_app_its_files_and_its_process_are_gone(phone: Answering) -> None:
    phone.shell(["monkey", "-p", PACKAGE, "1"])
    phone.shell(f"mkdir -p {FILES}/cache && echo x > {FILES}/cache/y && mkdir -p {FILES}.other")
    assert installed(phone)
    cleaned = clean(phone, PACKAGE)
    assert (cleaned.ok, cleaned.left, str(cleaned.reason)) == (True, (), "")
    assert not installed(phone)
    assert PACKAGE not in phone.shell(["ps", "-A", "-o", "PID,NAME"]).stdout
    assert phone.shell(["ls", "-d", FILES]).code != 0
    assert phone.shell(["ls", "-d", FILES + ".other"]).code == 0, "what is another's stays"


def test_cleaning_what_is_clean_does_no_harm(phone: Answering) -> None:
    assert clean(phone, PACKAGE).ok
    assert clean(phone, PACKAGE).ok


def test_what_a_check_changed_is_put_back(phone: Answering) -> None:
    ledger = Ledger(phone)
    before = setting(phone, "screen timeout", "screen_off_timeout", table="system")
    ledger._write([before])
    phone.shell(["settings", "put", "system", "screen_off_timeout", "1800000"])
    assert clean(phone, PACKAGE).ok
    assert ledger.changes() == []
    assert phone.shell(["settings", "get", "system", "screen_off_timeout"]).stdout.strip() == before.right


def test_an_app_that_cannot_be_uninstalled_is_told_with_the_reason(phone: Answering) -> None:
    phone.said[f"pm uninstall {PACKAGE}"] = "Failure [DELETE_FAILED_DEVICE_POLICY_MANAGER]"
    phone.said[f"pm uninstall --user 0 {PACKAGE}"] = "Failure [DELETE_FAILED_DEVICE_POLICY_MANAGER]"
    cleaned = clean(phone, PACKAGE)
    assert not cleaned.ok
    assert "administrator of the device" in str(cleaned.reason)


def test_a_setting_that_still_names_it_and_a_process_that_stays_are_told(phone: Answering) -> None:
    phone.shell(["settings", "put", "secure", "enabled_accessibility_services", f"com.other/.A:{PACKAGE}/.Helper"])
    phone.shell(["settings", "put", "secure", "some_list_of_a_maker", PACKAGE])
    phone.shell(["settings", "put", "secure", "default_input_method", f"{PACKAGE}.other/.Board"])
    phone.said["ps -A -o PID,NAME"] = f"  PID NAME\n 4711 {PACKAGE}:push\n 4712 {PACKAGE}.other\n"
    assert [str(one) for one in clean(phone, PACKAGE).left] == [
        f"it still runs: {PACKAGE}:push",
        "settings that name it: enabled_accessibility_services",
    ]


def test_the_data_of_an_app_of_the_system_is_cleared(phone: Answering) -> None:
    assert clean(phone, "com.android.settings").ok
    assert "package:com.android.settings" in phone.shell(["pm", "list", "packages"]).stdout.split()


@pytest.mark.parametrize("name", ["", "nodots", "a b.c", "../x.y", "com.a;reboot", "-r.x"])
def test_what_is_no_package_is_refused(phone: Answering, name: str) -> None:
    with pytest.raises(FormatError):
        clean(phone, name)
