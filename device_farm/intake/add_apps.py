"""Put apps into the store as units: a stream of any length, in batches, each unit once however often it is submitted.

A batch is a transaction. Whoever is killed in between submits the same list again: what is there stays as it is.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, and_, any_, literal, or_, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import InstrumentedAttribute, Session

from device_farm.intake import bulk
from device_farm.intake.bulk import insert_rows
from device_farm.intake.submission_rows import Asked, Noted, Place, Refused, Row
from device_farm.store.column_types import Sha256
from device_farm.store.database import Store, now
from device_farm.store.models import App, Campaign, Unit
from device_farm.units.unit import IN_STORE, AppFile, Plan, UnitState, rules_mark, unit_key
from harness.errors import ScenarioError
from harness.language import Text, _

BATCH = 1000
"""Rows of a transaction: memory stays flat, and whoever looks on sees the list grow."""
MOST_KEPT = 1000
"""Refused rows that are kept for the end; all are counted, and told when they are met."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_UNFIT = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_LARGEST = 2**63 - 1
_LONGEST = {"package": 255, "label": 255, "version_name": 255, "signer": 64, "store": 100}
_WORDS = 4000
"""Signs of complaints that are kept with a unit."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """The campaign that a submission belongs to; one of that name that is there already stays as it is."""

    name: str
    city: str = ""
    begins_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(slots=True)
class Submitted:
    """The result of a submission.

    Units are ``new``, or were there before (``again``), or stood in it ``twice``; ``requirements`` are those of all
    rows, for whoever asks whether a phone fits.
    """

    campaign: str
    new: int = 0
    again: int = 0
    twice: int = 0
    refusals: int = 0
    notes: int = 0
    refused: list[Refused] = field(default_factory=list)
    requirements: set[str] = field(default_factory=set)

    @property
    def rows(self) -> int:
        """Every row that asked for an app."""
        return self.new + self.again + self.twice + self.refusals

    @property
    def words(self) -> Text:
        return _(
            "{campaign}: {new} new, {again} there before, {twice} twice, {refused} refused",
            campaign=self.campaign,
            new=self.new,
            again=self.again,
            twice=self.twice,
            refused=self.refusals,
        )


def add_apps(
    where: Store | Session,
    rows: Iterable[AppFile | Row],
    plan: Plan,
    campaign: str | Purpose,
    *,
    sources: Iterable[str] = (),
    told: Callable[[Refused | Noted], None] = lambda row: None,
    progress: Callable[[Submitted], None] = lambda submitted: None,
) -> Submitted:
    """Add a unit for each row, by its own plan or ``plan``; ``told`` hears of what is wrong as soon as it is met.

    What is refused is written down beside the units; ``sources`` are read as a whole, so what they held before and hold
    no more is no longer refused. Where no row asks for anything there is no campaign. With a Store each batch is
    committed by itself; a Session is the caller's. ``progress`` is called after each batch. Raises StoreError where the
    store cannot be used, ScenarioError for a campaign without a name.
    """
    purpose = Purpose(campaign) if isinstance(campaign, str) else campaign
    if not (name := _fit(purpose.name, 200)):
        raise ScenarioError(_("a campaign has a name: give one with --campaign"))
    submitted = Submitted(name)
    purpose = replace(purpose, name=name)
    with _transaction(where) as session:
        began = now(session)
    submission = _Submission(name, began, rules_mark(), plan, submitted, told)
    stream = iter(rows)
    while batch := list(islice(stream, BATCH)):
        wanted = [row for row in map(submission.sifted, batch) if row is not None]
        if wanted or submission.bad:
            with _transaction(where) as session:
                number = _campaign(session, purpose)
                if wanted:
                    submission.add(session, number, wanted)
                bulk.keep(session, number, submission.bad, [row.at for row in wanted])
                submission.bad.clear()
        progress(submitted)
    with _transaction(where) as session:
        if (known := session.scalar(select(Campaign.id).where(Campaign.name == name))) is not None:
            bulk.forget(session, known, sources, began)
    return submitted


@dataclass(frozen=True, slots=True)
class _Submission:
    """One submission while it goes on."""

    name: str
    began: datetime
    rules: str
    plan: Plan
    submitted: Submitted
    told: Callable[[Refused | Noted], None]
    bad: list[Refused] = field(default_factory=list)
    """The refused rows of this batch."""

    def sifted(self, row: AppFile | Row) -> Asked | None:
        """A row that makes a unit, its texts fit for any database; None where it was told why not."""
        asked = Asked(Place(row.place), row) if isinstance(row, AppFile) else row
        if isinstance(asked, Asked) and not _SHA256.fullmatch(asked.app.sha256):
            asked = Refused(asked.at, _("'{sha256}' is no SHA-256: 64 digits of 0-9 and a-f", sha256=asked.app.sha256[:80]))
        if isinstance(asked, Asked) and (not asked.app.place or _UNFIT.search(asked.app.place)):
            asked = Refused(asked.at, _("no name that every computer can write: give the file another one"))
        if isinstance(asked, Asked):
            return replace(asked, app=_fit_app(asked.app), plan=self._fit_plan(asked.plan or self.plan))
        self._tell(asked)
        return None

    def add(self, session: Session, campaign: int, rows: list[Asked]) -> None:
        at = now(session)
        units: dict[str, Asked] = {}
        for row in rows:
            key = unit_key(row.app.sha256, self._plan(row), campaign=self.name, rules=self.rules)
            if key in units:
                self._twice(row)
                units[key] = replace(
                    units[key], plan=replace(self._plan(units[key]), words=_joined(self._plan(units[key]), self._plan(row)))
                )
            else:
                units[key] = row
        apps = _add_apps(session, {row.app.sha256: row.app for row in rows}, at)
        values = [self._unit(key, row, campaign, apps[row.app.sha256], at) for key, row in sorted(units.items())]
        added = insert_rows(session, Unit, values, lambda insert: insert.on_conflict_do_nothing(index_elements=["key"]))
        self.submitted.new += added
        self.submitted.requirements |= {self._plan(row).requirement for row in rows}
        if added < len(values):
            self._known(session, units, at)

    def _plan(self, row: Asked) -> Plan:
        return row.plan or self.plan

    def _fit_plan(self, plan: Plan) -> Plan:
        return replace(plan, words=_fit(plan.words, _WORDS)) if plan.words else plan

    def _unit(self, key: str, row: Asked, campaign: int, app: int, at: datetime) -> dict[str, Any]:
        plan = self._plan(row)
        return {
            "key": key,
            "campaign_id": campaign,
            "app_id": app,
            "kind": plan.kind.value,
            "clauses": sorted(plan.clauses),
            "options": dict(plan.options),
            "requirement": plan.requirement,
            "priority": plan.priority,
            "limit_seconds": plan.limit_seconds,
            "words": plan.words,
            "state": UnitState.WAITING.value,
            "submitted_at": at,
            "changed_at": at,
        }

    def _known(self, session: Session, units: Mapping[str, Asked], at: datetime) -> None:
        """Those of a batch of ``at`` that were there: of an earlier submission, or of this one's earlier batches.

        What was complained of is added.
        """
        there = select(Unit.id, Unit.key, Unit.submitted_at, Unit.words).where(_among(session, Unit.key, units), Unit.submitted_at != at)
        for unit, key, since, words in session.execute(there).all():
            row = units[key]
            if since >= self.began:
                self._twice(row)
            else:
                self.submitted.again += 1
            plan = self._plan(row)
            if (more := _joined(replace(plan, words=words), plan)) != words:
                session.execute(update(Unit).where(Unit.id == unit).values(words=more))

    def _twice(self, row: Asked) -> None:
        self.submitted.twice += 1
        self._tell(Noted(row.at, _("{app}: the same file stands twice in this submission: one unit", app=row.app.label or row.app.place)))

    def _tell(self, row: Refused | Noted) -> None:
        if isinstance(row, Noted):
            self.submitted.notes += 1
        else:
            self.submitted.refusals += 1
            self.bad.append(row)
            if len(self.submitted.refused) < MOST_KEPT:
                self.submitted.refused.append(row)
        self.told(row)


@contextmanager
def _transaction(where: Store | Session) -> Iterator[Session]:
    if isinstance(where, Store):
        with where.begin() as session:
            yield session
    else:
        yield where


def _campaign(session: Session, purpose: Purpose) -> int:
    values = {"name": purpose.name, "city": _fit(purpose.city, 100), "created_at": now(session)}
    values |= {"begins_at": purpose.begins_at, "ends_at": purpose.ends_at}
    insert_rows(session, Campaign, [values], lambda insert: insert.on_conflict_do_nothing(index_elements=["name"]))
    return session.execute(select(Campaign.id).where(Campaign.name == purpose.name)).scalar_one()


def _add_apps(session: Session, apps: Mapping[str, AppFile], at: datetime) -> dict[str, int]:
    """The numbers of apps by their hash; an app that was moved has its new place, unless its bytes are in the store."""
    values = [
        {
            "sha256": app.sha256,
            "place": app.place,
            "size": app.size,
            "package": app.package,
            "label": app.label,
            "version_name": app.version_name,
            "version_code": app.version_code,
            "signer": app.signer,
            "store": app.store,
            "first_seen_at": at,
        }
        for _sha256, app in sorted(apps.items())
    ]
    insert_rows(session, App, values, _moved)
    there = select(App.id, App.sha256).where(_among(session, App.sha256, apps))
    return {sha256: number for number, sha256 in session.execute(there).all()}


def _among(session: Session, column: InstrumentedAttribute[str], hashes: Iterable[str]) -> ColumnElement[bool]:
    """Whether a hash is one of many: PostgreSQL takes them as one value, which spares it and us a thousand."""
    if session.get_bind().dialect.name != "postgresql":
        return column.in_(hashes)
    return column == any_(literal(list(hashes), postgresql.ARRAY(Sha256)))


def _moved(insert: Any) -> Any:
    """An app that is there has the new place; bytes in the artifact store stay where they are."""
    place = insert.excluded.place
    better = and_(App.place != place, or_(~App.place.startswith(IN_STORE), place.startswith(IN_STORE)))
    return insert.on_conflict_do_update(index_elements=["sha256"], set_={"place": place}, where=better)


def _fit_app(app: AppFile) -> AppFile:
    """An app whose texts any database takes: what an APK says of itself is hostile."""
    texts = {name: _fit(getattr(app, name), most) for name, most in _LONGEST.items()}
    texts = {name: text for name, text in texts.items() if text != getattr(app, name)}
    size, code = min(max(app.size, 0), _LARGEST), min(max(app.version_code, 0), _LARGEST)
    if not texts and (size, code) == (app.size, app.version_code):
        return app
    return replace(app, size=size, version_code=code, **texts)


def _fit(text: str, most: int) -> str:
    return _UNFIT.sub("\ufffd", text)[:most].strip()


def _joined(one: Plan, other: Plan) -> str:
    """Join the complaints of both, each once."""
    if not other.words or other.words in one.words:
        return one.words
    return " / ".join(filter(None, (one.words, other.words)))[:_WORDS]
