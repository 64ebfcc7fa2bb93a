"""Several apps on one phone: a session, a run folder and a journal for each, and one recording of the phone's logs.

The files of the logs are the same in every folder, by hard links. Where the disk knows none they are copied at the end.
"""

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from harness.device.protocol import Device
from harness.errors import DeviceLost, EvidenceError, HarnessError, ScenarioError
from harness.events.action_kinds import NeighbourAct
from harness.language import _
from harness.recording.run_format import not_written
from harness.recording.shared_journal import NeighbourJournal, PhoneJournal
from harness.recording.shared_readings import READINGS, KeptReadings
from harness.recording.steps import End, NeighbourSeen
from harness.restore.ledger import put_back
from harness.session.adb_log import AdbLog
from harness.session.check_options import Options
from harness.session.concurrent_sessions import ConcurrentSessions
from harness.session.phone_state import read_phone_state
from harness.session.readiness import need_room
from harness.session.run_progress import ProgressText
from harness.session.session import Session
from harness.session.session_lifecycle import identified, installed, record, sent

SHARED = ("*.txt", READINGS)
"""What is recorded once for all, in raw/: the logs, and what the phone printed."""


class Opened(NamedTuple):
    """The sessions of the apps that could be opened, and why the others could not, by the place in what was asked.

    ``concurrent`` is None if there are none.
    """

    concurrent: ConcurrentSessions | None
    targets: dict[int, Session]
    problems: dict[int, HarnessError]


def open_shared(
    device: Device,
    asked: Sequence[tuple[str, Options]],
    runs: Path,
    progress: Callable[[str], None] = lambda text: None,
    *,
    abilities: Sequence[Mapping[str, Any]] = (),
) -> Opened:
    """Install the apps (``asked``: a package or an APK file, with its options), and start recording for all of them.

    ``abilities`` as in ``open_session``.

    They are all installed before the recording begins, so that none of them reacts to the arrival of another in it.
    Raises DeviceLost for a lost phone.
    """
    put_back(device, progress)
    problems: dict[int, HarnessError] = {}
    files, said = {}, {}
    for place, (target, options) in enumerate(asked):
        try:
            need_room(device, Path(target))
            files[place], said[place] = installed(device, target, runs, options, progress)
        except DeviceLost:
            raise
        except HarnessError as error:
            problems[place] = error
    made: dict[int, Session] = {}
    journals: list[NeighbourJournal] = []
    log: AdbLog | None = None

    def keep(path: Path, package: str) -> NeighbourJournal:
        journals.append(NeighbourJournal(path, package))
        return journals[-1]

    for place, file in files.items():
        target, options = asked[place]
        package = file.apk.package if file is not None else target
        try:
            if any(session.app.package == package for session in made.values()):
                raise ScenarioError(_("{package} is checked on this phone already", package=package))
            told = _without_stages(progress)
            made[place], log = identified(device, target, file, runs, options, told, launches=True, abilities=abilities, keep=keep)
        except DeviceLost:
            raise
        except HarnessError as error:
            problems[place] = error
    if log is None:
        return Opened(None, {}, problems)
    concurrent = _concurrent(list(made.values()), journals, progress)
    device.tell_commands(lambda command: sent(concurrent.phone.journal, command, log))
    for session in concurrent.sessions:
        session.start()
    for place, session in made.items():
        for text in said[place]:
            session.note(text)
    _introduce(concurrent)
    record(concurrent.phone, log)
    for session in concurrent.sessions:
        session.recorder = concurrent.phone.recorder
        _share(concurrent.phone.folder.raw, session.folder.raw)
    read_phone_state(concurrent.phone, _packages(concurrent))
    return Opened(concurrent, made, problems)


def _packages(concurrent: ConcurrentSessions) -> list[str]:
    return [session.app.package for session in concurrent.sessions]


def close_shared(concurrent: ConcurrentSessions) -> dict[str, HarnessError]:
    """End the recording and seal every folder; package -> why its folder is not whole."""
    problems: dict[str, HarnessError] = {}
    phone = concurrent.phone
    concurrent.begin()
    with suppress(HarnessError):  # a device that is gone tells of no state after
        read_phone_state(phone, _packages(concurrent))
    try:
        if phone.recorder is not None:
            phone.recorder.close()
    except EvidenceError as error:
        problems |= {session.app.package: error for session in concurrent.sessions}
    phone.device.tell_commands(None)
    for session in concurrent.sessions:
        with suppress(EvidenceError):  # no room: then it stays a record that was broken off
            session.journal.write(End())
    phone.journal.close()
    for session in concurrent.sessions:
        try:
            _share(phone.folder.raw, session.folder.raw, copies=True)
            session.folder.seal()
        except HarnessError as error:
            problems[session.app.package] = error
    return problems


def _concurrent(sessions: Sequence[Session], journals: Sequence[NeighbourJournal], progress: Callable[[str], None]) -> ConcurrentSessions:
    """The sessions with one clock, one foreground activity and one progress, and the phone's that writes for all."""
    first = sessions[0]
    concurrent = ConcurrentSessions(sessions)
    if concurrent.alone:
        first.progress = progress
        return concurrent
    own = {id(session): journal for session, journal in zip(sessions, journals, strict=True)}
    kept = KeptReadings(first.folder.raw / READINGS)
    journal = PhoneJournal(journals, lambda: [own[id(session)] for session in concurrent.taking_part], kept)
    concurrent.phone = Session(first.device, first.app, first.folder, journal, first.options, progress=progress)
    concurrent.phone.run_progress.app = _("{number} apps", number=len(sessions))
    for session, one in zip(sessions, journals, strict=True):
        one.others = tuple(other for other in journals if other is not one)
        session.clock, session.foreground, session.run_progress = (
            concurrent.phone.clock,
            concurrent.phone.foreground,
            concurrent.phone.run_progress,
        )
    return concurrent


def _introduce(concurrent: ConcurrentSessions) -> None:
    """Name its neighbours to each app's journal."""
    for session in concurrent.sessions:
        for other in concurrent.sessions:
            if other is not session:
                session.journal.write(NeighbourSeen(package=other.app.package, what=NeighbourAct.BESIDE))


def _share(source: Path, target: Path, *, copies: bool = False) -> None:
    """Have the logs of one folder in another one, which may hold them already; as ``copies`` where no link can be."""
    if source == target:
        return
    for path in sorted(path for form in SHARED for path in source.glob(form)):
        other = target / path.name
        if other.exists():
            continue
        with suppress(OSError):
            os.link(path, other)
            continue
        if copies:
            try:
                shutil.copyfile(path, other)
            except OSError as error:
                raise not_written(other, error) from error


def _without_stages(progress: Callable[[str], None]) -> Callable[[str], None]:
    """What one app of several tells: not where it is, as all of them are there."""
    return lambda text: None if isinstance(text, ProgressText) else progress(text)
