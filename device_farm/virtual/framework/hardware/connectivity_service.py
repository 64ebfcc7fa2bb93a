"""Wi-Fi, mobile data and airplane mode: which network there is, and who hears of a change.

After ConnectivityService (packages/modules/Connectivity) and WifiService. CONNECTIVITY_CHANGE is sticky and, for apps
for Android 7 and later, only for receivers that they registered.

Traffic by uid: what each app received and sent, over which network, in which two hours.

After NetworkStatsService and NetworkStatsRecorder (packages/modules/Connectivity service-t), whose dump is in
dumps/netstats. What DownloadManager loads counts for the app that asked for it (TrafficStats.setThreadStatsUid in
DownloadThread).
"""

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import NamedTuple

from device_farm.virtual.framework.broadcasts.skip_policy import ACTION
from device_farm.virtual.framework.system_service import SystemService

CONNECTIVITY_CHANGE = "android.net.conn.CONNECTIVITY_CHANGE"
WIFI_STATE = "android.net.wifi.WIFI_STATE_CHANGED"
CHANGE_DELAY = 0.5  # seconds until a network is up or down
MOBILE, WIFI = 0, 1  # ConnectivityManager.TYPE_*
_SETTINGS = {"wifi": "wifi_on", "data": "mobile_data", "bluetooth": "bluetooth_on"}


class ConnectivityService(SystemService):
    """The networks of a device; the switches are its global settings."""

    def rebooted(self) -> None:
        """The network is what the settings say."""
        self.network = self._best()

    @property
    def connected(self) -> bool:
        return self.network is not None

    def switch(self, radio: str, *, on: bool) -> None:
        """``svc wifi|data|bluetooth enable|disable``."""
        settings = self._settings()
        was = settings.get(_SETTINGS[radio]) == "1"
        settings[_SETTINGS[radio]] = "1" if on else "0"
        if radio == "wifi" and was != on:
            self._system.broadcasts.send_system(WIFI_STATE, sticky=True, extras={"wifi_state": 3 if on else 1})
        self._system.later(CHANGE_DELAY, self._evaluate)

    def set_airplane_mode(self, *, on: bool) -> None:
        """``cmd connectivity airplane-mode``: all radios off, and on again as they were."""
        self._settings()["airplane_mode_on"] = "1" if on else "0"
        self._system.broadcasts.send_system(ACTION + "AIRPLANE_MODE", extras={"state": on})
        self._system.later(CHANGE_DELAY, self._evaluate)

    @property
    def airplane_mode(self) -> bool:
        return self._settings().get("airplane_mode_on") == "1"

    def _settings(self) -> MutableMapping[str, str]:
        return self._system.device.settings["global"]

    def _best(self) -> int | None:
        """The type of the default network; None without one."""
        settings = self._settings()
        if self.airplane_mode:
            return None
        return WIFI if settings.get("wifi_on") == "1" else MOBILE if settings.get("mobile_data") == "1" else None

    def _evaluate(self) -> None:
        network = self._best()
        if network == self.network:
            return
        self.network = network
        self._system.truth("network", connected=self.connected)
        extras = {"networkType": MOBILE if network is None else network, "noConnectivity": network is None}
        self._system.broadcasts.send_system(CONNECTIVITY_CHANGE, sticky=True, extras=extras)
        self._system.jobs.changed()
        self._system.downloads.network_changed()
        self._system.app_downloads.network_changed()
        self._system.store.network_changed()


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
        return -(-self.received // PACKET)

    @property
    def sent_packets(self) -> int:
        return -(-self.sent // PACKET)


class NetworkStats(SystemService):
    """The traffic of a device; ``flows`` is kept over a reboot, as the files in /data/system/netstats are."""

    def made(self) -> None:
        self.flows: dict[Flow, list[Bucket]] = {}
        self.rebooted()

    def rebooted(self) -> None:
        """Keep what was counted."""
        self.since_boot: dict[Flow, list[Bucket]] = {}

    def count(self, uid: int, *, received: int, sent: int, tag: int = 0) -> None:
        """Bytes of a uid over the network that there is; none without one. Tagged ones count once more by their tag."""
        network = self._system.connectivity.network
        if network is None or (received <= 0 and sent <= 0):
            return
        front = self._system.resumed
        package = None if front is None else self._system.packages.get(front.component.package)
        kind = FOREGROUND if package is not None and package.uid == uid else DEFAULT
        start = int(self._system.clock.wall) // BUCKET * BUCKET
        for flow in {Flow(network, uid, kind), Flow(network, uid, kind, tag)}:
            for flows in (self.flows, self.since_boot):
                buckets = flows.setdefault(flow, [])
                if not buckets or buckets[-1].start != start:
                    buckets.append(Bucket(start))
                    del buckets[:-_MOST_BUCKETS]
                buckets[-1].received += received
                buckets[-1].sent += sent
