"""Counts by name the requests of clients that this device does not model, for ``ctl unmodelled``."""

from collections.abc import Iterator, Set
from typing import Any

MOST = 2000  # different requests that are remembered; a client that sends random ones fills no memory
LONGEST = 300  # characters that are kept of one


class Unmodelled(Set[str]):
    """The requests that were refused by name: a set that counts."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def add(self, request: str) -> None:
        """Count a refused request; once MOST are known, new ones are counted together."""
        name = request if len(request) <= LONGEST else request[:LONGEST] + "..."
        if name not in self._counts and len(self._counts) >= MOST:
            name = "(others)"
        self._counts[name] = self._counts.get(name, 0) + 1

    def __iter__(self) -> Iterator[str]:
        """The requests, sorted."""
        return iter(sorted(self._counts))

    def __len__(self) -> int:
        return len(self._counts)

    def __contains__(self, request: object) -> bool:
        return request in self._counts

    def lines(self) -> list[dict[str, Any]]:
        """One entry a request, sorted: ``unmodelled`` and ``count``."""
        return [{"unmodelled": name, "count": self._counts[name]} for name in self]
