"""The tables. Moments are UTC; a hash is 64 hexadecimal digits; states are the words of ``device_farm.units.unit``.

Only a try that counts has rows in ``results`` and ``findings``: they are written in the transaction that ends the unit.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, MetaData, UniqueConstraint, false
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from device_farm.store.column_types import Json, Moment, Number, Sha256, String, Text
from harness import __version__


class Base(DeclarativeBase):
    """The base of all tables: constraints have names, so that a later version can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "%(table_name)s_%(column_0_N_name)s",
            "uq": "%(table_name)s_%(column_0_N_name)s_once",
            "fk": "%(table_name)s_%(column_0_name)s_known",
            "pk": "%(table_name)s_key",
        }
    )


class Campaign(Base):
    """A list of apps that were submitted for one purpose: a night, a city, a recheck."""

    __tablename__ = "campaigns"

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    city: Mapped[str] = mapped_column(String(100), default="")
    begins_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # a night window: not before
    ends_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # and nothing is begun after


class App(Base):
    """The bytes of an app."""

    __tablename__ = "apps"
    __table_args__ = (
        Index("apps_package", "package", "version_code"),
        Index("apps_package_begins", "package", postgresql_ops={"package": "varchar_pattern_ops"}),
        Index("apps_label_begins", "label", postgresql_ops={"label": "varchar_pattern_ops"}),
    )

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    sha256: Mapped[str] = mapped_column(Sha256, unique=True)
    place: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(Number, default=0)
    package: Mapped[str] = mapped_column(String(255), default="")
    label: Mapped[str] = mapped_column(String(255), default="")
    version_name: Mapped[str] = mapped_column(String(255), default="")
    version_code: Mapped[int] = mapped_column(Number, default=0)
    signer: Mapped[str] = mapped_column(String(64), default="")
    store: Mapped[str] = mapped_column(String(100), default="")
    first_seen_at: Mapped[datetime] = mapped_column(Moment)


