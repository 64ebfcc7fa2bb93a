"""Deliveries while an advert is tried: read before and after, described, and removed again.

The readings are journaled under the names that ``parsers/delivery_changes.py`` knows; it says here what is new, as it
does in replay, so that what the session acts on is what the facts will be.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

from harness.device.protocol import ShellResult, perform, run_together
from harness.errors import CommandFailed, FormatError
from harness.events import Event, Source
from harness.events.delivery_events import DownloadSeen, DownloadState, InstallSeen, InstallState, NotificationSeen, Witness
from harness.language import Text, _, chinese, text_of
from harness.parsers.delivery_changes import Arrivals
from harness.recording import steps
from harness.restore.delivery_commands import MOST_FILES, Commands
from harness.restore.delivery_removal import LIST_SECONDS, Removal, before_now, delivered_since, remove_deliveries
from harness.restore.ledger import Change, Ledger
from harness.session.cancel_button import press_cancel, refuse_install
from harness.session.delivery_inspection import describe_file, describe_package, may_be_app
from harness.session.session import Session

CHANGE = "what the app loaded"
"""The name of the entry in the ledger."""


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
    mime: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """The deliveries that are new since the last reading.

    ``loading`` are the downloads that are new or have changed, ``installed`` the packages that are new, ``opened`` the
    install sessions, ``notices`` the notifications that are new or have changed.
    """

    loading: tuple[Loading, ...] = ()
    installed: tuple[str, ...] = ()
    opened: tuple[InstallSeen, ...] = ()
    notices: tuple[NotificationSeen, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether something loads, was loaded or was installed."""
        return bool(self.loading or self.installed or self.opened)

    @property
    def running(self) -> tuple[Loading, ...]:
        """Return the downloads that run."""
        return tuple(one for one in self.loading if one.state is DownloadState.RUNNING)


