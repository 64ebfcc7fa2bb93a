"""The process of one job: it checks the app, sends what it does and what came out, and ends with its owner.

What it needs of the harness is imported where it is used: the owner imports this module, too, and has no use for it.
"""

from __future__ import annotations

import os
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from device_farm.units.attempt_result import AttemptResult
from device_farm.units.job import Doing, Job, Limit, Phone, Recording
from device_farm.units.unit import End
from harness.config import Config, using
from harness.device.protocol import Device
from harness.engine.scenario import Scenario
from harness.language import Text, _, choose
from harness.operating_system import STOP_SIGNALS, kill_family, lead_group, signal_main
from harness.session.check_options import Options

if TYPE_CHECKING:
    from harness.verdicts.analysis import Analysis

    Tell = Callable[[Any], None]

STOP = "stop"
NOT_BEGUN = _("stopped before a run was begun")
ALONE_SECONDS = 45.0
"""Whose owner is gone puts the phone back and seals within this time, or is ended as it stands [PROJECT]."""
_AGAIN_SECONDS = 0.5
LONGER = 2.0
"""A job may take so many times what its scenarios say: they count device time, and reboots, control runs and what is
done again from its start come on top [PROJECT]."""
BESIDES_SECONDS = 600.0
"""For installing, starting up, sealing and judging, whatever the clauses are [PROJECT]."""


def serve(
    connection: Connection,
    environment: Mapping[str, str],
    language: str,
    config: Config,
    work: Callable[..., None],
    arguments: Sequence[Any],
) -> None:
    """Do ``work(tell, *arguments)`` as the leader of a group of processes; a message or its owner's end stops it.

    ``environment``, ``language`` and the tester's own ``config`` are those of the owner.
    """
    lead_group()
    os.environ.clear()
    os.environ.update(environment)  # that of a fork server is as old as the server
    choose(language)
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)  # Ctrl-C is the owner's to hear
    signal.signal(signal.SIGTERM, _stopped)
    sending = threading.Lock()

    def tell(message: Any) -> None:
        with sending, suppress(OSError):  # nobody listens any more: then it is told to stop, too
            connection.send(message)

    with using(config), suppress(KeyboardInterrupt):
        threading.Thread(target=_listen, args=(connection,), name="owner", daemon=True).start()
        work(tell, *arguments)


_STOPPED = threading.Event()
"""A stop came before a run listened for one. What it raised may be lost: a library's bare ``except``, an import."""


def _stopped(number: int, frame: FrameType | None) -> None:
    _STOPPED.set()
    raise KeyboardInterrupt


def _listen(connection: Connection) -> None:
    """Stop in good order when the owner says so or is gone, and without it if that takes too long."""
    alone = False
    try:
        connection.recv()
    except (EOFError, OSError):
        alone = True
    until = time.monotonic() + ALONE_SECONDS
    signal_main(signal.SIGTERM)
    while (heard := signal.getsignal(signal.SIGTERM)) != signal.SIG_IGN and time.monotonic() < until:
        if heard != _stopped:
            if _STOPPED.is_set():  # what the first raised was lost, and a run was opened that knows nothing of it
                signal_main(signal.SIGTERM)
            break
        if not _STOPPED.wait(_AGAIN_SECONDS):  # it came just before a system call that waits, which does not see it
            signal_main(signal.SIGTERM)
        else:
            time.sleep(_AGAIN_SECONDS)
    if alone:
        time.sleep(max(0.0, until - time.monotonic()))
        kill_family(os.getpid())


