"""What test_device.py of packages/modules/adb uses of AOSP's Python package ``adb``, over the adb program on PATH.

Written from those uses. As there, a call that fails raises subprocess.CalledProcessError with the output as bytes,
while the output of one that works is text.
"""

import atexit
import os
import subprocess
from collections.abc import Sequence
from functools import cached_property
from typing import Any


class ShellError(RuntimeError):
    """A shell command ended with an exit code other than 0."""

    def __init__(self, command: Sequence[str], status: int, stdout: str, stderr: str) -> None:
        super().__init__(f"{' '.join(command)} exited with {status}: {stderr or stdout}")
        self.cmd, self.exit_code, self.stdout, self.stderr = command, status, stdout, stderr


class AndroidDevice:
    """One device, by serial, else the only one there is."""

    linesep = "\n"  # of output without a terminal, since Android 6

    def __init__(self, serial: str | None = None) -> None:
        self.serial = serial
        self.adb_cmd = ["adb", *(["-s", serial] if serial else [])]

    # shell
    @cached_property
    def features(self) -> frozenset[str]:
        return frozenset(self._simple_call(["features"]).split())

    def has_shell_protocol(self) -> bool:
        """Whether outputs are apart and exit codes come through."""
        return "shell_v2" in self.features

    def shell(self, cmd: Sequence[str]) -> tuple[str, str]:
        """Run a command; returns its outputs or raises ShellError."""
        status, stdout, stderr = self.shell_nocheck(cmd)
        if status:
            raise ShellError(cmd, status, stdout, stderr)
        return stdout, stderr

    def shell_nocheck(self, cmd: Sequence[str]) -> tuple[int, str, str]:
        """Run a command; returns exit code, standard output and standard error."""
        done = subprocess.run([*self.adb_cmd, "shell", *cmd], capture_output=True, check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def shell_popen(self, cmd: Sequence[str], *, kill_atexit: bool = True, **arguments: Any) -> subprocess.Popen[bytes]:
        """Start a command in a process group of its own."""
        process: subprocess.Popen[bytes] = subprocess.Popen([*self.adb_cmd, "shell", *cmd], start_new_session=True, **arguments)
        if kill_atexit:
            atexit.register(process.kill)
        return process

    def get_prop(self, name: str) -> str:
        return self.shell(["getprop", name])[0].strip()

    def set_prop(self, name: str, value: str) -> None:
        self.shell(["setprop", name, value])

    # files
    def push(self, local: str | list[str], remote: str, *, sync: bool = False) -> str:
        """Copy to the device; ``sync``: only what is newer."""
        sources = [local] if isinstance(local, str) else local
        return self._simple_call(["push", *(["--sync"] if sync else []), *sources, remote])

    def pull(self, remote: str, local: str) -> str:
        return self._simple_call(["pull", remote, local])

    def sync(self, directory: str) -> str:
        """Copy what is newer in $ANDROID_PRODUCT_OUT."""
        return self._simple_call(["sync", directory])

    def install(self, filename: str) -> str:
        return self._simple_call(["install", filename])

    # sockets
    def forward(self, local: str, remote: str) -> str:
        """Lead a socket of the host to the device."""
        return self._simple_call(["forward", local, remote])

    def forward_no_rebind(self, local: str, remote: str) -> str:
        """Lead a socket that is not led anywhere yet."""
        return self._simple_call(["forward", "--no-rebind", local, remote])

    def forward_list(self) -> str:
        """List what is led to the device."""
        return self._simple_call(["forward", "--list"])

    def forward_remove(self, local: str) -> str:
        return self._simple_call(["forward", "--remove", local])

    def forward_remove_all(self) -> str:
        return self._simple_call(["forward", "--remove-all"])

    def reverse(self, remote: str, local: str) -> str:
        """Lead a socket of the device to the host."""
        return self._simple_call(["reverse", remote, local])

    def reverse_no_rebind(self, remote: str, local: str) -> str:
        """Lead a socket that is not led anywhere yet."""
        return self._simple_call(["reverse", "--no-rebind", remote, local])

    def reverse_list(self) -> str:
        """List what is led to the host."""
        return self._simple_call(["reverse", "--list"])

    def reverse_remove(self, remote: str) -> str:
        return self._simple_call(["reverse", "--remove", remote])

    def reverse_remove_all(self) -> str:
        return self._simple_call(["reverse", "--remove-all"])

    # adbd
    def root(self) -> str:
        return self._simple_call(["root"])

    def unroot(self) -> str:
        return self._simple_call(["unroot"])

    def tcpip(self, port: str) -> str:
        return self._simple_call(["tcpip", port])

    def wait(self) -> str:
        return self._simple_call(["wait-for-device"])

    def _simple_call(self, cmd: Sequence[str]) -> str:
        return subprocess.check_output([*self.adb_cmd, *cmd], stderr=subprocess.STDOUT).decode()


def get_device(serial: str | None = None) -> AndroidDevice:
    """Return the device of ``serial``, of $ANDROID_SERIAL, or the only one."""
    return AndroidDevice(serial or os.environ.get("ANDROID_SERIAL"))
