"""The permission groups that go together because one function needs both (related.toml)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from harness.config import once_a_config
from harness.dialogs.word_files import table as table_of
from harness.errors import CatalogueError
from harness.events.permission_groups import GROUPS
from harness.language import _


@dataclass(frozen=True, slots=True)
class _Catalogue:
    same: tuple[frozenset[str], ...]
    together: tuple[frozenset[str], ...]
    also: Mapping[str, frozenset[str]]


@once_a_config
def _catalogue() -> _Catalogue:
    """The tables; raises CatalogueError when the file is wrong."""
    data = table_of("related.toml")
    try:
        found = _Catalogue(
            same=tuple(frozenset(table["groups"]) for table in data["same"]),
            together=tuple(frozenset(table["groups"]) for table in data["together"]),
            also={group: frozenset(table["groups"]) for group, table in data["also"].items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise CatalogueError(_("{file}: {problem}", file="related.toml", problem=error)) from None
    named = frozenset(found.also).union(*found.same, *found.together, *found.also.values())
    if unknown := named - set(GROUPS):
        raise CatalogueError(_("{file}: {group} is no permission group", file="related.toml", group=min(unknown)[:80]))
    return found


def same_as(group: str) -> frozenset[str]:
    """The group and its other names."""
    return frozenset({group}).union(*(own for own in _catalogue().same if group in own))


@once_a_config
def serves(promised: str, group: str) -> bool:
    """Whether a function that promises the one group may rightly ask for ``group``."""
    also = _catalogue().also.get(promised, frozenset())
    return group in same_as(promised) or any(group in same_as(other) for other in also)


def bundles(groups: Iterable[str], promised: Iterable[str] = ()) -> list[tuple[str, ...]]:
    """The groups of one request in as few bundles as possible, each of which one thing needs.

    One bundle is nothing wrong.

    ``promised`` are the groups of the function that was used, if any: all that it may ask for is one bundle.
    """
    left, wanted = set(groups), set(promised)
    catalogue = _catalogue()
    pairs = [frozenset().union(*map(same_as, own)) for own in (*catalogue.same, *catalogue.together)]
    for own in pairs:
        if wanted & own:
            wanted |= own
    served = {group for group in left if any(serves(each, group) for each in wanted)}
    found = [tuple(sorted(served))] if served else []
    left -= served
    while left:
        choices = [left & own for own in pairs] + [{group} for group in sorted(left)]
        best = max(choices, key=len)
        found.append(tuple(sorted(best)))
        left -= best
    return found
