"""Attempts to start a component in the background, and the results of starting a service."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.system_records import Component, Intent


class StartKind(StrEnum):
    """How a start was asked for; the words are those of ``[start_manager.kinds]``."""

    SERVICE = "service"
    BIND = "bind"
    PROVIDER = "provider"
    BROADCAST = "broadcast"
    ALARM = "alarm"
    JOB = "job"
    RESTART = "restart"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One start of a process that nobody sees; ``caller`` is the package that asks, None the system."""

    kind: StartKind
    component: Component
    caller: str | None = None
    intent: Intent | None = None


class StartResult(StrEnum):
    """The result of startService."""

    STARTED = "started"
    NOT_FOUND = "not found"
    PRIVATE = "private to package"
    BACKGROUND = "app is in background"
    FOREGROUND_DENIED = "foreground not allowed"
