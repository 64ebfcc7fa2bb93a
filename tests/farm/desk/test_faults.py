"""Whose doing it was: each error by its kind and its place."""

import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from device_farm.execution import fault_attribution
from device_farm.execution.fault_attribution import Blame, FileGone, end_of, fault_result, need_apk
from device_farm.execution.unit_process import _carried_out
from device_farm.units.attempt_result import attempt_result_of
from device_farm.units.job import Job, Phone, Virtual
from device_farm.units.unit import End
from device_farm.virtual.vocabulary.app_source import AppFileError
from harness.errors import CommandFailed, DeviceBusy, DeviceLost, DeviceTimeout, EvidenceError, FormatError, NotInstalled, ScenarioError
from harness.language import Text, both
from harness.verdicts.analysis import Analysis, examine

VIRTUAL = Phone("virtual-1", virtual=Virtual())


def refused(code: str) -> CommandFailed:
    return CommandFailed("install shop.apk", 1, f"{code}: because")


@pytest.mark.parametrize(
    ("error", "at", "end"),
    [
        (FormatError("no APK"), Blame.APP, End.APP_FAULT),
        (refused("INSTALL_PARSE_FAILED_NO_CERTIFICATES"), Blame.OPENING, End.APP_FAULT),
        (refused("INSTALL_FAILED_OLDER_SDK"), Blame.OPENING, End.TOO_OLD),
        (refused("INSTALL_FAILED_INSUFFICIENT_STORAGE"), Blame.OPENING, End.DEVICE_FAULT),
        (refused("INSTALL_FAILED_USER_RESTRICTED"), Blame.OPENING, End.DEVICE_FAULT),
        (CommandFailed("pm path", 1, "INSTALL_FAILED_OLDER_SDK"), Blame.OPENING, End.DEVICE_FAULT),
        (ScenarioError("no launcher activity"), Blame.OPENING, End.APP_FAULT),
        (ScenarioError("locked"), Blame.PHONE, End.DEVICE_FAULT),
        (DeviceLost("gone"), Blame.OPENING, End.DEVICE_FAULT),
        (DeviceTimeout("silent"), Blame.PHONE, End.DEVICE_FAULT),
        (DeviceBusy("used"), Blame.PHONE, End.HOST_FAULT),
        (EvidenceError("No space left on device"), Blame.OPENING, End.HOST_FAULT),
        (OSError(28, "No space left on device", "runs"), Blame.PHONE, End.HOST_FAULT),
        (FileGone("shop.apk"), Blame.APP, End.ABSENT),
        (NotInstalled("cn.qa.shop is not on S2"), Blame.OPENING, End.ABSENT),
        (AppFileError(Path("shop.py"), 22, "Activity has no 'request_permision'"), Blame.APP, End.APP_FAULT),
        (FileNotFoundError(2, "No such file", "runs"), Blame.APP, End.HOST_FAULT),
        (KeyError("a mistake of ours"), Blame.APP, End.HOST_FAULT),
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_error_without_a_run(error: Exception, at: Blame, end: End) -> None:
    told = fault_result(error, at, -1)
    assert (told.end, bool(told.reason), told.results) == (end, True, ())


def test_a_mistake_in_an_app_file_is_told_in_its_own_line_and_in_the_language_that_was_chosen(tmp_path: Path) -> None:
    file = tmp_path / "typo.py"
    file.write_text(
        "from device_farm.virtual import Activity, App\n\n\n"
        "class Shop(App):\n    package = 'cn.qa.shop'\n    label = 'Shop'\n\n"
        "    class Main(Activity):\n        launcher = True\n\n"
        "        def on_create(self):\n            self.request_permision('android.permission.CAMERA')\n"
    )
    job = Job(1, "k", 1, str(file), (5,), tmp_path / "runs")
    told = _carried_out(lambda message: None, job, VIRTUAL)
    assert (told.end, told.run) == (End.APP_FAULT, "")
    zh, en = both(told.reason or Text(""))
    assert en == f"{file}:12: Activity has no 'request_permision'; did you mean 'request_permissions'?"
    assert zh.startswith(f"{file}:12")
    assert "request_permissions" in zh
    assert zh != en


def test_a_phone_that_went_with_its_adb_server_is_not_to_blame(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fault_attribution, "adb_answers", lambda port: False)
    assert fault_result(DeviceLost("gone"), Blame.PHONE, 5037).end is End.HOST_FAULT


def test_a_file_that_is_gone_is_no_fault_of_the_app(tmp_path: Path) -> None:
    with pytest.raises(FileGone, match=r"gone\.apk: No such file"):
        need_apk(tmp_path / "gone.apk")
    (tmp_path / "notes.apk").write_bytes(b"no zip")
    with pytest.raises(FormatError):
        need_apk(tmp_path / "notes.apk")


class TestOfARun:
    """An old run that is whole, and the same as if it had been broken off."""

    @pytest.fixture
    def whole(self, tmp_path: Path) -> Analysis:
        with tarfile.open("tests/data/old_runs/puzzle-consent.tar.xz") as archive:
            archive.extractall(tmp_path, filter="data")
        return examine(next(path.parent for path in tmp_path.rglob("run.json")))

    def test_whole_is_done(self, whole: Analysis) -> None:
        assert whole.unfinished is None
        assert end_of(whole, [], VIRTUAL) == (End.DONE, None)
        told = attempt_result_of(whole, End.DONE)
        assert len(told.results) == len(whole.verdicts)
        assert {row.outcome for row in told.findings} <= {"violation", "suspected"}
        assert all(row.sha256 for row in told.artifacts)

    @pytest.mark.parametrize(
        ("error", "end"),
        [
            (ScenarioError("the app does not start"), End.APP_FAULT),
            (DeviceLost("gone"), End.DEVICE_FAULT),
            (CommandFailed("input tap", 1, "no"), End.DEVICE_FAULT),
            (EvidenceError("No space left on device"), End.HOST_FAULT),
            (ValueError("a mistake of ours"), End.HOST_FAULT),
            (None, End.DEVICE_FAULT),
        ],
    )
    def test_broken_off_is_never_done(self, whole: Analysis, error: Exception | None, end: End) -> None:
        broken = replace(whole, cut_off=True)
        assert broken.unfinished is not None
        assert end_of(broken, [error] if error is not None else [], VIRTUAL)[0] is end
