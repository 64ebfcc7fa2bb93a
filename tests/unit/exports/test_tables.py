"""What stands in the tables, by whom a finding is known elsewhere, and what a bulletin leaves out."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from harness.errors import FormatError, HarnessError, ScenarioError
from harness.events.findings import Outcome
from harness.report import Judged, can_choose, can_write, report_of
from harness.report.case import Case
from harness.report.exports.export_table import BYTE_ORDER_MARK, csv_text
from harness.report.exports.junit import report_junit
from harness.report.exports.result_tables import BULLETIN
from harness.report.exports.trackers import known_keys
from harness.report.output_formats import KINDS, TRACKERS, WRITERS, Choice
from harness.report.report_model import Report, ReviewView, SuppressionView, VerdictView
from harness.rules.labels import labels

HELD = (Outcome.VIOLATION, Outcome.SUSPECTED)
VIOLATED = "c5-asks-before-use"
STEPS = ("Clear the app's data.", "Open the app.")
SUPPRESSED = SuppressionView("供应商下月修复", "2026-12-31", "张三", "apprights.toml")


def table(report: Report, kind: str, known: frozenset[str] = frozenset()) -> list[dict[str, str]]:
    """A table as a reader of CSV has it; of columns of one name the last."""
    text = csv_text(Choice(kind, known).of(report)).removeprefix(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(text, newline="")))


def changed(report: Report, **more: object) -> Report:
    """The report with something else about the violation of clause 5."""

    def one(verdict: VerdictView) -> VerdictView:
        return replace(verdict, **more) if verdict.rule.id == VIOLATED else verdict

    return replace(report, apps=tuple(replace(app, verdicts=tuple(map(one, app.verdicts))) for app in report.apps))


def reviewed(report: Report, *decisions: bool) -> Report:
    """The same with what people said of each of its findings."""
    said = tuple(ReviewView(each, "李四", "2026-11-28T06:00:00+00:00", "看过截图") for each in decisions)
    found = next(verdict for app in report.apps for verdict in app.verdicts if verdict.rule.id == VIOLATED)
    return changed(report, findings=tuple(replace(finding, reviews=said) for finding in found.findings))


def test_the_table_of_verdicts_has_the_columns_it_ever_had_and_new_ones_behind(report: Report) -> None:
    rows = table(report, "verdicts")
    head = ("package", "label", "version", "device", "android", "rule", "clause", "clause_label", "outcome", "outcome_zh")
    assert tuple(rows[0])[:17] == (*head, "reason_zh", "reason_en", "run", "date", "serial", "altered", "own")
    assert len(rows) == sum(len(app.verdicts) for app in report.apps)


def test_an_audit_has_a_row_for_each_point_with_the_worst_of_its_rules(report: Report) -> None:
    rows = table(report, "audit")
    assert [row["point"] for row in rows] == [label.id for label in labels("cac-audit-2025") if label.rules] * len(report.apps)
    outcomes = {verdict.rule.id: verdict.outcome.value for verdict in report.apps[0].verdicts}
    told = next(row for row in rows if "c5-purpose-not-told" in row["rules"])
    assert told["rules"].split("\n") == [f"{rule}={outcomes[rule]}" for rule in outcomes if rule in told["rules"]]
    assert told["outcome"] in told["rules"]
    assert "转述" in told["limits_zh"]


def test_a_finding_has_its_key_in_every_table_that_lists_findings(report: Report) -> None:
    listed = [f"AR-{finding.key}" for app in report.apps for verdict in app.verdicts for finding in verdict.findings]
    assert [row["key"] for row in table(report, "findings")] == listed
    accused = {
        f"AR-{finding.key}"
        for app in report.apps
        for verdict in app.verdicts
        for finding in verdict.findings
        if finding.outcome in HELD and verdict.outcome in HELD
    }
    assert len(accused) > 3
    for kind, column in (("zentao", "Bug标题"), ("tapd", "标题"), ("jira", "Summary")):
        assert {row[column][1:16] for row in table(report, kind)} == accused, kind
    assert {row["External issue ID"] for row in table(report, "jira")} == accused
    assert all(f"|{row['标题'][1:16]}|" in row["标签"] for row in table(report, "tapd"))
    assert all(row["Bug标题"][1:16] in row["关键词"].split() for row in table(report, "zentao"))


@pytest.mark.parametrize("kind", TRACKERS)
def test_a_task_has_the_acts_of_its_run_as_steps_to_repeat(report: Report, kind: str) -> None:
    column = {"zentao": "重现步骤", "tapd": "详细描述", "jira": "Description"}[kind]
    text = next(row[column] for row in table(report, kind) if VIOLATED in row[column])
    steps = text.partition("Steps\n")[2].partition("\nResult")[0].splitlines()
    assert steps == [f"{number}. {step}" for number, step in enumerate(STEPS, 1)]


@pytest.mark.parametrize("kind", TRACKERS)
@pytest.mark.parametrize("how", ["utf-8-sig", "gb18030", "utf-16", "xlsx"])
def test_what_a_tracker_has_already_is_not_opened_twice(
    report: Report, runs: tuple[Judged, ...], tmp_path: Path, kind: str, how: str
) -> None:
    first = tmp_path / ("had.xlsx" if how == "xlsx" else "had.csv")
    report_of(runs[:1], first, choice=Choice(kind))
    if how != "xlsx":
        first.write_bytes(first.read_text(encoding="utf-8-sig").encode(how))
    known = known_keys(first)
    assert known
    rest = table(report, kind, known)
    assert len(rest) == len(table(report, kind)) - len(known)
    assert not [key for key in known if any(key in cell for row in rest for cell in row.values())]


def test_what_is_no_export_of_a_tracker_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="is no file"):
        known_keys(tmp_path)
    with zipfile.ZipFile(tmp_path / "bad.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", "AR-0123456789ab" * 1000)
    data = bytearray((tmp_path / "bad.xlsx").read_bytes())
    data[40:60] = b"\xff" * 20
    (tmp_path / "bad.xlsx").write_bytes(data)
    with pytest.raises(FormatError, match="cannot be read"):
        known_keys(tmp_path / "bad.xlsx")
    (tmp_path / "none.csv").write_bytes(b"\xff\xfe\x00AR-0123456789abcdef AR-xyz")
    assert known_keys(tmp_path / "none.csv") == frozenset()


def test_a_bulletin_accuses_of_violations_only_in_the_words_of_the_labels(report: Report) -> None:
    case = Case((("store", "应用宝"),), (("com.example.anquan.bank", (("developer", "安全银行公司"),)),))
    rows = table(replace(report, case=case), "bulletin")
    assert tuple(rows[0])[:6] == BULLETIN
    first = rows[0]
    told = (first["序号"], first["应用名称"], first["应用开发者"], first["应用来源"], first["应用版本"], first["所涉问题"])
    assert told == ("1", "安全银行", "安全银行公司", "应用宝", "1.0", "APP强制、频繁、过度索取权限")
    assert rows[1]["应用开发者"] == "未提供"
    assert {row["检测结论"] for row in rows} == {"不合规（虚拟设备，非真实手机）"}
    assert all(row["检测设备"].endswith("virtual device, no phone") for row in rows)
    phones = tuple(replace(app, device=app.device | {"virtual": "False"}) for app in report.apps)
    assert {row["检测结论"] for row in table(replace(report, apps=phones), "bulletin")} == {"不合规"}
    assert "c6-starts-before-consent" not in str(rows)  # only suspected
    assert [row["序号"] for row in rows] == ["1", "2", "3"]


def test_what_people_rejected_is_in_no_bulletin_and_what_they_confirmed_says_by_whom(report: Report) -> None:
    assert len(table(reviewed(report, False), "bulletin")) == 2
    assert len(table(reviewed(report, False, True), "bulletin")) == 3
    assert "李四" in table(reviewed(report, True), "bulletin")[0]["人工复核"]
    row = next(row for row in table(reviewed(report, True, False), "findings") if row["rule"] == VIOLATED)
    assert (row["reviewed"], row["review_by"], row["review_reason"]) == ("rejected", "李四", "看过截图")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_suppressed_is_in_every_table_with_who_lives_with_it(report: Report, kind: str) -> None:
    told = changed(report, suppressed=SUPPRESSED)
    assert len(table(told, kind)) == len(table(report, kind))
    written = csv_text(Choice(kind).of(told))
    for words in (SUPPRESSED.reason, SUPPRESSED.owner, SUPPRESSED.expires):
        assert words in written


def test_in_junit_a_suppressed_violation_breaks_no_build_and_says_so(report: Report) -> None:
    def case(report: Report) -> ElementTree.Element:
        return next(each for each in ElementTree.fromstring(report_junit(report)).iter("testcase") if each.get("name") == VIOLATED)

    assert case(report).find("failure") is not None
    told = case(changed(report, suppressed=SUPPRESSED))
    skipped = told.find("skipped")
    assert told.find("failure") is None
    assert SUPPRESSED.reason in str(skipped.get("message"))
    assert {each.get("name"): each.get("value") for each in told.iter("property")}["outcome"] == "violation"


def test_junit_has_only_what_build_servers_know(report: Report) -> None:
    tree = ElementTree.fromstring(report_junit(report))
    attributes = {
        "testsuites": {"name", "tests", "failures", "errors"},
        "testsuite": {"name", "tests", "failures", "errors", "skipped", "timestamp"},
        "testcase": {"classname", "name"},
        "property": {"name", "value"},
    }
    assert [element.tag for element in tree.iter() if not set(element.attrib) <= attributes.get(element.tag, {"message", "type"})] == []
    for suite in tree:
        cases = suite.findall("testcase")
        assert suite[0].tag == "properties"
        assert int(suite.get("tests", "")) == len(cases)
        for kind in ("failure", "error", "skipped"):
            assert int(suite.get({"failure": "failures", "error": "errors"}.get(kind, kind), "")) == sum(
                c.find(kind) is not None for c in cases
            )
    assert int(tree.get("failures", "")) == sum(int(suite.get("failures", "")) for suite in tree) > 0


def test_a_workbook_has_its_sheets_and_is_the_same_bytes_each_time(runs: tuple[Judged, ...], tmp_path: Path) -> None:
    report_of(runs, tmp_path / "a.xlsx", tmp_path / "b.xlsx", issued=date(2026, 11, 30))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2026-11-30T00:00:00Z") == 2  # made and modified
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["conclusions", "findings", "evidence", "thresholds"]
    assert all(sheet.freeze_panes == "A2" and sheet.auto_filter.ref for sheet in book)
    hashes = {row[5].value for row in book["evidence"].iter_rows(min_row=2)}
    assert all(len(str(each)) == 64 for each in hashes)
    values = [row[2].value for row in book["thresholds"].iter_rows(min_row=2)]
    assert values
    assert all(isinstance(value, int | float) for value in values)
    words = {cell.value for row in book["conclusions"].iter_rows(min_row=2, min_col=5) for cell in row}
    assert {"violation", "not tested"} <= words


def test_one_table_in_a_workbook_is_what_it_is_in_csv(report: Report, runs: tuple[Judged, ...], tmp_path: Path) -> None:
    report_of(runs, tmp_path / "a.xlsx", choice=Choice("zentao"))
    (sheet,) = load_workbook(tmp_path / "a.xlsx")
    rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert rows == [list(each) for each in csv.reader(io.StringIO(csv_text(Choice("zentao").of(report))[1:], newline=""))]


def test_jira_begins_with_the_name_of_its_first_column_and_the_others_with_a_mark(report: Report) -> None:
    begins = {kind: csv_text(Choice(kind).of(report))[0] for kind in KINDS}
    assert begins == dict.fromkeys(KINDS, BYTE_ORDER_MARK) | {"jira": '"'}


@pytest.mark.parametrize("ending", [".txt", "", ".xls", ".html.gz"])
def test_an_ending_that_is_none_names_those_that_are(tmp_path: Path, ending: str) -> None:
    with pytest.raises(HarnessError) as error:
        can_write(tmp_path / f"report{ending}")
    assert [each for each in WRITERS if each not in str(error.value)] == []


def test_a_choice_that_nothing_written_has_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="ends in"):
        can_choose(Choice("jira"), [tmp_path / "x.html"])
    with pytest.raises(ScenarioError, match="--known is for"):
        can_choose(Choice("findings"), [tmp_path / "x.csv"], [tmp_path / "y.csv"])
    can_choose(Choice("jira"), [tmp_path / "x.html", tmp_path / "x.csv"], [tmp_path / "y.csv"])
