import hashlib
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from device_farm.intake.add_apps import BATCH, Purpose, add_apps
from device_farm.intake.submission_rows import Asked, Noted, Place, Refused
from device_farm.store.database import Store, open_store
from device_farm.store.models import App, Campaign, Refusal, Unit
from device_farm.units.unit import AppFile, Plan, rules_mark
from harness.config import NONE, Kind, OwnFile, using
from harness.errors import ScenarioError
from harness.language import _
from tests.farm.new_store import new_store

PLAN = Plan((1, 5))


@pytest.fixture(params=["sqlite", "postgres"])
def store(request, tmp_path):
    sqlite = request.param == "sqlite"
    opened = new_store(tmp_path / "farm.sqlite") if sqlite else open_store(request.getfixturevalue("postgres"))
    yield opened
    opened.close()


def app(number: int, **more) -> AppFile:
    sha256 = hashlib.sha256(str(number).encode()).hexdigest()
    return replace(AppFile(sha256, f"/nas/{number}.apk", 10, f"com.example.a{number}", f"应用{number}", "1.0", 1), **more)


def count(store: Store, kind: type) -> int:
    with store.begin() as session:
        return session.execute(select(func.count()).select_from(kind)).scalar_one()


def test_each_app_is_one_unit_however_often_it_is_submitted(store):
    first = add_apps(store, (app(n) for n in range(2500)), PLAN, "tonight")
    again = add_apps(store, (app(n) for n in range(2600)), PLAN, "tonight")
    assert (first.new, first.again, first.twice) == (2500, 0, 0)
    assert (again.new, again.again, again.twice) == (100, 2500, 0)
    assert count(store, Unit) == count(store, App) == 2600


def test_the_same_file_twice_is_said_within_a_batch_and_across(store):
    told: list[Refused | Noted] = []
    stream = [app(1), app(1, place="/nas/copy.apk"), *(app(n) for n in range(10, 10 + BATCH)), app(1)]
    done = add_apps(store, stream, PLAN, "tonight", told=told.append)
    assert (done.new, done.twice, done.again) == (BATCH + 1, 2, 0)
    assert len(told) == done.notes == 2
    assert all("twice" in row.text for row in told if isinstance(row, Noted))


def test_another_campaign_clause_or_phone_is_another_unit(store):
    plans = [PLAN, Plan((1, 5), requirement="android=13"), Plan((7,))]
    rows = [Asked(Place("list.csv", n), app(1), plan) for n, plan in enumerate(plans, 2)]
    assert add_apps(store, rows, PLAN, "tonight").new == 3
    assert add_apps(store, rows, PLAN, "tomorrow").new == 3
    assert count(store, App) == 1


def test_what_is_wrong_is_told_at_once_and_the_rest_goes_on(store):
    told: list[Refused | Noted] = []
    rows = [app(1), Refused(Place("list.csv", 3), _("no app")), app(2, sha256="abc"), app(3, place="/nas/\udcff.apk"), app(4, place="")]
    done = add_apps(store, rows, PLAN, "tonight", told=told.append)
    assert (done.new, done.refusals, done.rows) == (1, 4, 5)
    assert told == done.refused
    assert str(told[0].at) == "list.csv:3"


def test_what_an_app_says_of_itself_is_made_fit_for_any_database(store):
    hostile = app(1, label="a\x00b\udc80" + "长" * 300, package="p" * 999, version_code=2**70, size=-1)
    assert add_apps(store, [hostile], PLAN, "tonight").new == 1
    with store.begin() as session:
        kept = session.execute(select(App)).scalar_one()
    assert kept.label.startswith("a\ufffdb\ufffd长")
    assert len(kept.label) == 255
    assert len(kept.package) == 255
    assert (kept.version_code, kept.size) == (2**63 - 1, 0)


def test_an_app_that_was_moved_has_its_new_place_but_the_artifact_store_stays(store):
    def place() -> str:
        with store.begin() as session:
            return session.execute(select(App.place)).scalar_one()

    for given, kept in (("/a.apk", "/a.apk"), ("/b.apk", "/b.apk"), ("artifact:x", "artifact:x"), ("/c.apk", "artifact:x")):
        add_apps(store, [app(1, place=given)], PLAN, "tonight")
        assert place() == kept


def test_each_complaint_about_a_unit_is_kept(store):
    for words in ("索权弹窗", "频繁索权", "索权弹窗"):
        add_apps(store, [Asked(Place("c.csv", 2), app(1), replace(PLAN, words=words))], PLAN, "tonight")
    with store.begin() as session:
        assert session.execute(select(Unit.words)).scalar_one() == "索权弹窗 / 频繁索权"


def test_a_campaign_is_made_once_and_has_a_name(store):
    add_apps(store, [app(1)], PLAN, Purpose("深圳", city="深圳"))
    add_apps(store, [app(2)], PLAN, Purpose("深圳", city="广州"))
    with store.begin() as session:
        assert session.execute(select(Campaign.city)).scalar_one() == "深圳"
    with pytest.raises(ScenarioError, match="a name"):
        add_apps(store, [app(1)], PLAN, " ")


def test_within_a_transaction_of_the_caller_nothing_is_there_until_it_ends(store):
    def broken_off() -> None:
        with store.begin() as session:
            assert add_apps(session, [app(1)], PLAN, "tonight").new == 1
            raise KeyError

    with pytest.raises(KeyError):
        broken_off()
    assert count(store, Unit) == 0


def test_other_rules_of_the_testers_own_are_another_mark(tmp_path):
    own = replace(NONE, digest="ab" * 32, files=(OwnFile(Kind.RULE, "rules/own.toml", "", "12", {}),))
    with using(own):
        mine = rules_mark()
    assert mine != rules_mark()
    assert mine.startswith(rules_mark())


def refused(store: Store) -> list[tuple[str, int]]:
    with store.begin() as session:
        return [(row.source, row.line) for row in session.scalars(select(Refusal).order_by(Refusal.source, Refusal.line))]


def bad(source: object, line: int = 0) -> Refused:
    return Refused(Place(str(source), line), _("no app"))


def test_what_was_refused_stays_until_it_is_read_again_as_an_app_or_is_gone(store, tmp_path):
    folder = tmp_path / "apps"
    folder.mkdir()
    files = [folder / name for name in ("a.apk", "b.apk", "c_100%.apk")]
    for file in files:
        file.touch()
    add_apps(store, [*map(bad, files), bad("list.csv", 7), app(1)], PLAN, "tonight", sources=[str(folder)])
    assert refused(store) == [*((str(file), 0) for file in files), ("list.csv", 7)]
    again = [bad(files[1]), Asked(Place(str(files[2])), app(2))]  # a.apk was taken away, c is whole now
    add_apps(store, again, PLAN, "tonight", sources=[str(folder)])
    assert refused(store) == [(str(files[1]), 0), ("list.csv", 7)]
    add_apps(store, [Asked(Place("list.csv", 7), app(3)), Asked(Place("list.csv", 8), app(4))], PLAN, "tonight")
    assert refused(store) == [(str(files[1]), 0)]
    add_apps(store, [bad(files[1])], PLAN, "another night")
    assert count(store, Refusal) == 2


def test_where_nothing_is_asked_for_there_is_no_campaign(store):
    add_apps(store, [Noted(Place("apps"), _("2 other files"))], PLAN, "tonight", sources=["apps"])
    assert count(store, Campaign) == 0
