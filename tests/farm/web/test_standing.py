"""Nothing without an answer is out of sight, whichever campaign a page is about, and no phone's count begins anew."""

from datetime import timedelta

from fastapi.testclient import TestClient
from sqlalchemy import func, select, update

from device_farm.intake.add_apps import add_apps
from device_farm.store.database import now
from device_farm.store.models import Attempt, Campaign, Unit
from device_farm.units.unit import AppFile, Plan, UnitState
from tests.farm.made_store import Made

ZH = {"accept-language": "zh"}


def submit(made: Made, campaign: str, apps: int) -> int:
    """A campaign of apps that nobody has tested; its number."""
    files = [AppFile(f"{number:064x}", f"/apps/{campaign}-{number}.apk", 1, f"com.example.n{number}") for number in range(apps)]
    add_apps(made.store, files, Plan((5,)), campaign)
    with made.store.begin() as session:
        return session.execute(select(Campaign.id).where(Campaign.name == campaign)).scalar_one()


def test_what_waits_in_another_campaign_of_tonight_stands_on_every_page_that_counts(client: TestClient, made: Made) -> None:
    first, second = submit(made, "first of tonight", 6), submit(made, "second of tonight", 1)
    with made.store.begin() as session:
        session.execute(update(Unit).where(Unit.campaign_id == second).values(state=UnitState.DONE, outcome="clear"))
    for path in ("/", "/untested"):
        page = client.get(path, headers=ZH).text
        assert "second of tonight" in page, path  # it says which it is about
        assert f'href="/?campaign={first}"' in page, path
        assert f'href="/untested?campaign={first}">6 个任务未结束' in page, path
    assert "这一批次已全部结束" in client.get("/", headers=ZH).text
    told = {each["campaign"]["id"]: each for each in client.get("/api/open").json()}
    assert (told[first]["left"], told[first]["unanswered"]) == (6, 0)
    assert second not in told
    assert f'/untested?campaign={first}"' not in client.get(f"/?campaign={first}", headers=ZH).text.partition("其他批次")[2]


def test_what_ended_without_an_answer_stays_in_sight_as_long_as_it_is_of_tonight(client: TestClient, made: Made) -> None:
    ended, _newest = submit(made, "gave up", 2), submit(made, "newest", 1)
    with made.store.begin() as session:
        session.execute(update(Unit).where(Unit.campaign_id == ended).values(state=UnitState.GIVEN_UP))
    assert "0 个任务未结束，2 个任务没有结论" in client.get("/", headers=ZH).text
    with made.store.begin() as session:
        before = now(session) - timedelta(days=3)
        session.execute(update(Campaign).where(Campaign.id == ended).values(created_at=before))
    assert "gave up" not in client.get("/", headers=ZH).text.partition("其他批次")[2]
    assert "0 个任务未结束，2 个任务没有结论" in client.get("/untested", headers=ZH).text


def test_a_new_campaign_does_not_begin_the_counts_of_a_phone_anew(client: TestClient, made: Made) -> None:
    with made.store.begin() as session:
        at = now(session)
        session.execute(update(Attempt).where(Attempt.end == "done").values(started_at=at - timedelta(hours=2)))
        done = dict(session.execute(select(Attempt.device_id, func.count()).where(Attempt.end == "done").group_by(Attempt.device_id)).all())
    submit(made, "just now", 1)
    told = {row["id"]: row["done"] for row in client.get("/api/phones").json()}
    assert done
    assert all(told[number] >= count for number, count in done.items())
    assert "24 小时完成" in client.get("/phones", headers=ZH).text
