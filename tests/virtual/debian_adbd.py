"""Debian's own adbd (package ``adbd``) as another device to compare with.

It listens on every interface, asks for no key and runs commands on the machine it is on. So it gets namespaces of its
own for network, mounts and processes, an empty /tmp, and the user nobody; the connections to it are made inside and
handed out.
"""

import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

from tests.virtual.adb_calls import DEADLINE
from tools.peers.namespace import raise_loopback

PROGRAM = Path("/usr/lib/android-sdk/platform-tools/adbd")
_PORT = 16555  # of its own namespace
_NOBODY = "65534"
_WAYS = (["--net", "--mount", "--pid"], ["--map-root-user", "--net", "--mount", "--pid"])


class Unavailable(Exception):
    """There is no such adbd here, or no namespace to run it in."""


class DebianAdbd:
    """adbd for the time of a ``with``."""

    def __init__(self) -> None:
        if not PROGRAM.is_file():
            raise Unavailable("no adbd: apt-get install adbd")
        self._way = next((way for way in _WAYS if _possible(way)), None)
        if self._way is None:
            raise Unavailable("no adbd: no namespaces to run it in")

    def __enter__(self) -> Self:
        self._control, inside = socket.socketpair()
        assert self._way is not None
        with inside:
            self._process = subprocess.Popen(
                ["unshare", *self._way, "--fork", "--kill-child", "--", sys.executable, "-m", __name__, str(inside.fileno())],
                pass_fds=[inside.fileno()],
                cwd=Path(__file__).parents[2],
            )
        self._control.settimeout(DEADLINE)
        self.connect().close()
        return self

    def __exit__(self, *details: object) -> None:
        self._control.close()
        self._process.terminate()
        self._process.wait(DEADLINE)

    def connect(self) -> socket.socket:
        self._control.sendall(b"c")
        data, descriptors, _, _ = socket.recv_fds(self._control, 1, 1)
        if not data:
            raise Unavailable("no adbd: it does not start")
        connection = socket.socket(fileno=descriptors[0])
        connection.settimeout(DEADLINE)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection


def _possible(way: list[str]) -> bool:
    command = ["unshare", *way, "--fork", "mount", "-t", "tmpfs", "none", "/mnt"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _serve(control: socket.socket) -> None:
    """Run inside: start adbd and hand out connections to it until the other side closes."""
    raise_loopback()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=1777", "none", "/tmp"], check=True)
    unprivileged = ["setpriv", "--reuid", _NOBODY, "--regid", _NOBODY, "--clear-groups", "--no-new-privs"]
    is_root = Path("/proc/self/uid_map").read_text(encoding="ascii").split()[:3] == ["0", "0", "4294967295"]
    adbd = subprocess.Popen(
        [*(unprivileged if is_root else []), str(PROGRAM)],
        env={"ADBD_PORT": str(_PORT), "PATH": "/usr/bin:/bin", "HOME": "/tmp", "TMPDIR": "/tmp"},
        cwd="/tmp",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _listening()
        while control.recv(1):
            with socket.create_connection(("127.0.0.1", _PORT)) as connection:
                socket.send_fds(control, [b"c"], [connection.fileno()])
    finally:
        adbd.kill()


def _listening() -> None:
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", _PORT), 1.0):
            return
        os.sched_yield()
    raise SystemExit("adbd does not listen")


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
