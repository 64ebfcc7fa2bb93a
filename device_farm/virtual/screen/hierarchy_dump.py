"""Nodes as uiautomator's XML, in the layout of the shell command and in that of the uiautomator2 server."""

import re
from collections.abc import Callable
from functools import lru_cache

from device_farm.virtual.framework.records.system_records import WindowKind
from device_farm.virtual.screen.accessibility_nodes import Node

Attributes = Callable[[Node], str]

PROLOG = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>"
EMPTY = '<hierarchy rotation="0" />'
MAX_TEXT = 20_000  # characters of one attribute

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufdcf\ufde0-\ufffd]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
_NAF_EXCLUDED = re.compile(r"GridView|GridLayout|ListView|TableLayout")


def shell_dump(root: Node, *, sdk: int, compressed: bool = False, rotation: int = 0) -> str:
    """Write what ``uiautomator dump`` does: the active window on one line.

    Attributes and their order: AccessibilityNodeInfoDumper.java in frameworks/base cmds/uiautomator/library/core-src;
    the last two since Android 13.
    """
    parts = [PROLOG, f'<hierarchy rotation="{rotation}">']
    for node in _presented(root, compressed):
        _write(parts, node, "", compressed, 1_000, lambda n: _shell_attributes(n, sdk))
    parts.append("</hierarchy>")
    return "".join(parts)


_WINDOW_TYPES = {WindowKind.BASE_APPLICATION: "TYPE_APPLICATION", WindowKind.APPLICATION: "TYPE_APPLICATION"}


def windows_dump(roots: list[Node], active: Node, *, sdk: int, rotation: int = 0) -> str:
    """Write what ``uiautomator dump --windows`` does: every window, topmost first, each with its hierarchy.

    AccessibilityNodeInfoDumper.dumpWindowsToFile (frameworks/base cmds/uiautomator/library/core-src).
    """
    parts = [PROLOG, '<displays><display id="0">']
    for index, root in enumerate(reversed(roots)):
        window = root.window
        pairs: list[tuple[str, str | bool | int]] = [
            ("index", index),
            ("title", window.title),
            ("bounds", _bounds(root)),
            ("active", root is active),
            ("focused", root is active),
            ("accessibility-focused", False),
            ("id", window.token),
            ("layer", len(roots) - 1 - index),
            ("type", _WINDOW_TYPES.get(window.kind, "TYPE_SYSTEM")),
        ]
        parts.append(f'<window{_printed(pairs)}><hierarchy rotation="{rotation}">')
        _write(parts, root, "", False, 1_000, lambda node: _shell_attributes(node, sdk))
        parts.append("</hierarchy></window>")
    parts.append("</display></displays>")
    return "".join(parts)


def server_dump(roots: list[Node], *, sdk: int, compressed: bool = False, depth: int = 50, rotation: int = 0) -> str:
    """Write what the server's dumpWindowHierarchy returns: every window, indented, at most ``depth`` levels.

    Attributes and their order: AccessibilityNodeInfoDumper.java of androidx.test.uiautomator, with the additions of
    the server. Invisible views are left out but keep their index.
    """
    parts = [PROLOG, "\r\n", f'<hierarchy rotation="{rotation}">']
    for root in roots:
        for node in _presented(root, compressed):
            _write(parts, node, "\n  ", compressed, depth, lambda n: _server_attributes(n, sdk))
    parts.append("\n</hierarchy>")
    return "".join(parts)


def _presented(node: Node, compressed: bool) -> list[Node]:
    """The node itself, or in a compressed dump the nodes below one that is not important for accessibility."""
    if not compressed or node.important:
        return [node]
    return [found for child in node.children for found in _presented(child, compressed)]


def _write(parts: list[str], node: Node, indent: str, compressed: bool, depth: int, attributes: Attributes) -> None:
    if not node.visible or depth <= 0:
        return
    parts.append(f"{indent}<node{_naf(node)}{attributes(node)}")
    before = len(parts)
    inner = indent and indent + "  "
    for child in node.children:
        for shown in _presented(child, compressed):
            _write(parts, shown, inner, compressed, depth - 1, attributes)
    if len(parts) == before:
        parts.append(" />")
    else:
        parts[before] = ">" + parts[before]
        parts.append(f"{indent}</node>")


def _common(node: Node) -> list[tuple[str, str | bool | int]]:
    return [
        ("index", node.index),
        ("text", node.text),
        ("resource-id", node.resource_id),
        ("class", node.class_name),
        ("package", node.package),
        ("content-desc", node.description),
        ("checkable", node.checkable),
        ("checked", node.checked),
        ("clickable", node.clickable),
        ("enabled", node.enabled),
        ("focusable", node.focusable),
        ("focused", node.focused),
        ("scrollable", node.scrollable),
        ("long-clickable", node.long_clickable),
        ("password", node.password),
        ("selected", node.selected),
    ]


def _bounds(node: Node) -> str:
    return f"[{node.bounds.left},{node.bounds.top}][{node.bounds.right},{node.bounds.bottom}]"


def _shell_attributes(node: Node, sdk: int) -> str:
    pairs = [*_common(node), ("bounds", _bounds(node))]
    if sdk >= 33:
        pairs += [("drawing-order", node.drawing_order), ("hint", node.hint)]
    return _printed(pairs)


def _server_attributes(node: Node, sdk: int) -> str:
    pairs = [*_common(node), ("visible-to-user", node.visible), ("bounds", _bounds(node))]
    if sdk >= 24:
        pairs.append(("drawing-order", node.drawing_order))
    if sdk >= 26:
        pairs.append(("hint", node.hint))
    if sdk >= 30:
        pairs.append(("display-id", 0))
    return _printed(pairs)


def _printed(pairs: list[tuple[str, str | bool | int]]) -> str:
    return "".join([f' {name}="{_value(value)}"' for name, value in pairs])


def _value(value: str | bool | int) -> str:
    if value is True:
        return "true"
    if value is False:
        return "false"
    return _escaped(value[:MAX_TEXT]) if isinstance(value, str) else str(value)


@lru_cache(maxsize=1024)
def _escaped(text: str) -> str:
    """A dump is mostly ids and class names that were there before, twice a second."""
    return _ILLEGAL.sub(".", text).translate(_ESCAPES)


def _naf(node: Node) -> str:
    """NAF ("not accessibility friendly"): clickable, but nothing in it says what it is."""
    if _NAF_EXCLUDED.search(node.class_name) or not (node.clickable and node.enabled):
        return ""
    return "" if any(n.text or n.description for n in node.walk()) else ' NAF="true"'
