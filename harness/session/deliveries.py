"""What comes to the phone while an advert is tried: read before and after, described, and taken away again.

The readings are journaled under the names that ``parsers/arrivals.py`` knows; it says here what is new, as it does in
replay, so that what the session acts on is what the facts will be.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.errors import FormatError
from harness.events import Source
from harness.events.deliveries import DownloadSeen, DownloadState, InstallSeen, InstallState, NotificationSeen, Witness
from harness.language import chinese
from harness.parsers.arrivals import Arrivals
from harness.recording import steps
from harness.session.delivery_commands import Commands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.events import Event
    from harness.session.session import Session

READ_SECONDS = 90.0
"""How long the readings of one moment may take [PROJECT]: a full memory card is slow to list."""
ACTIVE = (DownloadState.WAITING, DownloadState.RUNNING, DownloadState.PAUSED)


@dataclass(frozen=True, slots=True)
class Loading:
    """One download as one witness tells of it now; ``key`` as in ``DownloadSeen``."""

    witness: Witness
    key: str
    name: str
    state: DownloadState
    bytes: int | None = None
    path: str = ""
    package: str | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """What is new since the last reading.

    ``loading`` are the downloads that are new or have changed, ``installed`` the packages that are new, ``notices`` the
    notifications that are new or have changed.
    """

    loading: tuple[Loading, ...] = ()
    installed: tuple[str, ...] = ()
    notices: tuple[NotificationSeen, ...] = ()
    opened: tuple[InstallSeen, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether something loads, was loaded or was installed."""
        return bool(self.loading or self.installed or self.opened)

    @property
    def running(self) -> tuple[Loading, ...]:
        """What loads now."""
        return tuple(one for one in self.loading if one.state is DownloadState.RUNNING)


class Deliveries:
    """What comes while one session tries adverts."""

    def __init__(self, session: Session) -> None:
        """Nothing is read yet."""
        self._session = session
        self._arrivals = Arrivals(session.app)
        self._commands = Commands(session.device, session.app.package)
        self._unseen: set[Witness] = set()
        self.current: dict[tuple[Witness, str], Loading] = {}
        """All that came since ``begin`` and is there still, by witness and key."""
        self.installed: list[str] = []
        """The packages that came since ``begin``."""

    def begin(self) -> None:
        """Read what is there before anything is tried."""
        self._take()
        self.current.clear()
        self.installed.clear()

    def read(self) -> Arrived:
        """Read again: what is new or has changed since the last reading."""
        events = list(self._take())
        loading = tuple(_loading(event) for event in events if isinstance(event, DownloadSeen))
        for one in loading:
            if one.state is DownloadState.GONE:
                self.current.pop((one.witness, one.key), None)
            else:
                self.current[one.witness, one.key] = one
        installs = [event for event in events if isinstance(event, InstallSeen)]
        new = tuple(event.key for event in installs if event.witness is Witness.PACKAGE and event.state is InstallState.DONE)
        self.installed += new
        return Arrived(
            loading=tuple(one for one in loading if one.state is not DownloadState.GONE),
            installed=new,
            notices=tuple(event for event in events if isinstance(event, NotificationSeen)),
            opened=tuple(event for event in installs if event.witness is Witness.SESSION),
        )

    def _take(self) -> list[Event]:
        """All readings, each journaled; one that the phone does not give is told once as unseen."""
        session = self._session
        for command in self._commands.before:
            session.device.shell(command)
        readings = self._commands.readings
        texts = session.read_all(*((name, command) for name, _witness, command in readings), timeout=READ_SECONDS)
        events: list[Event] = []
        for (name, witness, _command), text in zip(readings, texts, strict=True):
            try:
                events += self._arrivals.read(name, text, {"at": session.now(), "source": Source.DUMP})
            except FormatError as error:
                self._cannot(witness, error)
        return events

    def _cannot(self, witness: Witness, error: FormatError) -> None:
        if witness not in self._unseen:
            self._unseen.add(witness)
            self._session.journal.write(steps.Unseen(witness=witness, zh=chinese(error), en=str(error)))

    def describe(self) -> None:
        """Pull what came, with limits, and journal who it is."""

    def remove(self) -> None:
        """Cancel and take away all that came."""

    @contextmanager
    def ledger_for(self) -> Iterator[None]:
        """A block in which something may come: it is in the ledger before, and taken away at its end."""
        try:
            yield
        finally:
            self.remove()


def _loading(event: DownloadSeen) -> Loading:
    return Loading(event.witness, event.key, event.name, event.state, event.bytes, event.path, event.package)
