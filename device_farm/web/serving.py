"""Serve the dashboard on a socket until a signal; streams are ended first, so that nobody waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import uvicorn

from device_farm.web.application import make_app
from device_farm.web.live import Live

if TYPE_CHECKING:
    import socket
    from types import FrameType

    from device_farm.store.database import Store
    from device_farm.web.web_settings import Settings

GRACE_SECONDS = 5
MOST_CONNECTIONS = 500


class Server(uvicorn.Server):
    """A server that ends its streams when it is told to stop: uvicorn would wait for the browsers to close them."""

    def __init__(self, config: uvicorn.Config, live: Live) -> None:
        super().__init__(config)
        self._live = live

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal came."""
        self._live.end()
        super().handle_exit(sig, frame)

    def stop(self) -> None:
        """End it from another thread."""
        self._live.end()
        self.should_exit = True


def server(store: Store, settings: Settings) -> Server:
    """A server that is not running yet."""
    live = Live(store)
    config = uvicorn.Config(
        make_app(store, settings, live),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=GRACE_SECONDS,
        ws="none",
    )
    return Server(config, live)


def serve(store: Store, settings: Settings, listening: socket.socket) -> None:
    """Serve on a socket that listens already, until a signal."""
    server(store, settings).run(sockets=[listening])
