"""Suppressions: what a team has decided to live with for a while, by whom, why and until when (docs/own-rules.md).

They are opinions about findings, not evidence: a verdict stays what it is, and the suppressions are those of today's
config, also for a run that was recorded under another.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from harness.config import current
from harness.config.table_validation import Table
from harness.errors import FormatError
from harness.language import Text, _

NAME = "suppressions"
KEYS = ("rule", "app", "reason", "expires", "owner")
EVERY_APP = "*"
_PACKAGE = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)+")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One decision: this rule, of this app or of every one (``*``), is no failure up to and on the day ``expires``."""

    rule: str
    app: str
    reason: str
    expires: date
    owner: str
    file: str

    def told(self) -> Text:
        """The decision on one line."""
        return suppression_words(self.expires.isoformat(), self.owner, self.reason)

    def told_expired(self) -> Text:
        """Say on one line that the decision is no longer in force."""
        return _(
            "{file}: the suppression of {rule} for {app} by {owner} expired on {day}: the rule counts again",
            file=self.file,
            rule=self.rule,
            app=self.app,
            owner=self.owner,
            day=self.expires,
        )

    def json(self) -> dict[str, str]:
        """Return the object that ``--json`` prints."""
        return {"until": self.expires.isoformat(), "owner": self.owner, "reason": self.reason, "app": self.app, "file": self.file}


def suppression_words(day: str, owner: str, reason: str) -> Text:
    """A suppression on one line: by whom, why and until when."""
    return _("suppressed until {day} by {owner} because {reason}", day=day, owner=owner, reason=reason)


def suppressed(package: str, rule: str, on: date) -> Suppression | None:
    """The suppression in force for a rule of an app on a day; one of the app itself goes before one of every app."""
    found = [one for one in current().suppressions if one.rule == rule and one.app in (package, EVERY_APP) and on <= one.expires]
    return min(found, key=lambda one: one.app == EVERY_APP, default=None)


def expired(on: date) -> tuple[Suppression, ...]:
    """Return the suppressions of the config that are no longer in force on a day."""
    return tuple(one for one in current().suppressions if one.expires < on)


def read_suppressions(data: Mapping[str, Any], file: str) -> tuple[Suppression, ...]:
    """The suppressions of a config's own file; raises FormatError for one that leaves something out."""
    return tuple(_suppressions(data.get(NAME, []), file))


def _suppressions(listed: Any, file: str) -> Iterator[Suppression]:
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise FormatError(_("{file}: each suppression is a table of its own: write [[suppressions]] above it", file=file))
    for number, entry in enumerate(listed, 1):
        table = Table(entry, file, f"{NAME}[{number}]")
        table.only(KEYS)
        app = table.text("app")
        if app != EVERY_APP and not _PACKAGE.fullmatch(app):
            raise FormatError(
                _(
                    "{file}: {key}: '{value}' is no package name; for every app write app = \"*\"",
                    file=file,
                    key=table.key("app"),
                    value=app[:80],
                )
            )
        yield Suppression(
            rule=table.text("rule"),
            app=app,
            reason=table.text("reason"),
            expires=table.day("expires"),
            owner=table.text("owner"),
            file=file,
        )
