"""App op -> the kind of personal data behind it, and how much one read of it says.

Ops are those of core/java/android/app/AppOpsManager.java (8.1 to 16). What a permission group guards has the name of
the group. MIUI's op 10022 is the list of installed apps, as the public permission library XXPermissions has it
(OP_GET_INSTALLED_APPS). Not read by an app, and so not here: MONITOR_LOCATION and GPS, which run beside the op of each
location, and ops of what an app sends or writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.events.permission_groups import GROUPS, group_name
from harness.language import listed, pgettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from harness.language import Text

CLIPBOARD = "CLIPBOARD"
IDENTIFIERS = "IDENTIFIERS"
PHONE_STATE = "PHONE_STATE"
"""What READ_PHONE_STATE opened before Android 10: the state of the phone, and IMEI, IMSI and serial number."""
_OPS = {
    "LOCATION": ("COARSE_LOCATION", "FINE_LOCATION"),
    "CAMERA": ("CAMERA",),
    "MICROPHONE": ("RECORD_AUDIO",),
    "CONTACTS": ("READ_CONTACTS", "GET_ACCOUNTS"),
    "CALENDAR": ("READ_CALENDAR",),
    "SMS": ("READ_SMS", "READ_CELL_BROADCASTS", "READ_ICC_SMS", "RECEIVE_SMS", "RECEIVE_MMS"),
    "CALL_LOG": ("READ_CALL_LOG",),
    "PHONE": ("READ_PHONE_STATE", "READ_PHONE_NUMBERS"),
    "STORAGE": ("READ_EXTERNAL_STORAGE",),
    "READ_MEDIA_AURAL": ("READ_MEDIA_AUDIO",),
    "READ_MEDIA_VISUAL": ("READ_MEDIA_IMAGES", "READ_MEDIA_VIDEO"),
    "SENSORS": ("BODY_SENSORS",),
    "ACTIVITY_RECOGNITION": ("ACTIVITY_RECOGNITION",),
    "INSTALLED_APPS": ("MIUIOP(10022)", "Unknown(10022)"),
    IDENTIFIERS: ("READ_DEVICE_IDENTIFIERS",),
    CLIPBOARD: ("READ_CLIPBOARD",),
    "WIFI": ("WIFI_SCAN",),
}
DATA_OF = {op: what for what, ops in _OPS.items() for op in ops}
"""App op -> kind of data."""
WEAK = frozenset({CLIPBOARD, "PHONE", "STORAGE", "READ_MEDIA_AURAL", "READ_MEDIA_VISUAL", "WIFI"})
"""Kinds of which a read alone does not show that it was personal data: what was copied last, the state of a call or of
the network, a shared file of any kind, the networks around [PROJECT]."""
_NAMES = {
    IDENTIFIERS: pgettext("data", "device identifiers"),
    PHONE_STATE: pgettext("data", "phone state and identifiers"),
    CLIPBOARD: pgettext("data", "clipboard"),
    "WIFI": pgettext("data", "Wi-Fi networks around"),
}
KINDS = (*dict.fromkeys((*DATA_OF.values(), PHONE_STATE)),)
"""All kinds of data."""
GROUP_OF = {PHONE_STATE: "PHONE", IDENTIFIERS: "PHONE", "WIFI": "LOCATION"}
"""The permission group of a kind that is none itself."""


def data_name(what: str) -> Text:
    """The name of a kind of data for people."""
    return group_name(what) if what in GROUPS else _NAMES[what]


def data_names(kinds: Iterable[str]) -> Text:
    """The names of several kinds, each once."""
    return listed(data_name(what) for what in dict.fromkeys(kinds))
