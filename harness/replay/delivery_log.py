"""Readings about what came to the phone -> events: downloads, installs, notifications, and who a file is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from harness.errors import FormatError
from harness.events.delivery_events import DeliveryDescribed, Witness
from harness.language import _
from harness.parsers.delivery_changes import DESCRIBED, NAMES, Arrivals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.events import Event
    from harness.events.app_under_test import AppUnderTest

READ_HERE = (*NAMES, DESCRIBED)
_TEXTS = ("key", "path", "sha256", "package", "version_name", "signer", "icon", "form", "problem", "problem_zh")
_NUMBERS = ("size", "version_code")


class DeliveryLog:
    """Reads these of one run in order; each repeats what was there before."""

    def __init__(self, app: AppUnderTest) -> None:
        """``app`` is the one under test."""
        self._arrivals = Arrivals(app)

    def act(self) -> None:
        """An act on an advert begins."""
        self._arrivals.act()

    def read(self, name: str, text: str, stamp: dict[str, Any]) -> Iterator[Event]:
        """The events of one reading; raises FormatError for a text that is none."""
        if name == DESCRIBED:
            yield described(text, stamp)
        else:
            yield from self._arrivals.read(name, text, stamp)


def described(text: str, stamp: dict[str, Any]) -> DeliveryDescribed:
    """The event of one description; raises FormatError for a text that is none."""
    try:
        found = json.loads(text)
        fields: dict[str, Any] = {name: str(found[name]) for name in _TEXTS if name in found}
        fields |= {name: int(found[name]) for name in _NUMBERS if found.get(name) is not None}
        labels = tuple((str(language), str(label)) for language, label in found.get("labels", ()))
        permissions = tuple(str(name) for name in found.get("permissions", ()))
        signers = tuple(str(digest) for digest in found.get("signers", ()))
        witness = Witness(found["witness"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise FormatError(_("not the description of what came")) from None
    return DeliveryDescribed(witness=witness, labels=labels, signers=signers, permissions=permissions, **fields, **stamp)
