"""A mark on the phone that says who uses it: users, containers, computers and adb servers may share nothing else.

It is a folder that a shell of ours on the phone makes, keeps and removes when its connection ends. At each sign of
life that the computer sends, the shell looks whether the mark is another's now, and tells. A mark whose shell has ended
is nobody's, and so is one without a sign of life for STALE_SECONDS of the phone's clock since boot, if none comes while
it is watched either: a virtual device skips hours in between.
"""

from __future__ import annotations

import getpass
import json
import re
import shlex
import socket
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from secrets import token_hex

from harness.device.protocol import ByteStream, Device
from harness.errors import DeviceLost, HarnessError
from harness.language import _
from harness.recording.run_format import MARK

STALE_SECONDS = 60.0
BEAT_SECONDS = 5.0
ANSWER_SECONDS = 15.0
"""For the answer to a sign of life; without one the connection counts as broken [PROJECT]."""
_TEXT_LIMIT = 200  # characters of each thing that a holder tells of itself
_TELLS = ("user", "host", "pid", "app", "command", "since")
_TOKEN = re.compile(r"[0-9a-f]{16}")
_TRIES = 5  # of taking a mark that others take and leave meanwhile
_BLANK = "-"  # for the token of a mark that nobody can read

# What the shell on the phone does: take the mark of $old away, make our own, keep it.
_KEEP = """
umask 0
if [ "$old" = {blank} ]; then
  rm -rf $m
elif [ -n "$old" ]; then
  if mv $m $m.$$ 2>/dev/null; then
    if grep -q "$old" $m.$$/holder; then rm -rf $m.$$; else mv $m.$$ $m; fi
  fi
fi
mkdir $m 2>/dev/null || {{ if [ -e $m ]; then echo taken; else echo refused; fi; exit 0; }}
trap 'rm -rf $m' EXIT
trap 'exit 0' HUP INT TERM PIPE
echo $new > $m/token
read up rest < /proc/uptime
echo $up > $m/beat
printf '%s\\n' "{{\\"shell\\": $$, $about" > $m/holder
echo held
while read line; do
  token=
  read token < $m/token
  if [ "$token" != "$new" ]; then trap - EXIT; echo lost; exit 0; fi
  read up rest < /proc/uptime
  echo $up > $m/beat
  echo alive
done
"""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever uses a phone, as the mark tells it: words of others."""

    token: str
    tells: Mapping[str, str]
    shell: int
    beat: float
    """The phone's uptime at its last sign of life."""
    uptime: float

    @property
    def late(self) -> bool:
        """Whether its last sign of life is too long ago."""
        return not 0 <= self.uptime - self.beat <= STALE_SECONDS


NOBODY = Holder("", {}, 0, 0.0, 0.0)
"""Whoever left no readable mark."""


