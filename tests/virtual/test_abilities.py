"""What a phone lacks is what is told, and nothing else is; whatever was tried is undone."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.faults.switching import switch
from device_farm.virtual.spec import Spec
from harness.abilities.ability import Answer, abilities
from harness.abilities.trying import try_all
from harness.restore.ledger import Ledger, state_apart
from harness.roms import menu
from harness.rules import load_rules

if TYPE_CHECKING:
    from device_farm.virtual.adbd.daemon import Adbd

ACTIVITY = {"activities", "services", "providers", "broadcasts", "exit-info", "start-info"}
LACKS: dict[str, set[str]] = {
    "lack INJECT_EVENTS": {"touch", "input"},
    "lack WRITE_SECURE_SETTINGS": {"settings-global", "settings-secure"},
    "lack activity": ACTIVITY,
    "lack appops": {"app-ops"},
    "lack package": {"permission-flags"},
    "lack window": {"windows"},
    "lack sensorservice": {"sensors"},
    "lack events": {"log-events"},
    "lack system": {"log-system"},
    "lack main": {"log-main"},
    "clock-refused": {"clock"},
    "no-encoder": {"film"},
}
"""Each fault, and the abilities that it takes away."""
FEW = ("lack INJECT_EVENTS", "lack activity", "lack events")
ROMS = [("13", "aosp"), ("13", "miui"), ("15", "hyperos"), ("15", "coloros"), ("16", "originos"), ("10", "emui"), ("12", "harmony"),
        ("14", "oneui"), ("8.1", "aosp"), ("16", "pixel")]  # fmt: skip
ALWAYS = {("10", "emui"): {"film"}, ("12", "harmony"): {"film"}}
"""What a ROM lacks whatever is switched: EMUI and HarmonyOS come without screenrecord."""


def lacking(android: str, rom: str, faults: tuple[str, ...]) -> dict[str, set[str]]:
    """What is told to be lacking, by the fault that was switched on, on one device."""
    found: dict[str, set[str]] = {}
    with state_apart(), devices_in_thread([partial(VirtualDevice, Spec(android=android, rom=rom))]) as thread:
        (device,) = thread.devices
        daemon = cast("Adbd", SimpleNamespace(device=device))
        for fault in faults:
            name, *arguments = fault.split()
            if fault:
                thread.call(lambda n=name, a=arguments: switch(daemon, n, a))
            tried = list(try_all(InProcessDevice(thread)))
            found[fault] = {one.ability.name for one in tried if one.answer is not Answer.HAS}
            if fault:
                thread.call(lambda n=name: switch(daemon, n, ["off"]))
            assert Ledger(InProcessDevice(thread)).changes() == []
    return found


def test_a_lack_is_told_alone() -> None:
    expected = {fault: LACKS[fault] & {one.name for one in abilities() if one.least_sdk <= 33} for fault in FEW}
    assert lacking("13", "aosp", FEW) == expected


@pytest.mark.parametrize(("android", "rom"), ROMS)
def test_each_lack_on_each_rom(android: str, rom: str) -> None:
    sdk = {"8.1": 27, "10": 29, "12": 31, "13": 33, "14": 34, "15": 35, "16": 36}[android]
    known, always = {one.name for one in abilities() if one.least_sdk <= sdk}, ALWAYS.get((android, rom), set())
    assert lacking(android, rom, tuple(LACKS)) == {fault: (lost & known) | always for fault, lost in LACKS.items()}


def test_every_ability_is_named_in_both_languages_and_serves_something() -> None:
    rules = {rule.id for rule in load_rules()}
    for one in abilities():
        assert one.en
        assert one.zh
        assert {rule.id for rule in one.rules()} <= rules


def test_the_menu_is_that_of_the_rom_else_the_general_one() -> None:
    assert "禁止权限监控" in menu("app-ops", "coloros")
    assert "2846579" in menu("log-main", "emui")
    assert "1M" in menu("log-main", "aosp")
    assert menu("film", "aosp") == ""
