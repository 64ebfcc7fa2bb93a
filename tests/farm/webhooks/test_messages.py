"""What is worth a message, that it is told once, and what becomes of one that is not taken."""

import shutil
import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest

from device_farm.morning import page_labels

pytest.importorskip("httpx", reason="the extra `web` is not installed")

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import delete, func, select, update

from device_farm.morning import store_queries
from device_farm.store import FILE
from device_farm.store.database import Store, now, open_store
from device_farm.store.models import App, Campaign, Device, FindingRow, Happening, Host, Message, Telling, Unit
from device_farm.units.unit import UnitState
from device_farm.webhooks import news
from device_farm.webhooks.news import MOST_TRIES, Messenger, State, deliver, gather, never, put, tell_chats
from device_farm.webhooks.sending import Fate
from device_farm.webhooks.webhook_settings import Chat, Kind, Platform
from harness.rectification.deadline import deadline
from tests.farm.made_store import Made, made_store
from tests.farm.webhooks.receiver import robot

HOSTILE = '<at user_id="all">http://evil.example'


@pytest.fixture
def store(whole_farm: Made, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(whole_farm.folder / FILE, tmp_path / FILE)
    store = open_store(tmp_path / FILE)
    yield store
    store.close()


def chat(*kinds: Kind, name: str = "qa", language: str = "zh") -> Chat:
    return Chat(name, Platform.FEISHU, "http://127.0.0.1:9/", kinds=frozenset(kinds), language=language, link="http://farm.lab:8416")


def gathered(store: Store, *chats: Chat, today: date | None = None) -> list[str]:
    """Look for news; the texts that are new."""
    with store.begin() as session:
        before = set(session.scalars(select(Message.id)))
        gather(session, chats, today)
        session.flush()
        return [row.text for row in session.scalars(select(Message).order_by(Message.id)) if row.id not in before and row.text]


def end_the_night(store: Store) -> str:
    """Let the last campaign end now; its name."""
    with store.begin() as session:
        campaign = session.scalars(select(Campaign).order_by(Campaign.id.desc())).first()
        open_units = update(Unit).where(Unit.campaign_id == campaign.id, Unit.state.in_(("waiting", "queued", "running")))
        session.execute(open_units.values(state=UnitState.CANCELLED, changed_at=now(session)))
        session.execute(update(Campaign).where(Campaign.id == campaign.id).values(name=HOSTILE))
        return campaign.name


def test_a_night_that_ended_is_told_once_with_what_has_no_answer(store: Store) -> None:
    here = chat(Kind.NIGHT_END)
    assert gathered(store, here) == []  # it runs still, and the earlier ones ended days ago
    end_the_night(store)
    (text,) = gathered(store, here)
    assert "AppRights" in text
    assert "不视为通过" in text
    assert "已取消" in text
    assert text.endswith("http://farm.lab:8416/")
    assert "<" not in text
    assert "http://evil" not in text
    assert gathered(store, here) == []
    (english,) = gathered(store, chat(Kind.NIGHT_END, name="other", language="en"))
    assert "no pass" in english


def test_only_what_a_chat_asked_for_is_told(store: Store) -> None:
    end_the_night(store)
    assert gathered(store, chat(Kind.DEADLINE)) == []


def find(store: Store, *, key: str, outcome: str = "violation", age: float = 120) -> None:
    """Find something in the newest unit."""
    with store.begin() as session:
        unit = session.scalars(select(Unit).order_by(Unit.id.desc())).first()
        at = now(session) - timedelta(seconds=age)
        common = {
            "campaign_id": unit.campaign_id, "unit_id": unit.id, "app_id": unit.app_id, "clause": "5", "reason_zh": "", "reason_en": "",
        }  # fmt: skip
        session.add(FindingRow(**common, rule="c5-exit-after-denial", outcome=outcome, part="x", key=key, found_at=at))


def test_a_violation_is_news_once_and_only_where_no_version_had_it(store: Store) -> None:
    here = chat(Kind.NEW_VIOLATION)
    assert gathered(store, here) == []  # what was there before the chat was named is no news
    with store.begin() as session:
        known = session.scalars(select(FindingRow.key).where(FindingRow.outcome == "violation")).first()
        app = session.scalars(select(App).order_by(App.id.desc())).first()
        app.label = HOSTILE
    assert known is not None
    find(store, key=known)
    find(store, key="suspected123", outcome="suspected")
    assert gathered(store, here) == []
    find(store, key="new123456789", age=0)  # as the last app of a night, whose command ends now
    (text,) = gathered(store, here)
    assert "拒绝权限后" in text or "c5-exit-after-denial" not in text
    assert "1" in text
    assert "<at" not in text
    assert "＜at" in text
    assert gathered(store, here) == []


def test_where_many_write_at_once_what_is_younger_than_a_minute_waits(tmp_path: Path, postgres: str) -> None:
    made = made_store(tmp_path, url=postgres, apps=2, versions=1)
    here = chat(Kind.NEW_VIOLATION)
    assert gathered(made.store, here) == []
    find(made.store, key="new123456789")
    find(made.store, key="too-young-01", age=5)
    assert len(gathered(made.store, here)) == 1
    assert gathered(made.store, here) == []
    with made.store.begin() as session:
        session.execute(update(FindingRow).where(FindingRow.key == "too-young-01").values(found_at=now(session) - timedelta(seconds=90)))
    assert len(gathered(made.store, here)) == 1
    made.store.close()


def test_what_a_chat_waits_for_in_vain_is_said_before_the_night(store: Store, tmp_path: Path) -> None:
    new = chat(Kind.NEW_VIOLATION)
    with store.begin() as session:
        old = session.scalar(select(func.count()).where(FindingRow.outcome == "violation"))
        assert [str(text) for text in never(session, [new])] == [
            f"chat qa is new: {old} violations that were found before are not told there"
        ]
        session.execute(delete(Telling))
        assert "deadlines alone" in str(never(session, [chat(Kind.DEADLINE)])[0])
        assert never(session, [chat(Kind.NIGHT_END)]) == []
    gathered(store, new)
    with store.begin() as session:
        assert never(session, [new]) == []
    fresh = open_store(tmp_path / "fresh.sqlite")
    with fresh.begin() as session:
        assert never(session, [chat()]) == never(session, [new]) == []
    fresh.close()


def test_a_sick_phone_is_told_each_time_it_falls_ill_and_never_by_its_serial(store: Store) -> None:
    here = chat(Kind.SICK_PHONE)
    texts = gathered(store, here)
    with store.begin() as session:
        sick = session.scalars(select(Device).where(Device.state.in_(page_labels.SICK))).all()
        assert len(texts) == len(sick) == 3
        for phone in sick:
            assert not any(phone.serial in text or phone.host in text for text in texts)
    assert gathered(store, here) == []
    with store.begin() as session:
        session.execute(update(Device).where(Device.id == sick[0].id).values(changed_at=now(session) - timedelta(seconds=10)))
    assert gathered(store, here) == []  # a cable may be plugged in again
    with store.begin() as session:
        session.execute(update(Device).where(Device.id == sick[0].id).values(changed_at=now(session) - timedelta(minutes=5)))
    assert len(gathered(store, here)) == 1


def test_a_deadline_is_told_two_working_days_before(store: Store) -> None:
    here = chat(Kind.DEADLINE)
    told_on = date(2026, 11, 16)
    with store.begin() as session:
        guilty = session.scalars(select(FindingRow.app_id).where(FindingRow.outcome == "violation").distinct()).all()
        assert store_queries.tell(session, guilty[:12], told_on, "the list of November")
    last = deadline(told_on).last
    days = [last - timedelta(days=back) for back in range(7, -1, -1)]
    texts = {day: gathered(store, here, today=day) for day in days}
    (text,) = [text for found in texts.values() for text in found]
    assert deadline(told_on).left(next(day for day, found in texts.items() if found)) == 2
    assert last.isoformat() in text
    assert text.count("\n· ") == 10
    assert "另有 2 项" in text


def test_two_who_look_at_once_lay_one_message_in(store: Store) -> None:
    with store.begin() as session:
        assert put(session, "qa", Kind.SICK_PHONE, "x", "text")
        assert not put(session, "qa", Kind.SICK_PHONE, "x", "text")
        assert put(session, "other", Kind.SICK_PHONE, "x", "text")


def lay(store: Store, *events: str) -> None:
    with store.begin() as session:
        for event in events:
            put(session, "qa", Kind.SICK_PHONE, event, f"text of {event}")


def states(store: Store) -> dict[str, tuple[str, int]]:
    with store.begin() as session:
        return {row.event: (row.state, row.tries) for row in session.scalars(select(Message))}


def due_now(store: Store) -> None:
    with store.begin() as session:
        session.execute(update(Message).values(next_at=now(session) - timedelta(seconds=1)))


def test_what_is_refused_is_tried_again_later_and_not_for_ever(store: Store) -> None:
    lay(store, "a")
    sent: list[str] = []

    def refuse(_chat: Chat, text: str) -> tuple[Fate, str]:
        sent.append(text)
        return Fate.REFUSED, "HTTP 500"

    for number in range(MOST_TRIES + 3):
        assert deliver(store, [chat()], refuse) == 0
        assert deliver(store, [chat()], refuse) == 0  # not before its time
        assert len(sent) == min(number + 1, MOST_TRIES)
        due_now(store)
    assert states(store) == {"a": (State.FAILED, MOST_TRIES)}
    with store.begin() as session:
        told = session.scalars(select(Happening).where(Happening.kind == "message-lost")).all()
        assert len(told) == 1
        assert "HTTP 500" in told[0].text_en


def test_what_nobody_knows_is_not_sent_again_and_is_told(store: Store) -> None:
    lay(store, "a", "b")
    fates = iter([(Fate.UNKNOWN, "ReadTimeout"), (Fate.SENT, "")])
    assert deliver(store, [chat()], lambda _chat, _text: next(fates)) == 1
    due_now(store)
    assert deliver(store, [chat()], lambda _chat, _text: pytest.fail("sent again")) == 0
    assert states(store) == {"a": (State.UNKNOWN, 1), "b": (State.SENT, 1)}


def test_a_computer_that_died_while_sending_loses_that_one_only(store: Store) -> None:
    lay(store, "a", "b")

    class Died(Exception):
        pass

    def die(_chat: Chat, _text: str) -> tuple[Fate, str]:
        raise Died

    with pytest.raises(Died):
        deliver(store, [chat()], die)
    assert states(store)["a"] == (State.SENDING, 1)
    assert deliver(store, [chat()], lambda _chat, text: (Fate.SENT, text)) == 1
    due_now(store)
    deliver(store, [chat()], lambda _chat, _text: pytest.fail("sent again"))
    assert states(store) == {"a": (State.UNKNOWN, 1), "b": (State.SENT, 1)}


def test_a_thread_tells_a_robot_and_a_store_that_is_away_does_not_end_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from device_farm.store.database import StoreError

    end_the_night(store)
    away = threading.Semaphore(0)

    def gone(*_words: object) -> int:
        monkeypatch.undo()
        away.release()
        raise StoreError("away")

    monkeypatch.setattr(news, "tell_chats", gone)
    with robot() as taken:
        here = replace(chat(*Kind), url=f"{taken.url}/hook")
        running = Messenger(store, [here], every=0.01)
        running.start()
        assert away.acquire(timeout=120)
        ended = threading.Event()
        while len(taken.came) < 4 and not ended.wait(0.01):  # the night, and three phones
            assert running._thread.is_alive()
        running.close()
        running._thread.join(120)
        assert not running._thread.is_alive()
    assert len(taken.texts) == len(set(taken.texts)) == 4


def test_nobody_to_tell_is_nothing_to_do(store: Store) -> None:
    assert tell_chats(store, ()) == 0
    assert states(store) == {}


def test_a_message_is_laid_in_and_taken_on_postgresql_too(postgres: str, tmp_path: Path) -> None:
    made = made_store(tmp_path, url=postgres, apps=3, versions=2)
    with made.store.begin() as session:
        gather(session, [chat(*Kind)])
    sent: list[str] = []
    with made.store.begin() as session:
        waiting = len(session.scalars(select(Message).where(Message.state == State.WAITING)).all())
    assert waiting >= 3
    assert deliver(made.store, [chat()], lambda _chat, text: (sent.append(text), (Fate.SENT, ""))[1]) == len(sent)
    assert len(sent) == min(waiting, news.MOST_AT_ONCE)
    made.store.close()


def test_a_phone_is_named_as_the_pages_do_and_a_dead_host_once(store: Store) -> None:
    with store.begin() as session:
        session.execute(update(Device).where(Device.state.in_(page_labels.SICK)).values(state="idle"))
        at = now(session)
        session.add(Host(name="lab2", version="", seen_at=at - timedelta(minutes=6)))
        ids = []
        for number in range(12):
            phone = Device(
                host="lab2" if number else "virtual@lab2",
                address=f"serial-{number}",
                labels={"android": "13", "rom": "miui"},
                facts={},
                state="offline",
                changed_at=at - timedelta(minutes=5),
                seen_at=at,
            )
            session.add(phone)
            session.flush()
            ids.append(phone.id)
        session.add(Host(name="virtual@lab2", version="", seen_at=at - timedelta(minutes=6)))
    here = chat(Kind.SICK_PHONE)
    (text,) = gathered(store, here)
    assert "12 台手机" in text
    assert f"#{ids[0]} Android 13 miui" in text
    assert "serial-" not in text
    assert "lab2" not in text
    assert gathered(store, here) == []
    with store.begin() as session:
        session.execute(update(Host).values(seen_at=now(session)))
        session.execute(update(Device).where(Device.id == ids[3]).values(changed_at=at - timedelta(minutes=4), state="unauthorized"))
    (text,) = gathered(store, here)
    assert f"手机 #{ids[3]} Android 13 miui 需要处理：未授权调试" in text
    assert text.endswith(f"/phones#phone-{ids[3]}")
