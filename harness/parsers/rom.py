"""The ROM family of a device, from its system properties.

Names: aosp, miui, hyperos, emui, harmony (HarmonyOS 2 to 4), magicos, coloros, originos, oneui, flyme. They name the
tables of harness/dialogs. The order matters: a newer ROM keeps the properties of the one it came from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.language import Text, _, quoted

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


# ROMs that let no app start by itself until the user allows it, and of which no log line about a refusal is known
SILENT_ABOUT_STARTS = frozenset({"originos", "flyme"})

# What some ROMs withhold from shell until an option is on, and the names of that option by maker
_WITHHELD = (
    "INJECT_EVENTS", "GRANT_RUNTIME_PERMISSIONS", "REVOKE_RUNTIME_PERMISSIONS", "CLEAR_APP_USER_DATA", "WRITE_SECURE_SETTINGS",
)  # fmt: skip
_OPTIONS = _("'USB调试（安全设置）' on Xiaomi, '禁止权限监控' on OPPO, OnePlus and realme, 'USB安全操作' on vivo")


def with_advice(refusal: str) -> Text:
    """A refusal of the device, after what to switch on where it tells that the ROM withholds a permission."""
    named = next((name for name in _WITHHELD if name in refusal), None)
    if named is None:
        return quoted(refusal)
    return _(
        "adb lacks {named} on this phone, turn on in the developer options {options}: {refusal}",
        named=named,
        options=_OPTIONS,
        refusal=quoted(refusal),
    )


def rom_of(properties: Mapping[str, str]) -> str:
    """Return the ROM family; ``aosp`` when nothing says otherwise."""
    for name, part, rom in _MARKS:
        value = properties.get(name, "")
        if value and part in value:
            return rom
    return "aosp"
