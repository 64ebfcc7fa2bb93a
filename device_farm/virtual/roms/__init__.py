"""What differs between Android versions and ROMs, as data: one TOML per pair, and the loader.

A file is named ``ROM-ANDROID.toml`` and may build on another with ``extends = "aosp-13"``: tables are merged key by
key, every other value of the child replaces the parent's. Each table says where its facts come from (``source``) or
that they are not confirmed (``assumed = true``); the loader drops those two keys.
"""

from __future__ import annotations

import tomllib
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from device_farm.virtual.device import Spec

_FOLDER = Path(__file__).parent
_PROVENANCE = ("source", "assumed")


@dataclass(frozen=True, slots=True)
class PermissionDialog:
    """The system's permission dialog. Texts are by language (zh, en); button texts by role.

    Roles: allow, foreground, one_time, deny, deny_dont_ask, allow_all, allow_selected, precise, approximate.
    ``button_ids`` maps a role to the id without package. ``titles`` maps a permission group (short name, e.g. LOCATION)
    to a sentence with ``{app}``. Both outer keys are the language: ``button_texts["zh"]["deny"]``.
    """

    package: str
    activity: str  # full class name
    button_ids: dict[str, str]
    button_texts: dict[str, dict[str, str]]
    titles: dict[str, dict[str, str]]

    def title(self, language: str, group: str, app: str) -> str:
        """The question for a group about the app labelled ``app``; a group without its own gets the general one."""
        texts = self.titles[language if language in self.titles else "en"]
        return texts.get(group, texts["OTHER"]).replace("{app}", app)

    def button(self, language: str, role: str) -> str:
        """The text on the button of a role; raises KeyError for a role that this version does not have."""
        return self.button_texts[language if language in self.button_texts else "en"][role]


@dataclass(frozen=True, slots=True)
class EventTag:
    """One tag of the events buffer: what the log calls it, and which values are written in which order."""

    number: int
    name: str
    values: tuple[str, ...]
    fields: str


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
        return {name: _fill(text, spec, self) for name, text in self.data["properties"].items()}

    def settings(self, spec: Spec) -> dict[str, dict[str, str]]:
        """Settings by namespace: system, secure, global."""
        return {
            space: {name: _fill(text, spec, self) for name, text in values.items()}
            for space, values in self.data["settings"].items()
        }

    def event(self, key: str) -> EventTag | None:
        """The tag behind one of our event names (``finish_activity``); None where this version does not write it."""
        found: Mapping[str, Any] = self.data["events"].get(key, {})
        if not found.get("name"):
            return None
        return EventTag(found["number"], found["name"], tuple(found["values"]), found["fields"])

    def event_log_tags(self) -> str:
        """The content of /system/etc/event-log-tags (format: system/logging logcat/event.logtags)."""
        tags = [tag for key in self.data["events"] if (tag := self.event(key)) is not None]
        return "".join(f"{tag.number} {tag.name} {tag.fields}".rstrip() + "\n" for tag in sorted(tags, key=_number))

    def group_of(self, permission: str) -> str | None:
        """The dangerous permission group (short name) of a permission; None for one that is granted at install."""
        short = permission.removeprefix("android.permission.")
        groups: Mapping[str, list[str]] = self.data["permission_groups"]
        return next((group for group, members in groups.items() if short in members), None)

    def line(self, key: str) -> tuple[str, str]:
        """Tag and text (with ``{names}`` to fill) of a log line that differs between versions."""
        found = self.data["lines"][key]
        return found["tag"], found["text"]


def known_pairs() -> list[str]:
    """The pairs there is data for, as ``aosp 13``, by ROM and version."""
    pairs = [path.stem.rsplit("-", 1) for path in _FOLDER.glob("*-*.toml")]
    return [f"{rom} {android}" for rom, android in sorted(pairs, key=lambda pair: (pair[0], float(pair[1])))]


def load_rom(android: str, rom: str) -> Rom:
    """Return the data of a pair; raises ValueError with the known pairs for an unknown one."""
    if f"{rom} {android}" not in known_pairs():
        raise ValueError(f"no data for Android {android} with ROM {rom}; known pairs: {', '.join(known_pairs())}")
    return _read_rom(f"{rom}-{android}")


@cache
def _read_rom(stem: str) -> Rom:
    data = _without_provenance(_read_merged(stem))
    dialog = data.pop("dialog")
    return Rom(
        android=data.pop("android"),
        sdk=data.pop("sdk"),
        name=data.pop("name"),
        dialog=PermissionDialog(
            package=dialog["package"],
            activity=dialog["activity"],
            button_ids=dialog["button_ids"],
            button_texts=dialog["button_texts"],
            titles=dialog["titles"],
        ),
        data=data,
    )


def _read_merged(stem: str) -> dict[str, Any]:
    with (_FOLDER / f"{stem}.toml").open("rb") as file:
        own = tomllib.load(file)
    parent = own.pop("extends", None)
    return own if parent is None else _merge(_read_merged(parent), own)


def _merge(parent: dict[str, Any], child: dict[str, Any]) -> dict[str, Any]:
    merged = dict(parent)
    for key, value in child.items():
        both_tables = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merge(merged[key], value) if both_tables else value
    return merged


def _without_provenance(table: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _without_provenance(value) if isinstance(value, dict) else value
        for key, value in table.items()
        if key not in _PROVENANCE
    }


def _number(tag: EventTag) -> int:
    return tag.number


def _fill(text: str, spec: Spec, rom: Rom) -> str:
    """Put what the device is into a value of the data."""
    locale = {"zh": "zh-CN", "en": "en-US"}.get(spec.language, spec.language)
    values = {
        "serial": spec.serial,
        "android": rom.android,
        "sdk": str(rom.sdk),
        "locale": locale,
        "density": str(spec.density),
        "android_id": f"{zlib.crc32(spec.serial.encode()):08x}{zlib.adler32(spec.serial.encode()):08x}",
    }
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text
