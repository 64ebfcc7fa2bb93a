"""A connection to the virtual device and one to Debian's adbd, side by side."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, TypeAlias

from hypothesis import HealthCheck, settings

from tests.virtual.adb_calls import DEADLINE
from tests.virtual.debian_adbd import DebianAdbd
from tests.virtual.raw_host import FEATURES, RawHost, Said

Peers: TypeAlias = tuple[str, DebianAdbd]
SILENCE_SECONDS = 1.5  # what stays silent so long waits for more
QUICK = settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Both(NamedTuple):
    ours: RawHost
    theirs: RawHost

    def converse(self, service: bytes, sent: bytes = b"") -> tuple[Said, Said]:
        """Ask both. Where one of them alone is silent it may only be busy: both are asked again, with time."""
        ours, theirs = self.ours.converse(service, sent), self.theirs.converse(service, sent)
        if ours.closed != theirs.closed:
            for host in self:
                host.socket.settimeout(DEADLINE)
            ours, theirs = self.ours.converse(service, sent), self.theirs.converse(service, sent)
            for host in self:
                host.socket.settimeout(SILENCE_SECONDS)
        return ours, theirs

    def same(self, service: bytes, sent: bytes = b"") -> Said:
        """Ask both; what they say must be the same."""
        ours, theirs = self.converse(service, sent)
        assert ours == theirs, f"{service!r} {sent!r}\n  ours:   {ours}\n  theirs: {theirs}"
        return ours


def registered(adbd: DebianAdbd, features: bytes = FEATURES) -> RawHost:
    """A connection that adbd took.

    It names a transport after its descriptor (AOSP adb: server_socket_thread, register_socket_transport) and drops a
    connection whose name an ended one still bears: 4 of 100 that follow each other at once.
    """
    deadline = time.monotonic() + DEADLINE
    while True:
        try:
            return RawHost(adbd.connect(), features=features)
        except (ConnectionError, EOFError):
            if time.monotonic() > deadline:
                raise


@contextmanager
def pair(peers: Peers, features: bytes = FEATURES) -> Iterator[Both]:
    with RawHost(peers[0], features=features) as ours, registered(peers[1], features) as theirs:
        for host in (ours, theirs):
            host.socket.settimeout(SILENCE_SECONDS)
        yield Both(ours, theirs)