class DeliveryMonitor:
    """The deliveries while one session tries adverts."""

    def __init__(self, session: Session) -> None:
        """Nothing is read yet."""
        self._session = session
        self._arrivals = Arrivals(session.app)
        self._commands = Commands(session.device, session.app.package)
        self._ledger = Ledger(session.device, partial(_performed, session))
        self._change: Change | None = None
        self._unseen: set[Witness] = set()
        self._last: dict[str, str] = {}
        self._stays: set[str] = set()  # rows of downloads that have ended and that this phone keeps, told once
        self._described: set[tuple[str, int | None]] = set()
        self.current: dict[tuple[Witness, str], Loading] = {}
        """All that came since ``begin`` and is there still, by witness and key."""
        self.installed: list[str] = []
        """The packages that came since ``begin``."""

    @contextmanager
    def ledger_for(self) -> Iterator[None]:
        """A block in which something may come, with what was there before in the ledger; at its end what came goes.

        What cannot be taken away is noted, and stays in the ledger. A block within another counts from its beginning.
        """
        if self._change is not None:
            try:
                yield
            finally:
                self.remove()
            return
        self._change = Change(CHANGE, arrived=before_now(self._session.device, self._session.app.package))
        try:
            with self._ledger.kept(self._change):
                try:
                    yield
                finally:
                    self.remove()
        except CommandFailed as error:
            if error.command != CHANGE:
                raise
            self._session.note(text_of(error))
        finally:
            self._change = None

    def act(self) -> None:
        """An act on an advert begins; as in replay, bytes of before are no part of what it brings."""
        self._arrivals.act()

    def baseline(self) -> None:
        """Read what is there before anything is driven, so that what other scenarios set off is news later."""
        self._take()

    def tell_anew(self) -> None:
        """What is driven is done again: what was told once, who came and what cannot be seen, is told once more."""
        self._unseen.clear()
        self._described.clear()

    def begin(self) -> None:
        """Read what is there before anything is tried: from now on what comes is seen.

        What came since the baseline was set off by another scenario: it is described and taken away.
        """
        earlier = bool(self._last)
        self.read()
        self._session.journal.write(steps.Stream(source=Source.DUMP, what=steps.StreamState.OPENED))
        if earlier and self.current:
            self.describe()
            self.remove()
            self.read()
        self.current.clear()
        self.installed.clear()

    def read(self, *, again: bool = False) -> Arrived:
        """Read again: what is new or has changed since the last reading.

        ``again``: what is the same is written down once more, as proof that it stands still.
        """
        events = self._take(again=again)
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
            opened=tuple(event for event in installs if event.witness is Witness.SESSION),
            notices=tuple(event for event in events if isinstance(event, NotificationSeen)),
        )

    def describe(self) -> None:
        """Pull what came, with limits, and journal who it is; each file once for each size it had."""
        paths: dict[str, Loading] = {}
        for one in self.current.values():
            if one.path and one.witness in (Witness.ROW, Witness.FILE):
                paths[one.path] = one if one.witness is Witness.FILE else paths.get(one.path, one)
        for path, one in paths.items():
            if may_be_app(path, one.mime) and (path, one.bytes) not in self._described:
                self._described.add((path, one.bytes))
                describe_file(self._session, one.witness, one.key, path, one.bytes)
        for package in self.installed:
            if (package, None) not in self._described:
                self._described.add((package, None))
                describe_package(self._session, Witness.PACKAGE, package)

    def remove(self) -> None:
        """Cancel and take away all that came since ``ledger_for``; of each the journal says so, or why it stays."""
        self.watched()
        if self._change is None or self._change.arrived is None:
            return
        before = self._change.arrived
        came = delivered_since(self._session.device, before)
        if any(one.witness is Witness.SESSION for one in came):
            refuse_install(self._session)
        for one in came:
            if one.witness is Witness.ROW and not one.done:
                press_cancel(self._session, one.name)
        for taken in remove_deliveries(self._session.device, before, partial(_performed, self._session), came):
            if not (taken.came.done and taken.problem is not None and taken.came.key in self._stays):
                self._journal(taken)
            if taken.came.done and taken.problem is not None:
                self._stays.add(taken.came.key)
            if taken.problem is None:  # another file may come under its name
                self._described = {(path, size) for path, size in self._described if path != taken.came.key}
        self.current.clear()
        self.installed.clear()

    def _journal(self, taken: Removal) -> None:
        one, problem = taken.came, taken.problem
        said, said_zh = ("", "") if problem is None else (str(problem), chinese(problem))
        self._session.journal.write(
            steps.DeliveryRemoved(witness=one.witness, key=one.key, name=one.name, problem=said, problem_zh=said_zh)
        )

    def _take(self, *, again: bool = False) -> list[Event]:
        """All readings, each journaled ``again`` or where it is not word for word the last one: they are long.

        One that the phone does not give is told once as unseen.
        """
        session = self._session
        for command in self._commands.before:
            session.device.shell(command)
        readings = self._commands.readings
        results = run_together(session.device, [command for _name, _witness, command in readings], timeout=LIST_SECONDS)
        self.watched()
        events: list[Event] = []
        for (name, witness, command), result in zip(readings, results, strict=True):
            text = result.stdout
            same = self._last.get(name) == text
            if same and not again:
                continue
            self._last[name] = text
            session.journal.write(steps.Reading(name=name, command=" ".join(command), text=text, code=result.code))
            if same:
                continue
            try:
                events += self._arrivals.read(name, text, {"at": session.now(), "source": Source.DUMP})
            except FormatError as error:
                told = text_of(error)
                sandbox = _("{error}: what the app loads into its own sandbox is not seen", error=told)
                self._cannot(witness, sandbox if witness is Witness.BYTES else told)
            if witness is Witness.FILE and text.count("\n") >= MOST_FILES:
                self._cannot(witness, _("there are more than {most} files: not all of them are listed", most=MOST_FILES))
        return events

    def watched(self, *, moved: bool = False) -> None:
        """The ledger knows until when we watched; the phone's clock has just ``moved``, or stands where it stood."""
        if self._change is not None and (before := self._change.arrived) is not None:
            now = int(self._session.clock.wall_at(self._session.now()))
            before = replace(before, moved=(*before.moved, (now, now))) if moved else before.watched(now, moved=self._session.shift != 0)
            self._change = replace(self._change, arrived=before)
            self._ledger.update(self._change)

    def _cannot(self, witness: Witness, reason: Text | str) -> None:
        if witness not in self._unseen:
            self._unseen.add(witness)
            self._session.journal.write(steps.Unseen(witness=witness, zh=chinese(reason), en=str(reason)))


def _loading(event: DownloadSeen) -> Loading:
    return Loading(event.witness, event.key, event.name, event.state, event.bytes, event.path, event.package, event.mime)


def _performed(session: Session, command: Sequence[str]) -> ShellResult:
    """Run a command that must succeed, as an act of ours; raises CommandFailed."""
    session.journal.write(steps.Command(command=" ".join(command)))
    return perform(session.device, command)
