"""Several apps on one phone: a session, a run folder and a journal for each, and one recording of the phone's logs.

The files of the logs are the same in every folder, by hard links. Where the disk knows none they are copied at the end.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from harness.errors import DeviceLost, EvidenceError, HarnessError, ScenarioError
from harness.events.action_kinds import NeighbourAct
from harness.language import _
from harness.recording.run_format import not_written
from harness.recording.shared_journal import NeighbourJournal, PhoneJournal
from harness.recording.shared_readings import READINGS, KeptReadings
from harness.recording.steps import End, Neighbour
from harness.restore.ledger import put_back
from harness.session.concurrent_sessions import Company
from harness.session.phone_state import read_phone_state
from harness.session.readiness import need_room
from harness.session.run_progress import Stage
from harness.session.session import Session
from harness.session.session_lifecycle import identified, installed, record, sent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from harness.device.protocol import Device
    from harness.session.adb_log import AdbLog
    from harness.session.check_options import Options

SHARED = ("*.txt", READINGS)
"""What is recorded once for all, in raw/: the logs, and what the phone printed."""


class Opened(NamedTuple):
    """The company of the apps that could be opened, and why the others could not, by the place in what was asked.

    Without any there is no company.
    """

    company: Company | None
    targets: dict[int, Session]
    problems: dict[int, HarnessError]


def open_together(
    device: Device, asked: Sequence[tuple[str, Options]], runs: Path, progress: Callable[[str], None] = lambda text: None
) -> Opened:
    """Install the apps (``asked``: a package or an APK file, with its options), and start recording for all of them.

    They are all installed before the recording begins, so that none of them reacts to the arrival of another in it.
    Raises DeviceLost for a lost phone.
    """
    put_back(device, progress)
    problems: dict[int, HarnessError] = {}
    files = {}
    for place, (target, _options) in enumerate(asked):
        try:
            need_room(device, Path(target))
            files[place] = installed(device, target)
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
            made[place], log = identified(device, target, file, runs, options, _without_stages(progress), launches=True, keep=keep)
        except DeviceLost:
            raise
        except HarnessError as error:
            problems[place] = error
    if log is None:
        return Opened(None, {}, problems)
    company = _company(list(made.values()), journals, progress)
    if log.command:
        device.tell_commands(lambda command: sent(company.phone.journal, command))
    for session in company.sessions:
        session.start()
    _introduce(company)
    record(company.phone, log)
    for session in company.sessions:
        session.recorder = company.phone.recorder
        _share(company.phone.folder.raw, session.folder.raw)
    read_phone_state(company.phone)
    return Opened(company, made, problems)


def close_together(company: Company) -> dict[str, HarnessError]:
    """End the recording and seal every folder; package -> why its folder is not whole."""
    problems: dict[str, HarnessError] = {}
    phone = company.phone
    company.begin()
    with suppress(HarnessError):  # a device that is gone tells of no state after
        read_phone_state(phone)
    try:
        if phone.recorder is not None:
            phone.recorder.close()
    except EvidenceError as error:
        problems |= {session.app.package: error for session in company.sessions}
    phone.device.tell_commands(None)
    for session in company.sessions:
        with suppress(EvidenceError):  # no room: then it stays a record that was broken off
            session.journal.write(End())
    phone.journal.close()
    for session in company.sessions:
        try:
            _share(phone.folder.raw, session.folder.raw, copies=True)
            session.folder.seal()
        except HarnessError as error:
            problems[session.app.package] = error
    return problems


def _company(sessions: Sequence[Session], journals: Sequence[NeighbourJournal], progress: Callable[[str], None]) -> Company:
    """The sessions with one clock, one front and one course, and the phone's that writes for all."""
    first = sessions[0]
    company = Company(sessions)
    if company.alone:
        first.progress = progress
        return company
    own = {id(session): journal for session, journal in zip(sessions, journals, strict=True)}
    kept = KeptReadings(first.folder.raw / READINGS)
    journal = PhoneJournal(journals, lambda: [own[id(session)] for session in company.taking_part], kept)
    company.phone = Session(first.device, first.app, first.folder, journal, first.options, progress=progress)
    company.phone.course.app = _("{number} apps", number=len(sessions))
    for session, one in zip(sessions, journals, strict=True):
        one.others = tuple(other for other in journals if other is not one)
        session.clock, session.front, session.course = company.phone.clock, company.phone.front, company.phone.course
    return company


def _introduce(company: Company) -> None:
    """Name its neighbours to each app's journal."""
    for session in company.sessions:
        for other in company.sessions:
            if other is not session:
                session.journal.write(Neighbour(package=other.app.package, what=NeighbourAct.BESIDE))


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
    return lambda text: None if isinstance(text, Stage) else progress(text)
