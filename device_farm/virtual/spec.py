"""What device to be, with its apps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from device_farm.virtual.device_model import DeviceModel

if TYPE_CHECKING:
    from device_farm.virtual.vocabulary.components import App


@dataclass(frozen=True, slots=True)
class Spec(DeviceModel):
    """What device to be. ``apps``: the last is installed last, as the app under test."""

    apps: tuple[type[App], ...] = ()


def with_screen(spec: Spec) -> Spec:
    """The spec with the screen that its app under test, the last one, asks for: that on which it was recorded."""
    screen = spec.apps[-1].screen if spec.apps else None
    if screen is None:
        return spec
    width, height, density = screen
    return replace(spec, width=width, height=height, density=density)
