import pytest

from harness.errors import CommandFailed
from harness.language import in_language
from harness.roms import with_advice

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
