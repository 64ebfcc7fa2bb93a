"""What is known of ROMs, as data (roms.toml), and the ROM family of a device from its system properties.

Names: aosp, miui, hyperos, emui, harmony (HarmonyOS 2 to 4), magicos, coloros, originos, oneui, flyme.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.language import Text, _, known, quoted, with_commas
from harness.toml_reader import read_toml

FACTS: Mapping[str, Any] = read_toml(Path(__file__).with_name("roms.toml"))
AUTOSTART_OP: str = FACTS["autostart"]["op"]


def with_advice(refusal: str) -> Text:
    """A refusal of the device, after what to switch on where it tells that the ROM withholds a permission."""
    named = next((name for name in FACTS["withheld"]["permissions"] if name in refusal), None)
    if named is None:
        return quoted(refusal)
    options = [_("'{option}' on {makers}", option=one["label"]["zh"], makers=known(**one["makers"])) for one in FACTS["options"]["known"]]
    return _(
        "adb lacks {named} on this phone, turn on in the developer options {options}: {refusal}",
        named=named,
        options=with_commas(options),
        refusal=quoted(refusal),
    )


def menu(ability: str, rom: str) -> Text:
    """What switches an ability on in the menus of a ROM; empty where nothing is known."""
    label: dict[str, str] = next((one["label"] for one in FACTS["options"]["known"] if rom in one["roms"]), {})
    for one in FACTS["menus"]:
        if ability in one["abilities"] and {rom, ""} & {*one["roms"]}:
            return known(**{language: text.format(**label) for language, text in one["advice"].items()})
    return Text("")


def rom_of(properties: Mapping[str, str]) -> str:
    """Return the ROM family; ``aosp`` when nothing says otherwise."""
    for name, part, rom in FACTS["marks"]["order"]:
        value = properties.get(name, "")
        if value and part in value:
            return str(rom)
    return "aosp"