class Unit(Base):
    """One app, one set of scenarios, one kind of phone. ``tries`` is the number of the last try: the fence."""

    __tablename__ = "units"
    __table_args__ = (
        Index("units_next", "state", "priority", "id"),
        Index("units_campaign", "campaign_id", "state", "outcome", "id"),
        Index("units_app", "app_id"),
        Index("units_feed", "state", "campaign_id", "requirement", "priority", "id"),
    )

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    key: Mapped[str] = mapped_column(Sha256, unique=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    app_id: Mapped[int] = mapped_column(ForeignKey("apps.id"))
    kind: Mapped[str] = mapped_column(String(10))
    clauses: Mapped[list[int]] = mapped_column(Json)
    options: Mapped[dict[str, Any]] = mapped_column(Json)
    requirement: Mapped[str] = mapped_column(String(255))
    priority: Mapped[int] = mapped_column(default=50)
    limit_seconds: Mapped[float] = mapped_column(default=0.0)
    words: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[str] = mapped_column(String(40), default=__version__)  # of the program that submitted it
    state: Mapped[str] = mapped_column(String(16), default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    counts: Mapped[int | None] = mapped_column(default=None)  # the number of the try whose results count
    outcome: Mapped[str | None] = mapped_column(String(16), default=None)
    reason_zh: Mapped[str] = mapped_column(Text, default="")
    reason_en: Mapped[str] = mapped_column(Text, default="")
    submitted_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)


class Device(Base):
    """A phone that was seen, told by its own serial number and the host it hangs on."""

    __tablename__ = "devices"
    __table_args__ = (UniqueConstraint("host", "address"),)

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    host: Mapped[str] = mapped_column(String(255))
    address: Mapped[str] = mapped_column(String(255))  # as adb lists it
    serial: Mapped[str] = mapped_column(String(255), default="")  # its own, ro.serialno
    labels: Mapped[dict[str, str]] = mapped_column(Json)  # device_farm.units.unit.LABELS
    facts: Mapped[dict[str, Any]] = mapped_column(Json)  # model, patch, root, push frameworks, what doctor said
    state: Mapped[str] = mapped_column(String(20), default="idle")  # device_farm.phones.phone_transitions
    reason_zh: Mapped[str] = mapped_column(Text, default="")
    reason_en: Mapped[str] = mapped_column(Text, default="")
    faults: Mapped[int] = mapped_column(default=0)  # one after the other, since the last unit that went well
    changed_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    ends: Mapped[str] = mapped_column(String(10), default="", server_default="")  # of its last units: F a fault of it, . none
    held: Mapped[bool] = mapped_column(default=False, server_default=false())  # by a person, until a person lets it go
    rest_until: Mapped[datetime | None] = mapped_column(Moment, default=None)  # then it is looked at again
    fault_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # of its last fault, while that counts


class Host(Base):
    """A computer with phones, as its agent last told."""

    __tablename__ = "hosts"

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    name: Mapped[str] = mapped_column(String(255), unique=True)
    version: Mapped[str] = mapped_column(String(40), default="")
    clock_off: Mapped[float] = mapped_column(default=0.0)  # seconds that its clock is ahead of the store's
    phones: Mapped[int] = mapped_column(default=0)
    draining: Mapped[bool] = mapped_column(default=False)
    reason_zh: Mapped[str] = mapped_column(Text, default="")  # why it takes nothing
    reason_en: Mapped[str] = mapped_column(Text, default="")
    seen_at: Mapped[datetime] = mapped_column(Moment)


class Setting(Base):
    """A setting of the whole farm by name: the place of artifacts, the version of the dispatcher's tables."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class Attempt(Base):
    """A try of a unit on a phone. Only the newest may write the unit's results."""

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("unit_id", "number"),
        Index("attempts_open", "ended_at", "lease_until"),
        Index("attempts_device", "device_id", "started_at", "end"),
    )

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    number: Mapped[int]
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"), default=None)
    worker: Mapped[str] = mapped_column(String(255), default="")
    started_at: Mapped[datetime] = mapped_column(Moment)
    lease_until: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    end: Mapped[str | None] = mapped_column(String(16), default=None)  # device_farm.units.unit.End
    reason_zh: Mapped[str] = mapped_column(Text, default="")
    reason_en: Mapped[str] = mapped_column(Text, default="")
    run: Mapped[str] = mapped_column(Text, default="")  # its folder: a path, or artifact:NAME where all its files are stored
    root: Mapped[str | None] = mapped_column(Sha256, default=None)  # of its manifest
    seconds: Mapped[float] = mapped_column(default=0.0)  # of the computer
    device_seconds: Mapped[float] = mapped_column(default=0.0)


class Refusal(Base):
    """A refused row: no app, a damaged one, a broken line. It could not be tested either."""

    __tablename__ = "refusals"
    __table_args__ = (Index("refusals_campaign", "campaign_id", "id"),)

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    source: Mapped[str] = mapped_column(Text)  # a file, or what was typed
    line: Mapped[int] = mapped_column(default=0)  # of a list
    reason_zh: Mapped[str] = mapped_column(Text)
    reason_en: Mapped[str] = mapped_column(Text)
    refused_at: Mapped[datetime] = mapped_column(Moment)


class Result(Base):
    """The verdict of a rule in the try that counts."""

    __tablename__ = "results"
    __table_args__ = (UniqueConstraint("unit_id", "rule"), Index("results_rule", "rule", "outcome"))

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    rule: Mapped[str] = mapped_column(String(80))
    clause: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(String(16))
    reason_zh: Mapped[str] = mapped_column(Text)
    reason_en: Mapped[str] = mapped_column(Text)


class FindingRow(Base):
    """A finding that is a violation or suspected, in the try that counts. ``key`` stays over versions of the app."""

    __tablename__ = "findings"
    __table_args__ = (
        Index("findings_unit", "unit_id"),
        Index("findings_rule", "rule", "outcome", "id"),
        Index("findings_again", "key"),
        Index("findings_campaign_rule", "campaign_id", "rule", "outcome", "id"),
        Index("findings_found", "found_at", "id"),
    )

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    app_id: Mapped[int] = mapped_column(ForeignKey("apps.id"))
    rule: Mapped[str] = mapped_column(String(80))
    clause: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(String(16))
    part: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(12))  # harness.verdicts.finding_evidence
    sdk: Mapped[str] = mapped_column(String(200), default="")  # several are parted by ", "
    reason_zh: Mapped[str] = mapped_column(Text)
    reason_en: Mapped[str] = mapped_column(Text)
    picture: Mapped[str | None] = mapped_column(Sha256, default=None)
    found_at: Mapped[datetime] = mapped_column(Moment)


