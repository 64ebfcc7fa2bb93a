"""App op -> the kind of personal data behind it, and how much one read of it says.

Ops are those of core/java/android/app/AppOpsManager.java (8.1 to 16). What a permission group guards has the name of
the group. Those that only a ROM has are in harness/roms/roms.toml. Not read by an app, and so not here:
MONITOR_LOCATION and GPS, which run beside the op of each location, and ops of what an app sends or writes.
"""

from collections.abc import Iterable

from harness.events.data_reads import DataKind
from harness.events.permission_groups import group_name
from harness.language import Text, listed, pgettext
from harness.roms import FACTS

_OPS = {
    DataKind.LOCATION: ("COARSE_LOCATION", "FINE_LOCATION"),
    DataKind.CAMERA: ("CAMERA",),
    DataKind.MICROPHONE: ("RECORD_AUDIO",),
    DataKind.CONTACTS: ("READ_CONTACTS", "GET_ACCOUNTS"),
    DataKind.CALENDAR: ("READ_CALENDAR",),
    DataKind.SMS: ("READ_SMS", "READ_CELL_BROADCASTS", "READ_ICC_SMS", "RECEIVE_SMS", "RECEIVE_MMS"),
    DataKind.CALL_LOG: ("READ_CALL_LOG",),
    DataKind.PHONE: ("READ_PHONE_STATE", "READ_PHONE_NUMBERS"),
    DataKind.STORAGE: ("READ_EXTERNAL_STORAGE",),
    DataKind.AUDIO: ("READ_MEDIA_AUDIO",),
    DataKind.PICTURES: ("READ_MEDIA_IMAGES", "READ_MEDIA_VIDEO"),
    DataKind.SENSORS: ("BODY_SENSORS",),
    DataKind.ACTIVITY: ("ACTIVITY_RECOGNITION",),
    DataKind.IDENTIFIERS: ("READ_DEVICE_IDENTIFIERS",),
    DataKind.CLIPBOARD: ("READ_CLIPBOARD",),
    DataKind.WIFI: ("WIFI_SCAN",),
}
_ROM_OPS = {op: DataKind(each["what"]) for each in FACTS["app_ops"] for op in each["names"]}
DATA_OF = {op: what for what, ops in _OPS.items() for op in ops} | _ROM_OPS
"""App op -> kind of data."""
WEAK = frozenset(
    {
        *(DataKind.CLIPBOARD, DataKind.PHONE, DataKind.STORAGE, DataKind.AUDIO, DataKind.PICTURES, DataKind.WIFI),
        *(DataKind.MOTION, DataKind.NEW_APPS),
    }
)
"""Kinds of which a read alone does not show that it was personal data: what was copied last, the state of a call or of
the network, a shared file of any kind, the networks around, how the phone moves, what is installed next [PROJECT]."""
_NAMES = {
    DataKind.IDENTIFIERS: pgettext("data", "device identifiers"),
    DataKind.PHONE_STATE: pgettext("data", "phone state and identifiers"),
    DataKind.CLIPBOARD: pgettext("data", "clipboard"),
    DataKind.WIFI: pgettext("data", "Wi-Fi networks around"),
    DataKind.MOTION: pgettext("data", "motion sensors"),
    DataKind.NEW_APPS: pgettext("data", "installs of other apps"),
}
GROUP_OF = {DataKind.PHONE_STATE: "PHONE", DataKind.IDENTIFIERS: "PHONE", DataKind.WIFI: "LOCATION"}
"""The permission group of a kind that is none itself."""


def data_name(what: DataKind) -> Text:
    return _NAMES[what] if what in _NAMES else group_name(what)


def data_names(kinds: Iterable[DataKind]) -> Text:
    """The names of several kinds, each once."""
    return listed(data_name(what) for what in dict.fromkeys(kinds))
