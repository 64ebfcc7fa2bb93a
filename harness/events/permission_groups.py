"""Permission -> permission group, and the groups' names for people.

Groups as Android shows them in one dialog: PermissionController, ``utils/PermissionMapping.kt`` (android13-release);
``GET_INSTALLED_APPS`` is the dangerous permission of Chinese ROMs (T/TAF 108-2022). Names are short: LOCATION.
"""

from __future__ import annotations

from harness.language import Text, known

_MEMBERS = {
    "LOCATION": ("ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION", "ACCESS_BACKGROUND_LOCATION"),
    "CAMERA": ("CAMERA",),
    "MICROPHONE": ("RECORD_AUDIO",),
    "CONTACTS": ("READ_CONTACTS", "WRITE_CONTACTS", "GET_ACCOUNTS"),
    "CALENDAR": ("READ_CALENDAR", "WRITE_CALENDAR"),
    "SMS": ("SEND_SMS", "RECEIVE_SMS", "READ_SMS", "RECEIVE_WAP_PUSH", "RECEIVE_MMS", "READ_CELL_BROADCASTS"),
    "PHONE": (
        "READ_PHONE_STATE",
        "READ_PHONE_NUMBERS",
        "CALL_PHONE",
        "ADD_VOICEMAIL",
        "USE_SIP",
        "ANSWER_PHONE_CALLS",
        "ACCEPT_HANDOVER",
    ),
    "CALL_LOG": ("READ_CALL_LOG", "WRITE_CALL_LOG", "PROCESS_OUTGOING_CALLS"),
    "STORAGE": ("READ_EXTERNAL_STORAGE", "WRITE_EXTERNAL_STORAGE", "ACCESS_MEDIA_LOCATION"),
    "READ_MEDIA_AURAL": ("READ_MEDIA_AUDIO",),
    "READ_MEDIA_VISUAL": ("READ_MEDIA_IMAGES", "READ_MEDIA_VIDEO", "READ_MEDIA_VISUAL_USER_SELECTED"),
    "SENSORS": ("BODY_SENSORS", "BODY_SENSORS_BACKGROUND"),
    "ACTIVITY_RECOGNITION": ("ACTIVITY_RECOGNITION",),
    "NEARBY_DEVICES": (
        "BLUETOOTH_SCAN",
        "BLUETOOTH_CONNECT",
        "BLUETOOTH_ADVERTISE",
        "UWB_RANGING",
        "NEARBY_WIFI_DEVICES",
    ),
    "NOTIFICATIONS": ("POST_NOTIFICATIONS",),
    "INSTALLED_APPS": ("GET_INSTALLED_APPS",),
}
_GROUP_OF = {permission: group for group, members in _MEMBERS.items() for permission in members}
GROUPS = tuple(_MEMBERS)
"""The short names of all groups."""
_NAMES = {
    "LOCATION": ("位置", "location"),
    "CAMERA": ("相机", "camera"),
    "MICROPHONE": ("麦克风", "microphone"),
    "CONTACTS": ("通讯录", "contacts"),
    "CALENDAR": ("日历", "calendar"),
    "SMS": ("短信", "SMS"),
    "PHONE": ("电话", "phone"),
    "CALL_LOG": ("通话记录", "call log"),
    "STORAGE": ("存储", "storage"),
    "READ_MEDIA_AURAL": ("音乐和音频", "music and audio"),
    "READ_MEDIA_VISUAL": ("照片和视频", "photos and videos"),
    "SENSORS": ("身体传感器", "body sensors"),
    "ACTIVITY_RECOGNITION": ("健身运动", "physical activity"),
    "NEARBY_DEVICES": ("附近的设备", "nearby devices"),
    "NOTIFICATIONS": ("通知", "notifications"),
    "INSTALLED_APPS": ("应用列表", "installed apps"),
}


def group_of(permission: str) -> str | None:
    """The group of a permission's full or short name; None for one that no dialog asks for."""
    return _GROUP_OF.get(permission.rsplit(".", 1)[-1])


def group_words(group: str | None) -> Text:
    """The name of a group in both languages."""
    return known(group_name(group, "zh"), group_name(group, "en"))


def group_name(group: str | None, language: str) -> str:
    """The name of a group for people, ``zh`` or ``en``; a group we do not know is named by its id."""
    if group is None:
        return "未识别的" if language == "zh" else "an unidentified"
    zh, en = _NAMES.get(group, (group, group))
    return zh if language == "zh" else en
