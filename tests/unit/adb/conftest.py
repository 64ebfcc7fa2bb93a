"""A stand-in for the adb server: just enough of its protocol to answer, refuse and break off as a test says."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

Service = Callable[[socket.socket, str], None]


class FakeAdbServer:
    """``devices`` maps a serial to its state; ``services`` maps the beginning of a service to who answers it."""

    def __init__(self) -> None:
        self.devices: dict[str, str] = {"S1": "device"}
        self.features = "shell_v2,cmd"
        self.services: dict[str, Service] = {}
        self.requests: list[str] = []
        self.nodelay: list[bool] = []
        self.changed, self.closed = threading.Condition(), False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = []
        self.port = self._listener.getsockname()[1]
        self._spawn(self._accept)

    def _spawn(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self._sockets.append(client)
                self._spawn(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        with client, suppress(OSError, EOFError):
            request = self.read_request(client)
            self.requests.append(request)
            if request.startswith("host:tport:serial:"):
                if self._ready(client, request.removeprefix("host:tport:serial:")):
                    client.sendall(bytes(8))
                    service = self.read_request(client)
                    self.requests.append(service)
                    self._answer(client, service)
                return
            self._answer_host(client, request)

    def _answer_host(self, client: socket.socket, request: str) -> None:
        if request == "host:version":
            client.sendall(b"OKAY" + self.block("0029"))
        elif request == "host:devices":
            listing = "".join(f"{serial}\t{state}\n" for serial, state in self.devices.items())
            client.sendall(b"OKAY" + self.block(listing))
        elif request.endswith(":features"):
            if self._ready(client, request.split(":")[1]):
                client.sendall(self.block(self.features))
        elif ":wait-for-any-" in request:
            client.sendall(b"OKAY")
            _host, serial, _wait = request.split(":")
            with self.changed:
                there = not request.endswith("-disconnect")
                self.changed.wait_for(lambda: (self.devices.get(serial) == "device") == there or self.closed)
            client.sendall(b"OKAY")
        elif request.startswith("host:connect:"):
            client.sendall(b"OKAY" + self.block(f"failed to connect to '{request[13:]}': Connection refused"))
        else:
            client.sendall(b"FAIL" + self.block("unknown host service"))

    def _ready(self, client: socket.socket, serial: str) -> bool:
        """OKAY or the words of AOSP transport.cpp."""
        state = self.devices.get(serial, "")
        refusal = {
            "": f"device '{serial}' not found",
            "unauthorized": "device unauthorized.\nThis adb server's $ADB_VENDOR_KEYS is not set",
            "offline": "device offline",
        }.get(state)
        client.sendall(b"OKAY" if refusal is None else b"FAIL" + self.block(refusal))
        return refusal is None

    def _answer(self, client: socket.socket, service: str) -> None:
        for start, handler in self.services.items():
            if service.startswith(start):
                client.sendall(b"OKAY")
                handler(client, service.removeprefix(start))
                return
        client.sendall(b"FAIL" + self.block("closed"))

    @staticmethod
    def block(text: str) -> bytes:
        return f"{len(text.encode()):04x}".encode() + text.encode()

    @staticmethod
    def read(client: socket.socket, size: int) -> bytes:
        data = b""
        while len(data) < size:
            more = client.recv(size - len(data))
            if not more:
                raise EOFError
            data += more
        return data

    def read_request(self, client: socket.socket) -> str:
        return self.read(client, int(self.read(client, 4), 16)).decode()

    def set_state(self, serial: str, state: str) -> None:
        """Plug a device in or out; who waits for it is told."""
        with self.changed:
            self.devices[serial] = state
            self.changed.notify_all()

    def close(self) -> None:
        with self.changed:
            self.closed = True
            self.changed.notify_all()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for client in self._sockets:
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
        for thread in list(self._threads):
            thread.join(120)


def packet(kind: int, payload: bytes) -> bytes:
    """A packet of shell v2."""
    return struct.pack("<BI", kind, len(payload)) + payload


@pytest.fixture
def server() -> Iterator[FakeAdbServer]:
    made = FakeAdbServer()
    yield made
    made.close()
