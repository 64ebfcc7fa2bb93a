"""Traffic by uid: what each app received and sent, over which network, in which two hours.

After NetworkStatsService and NetworkStatsRecorder (packages/modules/Connectivity service-t), whose dump is in
dumps/netstats. What DownloadManager loads counts for the app that asked for it (TrafficStats.setThreadStatsUid in
DownloadThread).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System

BUCKET = 7200  # seconds: NETSTATS_UID_BUCKET_DURATION
PACKET = 1400  # bytes, on average
DEFAULT, FOREGROUND = 0, 1  # NetworkStats.SET_*
_MOST_BUCKETS = 12 * 90  # 90 days, NETSTATS_UID_DELETE_AGE


class Flow(NamedTuple):
    """Whose traffic: type of the network (ConnectivityManager.TYPE_*), uid, SET_*, tag of the thread's sockets."""

    network: int
    uid: int
    kind: int
    tag: int = 0


@dataclass(slots=True)
class Bucket:
    """Bytes and packets of two hours from ``start``, Unix seconds."""

    start: int
    received: int = 0
    sent: int = 0

    @property
    def received_packets(self) -> int:
        """Packets received."""
        return -(-self.received // PACKET)

    @property
    def sent_packets(self) -> int:
        """Packets sent."""
        return -(-self.sent // PACKET)


@dataclass(slots=True)
class NetworkStats:
    """The traffic of a device; ``flows`` is kept over a reboot, as the files in /data/system/netstats are."""

    system: System
    flows: dict[Flow, list[Bucket]] = field(default_factory=dict)
    since_boot: dict[Flow, list[Bucket]] = field(default_factory=dict)

    def rebooted(self) -> None:
        """Keep what was counted."""
        self.since_boot = {}

    def count(self, uid: int, *, received: int, sent: int, tag: int = 0) -> None:
        """Bytes of a uid over the network that there is; none without one. Tagged ones count once more by their tag."""
        network = self.system.connectivity.network
        if network is None or (received <= 0 and sent <= 0):
            return
        front = self.system.resumed
        package = None if front is None else self.system.packages.get(front.component.package)
        kind = FOREGROUND if package is not None and package.uid == uid else DEFAULT
        start = int(self.system.clock.wall) // BUCKET * BUCKET
        for flow in {Flow(network, uid, kind), Flow(network, uid, kind, tag)}:
            for flows in (self.flows, self.since_boot):
                buckets = flows.setdefault(flow, [])
                if not buckets or buckets[-1].start != start:
                    buckets.append(Bucket(start))
                    del buckets[:-_MOST_BUCKETS]
                buckets[-1].received += received
                buckets[-1].sent += sent
