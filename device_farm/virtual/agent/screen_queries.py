"""Calls that read the screen: existence, counts, object information, waits, handles, dumps and pictures."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from device_farm.virtual.agent.java_errors import InvalidParams, JavaError, by_name, flag, integer, number, text
from device_farm.virtual.agent.selectors import Selector, find_ui, parse
from device_farm.virtual.framework.records.system_records import Rect
from device_farm.virtual.screen.accessibility_nodes import Node
from device_farm.virtual.screen.hierarchy_dump import EMPTY, server_dump

if TYPE_CHECKING:
    from device_farm.virtual.agent.uiautomator2_server import Server

EMPTY_DUMP = "empty-dump"


def exist(server: Server, target: object) -> bool:
    return server.find(target) is not None


def count(server: Server, selector: object) -> int:
    """How many there are; with an instance 0 or 1."""
    return len(server.all(parse(selector)))


def obj_info(server: Server, target: object) -> dict[str, Any]:
    """Return the ObjInfo of the first match."""
    node = server.one(target)
    return _info(node, plain=not isinstance(target, str) and parse(target).plain)


def obj_info_of_all_instances(server: Server, selector: object) -> list[dict[str, Any]]:
    """Return the ObjInfo of every match; none is no error."""
    wanted = parse(selector)
    return [_info(node, plain=wanted.plain) for node in server.all(wanted)]


def _info(node: Node, *, plain: bool) -> dict[str, Any]:
    """``plain``: as UiObject2 tells it; otherwise as UiObject, which has no resource name and "" for no text."""
    missing = None if plain else ""
    whole = node.bounds if plain or node.placed is None else node.placed.bounds
    return {
        "bounds": _rect(whole),
        "visibleBounds": _rect(node.bounds),
        "childCount": len(node.children),
        "className": node.class_name,
        "contentDescription": node.description or missing,
        "packageName": node.package,
        "resourceName": (node.resource_id or None) if plain else None,
        "text": node.text or (missing if _no_text(node) else ""),
        "checkable": node.checkable,
        "checked": node.checked,
        "clickable": node.clickable,
        "enabled": node.enabled,
        "focusable": node.focusable,
        "focused": node.focused,
        "longClickable": node.long_clickable,
        "scrollable": node.scrollable,
        "selected": node.selected,
    }


def _no_text(node: Node) -> bool:
    """Whether the view has no text at all: an empty TextView has an empty one."""
    return not node.class_name.endswith(("TextView", "Button", "EditText", "Switch", "CheckBox"))


def _rect(rect: Rect) -> dict[str, int]:
    return {"bottom": rect.bottom, "left": rect.left, "right": rect.right, "top": rect.top}


def get_text(server: Server, target: object) -> str:
    """Text of the first match."""
    return server.one(target).text


async def wait_for_exists(server: Server, target: object, timeout_ms: object) -> bool:
    """Wait until there is such an object."""
    limit = number(timeout_ms)
    return await server.until(lambda: server.find(target) is not None, limit)


async def wait_until_gone(server: Server, target: object, timeout_ms: object) -> bool:
    """Wait until there is no such object."""
    limit = number(timeout_ms)
    return await server.until(lambda: server.find(target) is None, limit)


async def wait_for_window_update(server: Server, package: object, timeout_ms: object) -> bool:
    """Wait until a window of the package (None: any) changes."""
    before = _shown(server, package)
    return await server.until(lambda: _shown(server, package) != before, number(timeout_ms))


def _shown(server: Server, package: object) -> list[tuple[int, int]]:
    roots = server.screen.tree()
    return [(root.window.token, root.window.revision) for root in roots if package in (None, root.package)]


def wait_for_idle(server: Server, timeout_ms: object) -> None:
    """Nothing is ever in motion here."""
    number(timeout_ms)


def get_ui_object(server: Server, selector: object) -> str:
    """A handle of the first match."""
    wanted = parse(selector)
    return server.keep(lambda: next(find_ui(wanted, server.active_root()), None))


def get_ui_objects(server: Server) -> list[str]:
    """The handles that are still good."""
    return server.handles()


def remove_ui_object(server: Server, handle: object) -> None:
    server.drop(text(handle))


def get_child(server: Server, handle: object, selector: object) -> str:
    """A handle of the first match below an object."""
    wanted, parent = parse(selector), text(handle)
    return server.keep(lambda: _first_below(server.find(parent), wanted))


def get_from_parent(server: Server, handle: object, selector: object) -> str:
    """A handle of the first match below the parent of an object."""
    wanted, start = parse(selector), text(handle)

    def finder() -> Node | None:
        node = server.find(start)
        return None if node is None else _first_below(node.parent, wanted)

    return server.keep(finder)


def _first_below(node: Node | None, selector: Selector) -> Node | None:
    found = (match for child in (node.children if node else []) for match in find_ui(selector, child))
    return next(found, None)


def child_by_instance(server: Server, collection: object, pattern: object, instance: object) -> str:
    """A handle of the n-th match of ``pattern`` below ``collection``."""
    nth = integer(instance)

    def finder() -> Node | None:
        rows = _rows(server, collection, pattern)
        return rows[nth] if 0 <= nth < len(rows) else None

    return server.keep(finder)


def child_by_text(server: Server, collection: object, pattern: object, wanted: object, scroll: object = False) -> str:
    """A handle of the row of ``collection`` that has the text, itself or in it (UiCollection.getChildByText)."""
    return _row_with(server, collection, pattern, text(wanted), flag(scroll), lambda node: node.text, "text")


def child_by_description(server: Server, collection: object, pattern: object, wanted: object, scroll: object = False) -> str:
    """Find a child by its content description, as childByText does by its text."""
    name = "description"
    return _row_with(server, collection, pattern, text(wanted), flag(scroll), lambda node: node.description, name)


def _row_with(
    server: Server, collection: object, pattern: object, wanted: str, scroll: bool, value: Callable[[Node], str], name: str
) -> str:
    def finder() -> Node | None:
        rows = _rows(server, collection, pattern)
        return next((row for row in rows if any(value(node) == wanted for node in row.walk())), None)

    scrolled = server.find(collection) if scroll else None
    found = finder() is not None or (scrolled is not None and scroll_until(server, scrolled, finder))
    if not found:
        raise JavaError("androidx.test.uiautomator.UiObjectNotFoundException", f'for {name}= "{wanted}"')
    return server.keep(finder)


def _rows(server: Server, collection: object, pattern: object) -> list[Node]:
    wanted = parse(pattern)
    return [match for child in server.one(collection).children for match in find_ui(wanted, child)]


def scroll_until(server: Server, node: Node, finder: Callable[[], Node | None]) -> bool:
    """Scroll a list from its beginning until ``finder`` finds something; False at its end."""
    placed = node.placed
    if placed is None:
        return False
    step = max(1, (placed.bounds.bottom - placed.bounds.top) * 2 // 3)
    server.screen.scroll_by(node.window, placed, -(1 << 30))
    while finder() is None:
        if not server.screen.scroll_by(node.window, placed, step):
            return False
    return True


def dump_window_hierarchy(server: Server, compressed: object, depth: object = 50, root_in_active: object = False) -> str:
    """The tree as XML; ``root_in_active`` True only of the active window."""
    limit = integer(depth)
    server.screen.note_look()
    if EMPTY_DUMP in server.device.faults.active:
        return EMPTY
    roots = server.roots()
    if flag(root_in_active):
        roots = [root for root in roots if root is server.active_root()]
    asked = (*map(id, roots), flag(compressed), limit)
    if server.dumped[0] != asked:  # else the same nodes as at the last look: nothing has changed since
        server.dumped = (asked, roots, server_dump(roots, sdk=server.device.rom.sdk, compressed=flag(compressed), depth=limit))
    return server.dumped[2]


def take_screenshot(server: Server, *params: object) -> str | None:
    """Base64 JPEG of (scale, quality), the scale is ignored; or a PNG file of (path, scale, quality)."""
    if len(params) == 3:
        path = text(params[0])
        number(params[1])
        try:
            server.device.files.write(path, server.screen.png(), uid=2000)
        except OSError:
            return None
        return path
    if len(params) != 2:
        raise InvalidParams(f"{len(params)} parameters")
    number(params[0])
    quality = max(1, min(100, integer(params[1])))
    buffer = io.BytesIO()
    server.screen.image().save(buffer, "JPEG", quality=quality)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def get_last_toast(server: Server) -> str | None:
    """Text of the last toast since the last clearLastToast."""
    return server.screen.last_toast()


def clear_last_toast(server: Server) -> None:
    server.screen.forget_toast()


METHODS: dict[str, Callable[..., object]] = by_name(
    exist, count, obj_info, obj_info_of_all_instances, get_text, wait_for_exists, wait_until_gone,
    wait_for_window_update, wait_for_idle, get_ui_object, get_ui_objects, remove_ui_object, get_child,
    get_from_parent, child_by_instance, child_by_text, child_by_description, dump_window_hierarchy, take_screenshot,
    get_last_toast, clear_last_toast,
)  # fmt: skip
