"""Lists of any length in pages: by the key of the last row, never by counting rows that are passed over.

A list is made of groups, one behind the other, each a range of one index. So a page reads as many rows as it shows,
whether it is the first or the thousandth.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from device_farm.morning.page_model import Page
from harness.errors import ScenarioError
from harness.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

T = TypeVar("T")
_PLACE = re.compile(r"(\d{1,4}):(\d{1,18})", re.ASCII)


def paged(
    session: Session,
    groups: Sequence[Any],
    key: Any,
    place: str | None,
    limit: int,
    row: Callable[[Sequence[Any]], Sequence[T]],
    *,
    newest_first: bool = False,
) -> Page[T]:
    """A page of what ``groups`` (queries of one shape) select, behind ``place``; ``key`` is the column that orders.

    Each row's first column is the key. ``row`` makes what is shown of a page's rows together.
    """
    number, last = _read(place)
    found: list[tuple[int, Any]] = []
    for group in range(number, len(groups)):
        query = groups[group]
        if group == number and last is not None:
            query = query.where(key < last if newest_first else key > last)
        query = query.order_by(key.desc() if newest_first else key).limit(limit + 1 - len(found))
        found += [(group, each) for each in session.execute(query)]
        if len(found) > limit:
            break
    shown = found[:limit]
    more = f"{shown[-1][0]}:{shown[-1][1][0]}" if len(found) > limit and shown else None
    return Page(tuple(row([each for _group, each in shown])), more)


def _read(place: str | None) -> tuple[int, int | None]:
    if not place:
        return 0, None
    read = _PLACE.fullmatch(place)
    if read is None:
        raise ScenarioError(_("'{place}' is no place in a list", place=place[:80]))
    return int(read[1]), int(read[2])
