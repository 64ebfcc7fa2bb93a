"""Wi-Fi, mobile data and airplane mode: which network there is, and who hears of a change.

After ConnectivityService (packages/modules/Connectivity) and WifiService. CONNECTIVITY_CHANGE is sticky and, for apps
for Android 7 and later, only for receivers that they registered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.broadcasts.skip_policy import ACTION

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from device_farm.virtual.framework.system import System

CONNECTIVITY_CHANGE = "android.net.conn.CONNECTIVITY_CHANGE"
WIFI_STATE = "android.net.wifi.WIFI_STATE_CHANGED"
CHANGE_DELAY = 0.5  # seconds until a network is up or down
MOBILE, WIFI = 0, 1  # ConnectivityManager.TYPE_*
_SETTINGS = {"wifi": "wifi_on", "data": "mobile_data", "bluetooth": "bluetooth_on"}


class ConnectivityService:
    """The networks of a device; the switches are its global settings."""

    def __init__(self, system: System) -> None:
        """Read the settings of ``system``."""
        self._system = system
        self.rebooted()

    def rebooted(self) -> None:
        """The network is what the settings say."""
        self.network = self._best()

    @property
    def connected(self) -> bool:
        """Whether there is a network."""
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
        """Whether it is on."""
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
