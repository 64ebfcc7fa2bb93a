"""The monthly list and the results of a campaign: what counts and nothing else, in forms that run nothing."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select
from typer.testing import CliRunner

from device_farm.leads import lead_tables
from device_farm.leads.lead_export import export
from device_farm.leads.lead_rows import leads_of_campaign, leads_of_month
from device_farm.morning import store_queries
from device_farm.morning.monthly_lists import next_monthly_list, read_month
from device_farm.store import reviews
from device_farm.store.models import App, Attempt, Campaign, Device, FindingRow, Result, Telling, Unit
from harness.config import Config, using
from harness.config.suppressions import Suppression
from harness.errors import HarnessError, ScenarioError
from harness.events.findings import Outcome
from harness.language import choose, chosen
from harness.verdicts.finding_evidence import key_of
from tests.farm.made_store import Made, made_store

HOSTILE = '=HYPERLINK("http://example.com";"看")'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    farm = made_store(tmp_path_factory.mktemp("farm"), apps=12, versions=4)
    with farm.store.begin() as session:
        app = session.scalars(select(App).join(FindingRow, FindingRow.app_id == App.id).limit(1)).one()
        app.label = HOSTILE
    yield farm
    farm.store.close()


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    before = chosen()
    choose("zh")
    yield
    choose(before)


def _held(made: Made, month: str) -> list[FindingRow]:
    begins, ends = read_month(month)
    with made.store.begin() as session:
        return list(session.scalars(select(FindingRow).where(FindingRow.found_at >= begins, FindingRow.found_at < ends)))


def test_a_month_is_every_finding_of_it_once_marked_as_what_it_is(made: Made, tmp_path: Path) -> None:
    output = tmp_path / "2026-11.csv"
    done = export(made.store, output, month="2026-11")
    held = _held(made, "2026-11")
    data = output.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert len(rows) == done.rows == len(held) == done.violations + done.suspected > 0
    words = {Outcome.VIOLATION: "不合规", Outcome.SUSPECTED: "疑似（需人工复核）"}
    assert sorted(row["检测结论"] for row in rows) == sorted(words[Outcome(each.outcome)] for each in held)
    assert sorted(row["编号"] for row in rows) == sorted(f"AR-{each.key}" for each in held)
    assert all(row["证据根哈希"] and row["签名证书SHA-256（开发者）"] and row["检测日期"] for row in rows)
    assert {row["所涉问题"] for row in rows} <= {
        "违规收集个人信息",
        "APP强制、频繁、过度索取权限",
        "APP频繁自启动和关联启动",
        "欺骗误导用户下载APP",
    }


def test_months_are_those_of_beijing_and_do_not_overlap(made: Made) -> None:
    months = ("2026-10", "2026-11", "2026-12")
    with made.store.begin() as session:
        keys = [[(lead.key, lead.found_at) for lead in leads_of_month(session, *read_month(month))] for month in months]
        every = session.scalar(select(func.count()).select_from(FindingRow))
    assert sum(map(len, keys)) == every
    assert read_month("2026-12")[0].isoformat() == "2026-12-01T00:00:00+08:00" == read_month("2026-11")[1].isoformat()
    for wrong in ("2026-13", "11", "2026-1", "２026-11"):
        with pytest.raises(ScenarioError):
            read_month(wrong)


def test_rows_come_in_parts_without_one_lost(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    with made.store.begin() as session:
        campaign = session.scalars(select(func.max(Campaign.id))).one()
        whole = [list(leads_of_month(session, *read_month("2026-11"))), list(leads_of_campaign(session, campaign))]
    monkeypatch.setattr("device_farm.leads.lead_rows._AT_ONCE", 2)
    with made.store.begin() as session:
        parts = [list(leads_of_month(session, *read_month("2026-11"))), list(leads_of_campaign(session, campaign))]
    assert parts == whole
    assert all(whole)


def test_what_an_app_calls_itself_is_run_by_no_spreadsheet(made: Made, tmp_path: Path) -> None:
    export(made.store, tmp_path / "a.csv", month="2026-11")
    assert "'" + HOSTILE.replace('"', '""') in (tmp_path / "a.csv").read_text("utf-8-sig")
    export(made.store, tmp_path / "a.xlsx", month="2026-11")
    assert (tmp_path / "a.csv").stat().st_mode == (tmp_path / "a.xlsx").stat().st_mode
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == HOSTILE]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}
    assert sheet.max_row == len(_held(made, "2026-11")) + 1


def test_a_workbook_that_would_be_too_long_is_refused_and_nothing_is_left(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lead_tables, "MOST_IN_WORKBOOK", 3)
    with pytest.raises(ScenarioError):
        export(made.store, tmp_path / "a.xlsx", month="2026-11")
    assert list(tmp_path.iterdir()) == []


def test_a_campaign_for_a_build_server_counts_every_unit_and_calls_no_fault_a_pass(made: Made, tmp_path: Path) -> None:
    with made.store.begin() as session:
        campaign = session.scalars(select(Campaign).order_by(Campaign.id.desc()).limit(1)).one()
        units = session.scalars(select(Unit).where(Unit.campaign_id == campaign.id)).all()
        judged = set(session.scalars(select(Result.unit_id).where(Result.unit_id.in_([unit.id for unit in units]))))
    done = export(made.store, tmp_path / "ci.xml", campaign=campaign.name)
    root = ElementTree.parse(tmp_path / "ci.xml").getroot()
    suites = root.findall("testsuite")
    assert len(suites) == len(units)
    for kind, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"), ("tests", "testcase")):
        assert int(root.get(kind, "")) == sum(int(suite.get(kind, "")) for suite in suites) == len(root.findall(f".//{element}"))
    assert {kind: str(number) for kind, number in done.totals.items()} == {kind: root.get(kind) for kind in done.totals}
    assert (done.rows, done.violations) == (len(suites), int(root.get("failures", "")))
    lacking = [suite for suite in suites if suite.find("testcase[@name='not-tested']") is not None]
    assert len(lacking) == len(units) - len(judged) > 0
    assert all(suite.find("testcase/error") is not None for suite in lacking)


def test_what_people_rejected_or_the_config_suppresses_breaks_no_build_and_says_who(tmp_path: Path) -> None:
    farm = made_store(tmp_path / "farm", apps=6, versions=2)
    with farm.store.begin() as session:
        bad = select(Result).where(Result.outcome == Outcome.VIOLATION).join(FindingRow, FindingRow.unit_id == Result.unit_id)
        result = session.scalars(bad.where(FindingRow.rule == Result.rule)).unique().first()
        unit = session.get_one(Unit, result.unit_id)
        campaign, package = session.get_one(Campaign, unit.campaign_id).name, session.get_one(App, unit.app_id).package
        rule, number = result.rule, unit.id
        findings = session.scalars(select(FindingRow).where(FindingRow.unit_id == unit.id, FindingRow.rule == rule)).all()
        for finding in findings:
            finding.outcome = Outcome.VIOLATION.value
        reviews.add_review(session, findings[0], "confirmed", by="王芳", reason="看过录像")
    before = export(farm.store, tmp_path / "a.xml", campaign=campaign)
    assert "已确认 · 王芳" in _case(tmp_path / "a.xml", number, rule, "reviewed")
    with farm.store.begin() as session:
        for finding in session.scalars(select(FindingRow).where(FindingRow.unit_id == number, FindingRow.rule == rule)):
            reviews.add_review(session, finding, "rejected", by="李工", reason="误报")
    after = export(farm.store, tmp_path / "b.xml", campaign=campaign)
    assert (after.violations, after.totals["skipped"]) == (before.violations - 1, before.totals["skipped"] + 1)
    assert "已驳回 · 李工" in _case(tmp_path / "b.xml", number, rule, "skipped")
    suppressed = Suppression(rule, package, "下月修复", date(2999, 1, 1), "QA", "apprights.toml")
    with using(Config(suppressions=(suppressed,))):
        export(farm.store, tmp_path / "c.xml", campaign=campaign)
    assert "下月修复" in _case(tmp_path / "c.xml", number, rule, "skipped")
    farm.store.close()


def _case(path: Path, unit: int, rule: str, what: str) -> str:
    """The value of a property of a case, or the message of an element in it."""
    suites = ElementTree.parse(path).getroot().findall("testsuite")
    suite = next(each for each in suites if each.find(f"properties/property[@name='unit'][@value='{unit}']") is not None)
    case = next(each for each in suite.findall("testcase") if each.get("name") == rule)
    told = case.find(f"properties/property[@name='{what}']")
    element = case.find(what)
    return (told.get("value") if told is not None else element.get("message") if element is not None else "") or ""


def test_who_is_told_has_a_deadline_and_the_suspected_have_none(made: Made, tmp_path: Path) -> None:
    asked = {"month": "2026-11", "today": date(2026, 12, 9)}
    done = export(made.store, tmp_path / "a.csv", told_on=date(2026, 11, 28), **asked)
    guilty = {row.app_id for row in _held(made, "2026-11") if row.outcome == Outcome.VIOLATION}
    assert (done.told, done.corrected, done.kept) == (len(guilty), 0, 0)
    again = export(made.store, tmp_path / "a.csv", told_on=date(2026, 11, 30), **asked)
    assert (again.told, again.corrected, again.kept) == (0, 0, len(guilty))
    with made.store.begin() as session:
        assert {row.told_on for row in session.scalars(select(Telling))} == {date(2026, 11, 28)}
    mended = export(made.store, tmp_path / "a.csv", told_on=date(2026, 11, 30), correcting=True, **asked)
    assert (mended.told, mended.corrected, mended.kept) == (0, len(guilty), 0)
    with made.store.begin() as session:
        told = session.scalars(select(Telling)).all()
        assert {row.app_id for row in told} == guilty
        assert {(row.told_on, row.due_on, row.by) for row in told} == {
            (date(2026, 11, 30), date(2026, 12, 7), "2026-11, corrected, was 2026-11-28")
        }
        rows = store_queries.deadlines(session, date(2026, 12, 3)).rows
        assert {row.left for row in rows} == {2}


def test_nobody_was_told_on_a_day_to_come_or_before_anything_was_found(made: Made, tmp_path: Path) -> None:
    with made.store.begin() as session:
        before = session.scalar(select(func.count()).select_from(Telling))
    for day, words in ((date(2030, 1, 1), "still to come"), (date(2026, 11, 1), "nothing was found yet")):
        with pytest.raises(ScenarioError, match=words):
            export(made.store, tmp_path / "a.csv", month="2026-11", told_on=day, today=date(2026, 12, 9))
    assert list(tmp_path.iterdir()) == []
    with made.store.begin() as session:
        assert session.scalar(select(func.count()).select_from(Telling)) == before


@pytest.mark.parametrize(
    ("today", "month", "last", "rest"),
    [
        (date(2026, 11, 15), "2026-10", date(2026, 11, 15), True),
        (date(2026, 11, 16), "2026-11", date(2026, 12, 15), False),
        (date(2026, 12, 31), "2026-12", date(2027, 1, 15), False),
        (date(2026, 1, 2), "2025-12", date(2026, 1, 15), False),
    ],
)
def test_the_list_of_a_month_is_due_on_the_15th_of_the_next(today: date, month: str, last: date, rest: bool) -> None:
    due = next_monthly_list(today)
    assert (due.month, due.last, due.days, due.rest) == (month, last, (last - today).days, rest)


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("a.pdf", {"month": "2026-11"}),
        ("a.csv", {}),
        ("a.csv", {"month": "2026-11", "campaign": "x"}),
        ("a.xml", {"month": "2026-11"}),
        ("a.csv", {"campaign": "nobody's"}),
        ("a.csv", {"month": "November"}),
    ],
)
def test_what_cannot_be_written_is_told_and_leaves_nothing(made: Made, tmp_path: Path, name: str, asked: dict[str, str]) -> None:
    with pytest.raises(HarnessError):
        export(made.store, tmp_path / name, **asked)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_the_list_of_a_desk(made: Made, tmp_path: Path) -> None:
    from device_farm.commands import app

    output = tmp_path / "nov.csv"
    done = CliRunner().invoke(app, ["export", str(output), "--month", "2026-11", "--out", str(made.folder), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["rows"] == len(_held(made, "2026-11"))
    assert output.is_file()
    over = ["export", str(output), "--month", "2026-11", "--out", str(made.folder)]
    assert "is there already" in str(CliRunner().invoke(app, over).exception)
    assert CliRunner().invoke(app, [*over, "--force"]).exit_code == 0
    told = CliRunner().invoke(app, ["export", str(tmp_path / "x.xml"), "--campaign", "nobody's", "--correct", "--out", str(made.folder)])
    assert "--told" in str(told.exception)
    counted = CliRunner().invoke(app, ["recount", "--out", str(made.folder)])
    assert counted.exit_code == 0, counted.output
    for wrong in (["--out", str(tmp_path / "none")], [], ["--out", str(made.folder), "--told", "soon"]):
        refused = CliRunner().invoke(app, ["export", str(tmp_path / "b.csv"), "--month", "2026-11", *wrong])
        assert isinstance(refused.exception, HarnessError)


def test_two_findings_about_one_part_are_told_apart(made: Made, tmp_path: Path) -> None:
    with made.store.begin() as session:
        row, app = session.execute(select(FindingRow, App).join(App, App.id == FindingRow.app_id).limit(1)).one()
        row.key = key_of(app.package, row.rule, row.part, 2)
        part = row.part
    export(made.store, tmp_path / "a.csv", month="2026-11")
    export(made.store, tmp_path / "b.csv", month="2026-10")
    cells = [row["对象"] for name in "ab" for row in csv.DictReader((tmp_path / f"{name}.csv").read_text("utf-8-sig").splitlines())]
    assert f"{part}（第 2 处）" in cells


def test_what_a_person_rejected_or_a_virtual_device_showed_is_no_lead(tmp_path: Path) -> None:
    farm = made_store(tmp_path / "farm", apps=6, versions=2)
    with farm.store.begin() as session:
        found = session.scalars(select(FindingRow).order_by(FindingRow.found_at.desc())).unique().all()
        units = {unit.id: unit for unit in session.scalars(select(Unit)).unique()}
        attempts = {(each.unit_id, each.number): each.device_id for each in session.scalars(select(Attempt)).unique()}
        phones = {attempts[each.unit_id, units[each.unit_id].counts]: each for each in found}
        kept, rejected, elsewhere = list(phones.values())[:3]
        reviews.add_review(session, kept, "rejected", by="李工", reason="误报")
        reviews.add_review(session, kept, "confirmed", by="王芳", reason="看过录像")
        reviews.add_review(session, rejected, "rejected", by="王芳", reason="是测试者点的")
        unit = session.get_one(Unit, elsewhere.unit_id)
        attempt = session.scalars(select(Attempt).where(Attempt.unit_id == unit.id, Attempt.number == unit.counts)).one()
        device = session.get_one(Device, attempt.device_id)
        device.labels = device.labels | {"kind": "virtual"}
        month = f"{kept.found_at:%Y-%m}"
        suppressed = Suppression(kept.rule, "*", "x", date(2999, 1, 1), "QA", "apprights.toml")
        key, campaign = kept.key, session.get_one(Campaign, elsewhere.campaign_id).name
    held = len(_held(farm, month))
    done = export(farm.store, tmp_path / "a.csv", month=month)
    rows = list(csv.DictReader((tmp_path / "a.csv").read_text("utf-8-sig").splitlines()))
    assert done.left_out["rejected"] == 1 <= done.left_out["virtual"]
    assert len(rows) == done.rows == held - done.left_out.total()
    assert [row["编号"] for row in rows if row["人工复核"].startswith("已确认 · 王芳 · ")] == [f"AR-{key}"]
    assert not any("驳回" in row["人工复核"] for row in rows)
    assert all(row["检测设备"] and "虚拟" not in row["检测设备"] for row in rows)
    export(farm.store, tmp_path / "c.csv", campaign=campaign)
    virtual = [row for row in csv.DictReader((tmp_path / "c.csv").read_text("utf-8-sig").splitlines()) if "虚拟" in row["检测设备"]]
    assert virtual
    assert all(row[column].endswith("（虚拟设备，非真实手机）") for row in virtual for column in ("检测设备", "检测结论"))
    with using(Config(suppressions=(suppressed,))):
        assert export(farm.store, tmp_path / "b.csv", month=month).left_out["suppressed"] > 0
    farm.store.close()
