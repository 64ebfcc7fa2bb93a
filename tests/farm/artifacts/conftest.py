"""An S3 server of the tests, spoken to as one on the net would be."""

from collections.abc import Iterator
from itertools import count

import pytest

KEY, SECRET = "test-key", "test-secret"
_numbers = count()


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    server_kind = pytest.importorskip("moto.server", reason="moto is not installed").ThreadedMotoServer
    pytest.importorskip("s3fs", reason="the extra `s3` is not installed")
    server = server_kind(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of an empty bucket; the keys are in the environment, as on a host."""
    import fsspec

    for name, value in {
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": s3_server,
    }.items():
        monkeypatch.setenv(name, value)
    name = f"evidence-{next(_numbers)}"
    files = fsspec.filesystem("s3", skip_instance_cache=True)
    files.mkdir(name)
    return f"s3://{name}/farm"
