"""Which permission group a dialog's sentence is about."""

import pytest

from harness.dialogs.dialog_words import group_in, groups_called

SENTENCES = {
    "要允许“小店”访问此设备上的照片、视频、音乐和音频吗？": "STORAGE",
    "Allow Shop to access photos, videos, music, and audio on this device?": "STORAGE",
    "要允许小店访问您设备上的照片、媒体内容和文件吗？": "STORAGE",
    "Allow Shop to access photos, media, and files on your device?": "STORAGE",
    "要允许小店访问您设备上的照片和媒体吗？": "STORAGE",
    "是否允许“小店”读写手机上的照片及文件": "STORAGE",
    "要允许“小店”访问此设备上的照片和视频吗？": "READ_MEDIA_VISUAL",
    "Allow Shop to access photos and videos on this device?": "READ_MEDIA_VISUAL",
    "要允许“小店”访问此设备上的音乐和音频吗？": "READ_MEDIA_AURAL",
    "要允许“小店”拍摄照片和录制视频吗？": "CAMERA",
    "相机权限用于拍摄照片,照片存为文件": "CAMERA",
    "要允许“小店”录制音频吗？": "MICROPHONE",
    "要允许“小店”获取此设备的位置信息吗？": "LOCATION",
    "没有访问位置的权限，无法查找附近的设备": "LOCATION",
    "Finding nearby devices needs the location permission": "LOCATION",
    "欢迎使用": None,
}
"""The first ones are PermissionController's ``permgrouprequest_storage*`` of Android 13, 10 and 12, and MIUI's."""


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_group_of_a_sentence(sentence: str) -> None:
    assert group_in(sentence) == SENTENCES[sentence]


def test_a_word_inside_another_is_not_called_a_permission() -> None:
    assert groups_called("The microphone permission is off") == ("MICROPHONE",)
