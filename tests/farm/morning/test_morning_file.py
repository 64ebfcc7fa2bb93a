"""The morning page as a file: what it says of what was not tested, where it leads, and what it never does."""

import hashlib
import re
import shlex
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from sqlalchemy import delete, select

from device_farm.intake.add_apps import add_apps
from device_farm.intake.submission_rows import Place, Refused
from device_farm.morning import morning_file, store_queries
from device_farm.morning.morning_file import write_morning
from device_farm.morning.page_labels import link
from device_farm.morning.unit_report import picture_of, report_of, write_unit_report
from device_farm.store import FILE
from device_farm.store.models import App, Attempt, Campaign, FindingRow, FindingSdk, Unit
from device_farm.units.unit import Plan
from harness.custody.integrity import altered
from harness.errors import ScenarioError
from harness.events.findings import Outcome
from harness.language import _
from tests.farm.made_store import NOW, Made, made_store
from tests.farm.new_store import new_store

ARCHIVE = Path(__file__).parents[2] / "data" / "old_runs" / "puzzle-consent.tar.xz"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    farm = made_store(tmp_path_factory.mktemp("farm"), apps=15, versions=2)
    yield farm
    farm.store.close()


@pytest.fixture(scope="module")
def run(made: Made) -> Path:
    """A real run folder, named by the try of a unit with a violation."""
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(made.folder / "real", filter="data")
    folder = next((made.folder / "real").iterdir()).rename(made.folder / "real" / "run of 100% #1 & more")
    with made.store.begin() as session:
        campaign = store_queries.campaigns(session)[0].id
        unit = store_queries.apps(session, campaign, outcome=Outcome.VIOLATION, limit=1).rows[0].unit
        attempt = session.scalars(
            select(Attempt).join(Unit, Unit.id == Attempt.unit_id).where(Unit.id == unit, Attempt.number == Unit.counts)
        )
        attempt.one().run = str(folder)
    return folder


def _without_language(html: str) -> str:
    return re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)


def test_the_report_of_a_unit_stands_beside_its_run_which_stays_as_it_was_sealed(run: Path) -> None:
    def sealed() -> dict[Path, bytes]:  # the issue of the report goes into custody
        files = (path for path in run.rglob("*") if path.is_file() and path.relative_to(run).parts[0] != "custody")
        return {path: hashlib.sha256(path.read_bytes()).digest() for path in files}

    before = sealed()
    output = write_unit_report(run)
    assert output == report_of(run) == run.with_name(run.name + ".html")
    assert "AppRights" in output.read_text("utf-8")
    assert picture_of(run).read_bytes().startswith(b"\xff\xd8")
    assert sealed() == before
    assert altered(run) == ()


def test_a_report_that_is_not_there_is_written_and_linked_from_the_page(made: Made, run: Path) -> None:
    report_of(run).unlink(missing_ok=True)
    picture_of(run).unlink(missing_ok=True)
    page = write_morning(made.store, made.folder, at=NOW)
    html = page.read_text("utf-8")
    assert report_of(run).is_file()
    address = link(report_of(run), made.folder)
    assert (made.folder / unquote(address)).resolve() == report_of(run).resolve()
    assert html.count(f'href="{address}"') >= 3  # the card, the app's name and its outcome
    assert html.count("data:image/jpeg;base64,") == 1


def test_everything_that_has_no_answer_is_on_the_page_with_its_reason(made: Made) -> None:
    html = _without_language(write_morning(made.store, made.folder, at=NOW).read_text("utf-8"))
    section = unescape(html[html.index('id="untested"') : html.index('id="phones"')])
    with made.store.begin() as session:
        campaign = store_queries.campaigns(session)[0].id
        shown = store_queries.tonight(session, campaign, at=NOW)
        rows = store_queries.untested(session, campaign, limit=500).rows
    assert section.count('<th scope="row">') == len(rows) == shown.unanswered + shown.left > 0
    assert html.count('<tr class="unit') == shown.total, "a row a unit, whatever became of it"
    for row in rows:
        assert all(words in section for words in (row.app.name, row.advice[0], row.advice[1]))
        assert row.app.reason[0] in section
    assert "不得视为通过" in html
    for phone in shown.sick:
        assert phone.reason[0] in html[html.index('id="phones"') :]


def test_it_names_nothing_outside_and_has_no_script(made: Made, run: Path) -> None:
    html = write_morning(made.store, made.folder, at=NOW).read_text("utf-8")
    addresses = re.findall(r"""(?:src|href|action)\s*=\s*["']([^"']*)""", html)
    assert addresses
    assert not [each for each in addresses if re.match(r"(?!data:image/jpeg;base64,)[a-z]+:|//", each)]
    assert "<script" not in html
    assert "@import" not in html
    assert "default-src 'none'" in html


