"""Look for news every half minute and send it, beside whatever else a process does; it cannot stop that."""

from __future__ import annotations

from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from device_farm.store.database import StoreError
from device_farm.webhooks.news import gather
from device_farm.webhooks.outbox import deliver
from device_farm.webhooks.sending import send

if TYPE_CHECKING:
    from collections.abc import Sequence

    from device_farm.store.database import Store
    from device_farm.webhooks.webhook_settings import Chat

EVERY_SECONDS = 30.0


def tell_chats(store: Store, chats: Sequence[Chat]) -> int:
    """Gather what is new and send what is due; how many messages were taken. Raises StoreError, SQLAlchemyError."""
    if not chats:
        return 0
    with store.begin() as session:
        gather(session, chats)
    return deliver(store, chats, send)


class Messenger:
    """A thread that tells chats what is new until it is closed; a store that is away is asked again."""

    def __init__(self, store: Store, chats: Sequence[Chat], every: float = EVERY_SECONDS) -> None:
        self._store, self._chats, self._every = store, chats, every
        self._over = Event()
        self._thread = Thread(target=self._work, name="messages", daemon=True)

    def start(self) -> None:
        """Begin; without chats there is nothing to do."""
        if self._chats:
            self._thread.start()

    def close(self) -> None:
        """End; a message that is being sent is not waited for."""
        self._over.set()

    def __enter__(self) -> Messenger:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def once(self) -> None:
        """Tell what is new now; while the store is away the next round tells what was missed."""
        with suppress(StoreError, SQLAlchemyError):
            tell_chats(self._store, self._chats)

    def _work(self) -> None:
        while not self._over.is_set():
            self.once()
            self._over.wait(self._every)
