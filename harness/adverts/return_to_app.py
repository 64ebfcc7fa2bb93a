"""Leaving: what an act opened of others is ended, and the app is brought to the front again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.background.stimuli import run_command
from harness.errors import CommandFailed, FormatError
from harness.events.action_kinds import Purpose
from harness.language import _
from harness.pages.view_structure import STATUS_BAR
from harness.parsers.activities import ListedActivity, listed_activities

if TYPE_CHECKING:
    from harness.pages.look import Look
    from harness.session.session import Session

MOST_OPENED = 5
"""Apps that one act opens and that are ended one by one; an advert that opens more floods [PROJECT]."""
NEVER_ENDED = ("android", "com.android.phone", STATUS_BAR)
_PACKAGE = re.compile(r"[A-Za-z][\w.]*")  # PackageParser.validateName


@dataclass(slots=True)
class Leaving:
    """Which apps came to the front since an act began, and the way back from them."""

    session: Session
    _before: set[str] = field(default_factory=set)
    _open: dict[str, None] = field(default_factory=dict)  # packages that are still to be ended, in the order they came

    def begin(self) -> None:
        """An act begins: what comes to the front from here on came of it."""
        front = self.session.front
        self._before |= front.seen
        front.seen = set()

    def came(self, look: Look) -> tuple[str, ...]:
        """The packages of others that came to the front since the act began, by the log and by the look."""
        seen = [component.partition("/")[0] for component in sorted(self.session.front.seen)]
        shown = [root.package for root in look.roots] if not look.shows((self.session.app.package,)) else []
        return tuple(dict.fromkeys(package for package in (*seen, *shown) if self._is_other(package)))

    def leave(self, look: Look) -> tuple[str, ...]:
        """End what came, and go home; what came."""
        session, others = self.session, self.came(look)
        if others:
            others = tuple(dict.fromkeys((*others, *self._below(others))))
        if len(others) > MOST_OPENED:
            session.note(_("the advert opened {number} apps", number=len(others)))
        for package in others:
            if _PACKAGE.fullmatch(package):
                self._end(package)
        if others:
            session.press("home", Purpose.ADVERT)
            session.screen.forget()
        session.front.seen |= self._before
        return others

    def _below(self, others: tuple[str, ...]) -> list[str]:
        """Pages that the app, or what it opened, began and nobody saw yet: each comes up when the one above goes."""
        said = self.session.device.shell(["dumpsys", "activity", "activities"]).stdout
        try:
            listed = [one for one in listed_activities(said.splitlines()) if isinstance(one, ListedActivity)]
        except FormatError as error:
            self.session.note(_("what lies below the opened app was not read: {error}", error=error))
            return []
        begun = (self.session.app.package, *others)
        return [one.package for one in listed if one.launched_from_package in begun and self._is_other(one.package)]

    def _end(self, package: str) -> None:
        try:
            run_command(self.session, ["am", "force-stop", package])
        except CommandFailed as error:
            self.session.note(_("{package} could not be ended: {error}", package=package, error=error))

    def _is_other(self, package: str) -> bool:
        app = self.session.app
        own = {app.package, *NEVER_ENDED, *app.home_packages, *app.grant_packages, *app.settings_packages}
        return package not in own and "inputmethod" not in package
