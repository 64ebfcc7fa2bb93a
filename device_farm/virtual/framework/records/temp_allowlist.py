"""A place in the temporary allowlist: an app that may act for a while as if it were active."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Allowance:
    """A place in the temporary allowlist (DeviceIdleController.addPowerSaveTempAllowlistApp).

    ``until`` is an uptime.
    """

    until: float
    reason: str
    foreground_service: bool  # whether it lets the app start a foreground service from the background
