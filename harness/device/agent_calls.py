"""Calls to the uiautomator2 server of a device over one connection that is kept open.

The library opens one for each call, which costs a round through the adb server and back. The format is its own:
JSON-RPC in HTTP on the device's port 9008; errors carry the Java class as message and the stack trace as data.
"""

from __future__ import annotations

import json
import select
import socket
import time
from http.client import HTTPConnection
from typing import Any

from harness.device.adb_link import FastDevice, NotListening

PORT = 9008
KEEP_SECONDS = 2.0
"""How long a connection may be unused and is trusted still: the server hangs up after five (NanoHTTPD,
SOCKET_READ_TIMEOUT)."""
_LOST = ("UiAutomation not connected", "android.os.DeadObjectException", "android.os.DeadSystemRuntimeException")


class NoAnswer(Exception):
    """The server cannot be reached, or has lost the system: nothing was done, and it must be started again."""


class Refused(Exception):
    """The server answered with an error; the text says which."""


class AgentCalls:
    """The calls of one device."""

    def __init__(self, device: FastDevice) -> None:
        self._device = device
        self._open: _Connection | None = None
        self._used = 0.0

    def call(self, method: str, params: list[Any], timeout: float) -> Any:
        """Return the result of a call.

        Raises NoAnswer, Refused, OSError and HTTPException where it broke off, ValueError for no JSON.
        """
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
        connection = self._connection(timeout)
        self._open = None
        try:
            connection.request("POST", "/jsonrpc/0", body, {"Content-Type": "application/json", "Accept-Encoding": ""})
            response = connection.getresponse()
            content = response.read()
        except BaseException:
            connection.close()
            raise
        if str(response.headers.get("Connection")).lower() == "keep-alive" and connection.sock is not None:
            self._open, self._used = connection, time.monotonic()
        else:
            connection.close()
        if response.status != 200:
            raise NoAnswer(f"HTTP {response.status} {response.reason}")
        return _result(json.loads(content))

    def hang_up(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None

    def _connection(self, timeout: float) -> _Connection:
        kept = self._open
        if kept is not None and kept.sock is not None:
            fresh = time.monotonic() - self._used < KEEP_SECONDS
            if fresh and not select.select([kept.sock], [], [], 0)[0]:  # something to read now can only be its end
                kept.sock.settimeout(timeout)
                return kept
        self.hang_up()
        connection = _Connection(self._device)
        try:
            connection.connect()
        except NotListening as error:
            raise NoAnswer(str(error)) from error
        connection.sock.settimeout(timeout)
        return connection


class _Connection(HTTPConnection):
    """HTTP over a socket of the device."""

    def __init__(self, device: FastDevice) -> None:
        super().__init__("localhost", PORT)
        self._device = device
        self.sock: socket.socket

    def connect(self) -> None:
        self.sock = self._device.open_port(PORT)


def _result(answer: object) -> Any:
    if not isinstance(answer, dict) or ("result" not in answer and "error" not in answer):
        raise Refused("no result in the answer")
    error = answer.get("error")
    if error is None:
        return answer.get("result")
    said = f"{error.get('message', '')}: {str(error.get('data') or '')[:2000]}" if isinstance(error, dict) else str(error)
    if any(word in said for word in _LOST):
        raise NoAnswer(said)
    raise Refused(said)
