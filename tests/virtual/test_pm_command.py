from __future__ import annotations

import re

import pytest

from tests.virtual.shell_calls import CAMERA, CONTACTS, Answer, new_device, run


def test_list_packages_with_filters() -> None:
    device = new_device()
    everything = run(device, "pm list packages ''").out.splitlines()
    assert everything == run(device, "pm list packages").out.splitlines()
    assert "package:com.android.settings" in everything
    third = run(device, "pm list packages -3").out.splitlines()
    assert sorted(third) == ["package:com.example.other", "package:com.example.shop"]
    assert set(run(device, "pm list packages -s").out.splitlines()) == set(everything) - set(third)
    assert run(device, "pm list packages shop").out == "package:com.example.shop\n"
    uid = device.system.packages["com.example.shop"].uid
    line = run(device, "cmd package list packages -f -i -U --show-versioncode --user 0 shop").out
    assert re.fullmatch(
        rf"package:/data/app/~~[^=]+==/com\.example\.shop-[^=]+==/base\.apk=com\.example\.shop versionCode:120"
        rf"  installer=null uid:{uid}\n",
        line,
    )
    assert run(device, f"pm list packages --uid {uid}").out == f"package:com.example.shop uid:{uid}\n"
    assert run(device, "pm list packages --nope").out == "Error: Unknown option: --nope\n"


def test_path() -> None:
    device = new_device()
    assert re.fullmatch(r"package:/data/app/.*/base\.apk\n", run(device, "pm path com.example.shop").out)
    missing = run(device, "pm path com.example.nothing")
    assert (missing.code, missing.out) == (1, "")


def test_grant_and_revoke() -> None:
    device = new_device()
    state = device.system.packages["com.example.shop"].runtime_permissions[CAMERA]
    assert run(device, f"pm grant com.example.shop {CAMERA}").code == 0
    assert state.granted
    assert run(device, f"pm revoke com.example.shop {CAMERA}").code == 0
    assert not state.granted
    assert run(device, f"pm grant com.example.nothing {CAMERA}").code == 0


@pytest.mark.parametrize(
    ("permission", "message"),
    [
        ("com.example.NOPE", "java.lang.IllegalArgumentException: Unknown permission: com.example.NOPE"),
        (
            "android.permission.INTERNET",
            "java.lang.SecurityException: Permission android.permission.INTERNET requested by com.example.shop is not "
            "a changeable permission type",
        ),
        (CONTACTS, f"java.lang.SecurityException: Package com.example.shop has not requested permission {CONTACTS}"),
    ],
)
def test_a_grant_that_is_refused_says_why(permission: str, message: str) -> None:
    answer = run(new_device(), f"pm grant com.example.shop {permission}")
    assert answer.code == 255
    assert answer.err.splitlines()[:3] == ["", "Exception occurred while executing 'grant':", message]


def test_clear_and_uninstall() -> None:
    device = new_device()
    run(device, f"pm grant com.example.shop {CAMERA}")
    assert run(device, "pm clear com.example.shop").out == "Success\n"
    assert not device.system.packages["com.example.shop"].runtime_permissions[CAMERA].granted
    failed = run(device, "pm clear com.example.nothing")
    assert (failed.code, failed.err) == (1, "Failed\n")
    assert run(device, "pm uninstall com.example.shop").out == "Success\n"
    assert "com.example.shop" not in device.system.packages
    gone = run(device, "cmd package uninstall com.example.shop")
    assert (gone.code, gone.out) == (1, "Failure [DELETE_FAILED_INTERNAL_ERROR]\n")
    assert run(device, "pm uninstall com.android.settings").code == 1


def test_the_permission_dialog_is_found_by_its_action() -> None:
    answer = run(new_device(), "cmd package resolve-activity --brief -a android.content.pm.action.REQUEST_PERMISSIONS")
    first, second = answer.out.splitlines()
    assert first == "priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=true"
    assert second.startswith("com.android.permissioncontroller/")
    assert second.endswith("GrantPermissionsActivity")


def test_queries() -> None:
    device = new_device()
    assert run(device, "cmd package resolve-activity --brief -a com.example.NOTHING").out == "No activity found\n"


def test_list_permissions_by_group() -> None:
    lines = run(new_device(), "pm list permissions -g -d").out.splitlines()
    assert lines[0] == "Dangerous Permissions:"
    at = lines.index("group:android.permission-group.CAMERA")
    assert lines[at + 1] == f"  permission:{CAMERA}"


def test_features_are_told_in_order() -> None:
    device = new_device()
    lines = run(device, "pm list features").out.splitlines()
    assert lines[0] == "feature:reqGlEsVersion=0x30002"
    assert lines[1:] == sorted(lines[1:])
    assert "feature:android.hardware.vulkan.version=4198400" in lines


def test_libraries_and_instrumentation() -> None:
    device = new_device()
    assert "library:android.test.runner" in run(device, "pm list libraries").out.splitlines()
    assert run(device, "pm list instrumentation") == Answer(0, "", "")
    assert run(device, "pm list instrumentation -x") == Answer(255, "Error: Unknown option: -x\n", "")
    device.system.packages["com.example.shop"].app_class = None  # as an installed APK
    assert run(device, "pm list instrumentation").err == "virtual: not modelled: pm list instrumentation\n"
