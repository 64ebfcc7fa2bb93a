"""Job and Phone: what is to be done, and on what; plain data, so that it can be sent to another process.

Nothing heavy is imported here: whoever keeps twenty phones busy need not have OpenCV in memory for each.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.language import Text


@dataclass(frozen=True, slots=True)
class Job:
    """One try of a unit.

    ``app`` is an APK file, an app file (.py, on a virtual phone), or a package that is installed on the phone.
    ``options`` are fields of ``harness.session.check_options.Options`` that are not as by default; ``city`` is where
    the phone is. ``limit_seconds`` is how long it may take; 0: by what the scenarios of its clauses say of themselves.
    """

    unit: int
    key: str
    number: int
    app: str
    clauses: tuple[int, ...]
    runs: Path
    options: tuple[tuple[str, Any], ...] = ()
    limit_seconds: float = 0.0
    city: str = ""


@dataclass(frozen=True, slots=True)
class Virtual:
    """A virtual phone that is made for one job, in the job's own process, with these app files besides the job's."""

    android: str = "13"
    rom: str = "aosp"
    apps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone as adb lists it on a host, or a virtual one that comes and goes with the job."""

    address: str
    adb_port: int | None = None
    host: str = ""
    virtual: Virtual | None = None


@dataclass(frozen=True, slots=True)
class Doing:
    """The current step of a job."""

    text: Text


@dataclass(frozen=True, slots=True)
class Limit:
    """From now on the job may take so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Recording:
    """The run folder that is written now."""

    folder: str
