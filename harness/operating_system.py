"""What Windows does in its own way: signals that end a program, families of processes, waiting, renaming, paths.

With ``device/file_lock.py`` and ``recording/disk.py`` the place for it; ``tests/house/test_posix_calls.py`` has the
list. CI has no Windows: the calls are faked there, and mypy reads all code as Windows would.
"""

import os
import shlex
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

STOP_SIGNALS: tuple[signal.Signals, ...] = (signal.SIGINT, signal.SIGTERM)
"""The signals by which a person, a shell or a service ends a program."""
APART: dict[str, Any] = {"start_new_session": True}
"""How a program is started that Ctrl-C on the terminal shall not reach: what is in use until the run is sealed."""
HEARING: dict[str, Any] = APART
"""How a program is started that hears of a signal by us alone, once."""
if sys.platform == "win32":
    STOP_SIGNALS += (signal.SIGBREAK,)  # Ctrl-Break; other programs cannot send SIGTERM there, they end a process at once
    APART = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}  # Ctrl-Break goes to all of a console
    HEARING = {}  # the console tells them itself
LONGEST_PATH = 259
"""Signs of a path on Windows, where nobody allowed more (Win32, Maximum Path Length Limitation: 260 with the end)."""
_PIECE_SECONDS = 0.5
_SCANNED_SECONDS, _PAUSE_SECONDS = 3.0, 0.05


class Listener(NamedTuple):
    """A program that listens on a port; ``name`` is empty where the system does not tell it to this user."""

    name: str
    pid: int


def lead_group() -> None:
    """Make this process the leader of a group, so that ``kill_family`` finds what it starts; Windows knows that."""
    if sys.platform != "win32":
        os.setsid()


def kill_family(pid: int) -> None:
    """End a leader and whatever it started, at once; harmless where it is gone."""
    if sys.platform == "win32":
        import psutil  # not at the start of every command

        with suppress(psutil.NoSuchProcess):
            leader = psutil.Process(pid)
            for process in (*leader.children(recursive=True), leader):  # itself last: it may be us
                with suppress(psutil.Error):
                    process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


def signal_main(number: int) -> None:
    """Have the main thread hear a signal; on Windows not before it comes back from what it waits for."""
    if sys.platform == "win32":
        signal.raise_signal(number)
    else:
        signal.pthread_kill(threading.main_thread().ident or 0, number)


def wait(event: threading.Event, seconds: float) -> bool:
    """``event.wait(seconds)``, in which Ctrl-C is heard: Windows leaves a lock for no signal, so it waits in pieces."""
    end = time.monotonic() + seconds
    piece = _PIECE_SECONDS if sys.platform == "win32" else seconds
    while not event.wait(max(0.0, min(piece, end - time.monotonic()))):
        if time.monotonic() >= end:
            return False
    return True


def renamed(rename: Callable[[], object]) -> None:
    """Rename a file or folder; Windows refuses while it is open somewhere, so there it is tried for some seconds.

    Who has it open is often a virus scanner, which looks at what was just written. Raises what the last try raised.
    """
    end = time.monotonic() + (_SCANNED_SECONDS if sys.platform == "win32" else 0.0)
    while True:
        try:
            rename()
        except PermissionError:
            if time.monotonic() >= end:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def typed(words: Sequence[str]) -> str:
    """A command as it is typed in the shell of this system."""
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


def install_command(extra: str) -> str:
    """What installs an extra into the Python that runs this; ``make`` leaves no pip there, so that comes first."""
    pip = typed((sys.executable, "-m", "pip", "install", f".[{extra}]"))
    return pip if find_spec("pip") else f"{typed((sys.executable, '-m', 'ensurepip'))} && {pip}"


def is_too_long(path: Path, room: int) -> bool:
    """Whether paths of ``room`` more signs below ``path`` are longer than this system takes."""
    return sys.platform == "win32" and len(str(path.absolute())) + 1 + room > LONGEST_PATH and not _takes_long_paths()


def _takes_long_paths() -> bool:
    """Whether the owner of this Windows allowed longer paths (Win32, the same page: LongPathsEnabled)."""
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SYSTEM\CurrentControlSet\Control\FileSystem") as key:
            return bool(winreg.QueryValueEx(key, "LongPathsEnabled")[0] == 1)
    return False


def listener(port: int) -> Listener | None:
    """Who listens on a TCP port of this computer; None where the system tells nobody's name."""
    import psutil

    for process in psutil.process_iter():  # macOS tells an ordinary user of their own processes only, one by one
        with suppress(psutil.Error, OSError):
            if any(each.status == psutil.CONN_LISTEN and each.laddr.port == port for each in process.net_connections("tcp")):
                return Listener(process.name(), process.pid)
    return None
