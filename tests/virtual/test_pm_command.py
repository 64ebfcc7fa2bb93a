import re

import pytest

from device_farm.virtual import Activity, App, Receiver
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
    boot = "-a android.intent.action.BOOT_COMPLETED"
    assert run(device, f"cmd package query-receivers --components {boot}").out == "com.example.shop/.Boot\n"
    brief = run(device, f"cmd package query-receivers --brief {boot}").out.splitlines()
    assert brief[:2] == ["1 receivers found:", "  Receiver #0:"]
    assert brief[3] == "    com.example.shop/.Boot"
    assert run(device, "cmd package query-services --brief -a com.example.NOTHING").out == "No services found\n"
    assert run(device, "cmd package resolve-activity --brief -a com.example.NOTHING").out == "No activity found\n"


class Turned(App):
    package = "com.example.turned"

    class Main(Activity):
        launcher = True
        launch_mode, screen_orientation, config_changes = "single_task", "landscape", ["orientation", "screen_size"]

    class Job(Receiver):
        process, actions = ":push", ["com.example.WORK"]


# What begins the lines of real phones for an activity of a user's app: Fire OS with Android 9, a Pixel image with 16
WHOLE = {
    "9": ("name packageName enabled taskAffinity launchMode screenOrientation lockTaskLaunchMode resizeMode ApplicationInfo: packageName "
     "labelRes processName taskAffinity uid requiresSmallestWidthDp sourceDir seinfo seinfoUser dataDir deviceProtectedDataDir "
     "credentialProtectedDataDir enabled supportsRtl fullBackupContent HiddenApiEnforcementPolicy"),
    "16": ("name packageName enabled taskAffinity launchMode screenOrientation lockTaskLaunchMode resizeMode knownActivityEmbeddingCerts "
     "requireContentUriPermissionFromCaller ApplicationInfo: packageName labelRes processName taskAffinity uid "
     "requiresSmallestWidthDp sourceDir seinfo seinfoUser dataDir deviceProtectedDataDir credentialProtectedDataDir enabled "
     "supportsRtl fullBackupContent crossProfile HiddenApiEnforcementPolicy usesNonSdkApi allowsPlaybackCapture "
     "nativeHeapZeroInitialized enableOnBackInvokedCallback allowCrossUidActivitySwitchFromBelow mPageSizeAppCompatFlags createTimestamp"),
}  # fmt: skip


@pytest.mark.parametrize("android", WHOLE)
def test_a_whole_answer_has_the_lines_of_its_version(android: str) -> None:
    answer = run(new_device(Turned, android=android), "cmd package resolve-activity com.example.turned")
    head, kind, *lines = answer.out.splitlines()
    assert (head.split()[0], kind) == ("priority=0", "ActivityInfo:")
    assert " ".join(line.split()[0].partition("=")[0] for line in lines) == WHOLE[android]
    by_name = dict(line.strip().partition("=")[::2] for line in lines[:8])
    assert by_name["name"] == "com.example.turned.Main"
    assert (
        by_name["launchMode"]
        == {"9": "2 flags=0x200 theme=0x0", "16": "LAUNCH_SINGLE_TASK flags=0x200 privateFlags=0x0 theme=0x0"}[android]
    )
    assert by_name["screenOrientation"] == "0 configChanges=0x483 softInputMode=0x0"


def test_a_whole_answer_to_a_query_names_processes_and_services() -> None:
    lines = run(new_device(Turned), "cmd package query-receivers -a com.example.WORK").out.splitlines()
    assert lines[:2] == ["1 receivers found:", "  Receiver #0:"]
    assert lines[3:7] == ["    ActivityInfo:", "      name=com.example.turned.Job", "      packageName=com.example.turned",
                          "      processName=com.example.turned:push"]  # fmt: skip
    service = run(new_device(), "cmd package query-services -n com.example.shop/.Worker").out
    assert "    ServiceInfo:\n      name=com.example.shop.Worker\n" in service
    assert "      permission=null\n      flags=0x0\n      ApplicationInfo:\n" in service


def test_enable_and_disable() -> None:
    device = new_device()
    assert run(device, "pm disable-user --user 0 com.example.shop").out == ("Package com.example.shop new state: disabled-user\n")
    assert run(device, "pm list packages -d").out == "package:com.example.shop\n"
    assert run(device, "pm enable com.example.shop").out == "Package com.example.shop new state: enabled\n"
    refused = run(device, "pm disable com.example.shop")
    assert refused.code == 255
    assert "SecurityException: Shell cannot change component state for null to 2" in refused.err


def test_list_permissions_by_group() -> None:
    lines = run(new_device(), "pm list permissions -g -d").out.splitlines()
    assert lines[0] == "Dangerous Permissions:"
    at = lines.index("group:android.permission-group.CAMERA")
    assert lines[at + 1] == f"  permission:{CAMERA}"


def test_features_are_told_in_order_and_one_by_one() -> None:
    device = new_device()
    lines = run(device, "pm list features").out.splitlines()
    assert lines[0] == "feature:reqGlEsVersion=0x30002"
    assert lines[1:] == sorted(lines[1:])
    assert "feature:android.hardware.vulkan.version=4198400" in lines
    assert run(device, "pm has-feature android.hardware.touchscreen") == Answer(0, "true\n", "")
    assert run(device, "pm has-feature android.hardware.vulkan.version 4198400").code == 0
    assert run(device, "pm has-feature android.hardware.vulkan.version 4198401") == Answer(1, "false\n", "")
    assert run(device, "pm has-feature android.hardware.nfc").code == 1


def test_libraries_and_instrumentation() -> None:
    device = new_device()
    assert "library:android.test.runner" in run(device, "pm list libraries").out.splitlines()
    assert run(device, "pm list instrumentation") == Answer(0, "", "")
    assert run(device, "pm list instrumentation -x") == Answer(255, "Error: Unknown option: -x\n", "")
    device.system.packages["com.example.shop"].app_class = None  # as an installed APK
    assert run(device, "pm list instrumentation").err == "virtual: not modelled: pm list instrumentation\n"
