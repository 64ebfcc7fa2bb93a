import os
import re
from pathlib import Path

import pytest

from tests.apk_builder import build_apk, certificate, manifest
from tests.virtual.session_pairs import session_pairs
from tests.virtual.shell_calls import CAMERA, new_device, run

PACKAGE = "com.example.small"
CAPTURES = Path(os.environ.get("APPRIGHTS_CAPTURES", Path(__file__).parents[3] / "shared" / "captures")) / "apk"


def stream(device: object, data: bytes, flags: str = "") -> str:
    answer = run(device, f"cmd package install {flags} -S {len(data)}", data)  # type: ignore[arg-type]
    assert (answer.code == 0) == (answer.out == "Success\n")
    return answer.out.strip() + answer.err.strip()


def test_a_streamed_apk_becomes_a_package() -> None:
    device = new_device()
    signer = certificate()
    data = build_apk(signer=signer)
    assert stream(device, data) == "Success"
    package = device.system.packages[PACKAGE]
    assert package.app_class is None
    assert (package.label, package.version_name, package.version_code) == ("Small", "1.0", 7)
    assert package.requested_permissions == [CAMERA]
    assert not package.runtime_permissions[CAMERA].granted
    assert package.uid >= 10000
    path = run(device, f"pm path {PACKAGE}").out.strip().removeprefix("package:")
    assert device.files.read(path) == data


def test_its_empty_window_opens() -> None:
    device = new_device()
    stream(device, build_apk())
    run(device, f"monkey -p {PACKAGE} -c android.intent.category.LAUNCHER 1")
    device.clock.skip(3)
    assert device.system.resumed.component.package == PACKAGE


def test_g_grants_at_install() -> None:
    device = new_device()
    assert stream(device, build_apk(), "-g -r -t") == "Success"
    assert device.system.packages[PACKAGE].runtime_permissions[CAMERA].granted


def test_a_test_only_apk_needs_t() -> None:
    device = new_device()
    root = manifest()
    root.children[-1].attributes["android:testOnly"] = True
    assert stream(device, build_apk(root)) == (
        "Failure [INSTALL_FAILED_TEST_ONLY: Failed to install test-only apk. Did you forget to add -t?]"
    )
    assert stream(device, build_apk(root), "-t") == "Success"


def test_an_update_keeps_the_uid_and_needs_the_same_signer() -> None:
    device = new_device()
    mine = certificate()
    stream(device, build_apk(signer=mine))
    uid = device.system.packages[PACKAGE].uid
    assert stream(device, build_apk(manifest(code=8), signer=mine)) == "Success"
    assert device.system.packages[PACKAGE].uid == uid
    assert device.system.packages[PACKAGE].version_code == 8
    assert stream(device, build_apk(manifest(code=9), signer="stranger")) == (
        f"Failure [INSTALL_FAILED_UPDATE_INCOMPATIBLE: Existing package {PACKAGE} signatures do not match newer version; ignoring!]"
    )
    assert stream(device, build_apk(manifest(code=1), signer=mine)) == (
        "Failure [INSTALL_FAILED_VERSION_DOWNGRADE: Downgrade detected: Update version code 1 is older than current 8]"
    )
    assert stream(device, build_apk(manifest(code=1), signer=mine), "-d") == "Success"
    assert stream(device, build_apk(signer=mine), "-R").startswith("Failure [INSTALL_FAILED_ALREADY_EXISTS: ")


def test_a_pushed_file_is_installed_by_path() -> None:
    device = new_device()
    device.files.mkdir("/data/local/tmp", parents=True)
    device.files.write("/data/local/tmp/x.apk", build_apk())
    assert run(device, "pm install -r -t /data/local/tmp/x.apk").out == "Success\n"
    missing = run(device, "pm install /sdcard/none.apk")
    assert missing.code == 255
    assert "Error: Unable to open file: /sdcard/none.apk\nConsider using a file under /data/local/tmp/" in missing.err


def test_a_session_is_written_and_committed() -> None:
    device = new_device()
    data = build_apk()
    created = run(device, f"pm install-create -r -S {len(data)}").out
    number = created.removeprefix("Success: created install session [").removesuffix("]\n")
    written = run(device, f"pm install-write -S {len(data)} {number} base.apk -", data)
    assert written.out == f"Success: streamed {len(data)} bytes\n"
    assert run(device, f"pm install-commit {number}").out == "Success\n"
    assert PACKAGE in device.system.packages
    again = run(device, f"pm install-commit {number}")
    assert f"SecurityException: Caller has no access to session {number}" in again.err
    second = run(device, "pm install-create").out.partition("[")[2].partition("]")[0]
    assert run(device, f"pm install-abandon {second}").out == "Success\n"


