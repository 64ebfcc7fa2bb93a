"""Which ROM family a device runs, from its system properties.

Names: aosp, miui, hyperos, emui, harmony (HarmonyOS 2 to 4), magicos, coloros, originos, oneui, flyme. They name the
tables of harness/dialogs. The order matters: a newer ROM keeps the properties of the one it came from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARKS = (  # a property, what its value holds ("" for anything), the ROM
    ("ro.mi.os.version.name", "", "hyperos"),
    ("ro.miui.ui.version.name", "", "miui"),
    ("hw_sc.build.platform.version", "", "harmony"),
    ("ro.build.version.magic", "", "magicos"),
    ("ro.build.version.emui", "Magic", "magicos"),
    ("ro.build.version.emui", "", "emui"),
    ("ro.build.version.oplusrom", "", "coloros"),
    ("ro.build.version.opporom", "", "coloros"),
    ("ro.vivo.os.version", "", "originos"),
    ("ro.build.version.oneui", "", "oneui"),
    ("ro.build.version.sep", "", "oneui"),  # One UI 1 has only this one
    ("ro.build.display.id", "Flyme", "flyme"),
)


def rom_of(properties: Mapping[str, str]) -> str:
    """Return the ROM family; ``aosp`` when nothing says otherwise."""
    for name, part, rom in _MARKS:
        value = properties.get(name, "")
        if value and part in value:
            return rom
    return "aosp"
