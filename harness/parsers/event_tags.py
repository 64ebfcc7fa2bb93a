"""The events buffer: bodies such as ``[0,2617,com.android.dialer,985,empty #17]`` -> fields by name.

Fields and their order: frameworks/base/services/core/java/com/android/server/am/EventLogTags.logtags and .../wm/
EventLogTags.logtags. Android 11 renamed the lifecycle tags from ``am_`` to ``wm_``; numbers and fields stayed, later
versions append fields. A device's own ``/system/etc/event-log-tags`` has the same syntax and beats the table here.
Strings are not escaped (``printBinaryEvent`` in liblog), so the one free text of a tag may hold commas: fields are
counted from both ends.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files

from harness.parsers.log_fields import Unreadable

_INT = "1"  # field types of event-log-tags: 1 int, 2 long, 3 string, 4 list, 5 float
_LONG = "2"
_LIST = "4"

# 30023 am_kill (User|1|5),(PID|1|5),(Process Name|3),(OomAdj|1|5),(Reason|3),(Rss|2|2)
_ENTRY = re.compile(r"\d+[ \t]+(\w+)[ \t]*(.*)$")
_FIELD = re.compile(r"\(([^|)]+)\|(\d)(?:\|\d+)?\)")
_INTEGER = re.compile(r"-?\d+$")

OURS, OTHERS = ((files("harness.parsers") / name).read_text("utf-8") for name in ("event-log-tags.txt", "other-event-log-tags.txt"))
"""The tags that have an event of their own, and further ones of Android."""
FREE_TEXT = {
    "am_kill": "reason",
    "am_anr": "reason",
    "am_crash": "message",
    "am_wtf": "message",
    "notification_enqueue": "notification",
    "pm_critical_info": "msg",
    "wm_create_activity": "uri",
    "wm_new_intent": "uri",
    "wm_task_moved": "values",
    "wm_task_removed": "values",
    "ifw_intent_matched": "values",
}
"""The one field of a tag that is free text and may hold commas."""


class Fields(dict[str, str]):
    """Values by field name; names are lower case without blanks, as ``processname``."""

    def __missing__(self, name: str) -> str:
        raise Unreadable(f"no field {name}")


class EventTags:
    """Which fields each tag of the events buffer has."""

    def __init__(self, fields: Mapping[str, tuple[tuple[str, str], ...]]) -> None:
        self._fields = fields
        self._free = {tag: _place(names, FREE_TEXT.get(tag)) for tag, names in fields.items()}

    @classmethod
    def from_text(cls, text: str) -> EventTags:
        """Read a device's own ``/system/etc/event-log-tags``.

        A tag keeps our fields where the device lacks it or names its fields in another way than Android does.
        """
        fields, own = _parse(OURS), _parse(text)
        for tag, ours in fields.items():
            entry = own.get(tag) or own.get("am_" + tag[3:], ())
            names = {name for name, _ in entry}
            lacks = [name not in names for name, _ in ours]
            if lacks == sorted(lacks) and not any(lacks[:3]):  # only later fields may be absent
                fields[tag] = entry
        return cls(fields)

    @classmethod
    def others(cls) -> EventTags:
        """The fields of Android's other tags, of which no rule needs to know more than that they were there."""
        return cls(_parse(OTHERS))

    @property
    def tags(self) -> frozenset[str]:
        return frozenset(self._fields)

    @classmethod
    def default(cls) -> EventTags:
        """The fields of Android, of all versions from 8 on."""
        return cls(_parse(OURS))

    def split(self, tag: str, body: str) -> Fields:
        """Give the fields of a body by name; fields that are absent (older Android) are left out.

        A tag of one field is printed without brackets. Raises Unreadable for another body without its brackets (cut)
        and for a type that does not fit.
        """
        names = self._fields[tag]
        if len(names) < 2 and not body.startswith("["):
            values = [body] if names else []
        elif body.startswith("[") and body.endswith("]"):
            values = [body[1:-1]] if names and names[0][1] == _LIST else body[1:-1].split(",")
        else:
            raise Unreadable(body)
        place = self._free[tag]
        if place is not None and len(values) > place:
            values = _join_free_text(values, place, names[place + 1 :])
        if "[" in body[1:] and any("[" in value for value in values[:place]):
            raise Unreadable(body)  # another line ran into this one
        fields = Fields()
        for (name, kind), value in zip(names, values, strict=False):
            if kind in (_INT, _LONG) and not (value.isdigit() or _INTEGER.match(value)):
                raise Unreadable(body)
            fields[name] = value
        return fields

    def split_or_keep(self, tag: str, body: str) -> Fields:
        """Split like ``split``.

        A body that does not fit the fields is kept whole as ``body``, so that nothing can be misplaced.
        """
        try:
            return self.split(tag, body)
        except Unreadable:
            return Fields(body=body)


def _parse(text: str) -> dict[str, tuple[tuple[str, str], ...]]:
    entries = {}
    for line in text.splitlines():
        if entry := _ENTRY.match(line.strip()):
            fields = _FIELD.findall(entry[2])
            entries[entry[1]] = tuple((re.sub(r"[\s_]", "", name).lower(), kind) for name, kind in fields)
    return entries


def _place(names: tuple[tuple[str, str], ...], free: str | None) -> int | None:
    """Where the free text of a tag stands among its fields."""
    return next((index for index, (name, _) in enumerate(names) if name == free), None)


def _join_free_text(values: list[str], place: int, tail: tuple[tuple[str, str], ...]) -> list[str]:
    """Put the commas of the free text at ``place`` back; of ``tail`` as many fields are there as fit by type."""
    rest = values[place:]
    for count in range(min(len(tail), len(rest) - 1), -1, -1):
        last = rest[len(rest) - count :]
        if all(kind not in (_INT, _LONG) or _INTEGER.match(text) for (_, kind), text in zip(tail, last, strict=False)):
            return [*values[:place], ",".join(rest[: len(rest) - count]), *last]
    return values
