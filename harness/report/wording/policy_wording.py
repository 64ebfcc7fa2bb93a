"""What a policy may tell of, in words, and the permission groups that guard it."""

from __future__ import annotations

from harness.events.permission_groups import group_name
from harness.language import Text, _, pgettext
from harness.policies.policy_table import Information

GROUPS: dict[Information, tuple[str, ...]] = {
    Information.LOCATION: ("LOCATION",),
    Information.CONTACTS: ("CONTACTS",),
    Information.CAMERA: ("CAMERA",),
    Information.MICROPHONE: ("MICROPHONE",),
    Information.STORAGE: ("STORAGE", "READ_MEDIA_AURAL", "READ_MEDIA_VISUAL"),
    Information.PHONE_STATE: ("PHONE",),
    Information.SMS: ("SMS",),
    Information.CALL_LOG: ("CALL_LOG",),
    Information.CALENDAR: ("CALENDAR",),
    Information.SENSORS: ("SENSORS",),
    Information.INSTALLED_APPS: ("INSTALLED_APPS",),
    Information.BLUETOOTH: ("NEARBY_DEVICES",),
}
"""The groups of which a permission opens it; what is not here needs none, or is out of every app's reach."""
INFORMATION: dict[Information, Text] = {
    **{each: group_name(groups[0]) for each, groups in GROUPS.items()},
    Information.PHONE_STATE: _("state of the phone"),
    Information.SENSORS: _("sensors"),
    Information.BLUETOOTH: _("Bluetooth"),
    Information.CLIPBOARD: _("clipboard"),
    Information.IMEI: Text("IMEI"),
    Information.IMSI: Text("IMSI"),
    Information.ICCID: Text("ICCID"),
    Information.SERIAL: _("serial number of the phone"),
    Information.MAC: _("MAC address"),
    Information.ANDROID_ID: Text("Android ID"),
    Information.OAID: Text("OAID"),
    Information.WIFI: _("Wi-Fi in reach"),
    Information.IP: _("IP address"),
    Information.PHONE_NUMBER: _("telephone number"),
    Information.ID_NUMBER: _("ID number"),
    Information.FACE: pgettext("information", "face"),
}
"""What a report calls each."""