class FindingReview(Base):
    """A person confirmed or rejected a finding; of several the last one counts."""

    __tablename__ = "finding_reviews"
    __table_args__ = (Index("finding_reviews_finding", "finding_id", "id"),)

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"))
    decision: Mapped[str] = mapped_column(String(10))  # harness.custody.finding_reviews.Decision
    by: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)


class FindingSdk(Base):
    """An SDK that had part in a finding; kept by ``device_farm.store.tallies``, for lists of one SDK."""

    __tablename__ = "finding_sdks"
    __table_args__ = (
        Index("finding_sdks_all", "sdk", "outcome", "finding_id"),
        Index("finding_sdks_campaign", "campaign_id", "sdk", "outcome", "finding_id"),
    )

    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), primary_key=True)
    sdk: Mapped[str] = mapped_column(String(200), primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    outcome: Mapped[str] = mapped_column(String(16))


class Tally(Base):
    """The number of each outcome of a rule, a clause or an SDK in a campaign; kept by ``device_farm.store.tallies``.

    ``units`` of it came out so, ``findings`` were of it. Counted anew from ``findings``, millions of them, a page would
    take seconds.
    """

    __tablename__ = "tallies"
    __table_args__ = (Index("tallies_subject", "subject", "name", "outcome"),)

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(10), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(16), primary_key=True)
    units: Mapped[int] = mapped_column(Number, default=0)
    findings: Mapped[int] = mapped_column(Number, default=0)


class Telling(Base):
    """A company was told of the violations in an app; from ``told_on`` its working days count, to ``due_on``."""

    __tablename__ = "tellings"
    __table_args__ = (Index("tellings_due", "due_on", "id"),)

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    app_id: Mapped[int] = mapped_column(ForeignKey("apps.id"), unique=True)
    told_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    by: Mapped[str] = mapped_column(String(100), default="")  # which export, or which notice


class NightPair(Base):
    """Two apps of which one woke the other in a shared night, by package, the lesser first: they share none again."""

    __tablename__ = "night_pairs"
    __table_args__ = (Index("night_pairs_other", "other"),)

    one: Mapped[str] = mapped_column(String(255), primary_key=True)
    other: Mapped[str] = mapped_column(String(255), primary_key=True)
    found_at: Mapped[datetime] = mapped_column(Moment)


class Artifact(Base):
    """A file that a try left, stored by its content and read back; ``path`` is its place in the run folder."""

    __tablename__ = "artifacts"
    __table_args__ = (UniqueConstraint("attempt_id", "path"), Index("artifacts_sha256", "sha256"))

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    path: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Sha256)
    size: Mapped[int] = mapped_column(Number)


class Happening(Base):
    """An event for people who look on, in order: progress, sick phones, ends."""

    __tablename__ = "happenings"

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    kind: Mapped[str] = mapped_column(String(30))
    unit_id: Mapped[int | None] = mapped_column(Number, default=None)
    device_id: Mapped[int | None] = mapped_column(Number, default=None)
    text_zh: Mapped[str] = mapped_column(Text, default="")
    text_en: Mapped[str] = mapped_column(Text, default="")


class Message(Base):
    """A message to a group chat; ``event`` names what happened, so that it is sent once."""

    __tablename__ = "messages"
    __table_args__ = (UniqueConstraint("chat", "event"), Index("messages_due", "state", "next_at"))

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    chat: Mapped[str] = mapped_column(String(100))
    event: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="waiting")  # device_farm.webhooks.news.State
    tries: Mapped[int] = mapped_column(default=0)
    upto: Mapped[int | None] = mapped_column(Number, default=None)  # the last finding that it speaks of
    made_at: Mapped[datetime] = mapped_column(Moment)
    next_at: Mapped[datetime] = mapped_column(Moment)
    reason: Mapped[str] = mapped_column(String(60), default="")
