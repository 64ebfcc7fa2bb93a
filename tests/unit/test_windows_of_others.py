"""What is known of windows that are nobody's business: told apart from what looks like them, and closed by no yes."""

import pytest

from harness.roms.windows_of_others import window_of, windows_of_others

CENTER, SYSTEMUI = "com.miui.securitycenter", "com.android.systemui"


@pytest.mark.parametrize(
    ("window", "found"),
    [
        ((SYSTEMUI, "", ["要开启省电模式吗？", "取消"], False), "low-battery"),
        ((SYSTEMUI, "", ["WLAN", "省电模式"], True), ""),  # the shade, where the mode has a tile
        ((SYSTEMUI, f"{SYSTEMUI}/.sensorprivacy.SensorUseStartedActivity", [], True), "privacy"),
        ((CENTER, f"{CENTER}/com.miui.applicationlock.ConfirmAccessControl", ["请输入密码"], True), "app-lock"),
        ((CENTER, "", ["“邻里通” 想要打开 “时钟”"], True), "start-confirmation"),
        ((CENTER, "", ["想要使用您的位置", "拒绝"], True), ""),  # the ROM's permission dialog
        (("com.android.deskclock", "com.android.deskclock/.alarms.AlarmActivity", [], True), "alarm"),
        (("com.android.deskclock", "com.android.deskclock/.DeskClock", [], True), ""),  # an app may open the clock
        (("android", "", ["邻里通没有响应", "等待"], False), "anr"),
        (("com.example.linli.messenger", "", [], True), ""),
    ],
)
def test_a_window_is_known_by_package_activity_words_and_size(window: tuple[str, str, list[str], bool], found: str) -> None:
    package, component, texts, whole = window
    row = window_of(package, component, texts, whole=whole)
    assert (row.name if row is not None else "") == found


def test_nothing_that_closes_one_agrees_to_anything() -> None:
    yes = ("允许", "同意", "确定", "安装", "立即", "开启", "打开", "接听", "allow", "agree", "ok", "install", "turn on", "answer")
    assert [caption for row in windows_of_others() for caption in row.close if caption.startswith(yes)] == []