class PhoneMark:
    """The mark of one use of a phone; made by ``place``."""

    def __init__(self, device: Device, about: Mapping[str, str]) -> None:
        """``about`` tells others who we are."""
        self._device, self._about = device, about
        self._token = token_hex(8)
        self._stream: ByteStream | None = None
        self._beating = threading.Lock()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="phone-mark", daemon=True)
        self.seen = time.monotonic()
        """Host time at which the mark was ours for the last time that is known."""
        self.other: Holder | None = None
        """Whoever took the phone while we used it."""

    @classmethod
    def place(cls, device: Device, about: Mapping[str, str]) -> PhoneMark | Holder:
        """Mark the phone as used by us; whoever uses it, where somebody does."""
        mark = cls(device, about)
        try:
            holder = mark._take()
        except BaseException:
            mark._drop()
            raise
        if holder is not None:
            return holder
        mark._thread.start()
        return mark

    def beat(self) -> None:
        """Give a sign of life, and see whether the mark is still ours; ``other`` is set where it is not.

        A mark that went with its shell, because the phone was away, is placed again.
        """
        with self._beating:
            if self.other is not None or self._ending.is_set():
                return
            answer = self._answer()
            if answer == "alive":
                self.seen = time.monotonic()
                return
            with suppress(HarnessError):  # a phone that is away has no user
                self._drop()
                # a mark that went while its shell stayed was taken away; whoever did may have left again
                self.other = read_mark(self._device) or NOBODY if answer == "lost" else self._take()

    def release(self) -> bool:
        """Take the mark away; False where the phone was not there for it. Harmless when that was done."""
        self._ending.set()
        with self._beating:
            there = self._answer() == "alive"
            self._drop()
            there = there or self._cleared()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(BEAT_SECONDS)
        return there

    def _cleared(self) -> bool:
        """Take away what a shell that was killed, by a reboot for example, left; False where the phone is not there."""
        try:
            holder = read_mark(self._device)
            if holder is not None and holder.token == self._token:
                self._device.shell(["rm", "-rf", MARK])
        except HarnessError:
            return False
        return True

    def _keep(self) -> None:
        while not self._ending.wait(BEAT_SECONDS):
            self.beat()

    def _answer(self) -> str:
        """The shell's answer to a sign of life; empty where it is gone."""
        if self._stream is None:
            return ""
        late = threading.Timer(ANSWER_SECONDS, self._stream.close)  # a phone that is away may leave a read waiting for minutes
        late.daemon = True
        late.start()
        try:
            self._stream.send(b"\n")
            return self._line()
        except HarnessError:
            return ""
        finally:
            late.cancel()

    def _line(self) -> str:
        """The next line that the shell prints."""
        assert self._stream is not None
        text = b""
        while not text.endswith(b"\n"):
            chunk = self._stream.read()
            if not chunk:
                raise DeviceLost(_("{serial}: the shell that marks it as in use ended", serial=self._device.serial))
            text += chunk
        return text.decode("utf-8", "replace").strip()

    def _drop(self) -> None:
        if self._stream is not None:
            stream, self._stream = self._stream, None
            stream.close()

    def _take(self) -> Holder | None:
        unread = False
        for _try in range(_TRIES):
            holder = read_mark(self._device)
            if holder is not None and holder.token != self._token and self._lives(holder):
                return holder
            self._stream = self._device.stream(["eval", self._script(holder.token if holder is not None else _BLANK if unread else "")])
            answer = self._line()
            self.seen = time.monotonic()
            if answer == "held":
                return None
            self._drop()
            if answer == "refused":  # no room, or nothing may be written: what a check needs besides is asked for later
                self._ending.set()
                return None
            if unread := holder is None:
                time.sleep(BEAT_SECONDS)  # who makes a mark just now writes what stands in it
        return read_mark(self._device) or NOBODY

    def _script(self, old: str) -> str:
        about = json.dumps({"token": self._token} | {key: self._about.get(key, "")[:_TEXT_LIMIT] for key in _TELLS}).removeprefix("{")
        values = {"m": MARK, "old": old, "new": self._token}
        head = "; ".join(f"{name}={shlex.quote(value)}" for name, value in values.items())  # who we are stands in no journal: a line below
        return f"{head}\nabout={shlex.quote(about)}{_KEEP.format(blank=_BLANK)}"

    def _lives(self, holder: Holder) -> bool:
        """Whether somebody stands behind a mark still: its shell is there, and signs of life come."""
        command = self._device.shell(["cat", f"/proc/{holder.shell}/cmdline"]).stdout
        if holder.token not in command:
            return False
        deadline = time.monotonic() + 2 * BEAT_SECONDS
        while holder.late and time.monotonic() < deadline:
            time.sleep(BEAT_SECONDS / 5)
            now = read_mark(self._device)
            if now is None or (now.token, now.beat) != (holder.token, holder.beat):
                return now is not None
        return not holder.late


def about_us(app: str, pid: int, command: str, since: str) -> dict[str, str]:
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container or a service without a name for its user
        user = ""
    return {"user": user, "host": socket.gethostname(), "pid": str(pid), "app": app, "command": command, "since": since}


def read_mark(device: Device) -> Holder | None:
    """The holder of a phone; None where nobody marked it, or what stands there is none of our marks."""
    lines = device.shell(["cat", f"{MARK}/holder", f"{MARK}/beat", "/proc/uptime"]).stdout.splitlines()
    try:
        told = json.loads(lines[0][: 8 * _TEXT_LIMIT * len(_TELLS)])
        token, shell = str(told["token"]), int(told["shell"])
        tells = {key: _clean(str(told.get(key, ""))) for key in _TELLS}
        beat, uptime = float(lines[1]), float(lines[2].split()[0])
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return None
    return Holder(token, tells, shell, beat, uptime) if _TOKEN.fullmatch(token) else None


def _clean(text: str) -> str:
    """What another wrote, as a part of one line."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text[:_TEXT_LIMIT]).split())
