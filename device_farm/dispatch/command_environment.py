"""The environment that the farm's commands share: store, artifacts, host name, and shutdown by signals."""

import os
import re
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from device_farm.artifacts.artifact_store import Artifacts
from device_farm.store.database import Store, StoreError, artifacts_place, open_store
from harness import console
from harness.errors import ScenarioError
from harness.language import _, said
from harness.operating_system import STOP_SIGNALS

WAIT_SECONDS = 5.0
HOST = "APPRIGHTS_HOST"
"""The variable that names this computer, where two workers run on one, or two computers have one name."""
_NAME = re.compile(r"[\w.-]{1,100}")


def wait_for_store(url: str, stop: threading.Event) -> Store | None:
    """The farm's store once it answers, for what runs for long; None where it was told to stop before."""
    told = False
    while not stop.is_set():
        try:
            return open_store(url, create=False)
        except StoreError as error:
            if not isinstance(error.__cause__, Exception):
                raise  # it answers, and its schema does not fit
            if not told:
                console.progress(said(_("{reason}: it is asked again until it answers", reason=error)))
                told = True
            stop.wait(WAIT_SECONDS)
    return None


def artifacts_url(store: Store, given: str | None) -> str:
    """Return the place of artifacts: ``given``, or that of the farm. Raises ScenarioError where there is none."""
    if place := given or artifacts_place(store):
        return place
    raise ScenarioError(_("say where artifacts lie: 'apprights farm init --artifacts URL', a folder that all hosts reach or s3://..."))


def artifacts_of(store: Store, given: str | None = None) -> Artifacts:
    return Artifacts(artifacts_url(store, given))


@contextmanager
def shutdown_signals() -> Iterator[tuple[threading.Event, threading.Event]]:
    """Run a block in which the first Ctrl-C or SIGTERM sets ``leave``, and a second one ``stop``."""
    leave, stop = threading.Event(), threading.Event()

    def came(*_arguments: object) -> None:
        if leave.is_set():
            stop.set()
        leave.set()

    before = {number: signal.signal(number, came) for number in STOP_SIGNALS}
    try:
        yield leave, stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def host_name(given: str | None = None) -> str:
    """Return the name of this computer in the store: ``given``, or its own. Raises ScenarioError for a bad one."""
    name = (given or os.environ.get(HOST) or socket.gethostname()).strip()
    if not _NAME.fullmatch(name):
        raise ScenarioError(_("'{name}' is no name of a computer: letters, digits, . _ and -", name=name[:80]))
    return name


LONG_SECONDS = 60.0
"""A phone's worker speaks of an outage that lasts longer [PROJECT]: the agent of its host did at once."""


@dataclass(slots=True)
class StoreAvailability:
    """The availability of the store to one process; an outage is reported once it lasted ``after`` seconds."""

    told: Callable[[str], None]
    after: float = 0.0
    _since: float | None = None
    _said: bool = False

    def away(self, error: StoreError) -> None:
        at = time.monotonic()
        if self._since is None:
            self._since = at
        if not self._said and at - self._since >= self.after:
            self._said = True
            self.told(said(_("{reason}: it is asked again until it answers", reason=error)))

    def back(self) -> None:
        if self._said and self._since is not None:
            self.told(said(_("the store answers again, after {seconds} s", seconds=round(time.monotonic() - self._since))))
        self._since, self._said = None, False
