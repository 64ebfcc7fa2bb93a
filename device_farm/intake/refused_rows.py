"""Keep refused rows with their campaign until they are submitted again, so that the morning page shows them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, insert, or_, select, tuple_

from device_farm.store.database import now
from device_farm.store.models import Refusal
from harness.language import both

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from device_farm.intake.submission_rows import Place, Refused


def keep(session: Session, campaign: int, refused: Sequence[Refused], accepted: Iterable[Place] = ()) -> None:
    """Write down what is refused now; what stands at the same place is no longer what was refused there before."""
    if session.scalar(select(exists().where(Refusal.campaign_id == campaign))):
        places = {_where(at) for at in (*accepted, *(row.at for row in refused))}
        mine = Refusal.campaign_id == campaign
        session.execute(delete(Refusal).where(mine, tuple_(Refusal.source, Refusal.line).in_(sorted(places))))
    at = now(session)
    rows = []
    for row in refused:
        (source, line), (zh, en) = _where(row.at), both(row.reason)
        rows.append({"campaign_id": campaign, "source": source, "line": line, "reason_zh": zh, "reason_en": en, "refused_at": at})
    if rows:
        session.execute(insert(Refusal), rows)


def forget(session: Session, campaign: int, sources: Iterable[str], before: datetime) -> None:
    """Let go of what was refused in some files or folders ``before`` they were read again, and was not met any more."""
    for source in map(_absolute, sources):
        within = or_(Refusal.source == source, Refusal.source.startswith(source.rstrip(os.sep) + os.sep, autoescape=True))
        session.execute(delete(Refusal).where(Refusal.campaign_id == campaign, Refusal.refused_at < before, within))


def _where(at: Place) -> tuple[str, int]:
    return _absolute(at.source), at.line


def _absolute(source: str) -> str:
    """A file by its whole path, so that it is the same from another folder; a package stays as it was typed."""
    path = Path(source)
    if not os.path.lexists(source):
        return source
    return str(path.resolve() if path.is_dir() else path.parent.resolve() / path.name)  # not where a link leads
