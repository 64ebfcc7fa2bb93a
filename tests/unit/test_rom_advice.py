from dataclasses import replace

import pytest

from harness.detectors.request_context import is_core
from harness.errors import CommandFailed
from harness.language import in_language
from harness.roms import with_advice
from tests.cases.script import APP

CLEAR = "java.lang.SecurityException: PID 1 does not have permission android.permission.CLEAR_APP_USER_DATA to clear data of package com.x"
TOUCH = "java.lang.SecurityException: Injecting to another application requires INJECT_EVENTS permission"


@pytest.mark.parametrize(("refusal", "permission"), [(CLEAR, "CLEAR_APP_USER_DATA"), (TOUCH, "INJECT_EVENTS")])
def test_what_a_rom_withholds_is_told_with_the_option_that_gives_it(refusal: str, permission: str) -> None:
    error = CommandFailed("click", 1, with_advice(refusal))
    told, told_zh = str(error), in_language(error, "zh")
    assert f"adb lacks {permission} on this phone" in told
    assert f"adb 缺少 {permission}" in told_zh
    for option in ("USB调试（安全设置）", "禁止权限监控", "USB安全操作"):
        assert option in told
        assert option in told_zh
    assert told.endswith(refusal)


@pytest.mark.parametrize("refusal", ["", "Failed", "java.lang.SecurityException: Shell does not have permission to access user 10"])
def test_another_refusal_gets_no_advice(refusal: str) -> None:
    assert with_advice(refusal) == refusal


@pytest.mark.parametrize(("label", "group"), [("美颜相机", "CAMERA"), ("扫码王", "CAMERA"), ("图路地图", "LOCATION"), ("Scan", "CAMERA")])
def test_it_is_that_function(label: str, group: str) -> None:
    assert is_core(replace(APP, label=label), group)


@pytest.mark.parametrize(
    ("label", "group"),
    [("精美壁纸", "READ_MEDIA_VISUAL"), ("晴朗天气", "LOCATION"), ("美颜相机", "LOCATION"), ("Notes", "CAMERA"), ("小店", None)],
)
def test_it_is_more_than_that(label: str, group: str | None) -> None:
    assert not is_core(replace(APP, label=label), group)
