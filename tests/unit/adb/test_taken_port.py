"""Where another program has the port of the adb server, it is named."""

import os
import socket
import threading
from contextlib import suppress

import pytest

from harness.device import adb_server
from harness.device.adb import list_devices
from harness.device.adb_server import ensure_user_server, need_adb_server
from harness.errors import DeviceTimeout


@pytest.mark.parametrize("says", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", None], ids=["hangs up", "a web server", "silent"])
def test_a_program_that_is_no_adb_server_is_named(monkeypatch: pytest.MonkeyPatch, says: bytes | None) -> None:
    monkeypatch.setattr(adb_server, "_ASK_SECONDS", 0.3)
    clients: list[socket.socket] = []

    def serve(server: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = server.accept()
                clients.append(client)
                if says is not None:
                    client.sendall(says)
                    client.close()

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, args=(server,), daemon=True).start()
        port = server.getsockname()[1]
        told = rf"^port {port} is held by .+ \({os.getpid()}\), which does not answer as an adb server does: end it"
        for ask in (lambda: ensure_user_server(port), lambda: list_devices(port=port)):
            with pytest.raises(DeviceTimeout, match=told):
                ask()
        monkeypatch.setattr(adb_server, "listener", lambda _port: None)
        with pytest.raises(DeviceTimeout, match="a program that this user may not see"):
            need_adb_server(port)
        server.shutdown(socket.SHUT_RDWR)
    for client in clients:
        client.close()
    need_adb_server(port)  # nobody: whoever connects says so
