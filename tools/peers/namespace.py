"""A network namespace of its own: port 5037 is free there, and nothing reaches the machine's adb server or phones."""

import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys

_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 0x1  # SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP of linux/sockios.h and if.h
INSIDE = "PEERS_INSIDE"


def inside() -> bool:
    """Whether this process was started by ``enter``."""
    return os.environ.get(INSIDE) == "1"


def enter(module: str, arguments: list[str]) -> int:
    """Run ``python -m module`` again in a namespace and return its exit code.

    2, with a line, where there can be none.
    """
    way = next((each for each in (["-n"], ["-r", "-n"]) if _possible(each)), None)
    if way is None:
        print("peers: this machine gives no network namespace (unshare -n, unshare -rn), so port 5037 cannot be had", file=sys.stderr)
        return 2
    command = ["unshare", *way, "--", sys.executable, "-m", module, *arguments]
    return subprocess.run(command, env={**os.environ, INSIDE: "1"}, check=False).returncode


def raise_loopback() -> None:
    """Switch on the interface ``lo``, which a new namespace has switched off."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, _GET_FLAGS, request))[1]
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", flags | _UP))


def _possible(options: list[str]) -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run(["unshare", *options, "true"], capture_output=True, check=False).returncode == 0
