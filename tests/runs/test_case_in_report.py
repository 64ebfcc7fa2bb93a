"""What the tester told stands in each part of a report that asks for it, of each app its own."""

import tarfile
from pathlib import Path

from harness.language import both
from harness.report.case import Case
from harness.report.report_builder import build_report, judged

ARCHIVE = Path(__file__).parents[1] / "data" / "old_runs" / "bank-lost-device.tar.xz"


def test_the_record_names_who_tested(tmp_path: Path) -> None:
    with tarfile.open(ARCHIVE) as file:
        file.extractall(tmp_path, filter="data")
    run = judged(tmp_path / "bank-lost-device")
    package = run.analysis.app.package
    case = Case((("tester", "张三"), ("place", "北京")), ((package, (("developer", "甲公司"),)), ("com.other", (("developer", "乙公司"),))))
    (app,) = build_report([run], case).apps
    assert ("张三", "张三") in [both(row.value) for row in app.examination.people]
    assert app.case.given("developer") == "甲公司"