def test_what_has_no_room_is_counted(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(morning_file, "MOST_APPS", 5)
    monkeypatch.setattr(morning_file, "MOST_UNTESTED", 2)
    monkeypatch.setattr(morning_file, "MOST_PICTURES", 1)
    html = write_morning(made.store, made.folder, at=NOW).read_text("utf-8")
    with made.store.begin() as session:
        shown = store_queries.tonight(session, store_queries.campaigns(session)[0].id, at=NOW)
    assert shown is not None
    assert html.count('<tr class="unit ') == 5
    rest = shown.total - html.count('<tr class="unit')
    assert f"另有 {rest} 个未列出" in html[html.index('id="apps"') :]
    assert f"另有 {shown.unanswered + shown.left - 2} 个未列出" in html
    assert f"另有 {shown.violations + shown.suspected - 1} 处" in html


def test_deadlines_and_the_next_list_are_on_it(made: Made) -> None:
    with made.store.begin() as session:
        guilty = session.scalars(select(FindingRow.app_id).where(FindingRow.outcome == Outcome.VIOLATION).limit(1)).one()
        store_queries.tell(session, [guilty], date(2026, 11, 16), "test")
        package = session.get_one(App, guilty).package
    html = write_morning(made.store, made.folder, at=NOW).read_text("utf-8")
    section = html[html.index('id="deadlines"') :]
    assert package in section
    assert "已逾期 4 个工作日" in section
    assert "2026-11 的线索应在 2026-12-15 前录入" in section


def test_an_empty_campaign_says_so_and_one_that_is_not_there_is_told(made: Made, tmp_path: Path) -> None:
    with made.store.begin() as session:
        session.add(Campaign(name="空", created_at=NOW, city=""))
    html = write_morning(made.store, tmp_path, campaign="空", at=NOW).read_text("utf-8")
    assert html == write_morning(made.store, tmp_path, at=NOW).read_text("utf-8"), "one that hides the others"
    assert "没有：" not in html
    with made.store.begin() as session:
        session.delete(session.scalars(select(Campaign).where(Campaign.name == "空")).one())
    lone = new_store(tmp_path / "lone.sqlite")
    with pytest.raises(ScenarioError):
        write_morning(lone, tmp_path, campaign="nobody's")
    with lone.begin() as session:
        session.add(Campaign(name="空", created_at=NOW, city=""))
    html = write_morning(lone, tmp_path, campaign="空", at=NOW).read_text("utf-8")
    assert "本批次没有检测任务" in html
    assert "每个检测任务都有结论" not in html
    lone.close()


def test_what_is_open_in_other_campaigns_is_in_the_numbers_and_named(made: Made, tmp_path: Path) -> None:
    with made.store.begin() as session:
        every = store_queries.counted(session)
    newest, *others = every
    assert (newest.total, others[0].total) > (0, 0)
    older = next(each for each in others if each.campaign.name != newest.campaign.name)
    html = _without_language(write_morning(made.store, tmp_path, campaign=older.campaign.name, at=NOW).read_text("utf-8"))
    sums = html[html.index('class="sums"') : html.index('id="found"')]
    left, unanswered = sum(each.left for each in every), sum(each.unanswered for each in every)
    assert left > older.left
    assert f"<b>{left}</b>" in sums
    assert f"<b>{unanswered}</b>" in sums
    assert f"其中其他批次 {left - older.left} 个" in sums
    assert f"尚未检测 {newest.left} 个" in html[html.index('id="untested"') : html.index('id="phones"')]


def test_what_was_refused_is_on_the_page_and_counted(tmp_path: Path) -> None:
    store = new_store(tmp_path / FILE)
    bad = [Refused(Place("/apps/broken.apk"), _("is no file")), Refused(Place("/lists/a.csv", 7), _("is no file"))]
    add_apps(store, bad, Plan((5,)), "tonight")
    html = write_morning(store, tmp_path, campaign="tonight", at=NOW).read_text("utf-8")
    assert "<b>2</b>" in html[html.index('class="sums"') : html.index('id="found"')]
    section = html[html.index('id="untested"') : html.index('id="phones"')]
    assert all(words in section for words in ("broken.apk", "a.csv:7", "提交时被拒", "is no file"))
    assert "没有：" not in section
    store.close()


def test_each_command_on_the_page_works_as_it_is_printed(tmp_path: Path) -> None:
    made = made_store(tmp_path / "a night's folder", apps=6, versions=1)
    with made.store.begin() as session:
        waits = session.scalars(
            select(Unit).where(Unit.campaign_id == store_queries.campaigns(session)[0].id).order_by(Unit.id.desc())
        ).first()
        waits.state, waits.outcome, waits.counts = "given-up", None, None
    html = unescape(write_morning(made.store, made.folder, at=NOW).read_text("utf-8"))
    made.store.close()
    commands = re.findall(r"<code>(apprights [^<]*)</code>", html)
    assert {command.split()[2] for command in commands} >= {"export", "retry"}
    for command in commands:
        words = shlex.split(command)
        done = subprocess.run(
            [sys.executable, "-P", "-m", "harness.cli", *words[1:]], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, (command, done.stderr)
    assert list(tmp_path.glob("2026-*.csv"))


def test_the_headline_of_an_app_is_its_gravest_finding(tmp_path: Path) -> None:
    made = made_store(tmp_path, apps=2, versions=1)
    with made.store.begin() as session:
        unit = session.scalars(select(FindingRow.unit_id).limit(1)).one()
        mine = select(FindingRow.id).where(FindingRow.unit_id == unit)
        session.execute(delete(FindingSdk).where(FindingSdk.finding_id.in_(mine)))
        session.execute(delete(FindingRow).where(FindingRow.unit_id == unit))
        told = {
            "unit_id": unit, "campaign_id": 1, "app_id": 1, "clause": "5", "part": "x", "reason_zh": "", "reason_en": "", "found_at": NOW,
        }  # fmt: skip
        graver = (("c5-asks-before-use", "violation"), ("c5-bundled-request", "violation"), ("c5-exit-after-denial", "violation"))
        rules = (*graver, ("c5-dialog-loop", "suspected"), ("c9-nobody-knows", "violation"), ("c5-dialog-loop", "violation"))
        session.add_all(FindingRow(rule=rule, outcome=outcome, key=f"{n:012}", **told) for n, (rule, outcome) in enumerate(rules))
        session.flush()
        found = [(line.rule, line.outcome.value) for line in store_queries.findings_of(session, unit)]
        first = store_queries.findings_of(session, unit, limit=1)
    assert found == [rules[2], rules[5], rules[0], rules[1], rules[4], rules[3]]
    assert first[0].rule == "c5-exit-after-denial"
    made.store.close()
