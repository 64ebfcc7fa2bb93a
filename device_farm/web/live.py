"""Send the farm's events to every open page, from one query a second however many there are.

A page that lost its connection names the last line it has and gets what it missed. On PostgreSQL a line with a smaller
number may become visible after one with a larger, so the last ones are read again, and told once.
"""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from device_farm.store.database import Store, StoreError
from device_farm.store.models import Happening, Unit
from device_farm.web.read_only_store import reading

EVERY_SECONDS = 1.0
HEARTBEAT_SECONDS = 15.0
COUNTS_SECONDS = 5.0
MOST_PAGES = 200
MOST_MISSED = 200
"""Lines; who missed more opens the page anew."""
READ_AGAIN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened, in both languages; or, with number 0, how many units are in which state."""

    number: int
    data: dict[str, str]

    def sent(self, language: str) -> str:
        """Return the line of an event stream; JSON has no line break, whatever a text holds."""
        if not self.number:
            return f"event: counts\ndata: {self.data[language]}\n\n"
        return f"id: {self.number}\nevent: happening\ndata: {self.data[language]}\n\n"


class Live:
    """Hands out lines; reads the store only while somebody listens."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._listening: set[asyncio.Queue[Line | None]] = set()
        self._told: deque[int] = deque(maxlen=4 * READ_AGAIN)
        self._last = 0
        self._task: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over = False

    @property
    def full(self) -> bool:
        """Whether no further page is served."""
        return len(self._listening) >= MOST_PAGES

    @property
    def pages(self) -> int:
        """Return the number of listeners."""
        return len(self._listening)

    def end(self) -> None:
        """End every stream: the server stops. May be called from a signal handler."""
        self._over = True
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._say, None)

    async def stream(self, after: int, language: str) -> AsyncIterator[str]:
        """Lines after a number as they come, with a sign of life between them; ends with the server."""
        queue: asyncio.Queue[Line | None] = asyncio.Queue(maxsize=2 * MOST_MISSED)
        self._listening.add(queue)
        self._loop = asyncio.get_running_loop()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._watch())
        try:
            yield "retry: 3000\n\n"
            mine: deque[int] = deque(maxlen=4 * MOST_MISSED)
            with suppress(StoreError, SQLAlchemyError):
                for line in await asyncio.to_thread(self._after, after):
                    mine.append(line.number)
                    yield line.sent(language)
            while not self._over:
                try:
                    told = await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
                except TimeoutError:
                    yield ": alive\n\n"
                    continue
                if told is None:
                    return
                if told.number and (told.number <= after or told.number in mine):
                    continue
                yield told.sent(language)
        finally:
            self._listening.discard(queue)

    async def _watch(self) -> None:
        """Read what is new while somebody listens; a database that is away is asked again."""
        begun, changed, counted = False, False, 0.0
        loop = asyncio.get_running_loop()
        while self._listening and not self._over:
            try:
                first = not begun
                if first:
                    self._last, begun = await asyncio.to_thread(self._newest), True
                newest = self._last
                lines = await asyncio.to_thread(self._after, max(0, self._last - READ_AGAIN))
                fresh = [line for line in lines if line.number > self._last or line.number not in self._told]
                for line in fresh:
                    self._told.append(line.number)
                    self._last = max(self._last, line.number)
                    self._say(line)
                changed = changed or any(not first or line.number > newest for line in fresh)
                if changed and loop.time() - counted >= COUNTS_SECONDS:
                    self._say(await asyncio.to_thread(self._counts))
                    changed, counted = False, loop.time()
            except (StoreError, SQLAlchemyError):
                begun = begun and bool(self._last)
            await asyncio.sleep(EVERY_SECONDS)

    def _say(self, line: Line | None) -> None:
        """To every page; one that does not read is let go, and comes back by itself."""
        for queue in list(self._listening):
            try:
                queue.put_nowait(line)
            except asyncio.QueueFull:
                self._listening.discard(queue)
                queue.get_nowait()
                queue.put_nowait(None)

    def _newest(self) -> int:
        """The number of the last line; those just before it are said again, for a page may have read before it came."""
        with reading(self._store) as session:
            return session.scalar(select(func.max(Happening.id))) or 0

    def _after(self, number: int) -> list[Line]:
        with reading(self._store) as session:
            rows = session.scalars(select(Happening).where(Happening.id > number).order_by(Happening.id).limit(MOST_MISSED)).all()
            return [_line(row) for row in rows]

    def _counts(self) -> Line:
        with reading(self._store) as session:
            states = session.execute(select(Unit.state, func.count()).group_by(Unit.state)).all()
        said = json.dumps(dict(states))
        return Line(0, {"zh": said, "en": said})


def _line(row: Happening) -> Line:
    def said(text: str) -> str:
        told = {"id": row.id, "at": row.at.isoformat(), "kind": row.kind, "unit": row.unit_id, "device": row.device_id, "text": text}
        return json.dumps(told, ensure_ascii=False)

    return Line(row.id, {"zh": said(row.text_zh), "en": said(row.text_en)})
