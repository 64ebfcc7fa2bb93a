"""Stream the findings of a month or a campaign row by row: a month may have 800,000 rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from device_farm.morning.app_rows import phone_name
from device_farm.morning.deadlines import day_of
from device_farm.morning.page_labels import problem_words, rule_words
from device_farm.morning.page_model import Words
from device_farm.store.models import App, Attempt, Campaign, Device, FindingRow, Unit
from device_farm.store.reviews import REJECTED, latest_reviews, review_of
from device_farm.units.unit import IN_STORE
from harness.custody.finding_reviews import reviews
from harness.custody.review_record import Review
from harness.events.findings import Outcome
from harness.recording.lists import CUSTODY
from harness.verdicts.customisations import suppression_for
from harness.verdicts.finding_evidence import key_of

_Joined = tuple[FindingRow, App, Campaign, Attempt, Device | None, str]

_AT_ONCE = 2_000
_MOST_ALIKE = 100


class LeftOut(StrEnum):
    """Why a finding is no lead."""

    VIRTUAL = "virtual"
    REJECTED = "rejected"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Lead:
    """A finding of the try that counts, with everything that whoever takes it up must know."""

    app: int
    name: str
    package: str
    version: str
    version_code: int
    signer: str
    store: str
    sha256: str
    city: str
    campaign: str
    day: date
    clause: str
    problem: Words
    rule: str
    rule_label: Words
    outcome: Outcome
    part: str
    number: int
    """Which of the findings of its rule about this part: two refusals of one permission are two."""
    sdk: str
    reason: Words
    key: str
    root: str
    picture: str
    complaint: str
    run: str
    found_at: datetime
    phone: str
    virtual: bool
    """Whether it was found on a virtual device, which is no phone that anybody has."""
    review: Review | None
    """What a person said of it last."""

    @property
    def left_out(self) -> LeftOut | None:
        """Why it is no lead; None where it is one."""
        if self.review is not None and self.review.decision == REJECTED:
            return LeftOut.REJECTED
        return LeftOut.SUPPRESSED if suppression_for(self.package, self.rule, self.outcome) is not None else None


def leads_of_month(session: Session, begins: datetime, ends: datetime) -> Iterator[Lead]:
    """The findings of a time, the oldest first."""
    within = and_(FindingRow.found_at >= begins, FindingRow.found_at < ends)
    last: tuple[datetime, int] | None = None
    while True:
        behind = within
        if last is not None:
            behind = and_(within, or_(FindingRow.found_at > last[0], and_(FindingRow.found_at == last[0], FindingRow.id > last[1])))
        found = _some(session, behind, (FindingRow.found_at, FindingRow.id))
        yield from _leads(session, found)
        if len(found) < _AT_ONCE:
            return
        last = found[-1][0].found_at, found[-1][0].id


def leads_of_campaign(session: Session, campaign: int) -> Iterator[Lead]:
    """The findings of a campaign, rule by rule."""
    last: tuple[str, str, int] | None = None
    while True:
        mine: ColumnElement[bool] = FindingRow.campaign_id == campaign
        if last is not None:
            rule, outcome, id = last
            same = and_(FindingRow.rule == rule, or_(FindingRow.outcome > outcome, and_(FindingRow.outcome == outcome, FindingRow.id > id)))
            mine = and_(mine, FindingRow.rule >= rule, or_(FindingRow.rule > rule, same))
        found = _some(session, mine, (FindingRow.rule, FindingRow.outcome, FindingRow.id))
        yield from _leads(session, found)
        if len(found) < _AT_ONCE:
            return
        row = found[-1][0]
        last = row.rule, row.outcome, row.id


def _some(session: Session, which: ColumnElement[bool], order: Sequence[Any]) -> Sequence[_Joined]:
    """The next rows; what was read before is let go."""
    session.expire_all()
    session.expunge_all()
    query = select(FindingRow, App, Campaign, Attempt, Device, Unit.words).join(App, App.id == FindingRow.app_id)
    query = query.join(Campaign, Campaign.id == FindingRow.campaign_id).join(Unit, Unit.id == FindingRow.unit_id)
    query = query.join(Attempt, and_(Attempt.unit_id == Unit.id, Attempt.number == Unit.counts))
    query = query.outerjoin(Device, Device.id == Attempt.device_id)
    return [
        (finding, app, campaign, attempt, device, words)
        for finding, app, campaign, attempt, device, words in session.execute(query.where(which).order_by(*order).limit(_AT_ONCE))
    ]


def _leads(session: Session, rows: Sequence[_Joined]) -> Iterator[Lead]:
    said = reviews_of(session, [(row[0], row[3].run) for row in rows])
    return (_lead(row, said.get(row[0].id)) for row in rows)


def reviews_of(session: Session, found: Sequence[tuple[FindingRow, str]]) -> dict[int, Review]:
    """What a person said last of findings, each given with its run: in the store, else in the run folder."""
    stored = latest_reviews(session, [finding.id for finding, _run in found])
    said: dict[int, Review] = {}
    of_runs: dict[str, dict[str, tuple[Review, ...]]] = {}
    for finding, run in found:
        if (own := stored.get(finding.id)) is not None:
            said[finding.id] = review_of(finding, own)
            continue
        if run not in of_runs:
            of_runs[run] = reviews(Path(run)) if run and not run.startswith(IN_STORE) and (Path(run) / CUSTODY).is_dir() else {}
        if told := of_runs[run].get(finding.key):
            said[finding.id] = told[-1]
    return said


def _lead(row: _Joined, review: Review | None) -> Lead:
    finding, app, campaign, attempt, device, complaint = row
    return Lead(
        app=app.id,
        name=app.label or app.package,
        package=app.package,
        version=app.version_name,
        version_code=app.version_code,
        signer=app.signer,
        store=app.store,
        sha256=app.sha256,
        city=campaign.city,
        campaign=campaign.name,
        day=day_of(campaign.begins_at or campaign.created_at),
        clause=finding.clause,
        problem=problem_words(finding.clause),
        rule=finding.rule,
        rule_label=rule_words(finding.rule),
        outcome=Outcome(finding.outcome),
        part=finding.part,
        number=_number(app.package, finding),
        sdk=finding.sdk,
        reason=(finding.reason_zh, finding.reason_en),
        key=finding.key,
        root=attempt.root or "",
        picture=finding.picture or "",
        complaint=complaint,
        run=attempt.run,
        found_at=finding.found_at,
        phone=phone_name(device),
        virtual=device is not None and device.labels.get("kind") == "virtual",
        review=review,
    )


def _number(package: str, finding: FindingRow) -> int:
    """Which of several of one rule and part a finding is: its key was made of that."""
    return next((number for number in range(1, _MOST_ALIKE) if key_of(package, finding.rule, finding.part, number) == finding.key), 1)
