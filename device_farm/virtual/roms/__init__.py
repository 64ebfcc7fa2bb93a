"""What differs between Android versions and ROMs, as data: one TOML per pair, and the loader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from device_farm.virtual.device import Spec


@dataclass(frozen=True, slots=True)
class PermissionDialog:
    """The system's permission dialog. Texts are by language (zh, en); button texts by role.

    Roles: allow, foreground, one_time, deny, deny_dont_ask, allow_all, allow_selected, precise, approximate.
    ``button_ids`` maps a role to the id without package. ``titles`` maps a permission group (short name, e.g. LOCATION)
    to a sentence with ``{app}``.
    """

    package: str
    activity: str  # full class name
    button_ids: dict[str, str]
    button_texts: dict[str, dict[str, str]]
    titles: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Rom:
    """One pair of Android version and ROM."""

    android: str
    sdk: int
    name: str
    dialog: PermissionDialog
    data: dict[str, Any]  # everything else of the TOML: event tags, dumps' shapes, packages

    def properties(self, spec: Spec) -> dict[str, str]:
        """System properties (getprop)."""
        raise NotImplementedError

    def settings(self, spec: Spec) -> dict[str, dict[str, str]]:
        """Settings by namespace: system, secure, global."""
        raise NotImplementedError


def load_rom(android: str, rom: str) -> Rom:
    """Return the data of a pair; raises ValueError with the known pairs for an unknown one."""
    raise NotImplementedError
