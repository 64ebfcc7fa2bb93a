"""An outbox in the store: each event is sent once to each chat, whoever looks and how often.

A message is marked before it is sent. So what is sent twice is nothing, and what is lost with a computer that dies in
that moment is one message, of which the farm then says that nobody knows.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from device_farm.store.database import Store, now
from device_farm.store.models import Message
from device_farm.store.transitions import tell
from device_farm.webhooks.sending import Fate
from device_farm.webhooks.webhook_settings import Chat, Kind
from harness.language import _

MOST_TRIES = 5
BACKOFF_SECONDS = 30
"""Before the second try; four times as long before each further: all five within three quarters of an hour."""
SENDING_SECONDS = 600
"""What is still being sent after that, nobody sends any more."""
MOST_AT_ONCE = 8
"""Messages of a chat in a round: 钉钉 and 企业微信 take twenty in a minute."""


class State(StrEnum):
    """The states of a message."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


def put(session: Session, chat: str, kind: Kind, event: str, text: str, *, upto: int | None = None, done: bool = False) -> bool:
    """Lay a message in, unless the chat has one of this event; whether it had none. ``done`` only remembers it."""
    at = now(session)
    insert: Any = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = {
        "chat": chat,
        "kind": kind.value,
        "event": event,
        "text": text,
        "upto": upto,
        "made_at": at,
        "next_at": at,
        "tries": 0,
        "reason": "",
    }
    row["state"] = (State.SENT if done else State.WAITING).value
    laid = insert(Message).values(row).on_conflict_do_nothing(index_elements=["chat", "event"]).returning(Message.id)
    return session.execute(laid).scalar_one_or_none() is not None


def known(session: Session, chat: str, events: Sequence[str]) -> set[str]:
    """Return those of some events that a chat was told, or will be."""
    return set(session.scalars(select(Message.event).where(Message.chat == chat, Message.event.in_(events))))


def deliver(store: Store, chats: Sequence[Chat], send: Callable[[Chat, str], tuple[Fate, str]]) -> int:
    """Send what is due; how many were taken."""
    taken = 0
    _give_up_old(store)
    for chat in chats:
        for _number in range(MOST_AT_ONCE):
            message = _next(store, chat.name)
            if message is None:
                break
            fate, reason = send(chat, message.text)
            _note(store, message, fate, reason)
            taken += fate is Fate.SENT
            if fate is Fate.REFUSED:
                break  # the chat may have had enough for now
    return taken


def _next(store: Store, chat: str) -> Message | None:
    """The next message of a chat that is due, marked as being sent."""
    with store.begin() as session:
        at = now(session)
        due = select(Message.id).where(Message.chat == chat, Message.state == State.WAITING, Message.next_at <= at).order_by(Message.id)
        mine = update(Message).where(Message.id == due.limit(1).scalar_subquery(), Message.state == State.WAITING)
        taken = mine.values(state=State.SENDING.value, tries=Message.tries + 1, next_at=at + timedelta(seconds=SENDING_SECONDS))
        return session.scalars(taken.returning(Message)).one_or_none()


def _note(store: Store, message: Message, fate: Fate, reason: str) -> None:
    with store.begin() as session:
        again = fate is Fate.REFUSED and message.tries < MOST_TRIES
        state = {Fate.SENT: State.SENT, Fate.UNKNOWN: State.UNKNOWN}.get(fate, State.WAITING if again else State.FAILED)
        session.execute(
            update(Message)
            .where(Message.id == message.id, Message.state == State.SENDING)
            .values(state=state.value, reason=reason[:60], next_at=_later(now(session), message.tries))
        )
        if state in (State.FAILED, State.UNKNOWN):
            _tell(session, message, reason)


def _later(at: datetime, tries: int) -> datetime:
    return at + timedelta(seconds=BACKOFF_SECONDS * 4 ** max(0, tries - 1))


def _give_up_old(store: Store) -> None:
    """Give up messages that were being sent when their computer died: they may have been taken."""
    with store.begin() as session:
        old = update(Message).where(Message.state == State.SENDING, Message.next_at < now(session))
        for message in session.scalars(old.values(state=State.UNKNOWN.value).returning(Message)).all():
            _tell(session, message, "broken off")


def _tell(session: Session, message: Message, reason: str) -> None:
    """Say in the farm that a chat may not have been told."""
    tell(
        session,
        "message-lost",
        _("a message ({kind}) to {chat} was not delivered: {reason}", kind=message.kind, chat=message.chat, reason=reason),
    )