def carry_out(tell: Tell, job: Job, phone: Phone) -> None:
    """Check the app of ``job`` on ``phone`` and tell how it ended."""
    try:
        told = _carried_out(tell, job, phone)
    except KeyboardInterrupt:  # a stop may come with the first line, before there is anything to stop
        told = AttemptResult(End.STOPPED, NOT_BEGUN)
    tell(told)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _carried_out(tell: Tell, job: Job, phone: Phone) -> AttemptResult:
    from device_farm.execution.fault_attribution import Blame, fault_result

    at: list[Blame] = [Blame.HOST]  # whose doing an error is now
    try:
        options = options_of(job)
        at[0] = Blame.APP
        with device_for([job.app], phone, at) as (device, (app,)):
            at[0] = Blame.PHONE
            have_turn(device, job.app, tell)
            tell(Limit(job.limit_seconds or limit_of(options)))
            need_phone(device, app)
            options = with_earlier(options, job, device, app)
            if _STOPPED.is_set():
                return AttemptResult(End.STOPPED, NOT_BEGUN)
            return _checked(tell, device, app, options, Path(job.runs), phone, at)
    except KeyboardInterrupt:
        return AttemptResult(End.STOPPED, NOT_BEGUN)
    except Exception as error:  # top of a process: whatever it is, it is told to whoever waits for an answer
        return fault_result(error, at[0], phone.adb_port if phone.virtual is None else -1, job.app)


def options_of(job: Job) -> Options:
    """The options of a check as the job has them, but for ``earlier``; raises ScenarioError for an unknown one."""
    from dataclasses import fields

    from harness.errors import ScenarioError
    from harness.events.app_profile import read_app_profile
    from harness.session.check_options import Options

    given: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in job.options}
    if unknown := given.keys() - {field.name for field in fields(Options)} | given.keys() & {"clauses", "city"}:
        raise ScenarioError(_("a unit has no option '{name}'", name=min(unknown)[:80]))
    if isinstance(profile := given.get("app_profile"), str):
        given["app_profile"] = read_app_profile(Path(profile))
    given.pop("earlier", None)  # of many apps: which are this one's is known once the app is
    return Options(**given, clauses=job.clauses, city=job.city)


def with_earlier(options: Options, job: Job, device: Device, app: str) -> Options:
    """The options with the job's runs of other versions of this app; what is named of other apps is theirs.

    Raises ScenarioError for what is no run folder here, FormatError for a damaged one.
    """
    folders = [Path(folder) for name, value in job.options if name == "earlier" for folder in value]
    if not folders:
        return options
    from dataclasses import replace

    from harness.apk import read_apk
    from harness.engine.earlier_runs import of_other_versions
    from harness.events.earlier_run import version_of
    from harness.parsers.package import parse_package

    if app.lower().endswith(".apk"):
        apk = read_apk(Path(app))
        return replace(options, earlier=of_other_versions(folders, apk.package, version_of(apk)))
    installed = parse_package(device.shell(["dumpsys", "package", app]).stdout, app)
    return replace(options, earlier=of_other_versions(folders, app, version_of(installed)))


def limit_of(options: Options) -> float:
    """Return the time limit of a try, by the scenarios of its clauses."""
    from harness.engine.scenario import in_order, installed_scenarios

    return BESIDES_SECONDS + LONGER * sum(scenario.takes(options) for scenario in in_order(installed_scenarios(), options.clauses))


@contextmanager
def device_for(apps: Sequence[str], phone: Phone, at: list[Any]) -> Iterator[tuple[Device, list[str]]]:
    """The phone, and what on it is to be checked; a virtual one is made for the block, and nothing of it is kept.

    A virtual phone behind adb must have the app of an app file already.
    """
    from device_farm.execution.fault_attribution import Blame, need_apk, need_file
    from device_farm.virtual.app_file import load_app_file

    for app in apps:
        if app.lower().endswith(".apk"):
            need_apk(Path(app))
        elif app.lower().endswith(".py"):
            need_file(Path(app))
    loaded = {app: load_app_file(Path(app)) for app in apps if app.lower().endswith(".py")}
    targets = [loaded[app][0].package if app in loaded else app for app in apps]
    if phone.virtual is None:
        from harness.device.adb import open_device

        at[0] = Blame.PHONE
        with open_device(phone.address, port=phone.adb_port) as device:
            yield device, targets
        return
    from functools import partial

    from device_farm.samples.in_process_device import InProcessDevice
    from device_farm.virtual.device import VirtualDevice
    from device_farm.virtual.device_server import devices_in_thread
    from device_farm.virtual.spec import Spec
    from harness.restore.ledger import state_apart

    others = [app for file in phone.virtual.apps for app in reversed(load_app_file(Path(file)))]
    brought = [app for file in loaded.values() for app in reversed(file[1:])]
    installed = {app.package: app for app in (*others, *brought, *(file[0] for file in loaded.values()))}  # those under test last
    spec = Spec(android=phone.virtual.android, rom=phone.virtual.rom, apps=tuple(installed.values()), serial=phone.address)
    with state_apart(), devices_in_thread([partial(VirtualDevice, spec)]) as thread:
        yield InProcessDevice(thread), targets


