"""Recorded screens that are not the app's: whose they are, and what a permission prompt asks for."""

import re

from device_farm.virtual.framework.permissions.permissions import PREFIX
from device_farm.virtual.recorded.recording import Recording, State

_PROMPTS = re.compile(r"permissioncontroller|packageinstaller|com\.lbe\.security\.miui|permissionmanager|securitypermission")
_CHOOSERS = re.compile(r"documentsui")
_HOME = re.compile(r"launcher|\.home$|com\.android\.systemui")
_ALLOWS, _DENIES = re.compile(r"allow|ALLOW|允许|同意|始终|仅"), re.compile(r"deny|DENY|don|Don|拒绝|禁止|不允许")
_GROUPS = (  # words of AOSP's and of Chinese ROMs' prompts -> permissions of which the app has some
    ("take pictures|camera|相机|拍照|拍摄", ("CAMERA",)),
    ("photos and videos|照片和视频", ("READ_MEDIA_IMAGES", "READ_MEDIA_VIDEO", "READ_EXTERNAL_STORAGE")),
    (
        "photos, media|photos and media|files|存储|文件|照片|媒体|storage",
        ("READ_EXTERNAL_STORAGE", "WRITE_EXTERNAL_STORAGE", "READ_MEDIA_IMAGES"),
    ),
    ("location|位置|定位", ("ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION")),
    ("record audio|microphone|录音|麦克风", ("RECORD_AUDIO",)),
    ("contacts|联系人|通讯录", ("READ_CONTACTS", "WRITE_CONTACTS", "GET_ACCOUNTS")),
    ("phone call|call log|电话|设备信息|通话", ("READ_PHONE_STATE", "CALL_PHONE", "READ_CALL_LOG")),
    ("calendar|日历", ("READ_CALENDAR", "WRITE_CALENDAR")),
    ("SMS|短信", ("READ_SMS", "RECEIVE_SMS", "SEND_SMS")),
    ("physical activity|身体运动|健身", ("ACTIVITY_RECOGNITION",)),
    ("sensor|身体传感器", ("BODY_SENSORS",)),
    ("nearby|relative position|附近", ("BLUETOOTH_SCAN", "BLUETOOTH_CONNECT", "NEARBY_WIFI_DEVICES")),
    ("notification|通知", ("POST_NOTIFICATIONS",)),
    ("music and audio|音乐和音频", ("READ_MEDIA_AUDIO",)),
)


def is_prompt(state: State) -> bool:
    """Whether the system asked for a permission on this screen."""
    return _PROMPTS.search(state.package) is not None


def is_home(state: State) -> bool:
    """Whether the phone's home screen, or what lies around it, was in front."""
    return _HOME.search(state.package) is not None


def is_chooser(state: State) -> bool:
    """Whether the system let the user choose a file or folder."""
    return _CHOOSERS.search(state.package) is not None


def asked_for(recording: Recording, state: State) -> tuple[str, ...]:
    """The permissions of the app's manifest that a recorded prompt is about; empty where its words do not tell."""
    words = state.words(0)
    for names in (names for pattern, names in _GROUPS if re.search(pattern, words, re.IGNORECASE)):
        if found := tuple(PREFIX + name for name in names if PREFIX + name in recording.permissions):
            return found
    return ()


def buttons(state: State, *, granted: bool) -> list[int]:
    """The views of a recorded prompt that answer so."""
    found = []
    for number, view in enumerate(state.views):
        words = f"{view.id.rpartition('/')[2]} {view.text}"
        if "clickable" in view.flags and bool(_DENIES.search(words)) is not granted and (not granted or _ALLOWS.search(words)):
            found.append(number)
    return found
