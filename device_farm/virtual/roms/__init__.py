"""The differences between Android versions and ROMs as data, one TOML file for each pair, and their loader.

A file is named ``ROM-ANDROID.toml`` and may build on others with ``extends = "aosp-13"`` or
``extends = ["aosp-13", "miui"]``, the later over the earlier: tables are merged key by key, every other value of the
child replaces the parent's. A file without a version (``miui.toml``) has what the versions of a ROM share. Each table
says where its facts come from (``source``) or that they are not confirmed (``assumed``); see ``facts``. With
``takes_over_assumed`` all that a file takes over is assumed. Which pairs there are: ``pairs``.
"""

import tomllib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, reduce
from typing import Any

from device_farm.virtual.roms.facts import Facts, Part, Table, Values, all_assumed, merge, read_part
from device_farm.virtual.roms.sold_pairs import FOLDER, find_pair
from device_farm.virtual.spec import Spec


@dataclass(frozen=True, slots=True)
class PermissionDialog:
    """The system's permission dialog. Texts are by language (zh, en); button texts by role.

    Roles: allow, foreground, one_time, deny, deny_dont_ask, allow_all, allow_selected, precise, approximate, and a
    ROM's own: blank_pass (allowed, but with nothing in it), fuzzy (a place nearby). ``button_ids`` maps a role to the
    id without package. ``titles`` maps a permission group (short name, e.g. LOCATION) to a sentence with ``{app}``.
    Both outer keys are the language: ``button_texts["zh"]["deny"]``. ``roles`` lists the buttons from the first to the
    last by group, OTHER for any group without its own; empty where the ROM leaves Android's order. ``switches`` are
    parts of what is asked for, by language and group. ``style`` and ``tree``: see screen/permission_dialog.
    """

    package: str
    activity: str  # full class name
    button_ids: Mapping[str, str]
    button_texts: Mapping[str, Mapping[str, str]]
    titles: Mapping[str, Mapping[str, str]]
    roles: Mapping[str, list[str]]
    switches: Mapping[str, Mapping[str, list[str]]]
    style: Mapping[str, Any]
    tree: Mapping[str, Any]

    def title(self, language: str, group: str, app: str) -> str:
        """The question for a group about the app labelled ``app``; a group without its own gets the general one."""
        texts = self.titles[language if language in self.titles else "en"]
        return texts[group if group in texts else "OTHER"].replace("{app}", app)

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
    """One pair of Android version and ROM, on one device: it knows which of its facts that device used."""

    android: str
    sdk: int
    name: str
    dialog: PermissionDialog
    data: Table  # all tables of the TOML: event tags, dumps' shapes, packages

    @property
    def used(self) -> Facts:
        """The facts that were read so far, in the order of first reading."""
        return self.data.used

    def properties(self, spec: Spec) -> Values:
        """System properties (getprop)."""
        return self._filled(self.data["properties"], spec)

    def settings(self, spec: Spec) -> dict[str, Values]:
        """Settings by namespace: system, secure, global."""
        return {space: self._filled(values, spec) for space, values in self.data["settings"].items()}

    def _filled(self, table: Table, spec: Spec) -> Values:
        return Values({name: _fill(text, spec, self) for name, text in table.unread().items()}, table)

    def event(self, key: str) -> EventTag | None:
        """The tag behind one of our event names (``finish_activity``); None where this version does not write it."""
        found = self.data["events"].get(key)
        return None if found is None else _event_tag(found)

    def event_tags(self) -> list[EventTag]:
        """All tags that this version declares, by number; none counts as used by that."""
        tags = map(_event_tag, self.data["events"].unread().values())
        return sorted((tag for tag in tags if tag is not None), key=lambda tag: tag.number)

    def event_log_tags(self) -> str:
        """The content of /system/etc/event-log-tags (format: system/logging logcat/event.logtags)."""
        return "".join(f"{tag.number} {tag.name} {tag.fields}".rstrip() + "\n" for tag in self.event_tags())

    def group_of(self, permission: str) -> str | None:
        """The dangerous permission group (short name) of a permission; None for one that is granted at install.

        The data has names without ``android.permission.``; a ROM's own permission stands there in full.
        """
        short = permission.removeprefix("android.permission.")
        groups: Mapping[str, list[str]] = self.data["permission_groups"]
        return next((group for group, members in groups.items() if short in members), None)

    def line(self, key: str) -> tuple[str, str]:
        """Tag and text (with ``{names}`` to fill) of a log line that differs between versions."""
        found = self.data["lines"][key]
        return found["tag"], found["text"]


def load_rom(android: str, rom: str) -> Rom:
    """Return the data of a pair for one device; raises ValueError with the choices for one that was not sold."""
    part = _read(find_pair(android, rom).stem)
    data = Table({key: value for key, value in part.values.items() if isinstance(value, dict)}, part.facts, {})
    dialog = data["dialog"]
    return Rom(
        android=part.values["android"],
        sdk=part.values["sdk"],
        name=part.values["name"],
        dialog=PermissionDialog(
            package=dialog["package"],
            activity=dialog["activity"],
            button_ids=dialog["button_ids"],
            button_texts=dialog["button_texts"],
            titles=dialog["titles"],
            roles=dialog["roles"],
            switches=dialog["switches"],
            style=dialog["style"].unread(),  # looks: no verdict rests on them
            tree=dialog["tree"],
        ),
        data=data,
    )


@cache
def _read(stem: str) -> Part:
    """One file merged over those it extends."""
    with (FOLDER / f"{stem}.toml").open("rb") as file:
        own = tomllib.load(file)
    parents, assumed = own.pop("extends", []), own.pop("takes_over_assumed", False)
    parts = [_read(parent) for parent in ([parents] if isinstance(parents, str) else parents)]
    parts = list(map(all_assumed, parts)) if assumed else parts
    return reduce(merge, [*parts, read_part(own, stem)])


def _event_tag(found: Mapping[str, Any]) -> EventTag | None:
    """The record of an event as a tag; an empty name means that this version has none."""
    if not found["name"]:
        return None
    return EventTag(found["number"], found["name"], tuple(found["values"]), found["fields"])


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
