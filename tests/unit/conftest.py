from __future__ import annotations

import contextlib

import pytest


@pytest.fixture
def full_disk():
    """A ``with full_disk(N)`` block in which no file can grow beyond N bytes, as on a disk that is full."""
    resource = pytest.importorskip("resource", reason="file size limits are POSIX")

    @contextlib.contextmanager
    def limited(size):
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    return limited
