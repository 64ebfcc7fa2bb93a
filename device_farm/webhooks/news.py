"""News for chats, kept until sent: the end of a night, a violation that is new, a sick phone, a deadline.

All of it is read from the store as it is, not from what somebody remembers to announce, so nothing is missed while
nobody looked. No name of a tester, no serial number of a phone and no name of a computer stands in a message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from threading import Event, Thread
from typing import Any

from sqlalchemy import exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, aliased

from device_farm.morning import page_labels, store_queries
from device_farm.morning.page_model import Deadline, Why
from device_farm.store.database import Store, StoreError, now
from device_farm.store.models import Campaign, Device, FindingRow, Host, Message, Telling, Unit
from device_farm.store.transitions import tell
from device_farm.units.unit import ENDED
from device_farm.webhooks.sending import Fate, harmless, send
from device_farm.webhooks.webhook_settings import Chat, Kind
from harness.events.findings import Outcome
from harness.language import Text, _, in_language
from harness.language import known as words

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


BEGIN = "begin"
"""The event of the message that is none: from its finding on, violations are new to a chat."""
RECENT = timedelta(days=1)
"""A night that ended earlier is no news."""
SETTLED = timedelta(seconds=60)
"""On PostgreSQL what is younger may have a neighbour with a smaller number that is not visible yet. SQLite has one
writer at a time: there all is settled, and what the last app of a night did is told before the command ends."""
GRACE = timedelta(minutes=2)
"""A phone may be away for so long without anybody being told: a cable is plugged in again."""
DAYS_LEFT = 2
MOST_NEW = 500
"""Findings that one message speaks of; the next message has the others."""
MOST_NAMED = 10
MOST_DEADLINES = 200
MOST_CAMPAIGNS = 20
LONGEST_NAME = 60
VIRTUAL = "virtual@"
"""Before the name of the computer, that of the host of its virtual phones."""
_BEIJING = timezone(timedelta(hours=8))


def gather(session: Session, chats: Sequence[Chat], today: date | None = None) -> int:
    """Lay in what the chats are to be told; how many messages are new."""
    day = today or datetime.now(UTC).astimezone(_BEIJING).date()
    laid = 0
    for chat in chats:
        for kind, find in ((Kind.NIGHT_END, _night_ends), (Kind.NEW_VIOLATION, _violations), (Kind.SICK_PHONE, _sick)):
            if kind in chat.kinds:
                laid += find(session, chat)
        if Kind.DEADLINE in chat.kinds:
            laid += _deadlines(session, chat, day)
    return laid


def never(session: Session, chats: Sequence[Chat]) -> list[Text]:
    """What a chat waits for in vain, as things are: said before a night, not after it."""
    told = []
    for chat in chats:
        begun = session.scalar(select(func.count()).where(Message.chat == chat.name, Message.upto.is_not(None)))
        old = 0 if begun else session.scalar(select(func.count()).where(FindingRow.outcome == Outcome.VIOLATION)) or 0
        if Kind.NEW_VIOLATION in chat.kinds and old:
            told.append(_("chat {name} is new: {count} violations that were found before are not told there", name=chat.name, count=old))
        if chat.kinds == {Kind.DEADLINE} and not session.scalar(select(func.count()).select_from(Telling)):
            words = _("chat {name} waits for deadlines alone, and none is noted: 'apprights farm export --told' notes them", name=chat.name)
            told.append(words)
    return told


def _night_ends(session: Session, chat: Chat) -> int:
    """Campaigns of which every unit came to an end lately."""
    laid = 0
    open_unit = exists().where(Unit.campaign_id == Campaign.id, Unit.state.not_in(ENDED))
    ended = select(Campaign.id).where(~open_unit).order_by(Campaign.id.desc()).limit(MOST_CAMPAIGNS)
    for campaign in session.scalars(ended).all():
        newest = select(func.coalesce(func.max(Unit.id), 0), func.max(Unit.changed_at)).where(Unit.campaign_id == campaign)
        last, changed = session.execute(newest).one()
        event = f"night-end {campaign} {last}"
        if not last or now(session) - changed > RECENT or known(session, chat.name, [event]):
            continue
        found = store_queries.tonight(session, campaign)
        assert found is not None
        whys = (Why.INCONCLUSIVE, Why.QUARANTINED, Why.GIVEN_UP, Why.CANCELLED)
        without = [_("{why} {count}", why=words(*page_labels.WHY[why]), count=found.untested[why]) for why in whys if found.untested[why]]
        lines = [
            _("AppRights: {campaign} has come to an end, {total} unit(s)", campaign=_name(found.campaign.name), total=found.total),
            _("violations {violations}, suspected {suspected} (findings)", violations=found.violations, suspected=found.suspected),
            _("without an answer, which is no pass: {count}", count=found.unanswered),
            *without,
            _("phones that need somebody: {count}", count=len(found.sick)),
        ]
        laid += put(session, chat.name, Kind.NIGHT_END, event, _text(chat, lines, "/"))
    return laid


def _violations(session: Session, chat: Chat) -> int:
    """Violations that nobody found before in this app; all since the last message in one."""
    many = session.get_bind().dialect.name == "postgresql"
    upto = session.scalar(select(func.max(Message.upto)).where(Message.chat == chat.name))
    if upto is None:
        last = session.scalar(select(func.max(FindingRow.id))) or 0
        put(session, chat.name, Kind.NEW_VIOLATION, BEGIN, "", upto=last, done=True)
        return 0
    recent = select(FindingRow).where(FindingRow.id > upto).order_by(FindingRow.id).limit(MOST_NEW)
    fresh_ones = select(func.min(FindingRow.id)).where(FindingRow.id > upto, FindingRow.found_at > now(session) - SETTLED)
    if many and (young := session.scalar(fresh_ones)) is not None:
        recent = recent.where(FindingRow.id < young)
    rows = session.scalars(recent).all()
    if not rows:
        return 0
    older = aliased(FindingRow)
    before = exists().where(older.key == FindingRow.key, older.id < FindingRow.id, older.outcome == Outcome.VIOLATION)
    fresh = select(FindingRow.id).where(FindingRow.id.in_([row.id for row in rows]), FindingRow.outcome == Outcome.VIOLATION, ~before)
    new = {row.id: row for row in rows if row.id in set(session.scalars(fresh))}
    event = f"new-violation {rows[0].id}-{rows[-1].id}"
    if not new:
        put(session, chat.name, Kind.NEW_VIOLATION, event, "", upto=rows[-1].id, done=True)
        return 0
    apps = {row.unit: row for row in store_queries.app_rows(session, list(dict.fromkeys(row.unit_id for row in new.values())))}
    lines: list[Text] = [
        _("AppRights: {count} new violation(s) in {apps} app(s)", count=len(new), apps=len({row.app for row in apps.values()}))
    ]
    for finding in list(new.values())[:MOST_NAMED]:
        app = apps[finding.unit_id]
        rule = words(*page_labels.rule_words(finding.rule))
        lines.append(_("- {app} {version}: {rule}", app=_name(app.name), version=_name(app.version), rule=rule))
    if len(new) > MOST_NAMED:
        lines.append(_("and {count} more", count=len(new) - MOST_NAMED))
    return put(session, chat.name, Kind.NEW_VIOLATION, event, _text(chat, lines, "/findings"), upto=rows[-1].id)


def _sick(session: Session, chat: Chat) -> int:
    """Phones that somebody has to look at, each time that they get into such a state; of a dead host at once."""
    at = now(session)
    sick = select(Device).where(Device.state.in_(page_labels.SICK), Device.changed_at <= at - GRACE).order_by(Device.id)
    events = {f"sick-phone {phone.id} {phone.state} {phone.changed_at:%Y%m%dT%H%M%S}": phone for phone in session.scalars(sick)}
    told = known(session, chat.name, list(events))
    silent = {host.name: host for host in session.scalars(select(Host).where(Host.seen_at < at - GRACE))}
    laid, of_host = 0, dict[str, dict[str, Device]]()
    for event, phone in events.items():
        if event in told:
            continue
        if phone.host in silent:
            of_host.setdefault(phone.host.removeprefix(VIRTUAL), {})[event] = phone
            continue
        state = words(*page_labels.state_words(phone.state))
        lines = [_("AppRights: phone {phone} needs somebody: {state}", phone=_phone(phone), state=state)]
        laid += put(session, chat.name, Kind.SICK_PHONE, event, _text(chat, lines, f"/phones#phone-{phone.id}"))
    for name, phones in of_host.items():
        since = (silent.get(name) or silent[f"{VIRTUAL}{name}"]).seen_at
        lines = [_("AppRights: a computer with {count} phone(s) is silent: {phones}", count=len(phones), phones=_phones(phones.values()))]
        laid += put(session, chat.name, Kind.SICK_PHONE, f"sick-host {name[:100]} {since:%Y%m%dT%H%M%S}", _text(chat, lines, "/phones"))
        for event in phones:
            put(session, chat.name, Kind.SICK_PHONE, event, "", done=True)
    return laid


def _phone(phone: Device) -> str:
    """A phone as pages show it, without its serial number: its number there, and what kind of phone it is."""
    labels = phone.labels
    kind = str(phone.facts.get("model", "")) or " ".join(
        filter(None, (f"Android {labels.get('android', '')}".strip(), labels.get("rom", "")))
    )
    return f"#{phone.id} {_name(kind)}".strip()


def _phones(phones: Iterable[Device]) -> str:
    named = [_phone(phone) for phone in phones]
    return ", ".join(named[:MOST_NAMED]) + (f" … (+{len(named) - MOST_NAMED})" if len(named) > MOST_NAMED else "")


def _deadlines(session: Session, chat: Chat, today: date) -> int:
    """Apps that must be rectified in two working days; all of a day in one message."""
    listed = store_queries.deadlines(session, today, since=today, limit=MOST_DEADLINES).rows
    due: dict[date, list[Deadline]] = {}
    for row in listed:
        if row.left == DAYS_LEFT:
            due.setdefault(row.due_on, []).append(row)
    laid = 0
    for day, rows in due.items():
        lines: list[Text] = [
            _("AppRights: {count} app(s) must be rectified by {day}, in two working days", count=len(rows), day=day.isoformat())
        ]
        lines += [_("- {app} {version}", app=_name(row.label), version=_name(row.version)) for row in rows[:MOST_NAMED]]
        if len(rows) > MOST_NAMED:
            lines.append(_("and {count} more", count=len(rows) - MOST_NAMED))
        laid += put(session, chat.name, Kind.DEADLINE, f"deadline {day.isoformat()}", _text(chat, lines, "/deadlines"))
    return laid


def _name(text: str) -> str:
    """A name that an app or a phone gave itself: short, one line, and harmless in a chat."""
    return harmless(" ".join(text.split()))[:LONGEST_NAME]


def _text(chat: Chat, lines: Sequence[Text], page: str) -> str:
    """The lines in the language of the chat, and where to read on."""
    told = [in_language(line, chat.language) for line in lines]
    return "\n".join([*told, f"{chat.link}{page}"] if chat.link else told)


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
