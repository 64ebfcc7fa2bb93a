"""The faults that a check is disturbed by, and when: each of the catalogue that a device in this process can have."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from device_farm.samples.selftest import DEFAULT_PAIR
from device_farm.virtual.framework.phone_apps import foreign_windows


@dataclass(frozen=True, slots=True)
class Kind:
    """A fault of the catalogue as it is switched on, and for how many seconds of device time; None for ever."""

    words: tuple[str, ...]
    lasts: float | None = None
    android: str = DEFAULT_PAIR[0]

    @property
    def name(self) -> str:
        """As the tables have it."""
        return " ".join(self.words) + (f" for {self.lasts:g} s" if self.lasts is not None else "")


KINDS = (
    Kind(("unauthorized",)),
    Kind(("offline",)),
    Kind(("offline", "0.2")),  # of the computer's time: device time stands still for who is away
    Kind(("device-lost",)),
    Kind(("slow", "screencap=20", "dump=2", "tap=5")),
    Kind(("logcat-overflow",)),
    Kind(("logcat-overflow",), lasts=20.0),
    Kind(("logs-silent",)),
    Kind(("logs-silent",), lasts=20.0),
    Kind(("u2-dies",)),
    Kind(("uiautomation-not-connected",)),
    Kind(("empty-dump",)),
    Kind(("empty-dump",), lasts=2.0),
    Kind(("empty-dump",), lasts=20.0),
    Kind(("screen-off",)),
    Kind(("disk-full",)),
    Kind(("small-disk", "40")),
    Kind(("battery-drains", "2")),
    Kind(("hot", "52")),
    Kind(("debugging-off", "revoke")),
    Kind(("flaky", "7", "30")),
    Kind(("no-encoder",)),
    Kind(("low-memory-kill",)),
    Kind(("rom-cleaner-kill",)),
    Kind(("memory-limiter",), android="17"),
    Kind(("app-update",)),
    Kind(("reboot", "0.2")),
    Kind(("reboot-in-pull", "1000")),
    Kind(("time-jump", "7200")),
    Kind(("time-jump", "-86400")),
    Kind(("clock-refused",)),
    Kind(("downloads-unread",)),
    *(Kind(("window", name), lasts=20.0) for name in foreign_windows.catalogue()),
)
"""All of the catalogue but ``online``, the end of one, and ``adb-server-killed``: there is no adb server in between."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When a fault begins: ``after`` seconds of device time after the first start of the app."""

    name: str
    after: float


MOMENTS = ("at the start", "in use", "later")


def moments(sample: str, kind: Kind, length: float) -> Iterator[Moment]:
    """Three moments in a check that takes ``length`` seconds undisturbed; the same for ever for the same pair.

    Before the app shows anything, while it is used for the first time, and anywhere in what follows.
    """
    chance = Random(f"{sample}/{kind.name}")
    start, in_use, later = MOMENTS
    yield Moment(start, 0.3)
    yield Moment(in_use, round(chance.uniform(1.0, min(60.0, length)), 2))
    yield Moment(later, round(chance.uniform(min(60.0, length), length), 2))
