"""What other rooms ask of the apps that come with the phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.model import ActivityRecord, Component, Intent


class ConfirmStart(Protocol):
    """Decides which starts are asked about."""

    def question(self, intent: Intent, component: Component, package: str | None, source: ActivityRecord | None) -> Intent | None:
        """The intent of the page that asks first; None where nothing is asked."""

    def allow(self, page: Intent) -> None:
        """The user allowed what a page asked: start it."""
