"""What a suite finds: an adb server on port 5037 and one virtual device connected to it, each its own process."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.framework.permissions.permissions import BACKGROUND
from harness.device.adb_server import PrivateAdbServer
from tools.peers.environment import ROOT, codecs

ADB_PORT = 5037
_END_SECONDS = 10.0


class StageProblem(Exception):
    """Device or server do not come up; the text says which."""


@contextmanager
def stage(apps: list[Path]) -> Iterator[dict[str, str]]:
    """Serve one device with ``apps`` for the time of a ``with``; gives the environment of programs that use it."""
    command = [sys.executable, "-m", "harness.cli", "virtual", *(word for app in apps for word in ("--app", str(app)))]
    paths = [str(ROOT), str(codecs()), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    device = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert device.stdout is not None
        serial = device.stdout.readline().strip()  # empty when the process ended, which it does on any error
        if not serial:
            raise StageProblem(f"the virtual device does not start (exit code {device.wait(_END_SECONDS)})")
        with PrivateAdbServer(ADB_PORT) as server:
            for arguments in (("connect", serial), ("-s", serial, "wait-for-device")):
                done = server.run(*arguments)
                if done.returncode:
                    raise StageProblem(f"adb {' '.join(arguments)}: {done.stdout.decode('utf-8', 'replace').strip()}")
            for app in (app for file in apps for app in load_app_file(file) if app.target_sdk < 23):
                for permission in (*app.permissions, BACKGROUND):  # as install -g: else Android's review comes before its first start
                    server.run("-s", serial, "shell", "pm", "grant", app.package, permission)
            environment = server.environment()
            yield {**environment, "PEERS_SERIAL": serial, "PATH": f"{server.adb.parent}:{environment.get('PATH', '')}"}
    finally:
        device.terminate()
        try:
            device.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            device.kill()
            device.wait()
