"""The way to one device through the adb server: adbutils without its waits, its errors in our own words.

adbutils leaves Nagle's algorithm on (each two-part request waits for a delayed acknowledgement, 40 ms), sleeps 10 ms at
every close and asks the server's version before every request. The subclasses here mend the three; uiautomator2 takes
the device object and so gets the same. The private names that this needs, ``AdbConnection._safe_connect`` and
``AdbDevice._client``, are pinned by tests/unit/adb/test_adb_link.py.

Protocol: AOSP packages/modules/adb, docs/dev/services.md and SERVICES.TXT; error texts: transport.cpp,
``acquire_one_transport``.
"""

import os
import socket
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from weakref import WeakSet

import adbutils
from adbutils.errors import AdbConnectionError

from harness.errors import DeviceLost, DeviceTimeout, HarnessError
from harness.language import Text, _, quoted

CALL_SECONDS = 30.0
_SERVER_SECONDS = 3.0
_TRANSPORT_ID_SIZE = 8
_CHUNK = 1 << 16
_ENDED = "Unknown data: b''"  # adbutils: the connection ended where an answer was due
_CLOSED = "closed"  # sockets.cpp, local_socket_close_notify: the device closed it, or its transport went, before its OKAY
_REFUSALS = (  # words in the server's answer, what to do about it
    ("unauthorized", _("{serial} does not trust this computer yet: unlock the phone and allow USB debugging")),
    ("authorizing", _("{serial} does not trust this computer yet: unlock the phone and allow USB debugging")),
    ("offline", _("{serial} is offline: reconnect the cable or run 'adb reconnect'")),
    ("connecting", _("{serial} is offline: reconnect the cable or run 'adb reconnect'")),
    ("unknown host service", _("{serial} cannot be reached through this old adb server: update Android platform-tools")),
    ("not found", _("{serial} is not connected: plug it in, or see 'apprights devices' for what is there")),
    ("permissions", _("{serial} may not be opened by this user: set up the udev rules for the phone, then reconnect it")),
)


def server_port(port: int | None = None) -> int:
    """Return ``port``, else ANDROID_ADB_SERVER_PORT, else adb's own 5037."""
    if port is not None:
        return port
    text = os.environ.get("ANDROID_ADB_SERVER_PORT", "") or "5037"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise HarnessError(_("ANDROID_ADB_SERVER_PORT is '{text}': set it to a port number or remove it", text=text))
    return int(text)


class CommandListener:
    """A listener to the shell commands that go to one device; nobody listens at first."""

    def __init__(self) -> None:
        self.hear: Callable[[str], None] | None = None

    def service(self, name: str) -> None:
        """Tell the command of a service that adbd runs in a shell (daemon/services.cpp: ``shell...:``, ``exec:``)."""
        kind, colon, command = name.partition(":")
        if self.hear is not None and colon and kind.partition(",")[0] in ("shell", "exec"):
            self.hear(command)


class FastConnection(adbutils.AdbConnection):  # type: ignore[misc]
    """A connection to the adb server that sends at once, closes at once and starts no server by itself."""

    def __init__(self, host: str, port: int, timeout: float | None) -> None:
        self._address, self._timeout = (host, port), timeout
        self.ear: CommandListener | None = None
        super().__init__(host, port)

    def send_command(self, cmd: str) -> None:
        """Send a request; one for a shell of the device is told to the ear first."""
        if self.ear is not None:
            self.ear.service(cmd)
        super().send_command(cmd)

    def _safe_connect(self) -> socket.socket:
        try:
            made = socket.create_connection(self._address, timeout=_SERVER_SECONDS)
        except OSError as error:
            raise AdbConnectionError(str(error)) from error
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        made.settimeout(self._timeout)
        return made

    def close(self) -> None:
        """Close without waiting; a thread that reads from the connection sees its end."""
        with suppress(OSError):  # the other side closed it first
            self.conn.shutdown(socket.SHUT_RDWR)
        self.conn.close()


