"""Read the store and nothing else: a page that only shows cannot write, whatever is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from device_farm.morning import store_queries
from device_farm.morning.page_model import CampaignRow
from device_farm.store.database import now
from device_farm.store.models import Unit
from device_farm.units.unit import ENDED, UnitState
from harness.events.findings import Outcome

if TYPE_CHECKING:
    from device_farm.store.database import Store

LONGEST_SECONDS = 10
"""A query that takes longer is ended by PostgreSQL, so that a page cannot hold up the farm."""


@contextmanager
def reading(store: Store) -> Iterator[Session]:
    """A transaction in which the database refuses to write. Raises StoreError."""
    with store.begin() as session:
        connection = session.connection()
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = '{LONGEST_SECONDS}s'")
            yield session
            return
        connection.exec_driver_sql("PRAGMA query_only=ON")
        try:
            yield session
        finally:
            connection.exec_driver_sql("PRAGMA query_only=OFF")


RECENT = timedelta(days=1)
"""A campaign that was submitted so lately belongs to tonight, whether it is over or not."""
_OPEN = tuple(state for state in UnitState if state not in ENDED)
_WITHOUT = tuple(state for state in ENDED if state != UnitState.DONE)


@dataclass(frozen=True, slots=True)
class CampaignProgress:
    """A campaign by what is not known of it: units that have not come to an end, and that did without an answer."""

    campaign: CampaignRow
    left: int
    unanswered: int


def campaign_progress(session: Session) -> tuple[CampaignProgress, ...]:
    """Every campaign with units that are open, and the newest ones with units without an answer, the newest first."""
    newest = {row.id: row for row in store_queries.campaigns(session)}
    left, unanswered = Counter[int](), Counter[int]()
    open_units = select(Unit.campaign_id, func.count()).where(Unit.state.in_(_OPEN)).group_by(Unit.campaign_id)
    for campaign, count in session.execute(open_units):
        left[campaign] += count
    for campaign in left.keys() - newest:
        if (row := store_queries.campaign(session, campaign)) is not None:
            newest[campaign] = row
    mine = select(Unit.campaign_id, func.count()).where(Unit.campaign_id.in_(newest)).group_by(Unit.campaign_id)
    unsure = mine.where(Unit.state == UnitState.DONE, Unit.outcome == Outcome.INCONCLUSIVE)
    for query in (mine.where(Unit.state.in_(_WITHOUT)), unsure):
        for campaign, count in session.execute(query):
            unanswered[campaign] += count
    rows = (CampaignProgress(row, left[row.id], unanswered[row.id]) for row in newest.values())
    return tuple(sorted((row for row in rows if row.left or row.unanswered), key=lambda row: -row.campaign.id))


def tonight(session: Session, every: Sequence[CampaignProgress]) -> tuple[CampaignProgress, ...]:
    """Return the campaigns that are open, or were submitted lately."""
    since = now(session) - RECENT
    return tuple(row for row in every if row.left or (row.campaign.begins_at or row.campaign.created_at) >= since)


def other_campaigns(every: Sequence[CampaignProgress], campaign: CampaignRow | None) -> tuple[CampaignProgress, ...]:
    """Return all but the one that a page is about."""
    return tuple(row for row in every if campaign is None or row.campaign.id != campaign.id)
