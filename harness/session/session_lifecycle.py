"""Open a session: identify app and device, make the run folder, start recording; and close it, sealed and analysed."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import harness
from harness.config import current
from harness.config.config_files import to_record
from harness.device.protocol import Device, run_together
from harness.errors import CommandFailed, EvidenceError, FormatError, HarnessError, ScenarioError
from harness.events import Source
from harness.events.app_profile import read_app_profile
from harness.events.app_under_test import AppUnderTest
from harness.events.earlier_run import EarlierRun, version_of
from harness.language import Text, _, chinese
from harness.listings.listing_file import need_listings_of
from harness.parsers.getprop import properties
from harness.recording.clock_map import probe
from harness.recording.journal import JOURNAL, Journal
from harness.recording.recorder import Recorder
from harness.recording.run_folder import RunFolder
from harness.recording.run_format import FORMAT
from harness.recording.shared_journal import Writer
from harness.recording.steps import CommandSent, End, Stream, StreamState
from harness.restore.ledger import put_back
from harness.rules import PROFILES
from harness.session.adb_log import AdbLog, adb_log
from harness.session.app_on_device import SETTINGS, ApkFile, describe, identify, network, read_file, resolve, told
from harness.session.check_options import Options
from harness.session.install_pages import install
from harness.session.phone_state import read_phone_state
from harness.session.session import Session
from harness.starts.adb_witness import acts


def open_session(
    device: Device,
    target: str,
    runs: Path,
    options: Options,
    progress: Callable[[str], None] = lambda text: None,
    *,
    launches: bool = False,
    abilities: Sequence[Mapping[str, Any]] = (),
) -> Session:
    """Install ``target`` if it is an APK file, find it on the device and start recording.

    Before anything else the phone gets back what a run that broke off had changed on it; ``progress`` is told of it.
    ``abilities`` is what the phone lets a check do, for run.json.
    Raises ScenarioError for a package that is not there, or has nothing to start where it is to be started
    (``launches``), FormatError for a file that is no APK, CommandFailed when the device refuses the installation.
    """
    put_back(device, progress)
    file, asked = installed(device, target, runs, options, progress)
    session, log = identified(device, target, file, runs, options, progress, launches=launches, abilities=abilities)
    device.tell_commands(lambda command: sent(session.journal, command, log))
    session.start()
    for text in asked:
        session.note(text)
    record(session, log)
    read_phone_state(session)
    return session


def installed(
    device: Device, target: str, runs: Path, options: Options, progress: Callable[[str], None]
) -> tuple[ApkFile | None, list[Text]]:
    """Install ``target`` where it is an APK file: what that tells, and what the phone asked meanwhile and was answered.

    None for a package that is there already.
    """
    file = read_file(Path(target)) if target.lower().endswith(".apk") or Path(target).is_file() else None
    if file is not None and options.unattended:
        return file, install(device, Path(target), runs, progress)
    if file is not None:
        device.install(Path(target))
    return file, []


def identified(
    device: Device,
    target: str,
    file: ApkFile | None,
    runs: Path,
    options: Options,
    progress: Callable[[str], None],
    *,
    launches: bool = False,
    abilities: Sequence[Mapping[str, Any]] = (),
    keep: Callable[[Path, str], Journal] = lambda path, package: Journal(path),
) -> tuple[Session, AdbLog]:
    """The session of an app that is installed, with its run folder; nothing is recorded yet.

    ``keep`` makes the journal at a path for a package. Errors as in ``open_session``.
    """
    told_properties, zone = run_together(device, [["getprop"], ["date", "+%z"]])
    phone = properties(told_properties.stdout)
    told_log = adb_log(device, phone)
    app = told(identify(device, file.apk.package if file else target, file, phone), options.app_profile)
    need_listings_of(app, options.store)
    need_earlier_runs_of(app, options.earlier)
    if launches and app.main_activity is None:
        raise ScenarioError(
            _("{package} has no launcher activity, so it cannot be started: open it by hand under 'apprights watch'", package=app.package)
        )
    started = datetime.now(UTC)
    offset = zone.stdout.strip()
    known = {
        "format": FORMAT,
        "app": app.to_json(),
        "device": describe(device, phone) | {"utc_offset": offset},
        "network": network(device, phone) | {"city": options.city},
        "options": asdict(replace(options, app_profile=options.app_profile.without_secrets()))
        | {"store": [file for file, _text in options.store]},
        "started": started.isoformat(timespec="seconds"),
        "harness": harness.__version__,
        "adb_log": told_log.state,
        "computer": {"monotonic": round(time.monotonic(), 6), "wall": round(time.time(), 6)},
        "abilities": list(abilities),
    } | ({"own": to_record(current())} if current().files else {})
    folder = RunFolder.create(runs, package=app.package, serial=device.serial, started=started, run=known)
    _keep_event_tags(device, folder)
    return Session(device, app, folder, keep(folder.path / JOURNAL, app.package), options, progress=progress), told_log


def record(session: Session, log: AdbLog) -> None:
    """Start recording the logs of a session that has started."""

    def on_stream(source: Source, state: StreamState, reason: str) -> None:
        session.journal.write(Stream(source=source, what=state, reason=reason, reason_zh=chinese(reason)))

    session.recorder = Recorder(
        session.device, session.folder.path / "raw", on_stream=on_stream, on_line=session.foreground.feed, security=log.command
    )
    session.recorder.start(since=probe(session.device).wall)
    if session.app.other_users:
        session.tell(
            _(
                "{package} is on this phone for another user or as a clone too (user {users}): its dialogs look the same; "
                "do not open it there, better take it away",
                package=session.app.package,
                users=", ".join(map(str, session.app.other_users)),
            )
        )
    if log.refused is not None:
        session.tell(log.refused)


def close_session(session: Session) -> None:
    """End recording and seal the run folder; what was recorded stays whatever happens here."""
    try:
        if session.recorder is not None:
            try:
                with suppress(HarnessError):  # a device that is gone tells of no state after
                    read_phone_state(session)
            finally:
                session.recorder.close()
        with suppress(EvidenceError):  # no room: then it stays a record that was broken off
            session.journal.write(End())
    finally:
        session.app_ops.close()
        session.device.tell_commands(None)
        session.journal.close()
        session.folder.seal()


def need_earlier_runs_of(app: AppUnderTest, runs: Sequence[EarlierRun]) -> None:
    """Raise ScenarioError for a run of another app, or of the very version that is checked."""
    for run in runs:
        if run.package != app.package:
            raise ScenarioError(
                _("--earlier: {folder} is of {other}, not of {package}", folder=run.folder, other=run.package, package=app.package)
            )
        if run.version == version_of(app):
            raise ScenarioError(
                _("--earlier: {folder} is of this version, {version}: name one of another", folder=run.folder, version=run.version)
            )


def with_profiles(options: Options, names: Sequence[str]) -> Options:
    """The options with what ``--profile`` gave: a name of thresholds, or the file of an app profile.

    Raises FormatError for a file that cannot be read, ScenarioError for a name that there is not.
    """
    for name in names:
        if name.lower().endswith(".toml"):
            options = replace(options, app_profile=read_app_profile(Path(name)))
        elif name in PROFILES:
            options = replace(options, profile=name)
        else:
            raise ScenarioError(
                _(
                    "there is no profile '{name}'; give {profiles}, or the file of an app profile (.toml)",
                    name=name[:80],
                    profiles=", ".join(PROFILES),
                )
            )
    return options


def settings_component(session: Session) -> str:
    """The system settings' own screen: the harmless activity that canaries start and end."""
    component = resolve(session.device, *SETTINGS)
    if component is None:
        raise ScenarioError(_("the device has no settings screen; its logs cannot be proved to be alive"))
    return component


def sent(journal: Writer, command: str, log: AdbLog) -> None:
    """A command goes out: whole where the phone logs it too; elsewhere the first line of one that does not only read.

    What cannot be written any more fails where the run itself writes.
    """
    if log.command or acts(command):
        first, more, _rest = command.partition("\n")
        with suppress(EvidenceError):
            journal.write(CommandSent(command=command if log.command or not more else f"{first} …"))


def _keep_event_tags(device: Device, folder: RunFolder) -> None:
    """The device's own table of event tags: it beats ours (docs/signals.md 2.1)."""
    try:
        folder.write("raw/event-log-tags.txt", device.pull("/system/etc/event-log-tags", limit=4 * 1024 * 1024))
    except (CommandFailed, FormatError):
        return  # some ROMs do not let shell read it; our own table serves
