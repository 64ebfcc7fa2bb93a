"""Readings about who started whom -> events: packages, roles, and what dumps keep of calls and triggers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness import events as ev
from harness.parsers.packages_list import listed_packages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from harness.app import AppUnderTest
    from harness.events import Event

ROLES = {"input-method": "input_method", "accessibility": "accessibility", "vpn": "vpn"}
"""Name of a reading -> role; the settings hold components or packages, several of them set apart by ':'."""


class StartLog:
    """Reads the dumps of one run in order; it remembers the packages, which come in two readings."""

    def __init__(self, app: AppUnderTest) -> None:
        """Facts about ``app`` and those around it."""
        self._app = app
        self._uids: dict[str, int] = {}

    def read(self, name: str, text: str, stamp: Any) -> Iterable[Event]:
        """The events of one reading; none for a reading that is not about starts. Raises FormatError."""
        match name:
            case "packages":
                self._uids = {p.name: p.uids[0] for p in listed_packages(text) if p.uids}
                return ()
            case "system-packages":
                return self._packages(text, stamp)
            case "input-method" | "accessibility" | "vpn":
                return self._roles(ROLES[name], text, stamp)
        return ()

    def _packages(self, text: str, stamp: Any) -> Iterator[Event]:
        system = {package.name for package in listed_packages(text)}
        found = tuple((name, uid, name in system) for name, uid in sorted(self._uids.items()))
        yield ev.PackagesSeen(packages=found, **stamp)

    def _roles(self, role: str, text: str, stamp: Any) -> Iterator[Event]:
        for word in text.strip().split(":"):
            package = word.split("/", 1)[0].strip()
            if package and package != "null":
                yield ev.RoleSeen(role=role, package=package, **stamp)