def have_turn(device: Device, app: str, tell: Tell) -> None:
    """Wait for whoever uses the phone: a process whose coordinator was killed is about to end, and to put it back."""
    from harness.errors import DeviceBusy
    from harness.restore.device_lock import DeviceLock

    try:
        DeviceLock.take(device, app).release()
    except DeviceBusy:
        DeviceLock.take(device, app, wait=True, tell=lambda text: tell(doing(text))).release()


def need_phone(device: Device, app: str) -> None:
    """Check the requirements on the phone alone: a refusal here is not attributed to the app."""
    from harness.session.readiness import need_ready
    from harness.session.wakefulness import need_unlocked

    need_unlocked(device)
    need_ready(device, app, screen=True)


def _checked(tell: Tell, device: Device, app: str, options: Options, runs: Path, phone: Phone, at: list[Any]) -> AttemptResult:
    from dataclasses import replace

    from device_farm.execution.fault_attribution import Blame
    from harness.engine.check import check
    from harness.engine.scenario import installed_scenarios

    errors: list[BaseException] = []
    scenarios = [replace(scenario, drive=_noted(scenario, errors, tell)) for scenario in installed_scenarios()]
    at[0] = Blame.OPENING
    analysis: Analysis = check(device, app, options, runs=runs, scenarios=scenarios, progress=lambda text: tell(doing(text)), wait=True)
    at[0] = Blame.HOST
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # what was found is told, whoever wants to stop now
    return run_result(analysis, errors, phone)


def run_result(analysis: Analysis, errors: Sequence[BaseException], phone: Phone) -> AttemptResult:
    """Return the result of a try that brought a run; ``errors`` interrupted the driving."""
    from device_farm.execution.fault_attribution import end_of
    from device_farm.morning.unit_report import write_unit_report
    from device_farm.units.attempt_result import attempt_result_of
    from harness.custody.integrity import altered
    from harness.errors import HarnessError

    end, reason = end_of(analysis, errors, phone)
    if end in (End.DONE, End.APP_FAULT) and (differs := altered(analysis.folder)):
        return AttemptResult(End.HOST_FAULT, _("{path} is not as it was written", path=differs[0].path), run=str(analysis.folder))
    with suppress(HarnessError):  # the run counts all the same, and the morning page writes it later if it can
        write_unit_report(analysis.folder, analysis)
    return attempt_result_of(analysis, end, reason)


def _noted(scenario: Scenario, errors: list[BaseException], tell: Tell) -> Any:
    """The driving of a scenario that keeps what ended it: its kind tells whose doing it was."""
    from harness.errors import Disturbed

    def drive(session: Any, canary: str) -> None:
        tell(Recording(str(session.folder.path)))
        try:
            scenario.drive(session, canary)
        except Exception as error:
            if not isinstance(error, Disturbed):  # then it is done again
                errors.append(error)
            raise

    return drive


def doing(text: str) -> Doing:
    """Return a progress message."""
    return Doing(text if isinstance(text, Text) else Text(text))


def where(error: BaseException) -> str:
    """An error that is none of ours, on one line with its place."""
    last = next(reversed(traceback.extract_tb(error.__traceback__)), None)
    place = f" ({Path(last.filename).name}:{last.lineno})" if last is not None else ""
    return " ".join(f"{type(error).__name__}: {error}{place}".split())[:300]
