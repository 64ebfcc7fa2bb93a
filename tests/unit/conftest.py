import contextlib
import sys

import pytest

from harness import language


@pytest.fixture
def chinese():
    language.choose("zh")
    yield
    language.choose("en")


@pytest.fixture
def full_disk():
    """A ``with full_disk(N)`` block in which no file can grow beyond N bytes, as on a disk that is full."""
    resource = pytest.importorskip("resource", reason="file size limits are POSIX")

    @contextlib.contextmanager
    def limited(size):
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        # What is imported here for the first time would leave its bytecode cut for every later process.
        writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
        try:
            yield
        finally:
            sys.dont_write_bytecode = writes
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    return limited