class FastClient(adbutils.AdbClient):  # type: ignore[misc]
    """The adb server on one port of this computer."""

    def __init__(self, port: int) -> None:
        super().__init__(host="127.0.0.1", port=port)

    def make_connection(self, timeout: float | None = None) -> FastConnection:
        """Connect; ``timeout`` in seconds is for each read and write that follows."""
        return FastConnection(self.host, self.port, timeout)

    def query(self, request: str, *, timeout: float = 10.0) -> str:
        """Ask the server itself, e.g. ``host:devices``; the answer's text."""
        with self.make_connection(timeout=timeout) as connection:
            connection.send_command(request)
            connection.check_okay()
            return str(connection.read_string_block())


class FastDevice(adbutils.AdbDevice):  # type: ignore[misc]
    """What uiautomator2 is given too; its calls, which adbutils lets hang for ten minutes, end in CALL_SECONDS."""

    def __init__(self, port: int, serial: str, ear: CommandListener | None = None) -> None:
        super().__init__(FastClient(port), serial=serial)
        self._ear = ear
        self._open: WeakSet[FastConnection] = WeakSet()

    def open_transport(self, command: str | None = None, timeout: float | None = CALL_SECONDS) -> FastConnection:
        """Connect to the device for a service that follows, or to the server for a ``command`` about the device."""
        connection: FastConnection = self._client.make_connection(timeout=timeout)
        try:
            about = f"host-serial:{self.serial}:{command}" if command else f"host:tport:serial:{self.serial}"
            connection.send_command(about)
            connection.check_okay()
            if not command:
                connection.read_exact(_TRANSPORT_ID_SIZE)
                connection.ear = self._ear
        except BaseException:
            connection.close()
            raise
        self._open.add(connection)
        return connection

    def hang_up(self) -> None:
        """Close every connection that is still open."""
        for connection in list(self._open):
            connection.close()

    def create_connection(self, network: Any, address: Any) -> socket.socket:
        """Connect to a socket on the device; without this, a read from it has no time limit."""
        connection: socket.socket = super().create_connection(network, address)
        connection.settimeout(CALL_SECONDS)
        return connection

    def open_port(self, port: int) -> socket.socket:
        """Connect to a TCP port of the device; raises NotListening."""
        try:
            return self.create_connection(adbutils.Network.TCP, port)
        except adbutils.AdbError as error:
            raise NotListening(str(error)) from error


class NotListening(ConnectionError):
    """Nobody listens on a port of the device, or there is no device."""


class Unanswered(DeviceLost):
    """A service was asked for, and the device closed it or went before it answered: which, nobody can tell yet."""


class Channel(ABC):
    """Bytes to and from one service of the device, with one deadline for all of them.

    Every method raises TimeoutError at the deadline and OSError when the connection breaks.
    """

    @abstractmethod
    def send(self, data: bytes) -> None:
        """Send all of ``data``."""

    @abstractmethod
    def answered(self) -> bool:
        """Whether there is something to read already, be it the end."""

    @abstractmethod
    def receive(self, size: int = _CHUNK) -> bytes:
        """Up to ``size`` bytes as they come; empty at the end."""

    @abstractmethod
    def receive_into(self, view: memoryview) -> int:
        """Fill the front of ``view``; the number of bytes, 0 at the end."""

    @abstractmethod
    def finish(self, seconds: float) -> None:
        """Tell the service to end; what it has sent, then the end, can be read for ``seconds`` more."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the connection; a read in another thread ends."""

    def exactly(self, size: int) -> bytes:
        """Return ``size`` bytes; raises EOFError when the connection ends before."""
        data = bytearray(size)
        view, got = memoryview(data), 0
        while got < size:
            more = self.receive_into(view[got:])
            if not more:
                raise EOFError
            got += more
        return bytes(data)

    def rest(self, limit: int) -> bytes:
        """All bytes to the end, at most ``limit``; what comes after is left unread."""
        data = bytearray()
        while len(data) < limit and (chunk := self.receive(min(_CHUNK, limit - len(data)))):
            data += chunk
        return bytes(data)


