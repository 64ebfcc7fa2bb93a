"""The JSON-RPC server: its state, how targets are found, and the dispatch of calls.

Errors have the shape of the server's own resolver: code -32001, the Java class as message (u2.jar 0.4.1). Unknown
methods and parameters that fit no overload have jsonrpc4j's codes -32601 and -32602.
"""

import asyncio
import inspect
import json
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from device_farm.virtual.agent import device_calls, gestures, screen_queries, watchers
from device_farm.virtual.agent.http import BadRequest, Reader, Request, response
from device_farm.virtual.agent.java_errors import InvalidParams, JavaError, injection_refused, not_connected, not_found
from device_farm.virtual.agent.selectors import Selector, find_by, find_ui, parse
from device_farm.virtual.device import Connection, VirtualDevice
from device_farm.virtual.framework.records.system_records import WindowKind
from device_farm.virtual.screen.accessibility_nodes import Node

Method = Callable[..., object]

HANDLE_SECONDS = 60.0  # how long an object handle lives
MAX_HANDLES = 1_000
QUIET_SECONDS = 0.5  # UiDevice's waitForIdle: nothing moved for so long
POLL_SECONDS = 0.02  # how often a wait looks at the screen; the framework tells nobody of its changes
NOT_CONNECTED = "uiautomation-not-connected"
_INJECTING = frozenset({*gestures.METHODS, "pressKey", "pressKeyCode"})

METHODS: dict[str, Method] = {
    **screen_queries.METHODS,
    **gestures.METHODS,
    **device_calls.METHODS,
    **watchers.METHODS,
    **device_calls.TIME_METHODS,
}


_SLOW_WORK = {"dumpWindowHierarchy": "dump", "takeScreenshot": "screencap", "click": "tap", "longClick": "tap"}


