"""Decides how a version or ROM treats a permission request, by the table ``permission_policy`` of its data, by name.

Each entry is read when it is needed, so that the facts a verdict rests on are known (roms/facts).
"""

from collections.abc import Mapping
from typing import Any

from device_farm.virtual.framework.device_options import REPORTS_GRANTED, SWALLOWS_SECOND_REQUEST, DeviceOptions
from device_farm.virtual.roms import Rom


class PermissionPolicy:
    """The behaviour switches of one ROM; what each value means is said here, where it comes from in the data."""

    def __init__(self, rom: Rom, options: DeviceOptions) -> None:
        """Read from the data of ``rom``; two of them a tester may switch, whatever the ROM."""
        self._options = options
        self._table: Mapping[str, Any] = rom.data["permission_policy"]

    @property
    def dont_ask(self) -> str:
        """How a user says "don't ask again" beside the buttons at a second request: checkbox (8, 9), none."""
        return str(self._table["dont_ask"])

    @property
    def plain_denial_stays(self) -> bool:
        """A second request has the plain refusal beside the final one (10)."""
        return bool(self._table["plain_denial_stays"])

    @property
    def back_denies(self) -> bool:
        """Back is a denial (up to 10); else it cancels the request and sets no flag."""
        return bool(self._table["back_denies"])

    @property
    def one_time_groups(self) -> list[str]:
        """Groups that can be allowed for this time only."""
        return list(self._table["one_time_groups"])

    @property
    def while_in_use_groups(self) -> list[str]:
        """Groups whose dialog offers "while using the app" in the place of "allow"."""
        return list(self._table["while_in_use_groups"])

    @property
    def approximate_location(self) -> bool:
        """The user may choose between the precise and the approximate location (12 and later)."""
        return bool(self._table["approximate_location"])

    @property
    def background_location(self) -> str:
        """Where "all the time" is chosen: dialog (10), settings (11 and later), none (no such permission)."""
        return str(self._table["background_location"])

    @property
    def prompts_for_notifications(self) -> bool:
        """The system asks by itself for apps that target less than 33 and have a channel (13 and later)."""
        return bool(self._table["prompts_for_notifications"])

    @property
    def partial_photos(self) -> bool:
        """Photos and videos may be allowed one by one (14 and later)."""
        return bool(self._table["partial_photos"])

    @property
    def reviews_old_apps(self) -> bool:
        """The user looks through the permissions of an app for Android 5 or older before it starts (10 and later)."""
        return bool(self._table["reviews_old_apps"])

    @property
    def second_request(self) -> str:
        """How a second request after a refusal is treated: asks, or swallowed (refused at once, nothing shown)."""
        return "swallowed" if self._options.is_on(SWALLOWS_SECOND_REQUEST) else str(self._table["second_request"])

    @property
    def refusal(self) -> str:
        """The effect of a refusal: revokes, or hides (the app is told that it is granted, its reads are refused)."""
        return "hides" if self._options.is_on(REPORTS_GRANTED) else str(self._table["refusal"])