class SocketChannel(Channel):
    """A channel through the adb server."""

    def __init__(self, connection: socket.socket, timeout: float | None) -> None:
        self._socket = connection
        self._deadline = None if timeout is None else time.monotonic() + timeout

    def _arm(self) -> None:
        if self._deadline is None:
            self._socket.settimeout(None)
            return
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._socket.settimeout(left)

    def send(self, data: bytes) -> None:
        self._arm()
        self._socket.sendall(data)

    def answered(self) -> bool:
        """Whether there is something to read already, be it the end."""
        self._socket.setblocking(False)
        try:
            return len(self._socket.recv(1, socket.MSG_PEEK)) >= 0
        except BlockingIOError:
            return False

    def receive(self, size: int = _CHUNK) -> bytes:
        """Up to ``size`` bytes as they come; empty at the end."""
        self._arm()
        return self._socket.recv(size)

    def receive_into(self, view: memoryview) -> int:
        """Fill the front of ``view``; the number of bytes, 0 at the end."""
        self._arm()
        return self._socket.recv_into(view)

    def finish(self, seconds: float) -> None:
        """Tell the service to end; what it has sent, then the end, can be read for ``seconds`` more."""
        self._deadline = time.monotonic() + seconds
        with suppress(OSError):  # the other side closed it first
            self._socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Let go of the socket; a read in another thread ends."""
        with suppress(OSError):  # the other side closed it first
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


class Link(ABC):
    """The way to the services of one device."""

    serial: str

    @abstractmethod
    def open(self, service: str, *, timeout: float | None) -> Channel:
        """Open ``service``, e.g. ``shell,v2:id``; ``timeout`` in seconds is for the whole exchange."""

    @abstractmethod
    def has(self, feature: str) -> bool:
        """Whether the device lists ``feature``, e.g. ``shell_v2``."""

    @contextmanager
    def service(self, service: str, *, timeout: float, doing: str) -> Iterator[Channel]:
        """Open ``service`` for a ``with`` block; every failure in it is raised in our own words."""
        with translated(self.serial, doing):
            channel = self.open(service, timeout=timeout)
            try:
                yield channel
            finally:
                channel.close()


class ServerLink(Link):
    """The way through an adb server."""

    def __init__(self, serial: str, port: int) -> None:
        self.serial, self.port, self.ear = serial, port, CommandListener()
        self._device = FastDevice(port, serial, self.ear)
        self._features: frozenset[str] | None = None

    def open(self, service: str, *, timeout: float | None) -> Channel:
        """Open ``service``, e.g. ``shell,v2:id``; ``timeout`` in seconds is for the whole exchange."""
        connection = self._device.open_transport(timeout=timeout)
        try:
            connection.send_command(service)
            connection.check_okay()
        except BaseException:
            connection.close()
            raise
        return SocketChannel(connection.conn, timeout)

    def has(self, feature: str) -> bool:
        """Whether the device lists ``feature``; asked once."""
        if self._features is None:
            with translated(self.serial, "features"):
                listed = self._device.get_features()
            self._features = frozenset(str(listed).split(","))
        return feature in self._features


def refusal(reason: str) -> Exception:
    """What a server raises that refuses with ``reason``, to be translated like it."""
    error: Exception = adbutils.AdbError(reason)
    return error


@contextmanager
def translated(serial: str, doing: str) -> Iterator[None]:
    """Turn what adbutils and the sockets raise into DeviceLost or DeviceTimeout with a line that says what to do."""
    try:
        yield
    except (adbutils.AdbError, EOFError, OSError) as error:
        raise in_our_words(error, serial, doing) from error


def in_our_words(error: Exception, serial: str, doing: str) -> HarnessError:
    """Return the error of ours for one of the libraries'; ``doing`` names what was tried."""
    text = " ".join(str(error).split())[:200]
    if isinstance(error, adbutils.AdbTimeout | TimeoutError):
        return DeviceTimeout(
            _("{serial} did not answer to '{doing}' in time: see whether it is awake and connected", serial=serial, doing=doing)
        )
    if isinstance(error, AdbConnectionError):
        return DeviceLost(_("no adb server answers: run 'adb start-server' and try again"))
    if isinstance(error, adbutils.AdbError) and _ENDED not in text:
        for word, advice in _REFUSALS:
            if word in text:
                return DeviceLost(Text(advice, {"serial": serial}))
        return (Unanswered if text == _CLOSED else DeviceLost)(
            _(
                "{serial} refused '{doing}' ({text}): reconnect it and try again",
                serial=serial,
                doing=doing,
                text=quoted(text) or _("no reason given"),
            )
        )
    return Unanswered(_("{serial} went away during '{doing}': reconnect the cable and look at 'adb devices'", serial=serial, doing=doing))
