"""What people say of findings: confirmed or rejected, by whom and why. The machine's verdict stays as it is."""

from collections import defaultdict
from collections.abc import Sequence
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from device_farm.store.database import now
from device_farm.store.models import FindingReview, FindingRow
from device_farm.store.transitions import tell
from harness.custody.review_record import Decision, Review
from harness.language import _

REJECTED = "rejected"


def add_review(session: Session, finding: FindingRow, decision: str, *, by: str, reason: str) -> None:
    """Write down what a person says of a finding, and tell those who look on."""
    session.add(FindingReview(finding_id=finding.id, decision=decision, by=by, reason=reason, at=now(session)))
    told = _("{rule} was rejected by {who}", rule=finding.rule, who=by) if decision == REJECTED else None
    tell(session, "review", told or _("{rule} was confirmed by {who}", rule=finding.rule, who=by), unit=finding.unit_id)


def latest_reviews(session: Session, findings: Sequence[int]) -> dict[int, FindingReview]:
    """The review that counts of each of some findings that has one."""
    newest = select(func.max(FindingReview.id)).where(FindingReview.finding_id.in_(findings)).group_by(FindingReview.finding_id)
    return {each.finding_id: each for each in session.scalars(select(FindingReview).where(FindingReview.id.in_(newest)))}


def review_of(finding: FindingRow, said: FindingReview) -> Review:
    """A review of the store, as one of a run folder."""
    at, decision = said.at.isoformat(timespec="seconds"), cast("Decision", said.decision)
    return Review(finding.key, decision, said.by, at, said.reason)


def dismissed(session: Session) -> set[tuple[int, str]]:
    """The units and rules of which every finding was rejected: nothing is held against the app there any more."""
    reviewed = select(FindingRow.unit_id, FindingRow.rule).join(FindingReview, FindingReview.finding_id == FindingRow.id).distinct()
    pairs = {(unit, rule) for unit, rule in session.execute(reviewed)}
    if not pairs:
        return set()
    of: dict[tuple[int, str], list[int]] = defaultdict(list)
    rows = select(FindingRow.unit_id, FindingRow.rule, FindingRow.id).where(FindingRow.unit_id.in_({unit for unit, _rule in pairs}))
    for unit, rule, number in session.execute(rows):
        of[unit, rule].append(number)
    said = latest_reviews(session, [number for pair in pairs for number in of[pair]])
    return {pair for pair in pairs if all(number in said and said[number].decision == REJECTED for number in of[pair])}
