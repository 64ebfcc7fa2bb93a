"""UiWatchers: what to press when certain objects are on the screen. They run only when the client says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from device_farm.virtual.agent.java_errors import InvalidParams, by_name, text
from device_farm.virtual.agent.selectors import parse

if TYPE_CHECKING:
    from device_farm.virtual.agent.uiautomator2_server import Server

MAX_WATCHERS = 100


@dataclass(slots=True)
class Watchers:
    """The registered watchers by name, and the names of those that acted."""

    registered: dict[str, tuple[list[object], Callable[[Server], None]]] = field(default_factory=dict)
    triggered: set[str] = field(default_factory=set)


def register_click_ui_object_watcher(server: Server, name: object, conditions: object, target: object) -> None:
    """Click ``target`` where all conditions are met."""
    parse(target)

    def act(server: Server) -> None:
        node = server.find(target)
        if node is not None:
            bounds = node.bounds
            server.screen.tap((bounds.left + bounds.right) // 2, (bounds.top + bounds.bottom) // 2)

    _register(server, name, conditions, act)


def register_keys(server: Server, name: object, conditions: object, names: object) -> None:
    """Press keys where all conditions are met."""
    if not isinstance(names, list):
        raise InvalidParams("not a list of keys")
    pressed = [text(key) for key in names]

    def act(server: Server) -> None:
        for key in pressed:
            server.screen.key(key)

    _register(server, name, conditions, act)


def _register(server: Server, name: object, conditions: object, act: Callable[[Server], None]) -> None:
    if not isinstance(conditions, list) or len(server.watchers.registered) >= MAX_WATCHERS:
        raise InvalidParams("not a list of conditions, or too many watchers")
    for condition in conditions:
        parse(condition)
    server.watchers.registered[text(name)] = (conditions, act)


def run_watchers(server: Server) -> None:
    """Let every watcher look once."""
    for name, (conditions, act) in list(server.watchers.registered.items()):
        if all(server.find(condition) is not None for condition in conditions):
            act(server)
            server.watchers.triggered.add(name)


def remove_watcher(server: Server, name: object) -> None:
    server.watchers.registered.pop(text(name), None)


def get_watchers(server: Server) -> list[str]:
    return list(server.watchers.registered)


def has_watcher_triggered(server: Server, name: object) -> bool:
    """Whether this watcher acted since the last reset."""
    return text(name) in server.watchers.triggered


def has_any_watcher_triggered(server: Server) -> bool:
    """Whether any watcher acted since the last reset."""
    return bool(server.watchers.triggered)


def reset_watcher_triggers(server: Server) -> None:
    server.watchers.triggered.clear()


METHODS: dict[str, Callable[..., object]] = by_name(
    register_click_ui_object_watcher, run_watchers, remove_watcher, get_watchers, has_watcher_triggered,
    has_any_watcher_triggered, reset_watcher_triggers,
) | {
    "registerPressKeyskWatcher": register_keys,
}  # fmt: skip
