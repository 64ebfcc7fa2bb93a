"""Reports of hosts: their version, their phones, and the offset of their clock.

Only the clock of the store counts for leases and windows. A host whose clock is off is told all the same: the times in
its runs are its own.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from device_farm.store.database import now
from device_farm.store.models import Host
from harness import __version__
from harness.language import Text, _, both

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

CLOCK_SECONDS = 5.0
"""A host's clock may be so far from the store's [PROJECT]: an answer takes part of it."""
DAY_SECONDS = 86_400.0


def report(session: Session, name: str, *, phones: int, reason: Text | None = None) -> Host:
    """Record that a host is alive; ``reason`` is why it takes nothing."""
    at, here = now(session), datetime.now(UTC)
    host = session.scalars(select(Host).where(Host.name == name)).first()
    if host is None:
        host = Host(name=name, draining=False)
        session.add(host)
    host.version, host.phones, host.seen_at = __version__, phones, at
    host.clock_off = round((here - at).total_seconds(), 1)
    host.reason_zh, host.reason_en = both(reason) if reason is not None else ("", "")
    session.flush()
    return host


def clock_words(host: Host) -> Text | None:
    """Say how far the clock of a host is off; None where it stands right."""
    if abs(host.clock_off) <= CLOCK_SECONDS:
        return None
    if abs(host.clock_off) < DAY_SECONDS:
        off = _("{seconds} s", seconds=round(host.clock_off))
    else:
        off = _("{days:.1f} days", days=host.clock_off / DAY_SECONDS)
    return _(
        "the clock of {host} is {off} from that of the store: leases go by the store's, its runs are dated wrongly", host=host.name, off=off
    )


def complaints(session: Session) -> Iterator[tuple[str, Text]]:
    """Yield the problems of hosts, each with a key so that it is reported once."""
    for host in session.scalars(select(Host).order_by(Host.name)):
        if (told := clock_words(host)) is not None:
            yield f"clock {host.name}", told
        if host.version != __version__:
            told = _("{host} has AppRights {version}, here it is {ours}", host=host.name, version=host.version, ours=__version__)
            yield f"version {host.name} {host.version}", told
