"""The specification of a virtual device, with its apps."""

from dataclasses import dataclass, replace

from device_farm.virtual.vocabulary.components import App


@dataclass(frozen=True, slots=True)
class Spec:
    """The specification of a device. ``language`` is zh or en.

    Of ``apps`` the last is installed last, as the app under test.

    ``security_log``: a debuggable build with a device owner that has security logging switched on, so that adbd logs
    the commands it is given and ``su system`` reads them.
    """

    android: str = "13"
    rom: str = "aosp"
    language: str = "zh"
    serial: str = "VIRTUAL0001"
    width: int = 1080
    height: int = 2400
    density: int = 420
    security_log: bool = False
    apps: tuple[type[App], ...] = ()


def recorded_on(app: type[App]) -> tuple[int, int, int] | None:
    """Return the screen (width, height, dpi) on which an app was recorded; None for an app that runs."""
    return getattr(app, "recorded_on", None)


def with_screen(spec: Spec) -> Spec:
    """Return the spec with the screen on which its app under test, the last one, was recorded, if it was."""
    screen = recorded_on(spec.apps[-1]) if spec.apps else None
    if screen is None:
        return spec
    width, height, density = screen
    return replace(spec, width=width, height=height, density=density)
