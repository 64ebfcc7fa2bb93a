"""Permission -> permission group, and the groups' names for people.

Groups as Android shows them in one dialog: PermissionController, ``utils/PermissionMapping.kt`` (android13-release);
``GET_INSTALLED_APPS`` is the dangerous permission of Chinese ROMs (T/TAF 108-2022). Names are short: LOCATION.
"""

from collections.abc import Iterable

from harness.language import Text, known, listed, pgettext

_MEMBERS = {
    "LOCATION": ("ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION", "ACCESS_BACKGROUND_LOCATION"),
    "CAMERA": ("CAMERA",),
    "MICROPHONE": ("RECORD_AUDIO",),
    "CONTACTS": ("READ_CONTACTS", "WRITE_CONTACTS", "GET_ACCOUNTS"),
    "CALENDAR": ("READ_CALENDAR", "WRITE_CALENDAR"),
    "SMS": ("SEND_SMS", "RECEIVE_SMS", "READ_SMS", "RECEIVE_WAP_PUSH", "RECEIVE_MMS", "READ_CELL_BROADCASTS"),
    "PHONE": ("READ_PHONE_STATE", "READ_PHONE_NUMBERS", "CALL_PHONE", "ADD_VOICEMAIL", "USE_SIP", "ANSWER_PHONE_CALLS", "ACCEPT_HANDOVER"),
    "CALL_LOG": ("READ_CALL_LOG", "WRITE_CALL_LOG", "PROCESS_OUTGOING_CALLS"),
    "STORAGE": ("READ_EXTERNAL_STORAGE", "WRITE_EXTERNAL_STORAGE", "ACCESS_MEDIA_LOCATION"),
    "READ_MEDIA_AURAL": ("READ_MEDIA_AUDIO",),
    "READ_MEDIA_VISUAL": ("READ_MEDIA_IMAGES", "READ_MEDIA_VIDEO", "READ_MEDIA_VISUAL_USER_SELECTED"),
    "SENSORS": ("BODY_SENSORS", "BODY_SENSORS_BACKGROUND"),
    "ACTIVITY_RECOGNITION": ("ACTIVITY_RECOGNITION",),
    "NEARBY_DEVICES": ("BLUETOOTH_SCAN", "BLUETOOTH_CONNECT", "BLUETOOTH_ADVERTISE", "UWB_RANGING", "NEARBY_WIFI_DEVICES"),
    "NOTIFICATIONS": ("POST_NOTIFICATIONS",),
    "INSTALLED_APPS": ("GET_INSTALLED_APPS",),
}
_GROUP_OF = {permission: group for group, members in _MEMBERS.items() for permission in members}
GROUPS = tuple(_MEMBERS)
"""The short names of all groups."""
_NAMES = {
    "LOCATION": pgettext("permission", "location"),
    "CAMERA": pgettext("permission", "camera"),
    "MICROPHONE": pgettext("permission", "microphone"),
    "CONTACTS": pgettext("permission", "contacts"),
    "CALENDAR": pgettext("permission", "calendar"),
    "SMS": pgettext("permission", "SMS"),
    "PHONE": pgettext("permission", "phone"),
    "CALL_LOG": pgettext("permission", "call log"),
    "STORAGE": pgettext("permission", "storage"),
    "READ_MEDIA_AURAL": pgettext("permission", "music and audio"),
    "READ_MEDIA_VISUAL": pgettext("permission", "photos and videos"),
    "SENSORS": pgettext("permission", "body sensors"),
    "ACTIVITY_RECOGNITION": pgettext("permission", "physical activity"),
    "NEARBY_DEVICES": pgettext("permission", "nearby devices"),
    "NOTIFICATIONS": pgettext("permission", "notifications"),
    "INSTALLED_APPS": pgettext("permission", "installed apps"),
}
_UNKNOWN = pgettext("permission", "a permission that was not identified")


def group_of(permission: str) -> str | None:
    """The group of a permission's full or short name; None for one that no dialog asks for."""
    return _GROUP_OF.get(permission.rsplit(".", 1)[-1])


def group_of_op(op: str) -> str | None:
    """The group of the permission that has an app op; ops are called as their permissions, without ACCESS_."""
    return group_of(op) or group_of(f"ACCESS_{op}")


def group_name(group: str | None) -> Text:
    """The name of a group for people; a group we do not know is named by its id."""
    return _UNKNOWN if group is None else _NAMES.get(group) or known(group, group)


def group_names(groups: Iterable[str | None]) -> Text:
    return listed(group_name(group) for group in groups)
