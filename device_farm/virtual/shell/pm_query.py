"""``pm resolve-activity`` and ``query-*``: who would answer an intent.

Source: parseIntentAndUser and printResolveInfo in frameworks/base services/core/java/com/android/server/pm/
PackageManagerShellCommand.java of Android 13.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.records.system_records import ComponentKind
from device_farm.virtual.shell.intents import LAUNCHER, parse_intent
from device_farm.virtual.shell.resolve_info import resolve_info

if TYPE_CHECKING:
    from collections.abc import Iterable

    from device_farm.virtual.framework.records.system_records import Component, Intent
    from device_farm.virtual.shell.call import Call
    from device_farm.virtual.shell.service_command import Arguments, Handler

_MATCH_COMPONENT, _MATCH_ACTION = 0x0, 0x108000  # IntentFilter.MATCH_CATEGORY_EMPTY + MATCH_ADJUSTMENT_NORMAL


def _read(arguments: Arguments) -> tuple[Intent, set[str]]:
    styles: set[str] = set()

    def other(option: str) -> bool:
        if option in ("--brief", "--components"):
            styles.add(option)
            return True
        if option in ("--user", "--query-flags"):
            arguments.required()
            return True
        return False

    return parse_intent(arguments, other), styles


def _lines(call: Call, component: Component, intent: Intent, styles: set[str]) -> list[str]:
    name = component.short
    if "--components" in styles:
        return [name]
    explicit = intent.component is not None
    default = not explicit and component.kind is ComponentKind.ACTIVITY and LAUNCHER not in component.categories
    match = _MATCH_COMPONENT if explicit else _MATCH_ACTION
    head = f"priority=0 preferredOrder=0 match=0x{match:x} specificIndex=-1 isDefault={str(default).lower()}"
    return [head, name] if styles else list(resolve_info(call.device, component, head))


async def resolve_activity(call: Call, arguments: Arguments) -> int:
    """``resolve-activity [--brief] [--components] INTENT``."""
    intent, styles = _read(arguments)
    component = call.device.system.resolve(intent)
    if component is None:
        await call.print("No activity found")
        return 0
    await _print(call, _lines(call, component, intent, styles))
    return 0


async def query_activities(call: Call, arguments: Arguments) -> int:
    """``query-activities``."""
    return await _query(call, arguments, ComponentKind.ACTIVITY, "activities", "Activity")


async def query_receivers(call: Call, arguments: Arguments) -> int:
    """``query-receivers``."""
    return await _query(call, arguments, ComponentKind.RECEIVER, "receivers", "Receiver")


async def query_services(call: Call, arguments: Arguments) -> int:
    """``query-services``."""
    return await _query(call, arguments, ComponentKind.SERVICE, "services", "Service")


async def _query(call: Call, arguments: Arguments, kind: ComponentKind, many: str, one: str) -> int:
    intent, styles = _read(arguments)
    found = call.device.system.package_manager.query(intent, kind)
    if not found:
        await call.print(f"No {many} found")
        return 0
    if "--components" not in styles:
        await call.print(f"{len(found)} {many} found:")
    for index, component in enumerate(found):
        lines = _lines(call, component, intent, styles)
        if "--components" not in styles:
            lines = [f"  {one} #{index}:", *(f"    {line}" for line in lines)]
        await _print(call, lines)
    return 0


async def _print(call: Call, lines: Iterable[str]) -> None:
    await call.print("\n".join(lines))


HANDLERS: dict[str, Handler] = {
    "resolve-activity": resolve_activity,
    "query-activities": query_activities,
    "query-receivers": query_receivers,
    "query-services": query_services,
}
