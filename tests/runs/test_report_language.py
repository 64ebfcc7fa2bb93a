"""What a report says of a run is Chinese on one side and English on the other, but for names and what is quoted."""

import re
import tarfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.control_port import ask
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.engine.scenario_run import Run
from harness.language import both, chinese
from harness.report.executive_summary import executive_summary
from harness.report.report_builder import build_report, judged
from harness.report.report_model import Report
from harness.session.check_options import Options
from scenarios.test_permission_denial import drive

pytestmark = pytest.mark.usefixtures("slow_time")

TESTS = Path(__file__).parents[1]
POLITE = TESTS.parent / "device_farm" / "virtual" / "apps" / "polite.py"
QUOTED = re.compile(r"“[^”]*”|(?<!\w)'[^']*'|《[^》]*》")
NAMES = re.compile(r"\b(?:[a-z][\w$]*\.)+[\w.$/:-]+|--[a-z-]+|\b\w*_\w+\b|\b\w+\.\w+\b|\([\d., ]+\)|\b\d[\d.:-]*\b|\bS1\b")
"""Packages, components, paths, options, constants, addresses."""
WORDS = {"ADB", "APP", "Android", "JSON", "NTP", "OPPO", "ROM", "SDK", "SHA-", "SIM", "Toast", "UID", "VPN"}
WORDS |= {"ANDROID", "ColorOS", "ID", "MAC", "MIUI", "OAID", "OS", "adb", "dp", "root", "shell", "vivo"}
METHODS = {"apprights", "compare", "consent", "finish", "moveTaskToBack", "onResume", "refuse", "requestPermissions", "store"}
"""Words in Latin letters that a Chinese reader of such a report uses: of the trade, of Android, and our commands."""
RECORDED = {"未检测:需加选项 --clock(会暂时移动设备的系统时间)"}
"""What stands in the journal of an old run."""
FULL = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
HALF = re.compile(r"[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]")


class Refusing(InProcessDevice):
    """A phone that does not let shell clear the data of an app, as some ROMs ship."""

    def shell(self, command, *, timeout=60.0):  # type: ignore[no-untyped-def]
        if list(command)[:2] == ["pm", "clear"]:
            command = ["sh", "-c", "echo 'SecurityException: does not have permission CLEAR_APP_USER_DATA'; exit 255"]
        return super().shell(command, timeout=timeout)


def checked(runs: Path, kind: type[InProcessDevice], fault: str = "") -> Path:
    """The folder of one check of an innocent app, with this fault at its first denial."""
    told: list[str] = []

    def progress(text: str) -> None:
        told.append(text)
        if fault and "denied" in text and told[-2:-1] != ["fault"]:
            told.append("fault")
            assert list(ask(device.serial, ["fault", fault])) == []

    apps = tuple(reversed(load_app_file(POLITE)))
    with devices_in_thread([partial(VirtualDevice, Spec(apps=apps))]) as thread:
        device = kind(thread)
        run = Run.open(device, apps[-1].package, runs, Options(), progress)
        run.plan("permission-denial", ["c5-exit-after-denial", "c5-dialog-loop"])
        run.drive("permission-denial", drive)
        run.close()
    return run.folder


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("told")
    for archive in (TESTS / "data" / "old_runs").glob("*.tar.xz"):
        with tarfile.open(archive) as file:
            file.extractall(folder, filter="data")
    old = sorted(folder.iterdir())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scenarios.test_permission_denial.COLD_STARTS", 1)
        patch.setattr("device_farm.samples.in_process_device._UPDATE_MS", 1)
        faulty = [checked(folder / "new", Refusing), checked(folder / "new", InProcessDevice, "empty-dump")]
    return build_report([judged(folder) for folder in (*old, *faulty)])


def sentences(report: Report) -> Iterator[tuple[str, str]]:
    """Everything that is said in two languages."""
    for app in report.apps:
        yield from map(both, app.problems)
        if app.unfinished:
            yield both(app.unfinished)
        yield from map(both, app.methods)
        told = (text for each in (*app.conclusion, *app.scenes) for text in (each.name, each.state.words, each.reason, each.limits))
        yield from map(both, told)
        yield from (both(text) for row in app.untested for text in (row.name, row.reason, row.todo))
        yield from (both(row.name) for row in app.identity)
        for verdict in app.verdicts:
            rule = verdict.rule
            yield from ((rule.label_zh, rule.label_en), (rule.advice_zh, rule.advice_en), (rule.limits_zh, rule.limits_en))
            yield both(verdict.reason)
            for finding in verdict.findings:
                yield both(finding.reason)
                yield from (both(fact.text) for fact in finding.facts)
                yield from (both(picture.caption) for picture in finding.pictures)
                yield from (both(witness.pixels) for witness in finding.witnesses)


def test_the_first_page_is_in_both_languages_too(report: Report) -> None:
    page = executive_summary(report)
    assert page.sentences
    told = [both(each.text) for each in (*page.sentences, *page.warnings)] + [both(each.label) for each in page.sentences]
    assert [zh for zh, _ in told if HALF.search(zh)] == []
    assert [en for _, en in told if FULL.search(QUOTED.sub("…", en))] == []


def test_chinese_is_chinese(report: Report) -> None:
    told = {zh for zh, _ in sentences(report)}
    assert len(told) > 90
    own = {zh: NAMES.sub("…", QUOTED.sub("…", zh)) for zh in told}
    assert [zh for zh, text in own.items() if set(re.findall(r"[A-Za-z][A-Za-z-]+", text)) - WORDS - METHODS] == []
    assert [zh for zh, text in own.items() if HALF.search(text) and zh not in RECORDED] == []


def test_english_is_english(report: Report) -> None:
    assert [en for _, en in sentences(report) if FULL.search(QUOTED.sub("…", en))] == []


def test_why_a_check_did_not_get_to_its_end_is_told_in_both_languages(report: Report) -> None:
    """One could not clear the app's data, the other saw nothing any more."""
    refused, blind = report.apps[-2:]
    (problem, *_) = refused.problems
    assert chinese(problem).startswith(
        "无法清除 com.example.qingyun.weather 的数据：这部手机上 adb 缺少 CLEAR_APP_USER_DATA，请在开发者选项中打开"
    )
    assert problem.startswith("cannot clear the data of com.example.qingyun.weather: adb lacks CLEAR_APP_USER_DATA on this phone")
    reasons = {chinese(verdict.reason) for verdict in refused.verdicts}
    assert any(reason.startswith("检测未能完成：无法清除") for reason in reasons), reasons
    assert any("视图树一直为空" in chinese(verdict.reason) for verdict in blind.verdicts)