@pytest.mark.parametrize(
    ("data", "failure"),
    [
        (b"hello world, not a zip file", "INSTALL_PARSE_FAILED_NOT_APK"),
        (build_apk()[:300], "INSTALL_PARSE_FAILED_NOT_APK"),
        (build_apk(manifest("com.example.a;reboot")), "INSTALL_PARSE_FAILED_BAD_PACKAGE_NAME"),
        (build_apk(manifest(split="config.zh")), "INSTALL_FAILED_MISSING_SPLIT"),
    ],
)
def test_bad_files_are_refused_by_code(data: bytes, failure: str) -> None:
    device = new_device()
    before = set(device.system.packages)
    answer = stream(device, data)
    assert answer.startswith(f"Failure [{failure}: ")
    assert "\n" not in answer
    assert set(device.system.packages) == before


def test_a_stream_that_stops_early_installs_nothing() -> None:
    device = new_device()
    data = build_apk()
    answer = run(device, f"cmd package install -S {len(data) + 100}", data)
    assert answer.code == 255
    assert PACKAGE not in device.system.packages
    assert run(device, "pm install").out == "Error: must either specify a package size or an APK file\n"
    assert "Size must be positive" in run(device, "pm install -S 0").err


@pytest.mark.skipif(not CAPTURES.exists(), reason="no real captures beside this project")
def test_a_real_apk_goes_through_install() -> None:
    device = new_device()
    data = (CAPTURES / "app-lister.apk").read_bytes()
    assert stream(device, data) == "Success"
    assert device.system.packages["io.github.ylimit.benchapp"].label == "BenchApp"


def test_adbs_own_installs_are_sessions_too() -> None:
    device = new_device()
    assert stream(device, build_apk(), "-r -t -g") == "Success"
    _active, _, ended = session_pairs(device).partition("Historical install sessions:")
    assert "userId=0 mOriginalInstallerUid=2000 mOriginalInstallerPackageName=null installerPackageName=null" in ended
    assert "installInitiatingPackageName=null installOriginatingPackageName=null mInstallerUid=2000 " in ended
    assert "installFlags=0x400166 " in ended  # REPLACE, ALLOW_TEST, FROM_ADB, ALL_USERS, GRANT, restricted permissions
    assert "mFinalStatus=1 mFinalMessage=null" in ended


def test_a_session_is_active_until_it_is_committed_or_abandoned() -> None:
    device = new_device()
    number = re.search(r"\[(\d+)\]", run(device, "pm install-create -i com.example.store").out)
    active, _, _ended = session_pairs(device).partition("Historical install sessions:")
    assert f"Session {number[1]}:" in active
    assert "installerPackageName=com.example.store " in active
    run(device, f"pm install-abandon {number[1]}")
    active, _, ended = session_pairs(device).partition("Historical install sessions:")
    assert number[1] not in active
    assert "mFinalStatus=-115 mFinalMessage=Session was abandoned" in ended


@pytest.mark.parametrize(
    ("android", "tag", "text"),
    [
        ("8.1", "PackageInstaller", "Commit of session {} failed: "),
        ("11", "PackageInstallerSession", "Commit of session {} failed: "),
        ("13", None, ""),
    ],
)
def test_what_is_no_apk_is_told_by_the_log_until_11(android: str, tag: str | None, text: str) -> None:
    device = new_device(android=android)
    stream(device, b"no apk")
    lines = [(e.tag, e.message) for e in device.logs.buffers["system"] if "session" in e.message]
    number = re.search(r"Session (\d+):", session_pairs(device))
    assert number is not None
    assert "mFinalStatus=-100" in session_pairs(device) or "mFinalStatus=-2 " in session_pairs(device)
    assert [(t, m.startswith(text.format(number[1]))) for t, m in lines] == ([] if tag is None else [(tag, True)])


@pytest.mark.parametrize(("android", "reason"), [("12", True), ("14", False)])
def test_a_downgrade_is_told_since_12(android: str, reason: bool) -> None:
    device = new_device(android=android)
    mine = certificate()
    stream(device, build_apk(manifest(code=8), signer=mine))
    stream(device, build_apk(manifest(code=7), signer=mine))
    (line,) = [e.message for e in device.logs.buffers["system"] if e.tag == "PackageInstallerSession"]
    assert line.startswith("Failed to verify session ")
    assert ("[INSTALL_FAILED_VERSION_DOWNGRADE: Downgrade detected: " in line) is reason
    assert "mFinalStatus=-25 mFinalMessage=Downgrade detected: " in session_pairs(device)
