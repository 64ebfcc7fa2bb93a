"""What device to be, with its apps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from device_farm.virtual.device_model import DeviceModel

if TYPE_CHECKING:
    from device_farm.virtual.vocabulary.components import App


@dataclass(frozen=True, slots=True)
class Spec(DeviceModel):
    """What device to be. ``apps``: the last is installed last, as the app under test."""

    apps: tuple[type[App], ...] = ()
