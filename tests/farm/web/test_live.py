"""What happens is told as it does: each line once, in order, to every page, and the stream ends with the server."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from sqlalchemy import event, select

from device_farm.store.database import Store
from device_farm.store.models import Happening
from device_farm.store.transitions import tell
from device_farm.web import live
from device_farm.web.web_settings import Settings
from harness.language import known
from tests.farm.made_store import Made
from tests.farm.web.conftest import served, until


class Listener:
    """A page that listens, in a thread; its events as they came."""

    def __init__(self, address: str, headers: dict[str, str] | None = None) -> None:
        self.events: list[dict[str, Any]] = []
        self.alive = 0
        self.ended = False
        self._address, self._headers = address, headers or {}
        self.thread = threading.Thread(target=self._listen)
        self.thread.start()

    def _listen(self) -> None:
        with httpx.Client(timeout=120) as client, client.stream("GET", self._address, headers=self._headers) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            told: dict[str, str] = {}
            for line in answer.iter_lines():
                name, _colon, value = line.partition(": ")
                if line.startswith(":"):
                    self.alive += 1
                elif line:
                    told[name] = value
                elif "data" in told:
                    self.events.append({**told, "data": json.loads(told["data"])})
                    told = {}
        self.ended = True

    @property
    def texts(self) -> list[str]:
        return [each["data"]["text"] for each in self.events if each["event"] == "happening"]


@contextmanager
def listening(made: Made, monkeypatch: pytest.MonkeyPatch, every: float = 0.05) -> Iterator[str]:
    monkeypatch.setattr(live, "EVERY_SECONDS", every)
    with served(made.store, Settings(folder=made.folder)) as address:
        yield address


def happen(store: Store, *texts: str) -> int:
    """Let something happen; the number of the last line."""
    with store.begin() as session:
        for text in texts:
            tell(session, "test", known(f"{text}：发生", f"{text}\nhappened"))
        session.flush()
        return max(session.scalars(select(Happening.id)))


def test_what_happens_comes_once_and_in_order_to_every_page(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    last = happen(made.store, "before")
    with listening(made, monkeypatch) as address:
        pages = [Listener(f"{address}/live?after={last}&lang={language}") for language in ("zh", "en", "zh")]
        until(lambda: httpx.get(f"{address}/metrics").text.count("apprights_live_pages 3.0") == 1)
        happen(made.store, "one", "two")
        happen(made.store, "three")
        until(lambda: all(len(page.texts) >= 3 for page in pages))
    assert pages[0].texts == pages[2].texts == ["one：发生", "two：发生", "three：发生"]
    assert pages[1].texts == ["one\nhappened", "two\nhappened", "three\nhappened"]
    assert all(page.ended for page in pages)  # and the server that ended let them go


def test_a_page_that_comes_back_gets_what_it_missed(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    last = happen(made.store, "seen")
    happen(made.store, "missed")
    with listening(made, monkeypatch) as address:
        page = Listener(f"{address}/live?after=1&lang=zh", {"last-event-id": str(last)})
        until(lambda: page.texts == ["missed：发生"])
        happen(made.store, "next")
        until(lambda: page.texts == ["missed：发生", "next：发生"])
    assert [int(each["id"]) for each in page.events if each["event"] == "happening"] == [last + 1, last + 2]


def test_what_happens_while_a_page_opens_is_told_once(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    last, pages, newest = happen(made.store, "seen"), list[Listener](), live.Live._newest

    def late(self: live.Live) -> int:
        until(lambda: bool(pages) and pages[0].texts == ["missed：发生"])
        happen(made.store, "between")
        return newest(self)

    happen(made.store, "missed")
    monkeypatch.setattr(live.Live, "_newest", late)
    with listening(made, monkeypatch) as address:
        pages.append(Listener(f"{address}/live?after={last}&lang=zh"))
        until(lambda: pages[0].texts == ["missed：发生", "between：发生"])


def test_a_line_that_becomes_visible_late_is_told_too(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    last = happen(made.store, "before")
    with listening(made, monkeypatch) as address:
        page = Listener(f"{address}/live?after={last}&lang=zh")
        until(lambda: "apprights_live_pages 1.0" in httpx.get(f"{address}/metrics").text)
        with made.store.begin() as session:
            at = session.get_one(Happening, last).at
            session.add(Happening(id=last + 2, at=at, kind="test", text_zh="后到的号先见", text_en="2"))
        until(lambda: page.texts == ["后到的号先见"])
        with made.store.begin() as session:
            session.add(Happening(id=last + 1, at=at, kind="test", text_zh="先到的号后见", text_en="1"))
        until(lambda: page.texts == ["后到的号先见", "先到的号后见"])


def test_many_pages_ask_the_store_as_often_as_one(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if "FROM happenings" in statement and "max(" not in statement:
            asked.append(time.monotonic())

    with listening(made, monkeypatch, every=0.1) as address:
        last = happen(made.store, "before")
        pages = [Listener(f"{address}/live?after={last}") for _number in range(30)]
        until(lambda: "apprights_live_pages 30.0" in httpx.get(f"{address}/metrics").text)
        event.listen(made.store.engine, "before_cursor_execute", note)
        until(lambda: len(asked) >= 10)
        took = asked[9] - asked[0]
        event.remove(made.store.engine, "before_cursor_execute", note)
    assert took > 0.5  # ten queries a second for thirty pages, not three hundred
    assert all(page.ended for page in pages)


def test_a_quiet_farm_gives_signs_of_life_and_counts_come_with_news(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.05)
    monkeypatch.setattr(live, "COUNTS_SECONDS", 0.0)
    with listening(made, monkeypatch) as address:
        page = Listener(f"{address}/live?after={happen(made.store, 'before')}")
        until(lambda: page.alive >= 3)
        happen(made.store, "news")
        until(lambda: any(each["event"] == "counts" for each in page.events))
    counts = next(each["data"] for each in page.events if each["event"] == "counts")
    assert counts["done"] > 0


def test_there_is_room_for_so_many_pages(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "MOST_PAGES", 1)
    with listening(made, monkeypatch) as address:
        page = Listener(f"{address}/live")
        until(lambda: "apprights_live_pages 1.0" in httpx.get(f"{address}/metrics").text)
        answer = httpx.get(f"{address}/live")
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "5"
    assert page.ended


def test_the_stream_survives_a_store_that_is_away(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    from device_farm.store.database import StoreError

    last = happen(made.store, "before")
    with listening(made, monkeypatch) as address:
        page = Listener(f"{address}/live?after={last}&lang=zh")
        until(lambda: "apprights_live_pages 1.0" in httpx.get(f"{address}/metrics").text)
        away = threading.Event()
        real = live.Live._after

        def gone(self: live.Live, number: int) -> list[live.Line]:
            away.set()
            raise StoreError("away")

        with monkeypatch.context() as patched:
            patched.setattr(live.Live, "_after", gone)
            assert away.wait(120)
        assert live.Live._after is real
        happen(made.store, "back")
        until(lambda: page.texts == ["back：发生"])
