"""What device to be, with its apps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from device_farm.virtual.device_model import DeviceModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from device_farm.virtual.app import App


@dataclass(frozen=True, slots=True)
class Spec(DeviceModel):
    """What device to be. ``apps``: the last is installed last, as the app under test."""

    apps: tuple[type[App], ...] = ()


def screen_of(apps: Sequence[type[App]]) -> dict[str, int]:
    """The screen of a Spec that the app under test, the last one, wants: the one on which it was recorded."""
    screen = apps[-1].screen if apps else None
    return {} if screen is None else dict(zip(("width", "height", "density"), screen, strict=True))
