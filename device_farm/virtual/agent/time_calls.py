"""Calls of this server's own: the harness lets the device's time pass with them, as with ``cmd apprights``."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING

from device_farm.virtual.agent.java_errors import InvalidParams, flag, number

if TYPE_CHECKING:
    from collections.abc import Callable

    from device_farm.virtual.agent.uiautomator2_server import Server

LONGEST_SECONDS = 366 * 86400.0
_STARTS = frozenset({"am_proc_start", "am_create_activity", "wm_create_activity"})


def wait_for_change(server: Server, seconds: object, windows_only: object = False) -> dict[str, float | bool]:
    """Let time pass until there is something new to be seen since the last dump, or ``seconds`` are over.

    The answer has both clocks, and by how much the time was skipped.
    """
    limit, narrow = number(seconds), flag(windows_only)
    if not 0 <= limit <= LONGEST_SECONDS:
        raise InvalidParams("not a number of seconds")
    clock, screen = server.device.clock, server.screen
    skipped = clock.skip_until(limit, lambda: screen.changed(windows_only=narrow))
    return _reading(server, skipped, changed=screen.changed())


def pass_time(server: Server, seconds: object) -> dict[str, float | bool]:
    """Let time pass at once, with all that is due on the way."""
    skipped = number(seconds)
    if not 0 <= skipped <= LONGEST_SECONDS:
        raise InvalidParams("not a number of seconds")
    clock = server.device.clock
    if skipped:
        clock.skip(skipped)
    return _reading(server, skipped, changed=True)


def pass_quiet_time(server: Server, seconds: object, step: object) -> dict[str, float | bool]:
    """Let time pass by one step after the other until the log told of a start in one of them.

    What it told since the last call counts as well: the harness was busy with something else then.
    """
    limit, stride = number(seconds), number(step)
    if not (0 <= limit <= LONGEST_SECONDS and stride > 0):
        raise InvalidParams("not a number of seconds")
    clock, skipped, started = server.device.clock, 0.0, False
    while skipped < limit and not started:
        part = min(stride, limit - skipped)
        skipped += part
        clock.skip(part, then=limit - skipped)
        started = _started(server)
    return _reading(server, skipped, changed=started)


def _started(server: Server) -> bool:
    """Whether the event log told of a process or a page that started, since this was asked before."""
    newest, events = server.heard, server.device.logs.buffers["events"]
    server.heard = events[-1].number if events else newest
    fresh = itertools.takewhile(lambda entry: entry.number > newest, reversed(events))
    return any(entry.tag in _STARTS for entry in fresh)


def _reading(server: Server, skipped: float, *, changed: bool) -> dict[str, float | bool]:
    """Both clocks, and the host's at the same moment: all three go on side by side until the next skip."""
    clock = server.device.clock
    clock.catch_up()
    return {"changed": changed, "skipped": skipped, "uptime": clock.uptime, "wall": clock.wall, "host": time.monotonic()}


METHODS: dict[str, Callable[..., object]] = {
    "apprightsWaitForChange": wait_for_change,
    "apprightsPassTime": pass_time,
    "apprightsPassQuietTime": pass_quiet_time,
}
