"""What pages ask the store, on a made-up farm: counts agree with the rows, lists end, and a fault is never a pass."""

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from device_farm.morning import page_labels, store_queries
from device_farm.morning.page_model import Change, Page, VersionRow, Why
from device_farm.store import FILE
from device_farm.store.database import open_store
from device_farm.store.models import App, Attempt, Campaign, FindingRow, Result, Tally, Unit
from device_farm.store.tallies import recount
from device_farm.units.unit import UnitState
from harness.errors import ScenarioError
from harness.events.findings import Outcome
from harness.language import both
from harness.rectification.comparison_model import State
from harness.rectification.deadline import deadline
from tests.farm.made_store import NOW, Made


@pytest.fixture(scope="module")
def made(whole_farm: Made, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    store = open_store(shutil.copy(whole_farm.folder / FILE, tmp_path_factory.mktemp("farm")))
    yield replace(whole_farm, store=store)
    store.close()


@pytest.fixture
def session(made: Made) -> Iterator[Session]:
    with made.store.begin() as session:
        yield session
        session.rollback()


def _newest(session: Session) -> int:
    return store_queries.campaigns(session)[0].id


def _all(ask: Callable[[str | None], Page[Any]]) -> list[Any]:
    rows, place = [], None
    while True:
        page = ask(place)
        rows += page.rows
        place = page.next
        if place is None:
            return rows


def test_every_unit_of_a_campaign_is_counted_once_with_or_without_an_answer(session: Session) -> None:
    for campaign in store_queries.campaigns(session):
        shown = store_queries.tonight(session, campaign.id)
        assert shown.done == sum(shown.outcomes.values())
        assert shown.total == shown.done + sum(number for why, number in shown.untested.items() if why is not Why.INCONCLUSIVE)
        assert shown.total == session.scalar(select(func.count()).where(Unit.campaign_id == campaign.id))
        assert shown.violations == session.scalar(
            select(func.count()).where(FindingRow.campaign_id == campaign.id, FindingRow.outcome == Outcome.VIOLATION)
        )


def test_the_newest_campaign_says_what_runs_which_phones_are_sick_and_when_it_ends(session: Session) -> None:
    shown = store_queries.tonight(session, _newest(session), at=NOW)
    assert shown.left == shown.untested[Why.RUNNING] + shown.untested[Why.QUEUED] + shown.untested[Why.WAITING] > 0
    assert len(shown.running) == shown.untested[Why.RUNNING]
    assert all(row.phone for row in shown.running)
    assert {phone.state for phone in shown.sick} == {"quarantined", "unauthorized", "offline"}
    assert all(all(phone.reason) for phone in shown.sick)
    assert shown.expected_end is not None
    assert shown.at < shown.expected_end < shown.at + timedelta(days=1)


def test_what_phones_did_is_counted_until_the_moment_and_read_from_an_index_alone(session: Session) -> None:
    campaign = _newest(session)
    shown = store_queries.tonight(session, campaign, at=NOW)
    assert shown is not None
    begun = session.get_one(Campaign, campaign)
    since = max(begun.begins_at or begun.created_at, NOW - timedelta(days=1))
    done = sum(phone.done + phone.broken for phone in store_queries.phones(session, campaign=campaign, at=NOW))
    tries = select(func.count()).select_from(Attempt).where(Attempt.end.is_not(None), Attempt.device_id.is_not(None))
    assert done == session.scalar(tries.where(Attempt.started_at >= since, Attempt.started_at <= NOW)) > 0
    assert not any(phone.done for phone in store_queries.phones(session, campaign=campaign, at=since - timedelta(days=9)))
    counted = 'select device_id, "end", count(*) from attempts where device_id in (1, 2) and started_at > 0 group by 1, 2'
    plan = f"explain query plan {counted}"
    assert "COVERING INDEX attempts_device" in str(session.execute(text(plan)).all())


def test_a_campaign_that_nobody_knows_is_none(session: Session) -> None:
    assert store_queries.tonight(session, 999_999) is None
    assert store_queries.unit_view(session, 999_999) is None
    assert store_queries.app_history(session, "com.example.nobody") is None
    assert store_queries.app_history(session, "") is None


def test_pages_give_every_row_once_whatever_their_size(session: Session) -> None:
    campaign = _newest(session)
    done = set(session.scalars(select(Unit.id).where(Unit.campaign_id == campaign, Unit.state == UnitState.DONE)))
    for limit in (1, 7, 1000):
        rows = _all(lambda place, limit=limit: store_queries.apps(session, campaign, place=place, limit=limit))
        assert len(rows) == len(done)
        assert {row.unit for row in rows} == done
        outcomes = [list(Outcome).index(row.outcome) for row in rows if row.outcome in (Outcome.VIOLATION, Outcome.SUSPECTED)]
        assert outcomes == sorted(outcomes)
    held = session.scalar(select(func.count()).where(FindingRow.campaign_id == campaign))
    lines = _all(lambda place: store_queries.findings(session, campaign, place=place, limit=3))
    assert len({line.id for line in lines}) == len(lines) == held
    with pytest.raises(ScenarioError):
        store_queries.apps(session, campaign, place="1; drop table units")


def test_what_has_no_answer_is_listed_with_why_and_what_to_do(session: Session) -> None:
    campaign = _newest(session)
    shown = store_queries.tonight(session, campaign)
    rows = _all(lambda place: store_queries.untested(session, campaign, place=place, limit=5))
    assert Counter(row.why for row in rows) == {why: number for why, number in shown.untested.items() if number}
    assert all(all(row.advice) for row in rows)
    assert not {row.app.unit for row in rows} & {
        row.unit
        for row in _all(lambda place: store_queries.apps(session, campaign, place=place))
        if row.outcome is not Outcome.INCONCLUSIVE
    }


def test_clauses_rules_and_sdks_are_counted_as_their_rows_are(session: Session) -> None:
    for campaign in (None, _newest(session)):
        mine = [FindingRow.campaign_id == campaign] if campaign is not None else []
        for clause in store_queries.clauses(session, campaign):
            found = dict(
                session.execute(
                    select(FindingRow.outcome, func.count()).where(FindingRow.clause == clause.clause, *mine).group_by(FindingRow.outcome)
                ).all()
            )
            assert {outcome.value: number for outcome, number in clause.findings.items()} == found
            for rule in clause.rules:
                query = select(Result.outcome, func.count()).join(Unit, Unit.id == Result.unit_id).where(Result.rule == rule.rule)
                query = query.where(Unit.campaign_id == campaign) if campaign is not None else query
                judged = dict(session.execute(query.group_by(Result.outcome)).all())
                assert {outcome.value: number for outcome, number in rule.units.items()} == judged
        for sdk in store_queries.sdks(session, campaign):
            lines = _all(lambda place, sdk=sdk, campaign=campaign: store_queries.findings(session, campaign, sdk=sdk.sdk, place=place))
            assert len(lines) == sum(sdk.findings.values())
            assert all(sdk.sdk in line.sdk.split(", ") for line in lines)


def test_findings_of_a_clause_are_those_of_its_rules(session: Session) -> None:
    for clause in store_queries.clauses(session):
        lines = _all(lambda place, clause=clause: store_queries.findings(session, clause=clause.clause, place=place))
        assert len(lines) == sum(clause.findings.values())
        assert {line.clause for line in lines} <= {clause.clause}


def test_counts_made_anew_are_the_same(session: Session) -> None:
    columns = (Tally.campaign_id, Tally.subject, Tally.name, Tally.outcome, Tally.units, Tally.findings)
    before = set(session.execute(select(*columns)).all())
    session.execute(Tally.__table__.update().values(units=0))
    assert recount(session) == len(before) > 0
    assert set(session.execute(select(*columns)).all()) == before


def test_search_finds_by_the_beginning_of_package_and_name(session: Session) -> None:
    app = session.scalars(select(App).limit(1)).one()
    for words in (app.package, app.package[:-2], app.label, app.label[:1]):
        found = store_queries.find_apps(session, words)
        assert app.package in {row.package for row in found}
        assert all(row.package.startswith(words) or row.label.startswith(words) for row in found)
    assert (
        store_queries.find_apps(session, "%")
        == store_queries.find_apps(session, " ")
        == store_queries.find_apps(session, "com.nobody")
        == ()
    )


def test_the_queue_says_how_many_phones_fit_a_requirement(session: Session) -> None:
    rows = {row.requirement: row for row in store_queries.queue(session)}
    assert sum(row.waiting + row.queued + row.running for row in rows.values()) == session.scalar(
        select(func.count()).where(Unit.state.in_((UnitState.WAITING, UnitState.QUEUED, UnitState.RUNNING)))
    )
    assert rows["any"].fits == 9
    assert rows["rom=miui"].fits == 2


def test_a_unit_shows_its_tries_rules_findings_and_evidence(session: Session) -> None:
    unit = session.scalars(select(FindingRow.unit_id).limit(1)).one()
    view = store_queries.unit_view(session, unit)
    assert view.findings
    assert view.results
    assert [attempt.counts for attempt in view.attempts].count(True) == 1
    assert view.findings[0].picture in {file.sha256 for file in view.evidence}
    assert view.app.run == next(attempt.run for attempt in view.attempts if attempt.counts)
    assert view.app.outcome is Outcome.VIOLATION or view.app.outcome is Outcome.SUSPECTED


def test_a_phone_is_told_with_what_it_did_in_the_last_day(session: Session) -> None:
    campaign = _newest(session)
    rows = store_queries.phones(session, campaign=campaign, at=NOW)
    assert [row.sick for row in rows] == sorted((row.sick for row in rows), reverse=True)
    assert all(row.battery and row.celsius for row in rows)
    begins = session.get_one(Campaign, campaign).begins_at
    answered = Counter(
        session.scalars(select(Attempt.device_id).where(Attempt.started_at >= begins, Attempt.end.in_(("done", "app-fault"))))
    )
    every = Counter(session.scalars(select(Attempt.device_id).where(Attempt.started_at >= begins, Attempt.end.is_not(None))))
    assert {row.id: row.done for row in rows if row.done} == answered
    assert {row.id: row.done + row.broken for row in rows if row.done + row.broken} == every
    assert {row.running_app != "" for row in rows if row.running} == {True}


def test_deadlines_are_five_working_days_from_the_day_and_told_once(session: Session) -> None:
    guilty = session.scalars(select(FindingRow.app_id).where(FindingRow.outcome == Outcome.VIOLATION).distinct()).all()
    innocent = session.scalars(select(App.id).where(App.id.not_in(guilty)).limit(3)).all()
    told = date(2026, 11, 27)
    assert store_queries.tell(session, [*guilty, *innocent], told, "2026-11") == len(guilty)
    assert store_queries.tell(session, guilty, told + timedelta(days=9), "again") == 0
    rows = _all(lambda place: store_queries.deadlines(session, told + timedelta(days=3), place=place, limit=4))
    assert len({row.id for row in rows}) == len(rows) == len(guilty)
    assert {row.due_on for row in rows} == {deadline(told).last} == {date(2026, 12, 4)}
    assert {row.words for row in rows} == {("还有 4 个工作日", "4 working day(s) left")}
    newest = max(code for (code,) in session.execute(select(App.version_code)))
    for row in rows:
        code = session.get_one(App, row.app).version_code
        assert (row.newer == "") == (row.newer_outcome is None)
        assert code < newest or row.newer == ""
    assert any(row.newer_outcome for row in rows)
    assert store_queries.deadlines(session, told, since=date(2026, 12, 5)).rows == ()


def test_history_tells_new_still_again_and_gone_apart(session: Session) -> None:
    seen = Counter[Change]()
    for package in session.scalars(select(App.package).distinct()).all():
        history = store_queries.app_history(session, package)
        assert len(history.versions) == 6
        versions = history.versions[::-1]
        tested = [version for version in versions if any(unit.outcome for unit in version.units)]
        for version in versions:
            before = [each for each in tested if each.version_code < version.version_code]
            for each in version.findings:
                seen[each.change] += 1
                had = [other.version for other in before if each.key in _keys(other)]
                if each.change in (Change.NEW, Change.STILL, Change.AGAIN):
                    assert each.versions == (*had, version.version)
                    assert (each.change is Change.NEW) == (not had)
                    assert (each.change is Change.STILL) == bool(had and had[-1] == before[-1].version)
                else:
                    assert had[-1] == before[-1].version
                    assert each.key not in _keys(version)
    assert all(seen[change] for change in Change)


def _keys(version: VersionRow) -> set[str]:
    return {each.key for each in version.findings if each.change not in (Change.GONE, Change.OPEN)}


def test_versions_of_another_signer_are_no_history_of_this_one(session: Session) -> None:
    package = session.scalars(
        select(App.package).join(FindingRow, FindingRow.app_id == App.id).where(App.version_code == 315).limit(1)
    ).one()
    session.execute(App.__table__.update().where(App.package == package, App.version_code < 315).values(signer="ab" * 32))
    history = store_queries.app_history(session, package)
    assert len(history.signers) == 2
    assert {each.change for each in history.versions[0].findings} == {Change.NEW}


def test_changes_are_called_as_a_rectification_calls_them() -> None:
    same = {Change.NEW: State.NEW, Change.STILL: State.STILL, Change.OPEN: State.OPEN}
    assert {change: page_labels.CHANGE[change] for change in same} == {change: both(state.words) for change, state in same.items()}


def test_questions_bring_no_opencv_into_the_process_that_asks() -> None:
    told = (
        "import sys, device_farm.morning.morning_file, device_farm.morning.store_queries as _; print({'cv2', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
