"""A chat's robot on this computer: it takes messages, checks their signatures, and answers as it is told."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answer = tuple[int, bytes]
TOOK: Answer = (200, b'{"code": 0, "errcode": 0, "msg": "success"}')


class Robot:
    def __init__(self) -> None:
        self.came: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.answers: list[Answer | Callable[[BaseHTTPRequestHandler], None]] = []
        self.url = ""

    @property
    def texts(self) -> list[str]:
        return [str((body.get("content") or body["text"]).get("text") or body["text"]["content"]) for _path, _query, body in self.came]


@contextmanager
def robot() -> Iterator[Robot]:
    taken = Robot()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            parts = urlsplit(self.path)
            taken.came.append((parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}, body))
            answer = taken.answers.pop(0) if taken.answers else TOOK
            if callable(answer):
                answer(self)
                return
            self.send_response(answer[0])
            if answer[0] in (301, 302, 307):
                self.send_header("location", f"{taken.url}/elsewhere")
            self.send_header("content-length", str(len(answer[1])))
            self.end_headers()
            self.wfile.write(answer[1])

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    taken.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield taken
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def feishu_sign(timestamp: str, secret: str) -> str:
    """As its documents have it: the key is the stamp and the secret, what is signed is nothing."""
    return base64.b64encode(hmac.digest(f"{timestamp}\n{secret}".encode(), b"", hashlib.sha256)).decode()


def dingtalk_sign(timestamp: str, secret: str) -> str:
    """As its documents have it: the key is the secret, what is signed is the stamp and the secret."""
    return base64.b64encode(hmac.digest(secret.encode(), f"{timestamp}\n{secret}".encode(), hashlib.sha256)).decode()
