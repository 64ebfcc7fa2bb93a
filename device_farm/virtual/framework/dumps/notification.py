"""``dumpsys notification``: the notifications that are shown.

Source: frameworks/base services/core/java/com/android/server/notification (NotificationManagerService.java dumpImpl,
NotificationRecord.java toString and dump), core/java/android/app/Notification.java toString; a Pixel's dump of Android
10.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.records.notification_record import Notification

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice


def notification(device: VirtualDevice, args: list[str]) -> str | None:
    """The list of records; ``--noredact`` shows titles and texts."""
    if [arg for arg in args if arg not in ("--noredact", "-a")]:
        return None
    lines = ["Current Notification Manager state:"]
    shown = device.system.notifications.active
    if shown:
        lines.append("  Notification List:")
        for item in reversed(shown):
            lines += _record(device, item, plain="--noredact" in args)
    lines += ["  mUseAttentionLight=false", "  mHasLight=false", "  Zen Mode:", "    mInterruptionFilter=1"]
    return "\n".join(lines) + "\n"


_FLAG_NAMES = {0x02: "ONGOING_EVENT", 0x10: "AUTO_CANCEL", 0x20: "NO_CLEAR", 0x40: "FOREGROUND_SERVICE"}


def _flags(device: VirtualDevice, flags: int) -> str:
    """In hex until 14, by name since (Notification.java flagsToString)."""
    if device.rom.sdk < 35:
        return f"{flags:#x}"
    return "|".join(name for bit, name in _FLAG_NAMES.items() if flags & bit) or "0"


_NESTED = 30  # SDK since which a record prints its notification, and the public version of it, each indented by itself


def _record(device: VirtualDevice, item: Notification, *, plain: bool) -> Iterator[str]:
    uid = text_formats.uid_of(device, item.package)
    tag = item.tag or "null"
    key = f"0|{item.package}|{item.number}|{tag}|{uid}"
    locked = "appImportanceLocked=false" if 28 <= device.rom.sdk <= 29 else ""
    shape = "pri=0" if device.rom.sdk <= 30 else "shortcut=null"
    text = (
        f"Notification(channel=default {shape} contentView=null vibrate=null sound=null defaults=0x0 flags={_flags(device, item.flags)}"
        " color=0x00000000 vis=PRIVATE)"
    )
    name = text_formats.identity("notification", item.number)
    yield (
        f"    NotificationRecord(0x{name:0>8}: pkg={item.package} user=UserHandle{{0}} id={item.number} tag={tag} importance=3"
        f" key={key}{locked}: {text})"
    )
    yield f"      uid={uid} userId=0"
    yield f"      opPkg={item.package}"
    yield f"      flags={item.flags:#x}"
    yield "      pri=0"
    yield f"      key={key}"
    yield "      seen=true"
    yield f"      groupKey={key}"
    if device.rom.sdk >= _NESTED:
        yield "      notification="
        yield from (f"            {line}" for line in _content(device, item, plain=plain))
        yield "      publicNotification="
        yield "            None"
    else:
        yield from (f"      {line}" for line in _content(device, item, plain=plain))
    yield "      mImportance=DEFAULT"
    yield f"      mCreationTimeMs={int(item.wall * 1000)}"
    yield f"      mUpdateTimeMs={int((item.updated or item.wall) * 1000)}"


def _content(device: VirtualDevice, item: Notification, *, plain: bool) -> Iterator[str]:
    """NotificationRecord.dumpNotification."""
    yield "fullscreenIntent=null"
    intent = text_formats.identity("pending intent", item.number)
    yield f"contentIntent=PendingIntent{{{intent}: PendingIntentRecord{{{intent} {item.package} startActivity}}}}"
    yield "deleteIntent=null"
    yield "number=0"
    if item.actions:
        yield "actions={"
        for number, (title, _act) in enumerate(item.actions):
            sent = text_formats.identity(f"action {title}", item.number)
            yield f'    [{number}] "{title}" -> PendingIntent{{{sent}: PendingIntentRecord{{{sent} {item.package} broadcastIntent}}}}'
        yield "  }"
    yield "extras={"
    for extra, value in (("android.title", item.title), ("android.text", item.text)):
        hidden = f" [length={len(value)}]" if device.rom.sdk >= 33 else ""
        yield f"    {extra}=String{f' ({value})' if plain else hidden}"
    if item.progress is not None or item.indeterminate:
        done, total = item.progress or (0, 0)
        yield f"    android.progress=Integer ({done})"
        yield f"    android.progressMax=Integer ({total})"
        yield f"    android.progressIndeterminate=Boolean ({str(item.indeterminate).lower()})"
    yield "}"
