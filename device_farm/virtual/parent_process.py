"""The end of the program that started this one: noticed by the end of standard input, on every platform.

The parent holds the other end of the pipe and nobody else does, so it closes when the parent ends, also by SIGKILL. A
line ``adb-server PORT`` that comes before tells which adb server is the parent's own and shall not outlive it either.
"""

import os
import socket
import threading
from collections.abc import Callable

KILL_SECONDS = 2.0  # for an adb server to take the message that ends it
_LINE_LIMIT = 4096  # bytes that are kept of what a parent says


def watch_parent(gone: Callable[[], None]) -> None:
    """Call ``gone``, in a thread, when standard input ends; the parent's adb servers are ended before."""
    threading.Thread(target=_watch, args=(gone,), name="parent", daemon=True).start()


def end_adb_server(port: int) -> None:
    """Tell the adb server on ``port`` to end, as ``adb kill-server`` does (SERVICES.TXT host:kill); raises OSError."""
    message = b"host:kill"
    with socket.create_connection(("127.0.0.1", port), timeout=KILL_SECONDS) as connection:
        connection.sendall(b"%04x%b" % (len(message), message))


def _watch(gone: Callable[[], None]) -> None:
    said = b""
    try:
        while data := os.read(0, _LINE_LIMIT):  # not sys.stdin: its lock would hold the interpreter at the end
            said = (said + data)[-_LINE_LIMIT:]
    except OSError:
        pass
    for port in _adb_ports(said):
        try:
            end_adb_server(port)
        except OSError:
            continue  # it ended with its parent
    gone()


def _adb_ports(said: bytes) -> list[int]:
    lines = [line.split() for line in said.splitlines()]
    numbers = [words[1] for words in lines if len(words) == 2 and words[0] == b"adb-server" and words[1].isdigit()]
    return [int(number) for number in numbers if 0 < int(number) < 65536]