class Server:
    """One run of the server; ``stopped`` is set when a client asked it to stop."""

    def __init__(self, device: VirtualDevice) -> None:
        self.device, self.screen = device, device.screen
        self.stopped = asyncio.Event()
        self.watchers = watchers.Watchers()
        self.heard = 0  # the number of the newest line of the event log that own.pass_quiet_time went by
        self.configurator = dict(device_calls.CONFIGURATOR)
        self.dumped: tuple[tuple[int, ...], list[Node], str] = ((), [], "")  # the last dump, and whose it is
        self._handles: dict[str, tuple[float, Callable[[], Node | None]]] = {}

    # finding

    def roots(self) -> list[Node]:
        """Root nodes, the active window first and then from the top down."""
        roots = self.screen.tree()[::-1]
        active = self.active_root()
        return sorted(roots, key=lambda root: root is not active)

    def active_root(self) -> Node | None:
        """The root of the window with the focus, else of the topmost that is no system bar."""
        focused = self.screen.active_root()
        if focused is not None:
            return focused
        bars = (WindowKind.STATUS_BAR, WindowKind.NAVIGATION_BAR)
        return next((root for root in reversed(self.screen.tree()) if root.window.kind not in bars), None)

    def all(self, selector: Selector) -> list[Node]:
        """Every node of a selector; of one with an instance at most that one."""
        if selector.plain:
            return find_by(selector, self.roots())
        found = find_ui(selector, self.active_root())
        return list(found) if selector.instance is None else [node for node in [next(found, None)] if node]

    def find(self, target: object) -> Node | None:
        """The first node of a selector, or the one of a handle; None if there is none now."""
        if isinstance(target, str):
            return self._of_handle(target)()
        selector = parse(target)
        if selector.plain:
            return next(iter(find_by(selector, self.roots())), None)
        return next(find_ui(selector, self.active_root()), None)

    def one(self, target: object) -> Node:
        """Find one object as ``find`` does; where there is none, raise UiObjectNotFoundException."""
        node = self.find(target)
        if node is None:
            raise not_found(target if isinstance(target, str) else parse(target))
        return node

    def keep(self, finder: Callable[[], Node | None]) -> str:
        """Return a handle, good for a minute, that stands for what ``finder`` finds."""
        now = self.device.clock.uptime
        self._handles = {key: kept for key, kept in self._handles.items() if kept[0] > now}
        while len(self._handles) >= MAX_HANDLES:
            del self._handles[next(iter(self._handles))]
        handle = str(uuid.uuid4())
        self._handles[handle] = (now + HANDLE_SECONDS, finder)
        return handle

    def handles(self) -> list[str]:
        """The handles that are still good."""
        return [key for key, kept in self._handles.items() if kept[0] > self.device.clock.uptime]

    def drop(self, handle: str) -> None:
        self._handles.pop(handle, None)

    def _of_handle(self, handle: str) -> Callable[[], Node | None]:
        kept = self._handles.get(handle)
        if kept is None or kept[0] <= self.device.clock.uptime:
            raise JavaError("androidx.test.uiautomator.UiObjectNotFoundException", f"UiObject {handle} not found!")
        return kept[1]

    async def settle(self) -> None:
        """UiDevice.waitForIdle, as far as something moves here: while an activity is on its way, for it to come."""
        clock = self.device.clock
        seen, since = None, clock.uptime
        while self.device.system.resumed is None and self.screen.on and clock.uptime - since < QUIET_SECONDS:
            shown = self.screen.signature()
            if shown != seen:
                seen, since = shown, clock.uptime
            await self.pass_time(POLL_SECONDS * 1000)

    async def pass_time(self, milliseconds: float) -> None:
        """Let device time pass; others are served meanwhile."""
        await self.device.clock.elapse(max(0.0, milliseconds) / 1000)

    async def until(self, condition: Callable[[], bool], timeout_ms: float) -> bool:
        """Wait until ``condition`` holds, at most ``timeout_ms`` of device time; others are served meanwhile."""
        clock = self.device.clock
        deadline = clock.uptime + timeout_ms / 1000
        seen: object = None
        while True:
            clock.catch_up()
            shown = self.screen.signature()
            if shown != seen and condition():
                return True
            seen = shown
            if clock.uptime >= deadline:
                return False
            await self.pass_time(1000 * min(POLL_SECONDS, max(0.001, deadline - clock.uptime)))

    # serving

    async def serve(self, connection: Connection) -> None:
        """Answer the requests of one connection until the client closes it."""
        reader = Reader(connection)
        while not self.stopped.is_set():
            try:
                request = await reader.request()
                if request is None:
                    return
                answer = await self._answer(request)
            except BadRequest as error:
                wall = self.device.clock.wall
                await connection.write(response(error.status, "text/plain", str(error).encode(), wall))
                return
            await connection.write(answer)

    async def _answer(self, request: Request) -> bytes:
        self.device.clock.catch_up()
        wall = self.device.clock.wall
        path = request.path.partition("?")[0]
        if path == "/jsonrpc/0" and request.method == "POST":
            return response(200, "application/json", await self.answer_rpc(request.body), wall)
        if path == "/ping":
            return response(200, "text/plain", b"pong", wall)
        if path == "/screenshot/0":
            await self.device.faults.delay("screencap")
            return response(200, "image/png", self.screen.png(), wall, chunked=True)
        if path == "/stop":
            self.stopped.set()
            return response(200, "text/plain", b"Server stopped!!!", wall)
        return response(404, "text/plain", b"Not Found!!!", wall)

    async def answer_rpc(self, body: bytes) -> bytes:
        """The reply to one JSON-RPC request, as bytes."""
        try:
            call = json.loads(body)
        except (ValueError, RecursionError):
            return _reply(None, error={"code": -32700, "message": "JSON parse error"})
        if not isinstance(call, dict) or not isinstance(call.get("method"), str):
            return _reply(None, error={"code": -32600, "message": "Invalid Request"})
        number, params = call.get("id"), call.get("params") or []
        if call["method"] not in METHODS or not isinstance(params, list):
            return _reply(number, error={"code": -32601, "message": "method not found"})
        try:
            result = await self.perform(call["method"], params)
        except InvalidParams:
            return _reply(number, error={"code": -32602, "message": "method parameters invalid"})
        except JavaError as error:
            return _reply(number, error={"code": -32001, "message": error.java_class, "data": error.data})
        return _reply(number, result=result)

    async def perform(self, name: str, params: list[Any]) -> object:
        """Answer one request for a method of the table; raises InvalidParams and JavaError."""
        if NOT_CONNECTED in self.device.faults.active:
            raise not_connected()
        if name in _INJECTING and not self.device.options.shell_holds("INJECT_EVENTS"):
            raise injection_refused()
        await self.device.faults.delay(_SLOW_WORK.get(name, ""))
        return await self.call(METHODS[name], params)

    async def call(self, method: Method, params: list[Any]) -> object:
        """Call one method of the table; raises InvalidParams where the number of parameters is wrong."""
        try:
            inspect.signature(method).bind(self, *params)
        except TypeError:
            raise InvalidParams(f"{len(params)} parameters") from None
        if method is screen_queries.dump_window_hierarchy or (params and isinstance(params[0], (dict, str))):
            await self.settle()
        result = method(self, *params)
        return await _awaited(result) if inspect.isawaitable(result) else result


async def _awaited(result: Awaitable[object]) -> object:
    return await result


def _reply(number: object, *, result: object = None, error: dict[str, object] | None = None) -> bytes:
    reply: dict[str, object] = {"jsonrpc": "2.0", "id": number}
    if error is not None:
        reply["error"] = error
    else:
        reply["result"] = result
    return json.dumps(reply, ensure_ascii=False).encode("utf-8", "replace")
