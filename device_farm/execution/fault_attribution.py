"""Attribute the failure of a try to the app, the phone or the computer.

A wrong answer costs: a phone is blamed and rests, or an app is never tried again. So an error counts by its kind and by
where it happened, and what nobody can tell is the phone's: then another phone tells.
"""

from __future__ import annotations

import socket
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from device_farm.phones.install_failures import install_end
from device_farm.units.attempt_result import AttemptResult
from device_farm.units.job import Phone
from device_farm.units.unit import INCOMPATIBLE, End
from harness.errors import (
    CatalogueError,
    CommandFailed,
    DeviceBusy,
    DeviceLost,
    DeviceTimeout,
    EvidenceError,
    HarnessError,
    NotInstalled,
    ScenarioError,
    why,
)
from harness.language import Text, _, text_of

if TYPE_CHECKING:
    from harness.verdicts.analysis import Analysis

ASK_SECONDS = 2.0
_NAMES, _LONGEST = 8, 200


class Blame(Enum):
    """The part to blame for an error that says nothing by itself."""

    HOST = auto()
    APP = auto()
    PHONE = auto()
    OPENING = auto()  # app and phone come together: the error's kind tells


class FileGone(HarnessError):
    """The file of the app is not there any more."""


def need_file(path: Path) -> None:
    """Raise FileGone where the file of an app is not there any more, OSError where it cannot be read."""
    try:
        with path.open("rb"):
            pass
    except FileNotFoundError as error:
        raise FileGone(_("{path}: {reason}", path=path, reason=why(error))) from None


def need_apk(path: Path) -> None:
    """Raise as ``need_file`` does, and FormatError where it is no APK."""
    from harness.session.app_on_device import read_file

    need_file(path)
    read_file(path)


def fault_result(error: Exception, at: Blame, adb_port: int | None, app: str = "") -> AttemptResult:
    """Return the result of a try of ``app`` that brought no run; ``adb_port`` -1: no adb is needed."""
    end = _end_of_error(error, at)
    if end is End.DEVICE_FAULT and isinstance(error, DeviceLost | DeviceTimeout) and not adb_answers(adb_port):
        return AttemptResult(End.HOST_FAULT, _("the adb server is gone: {error}", error=error))
    if end in INCOMPATIBLE and (needed := _needed(app, end)) is not None:
        return AttemptResult(end, _("it needs {needed}: {reason}", needed=needed, reason=_reason(error)))
    return AttemptResult(end, _reason(error))


def _needed(app: str, end: End) -> Text | None:
    """Return what an APK requires of a phone."""
    from harness.apk import read_apk

    try:
        if end is End.OTHER_ABI:
            with zipfile.ZipFile(app) as apk:
                found = {name.split("/")[1] for name in apk.namelist() if name.startswith("lib/") and name.count("/") == 2}
            return _("a processor of {names}", names=", ".join(sorted(found)[:_NAMES])[:_LONGEST]) if found else None
        least = read_apk(Path(app)).min_sdk if end is End.TOO_OLD else None
    except (OSError, ValueError, zipfile.BadZipFile, HarnessError):
        return None
    return _("Android with API {level} or newer", level=least) if least else None


def end_of(analysis: Analysis, errors: Sequence[BaseException], phone: Phone) -> tuple[End, Text | None]:
    """Return the end of a try that brought a run: done only if all of it was carried out."""
    if analysis.interrupted:
        return End.STOPPED, _("stopped: what was recorded until then is kept")
    if analysis.unfinished is None:
        return End.DONE, None
    reason = analysis_reason(analysis)
    for error in errors:
        if not isinstance(error, HarnessError) or isinstance(error, EvidenceError | CatalogueError):
            return End.HOST_FAULT, reason
    if any(isinstance(error, DeviceLost | DeviceTimeout) for error in errors) and not adb_answers(_port_of(phone)):
        return End.HOST_FAULT, _("the adb server is gone: {error}", error=reason)
    apps = errors and all(isinstance(error, ScenarioError) for error in errors)
    return (End.APP_FAULT if apps and is_well(phone) else End.DEVICE_FAULT), reason


def analysis_reason(analysis: Analysis) -> Text:
    """Why a run is not finished."""
    return analysis.unfinished or Text("")


def _end_of_error(error: Exception, at: Blame) -> End:
    if isinstance(error, FileGone | NotInstalled):
        return End.ABSENT
    if _is_of_app_file(error):
        return End.APP_FAULT
    if isinstance(error, EvidenceError | CatalogueError | DeviceBusy) or not isinstance(error, HarnessError):
        return End.HOST_FAULT
    if isinstance(error, DeviceLost | DeviceTimeout):
        return End.DEVICE_FAULT
    if at is Blame.OPENING:
        if isinstance(error, CommandFailed):
            return _refused(error)
        return End.APP_FAULT if isinstance(error, ScenarioError) else End.DEVICE_FAULT
    return {Blame.HOST: End.HOST_FAULT, Blame.APP: End.APP_FAULT}.get(at, End.DEVICE_FAULT)


def _refused(error: CommandFailed) -> End:
    if not error.command.startswith("install "):
        return End.DEVICE_FAULT
    return install_end(error.output) or End.DEVICE_FAULT


def _is_of_app_file(error: Exception) -> bool:
    """Whether an app file cannot be used, as its text says in one line."""
    from device_farm.virtual.vocabulary.app_source import AppFileError

    return isinstance(error, AppFileError)


def _reason(error: Exception) -> Text:
    if isinstance(error, HarnessError) or _is_of_app_file(error):
        told = text_of(error)
        return told if isinstance(told, Text) else Text(str(error))
    if isinstance(error, OSError):
        return _("{path}: {reason}", path=str(error.filename or "-"), reason=why(error))
    from device_farm.execution.unit_process import where

    return _("mistake of AppRights: {told}", told=where(error))


def _port_of(phone: Phone) -> int | None:
    return phone.adb_port if phone.virtual is None else -1


def adb_answers(port: int | None) -> bool:
    """Whether the adb server is there; where none is needed (-1) it is as good as there."""
    if port == -1:
        return True
    from harness.device.adb_link import server_port

    try:
        with socket.create_connection(("127.0.0.1", server_port(port)), timeout=ASK_SECONDS):
            return True
    except OSError:
        return False


def is_well(phone: Phone) -> bool:
    """Whether a phone answers and shows its screen, so that a failure was the app's; a virtual one always does."""
    if phone.virtual is not None:
        return True
    from harness.device.adb import open_device

    with suppress(HarnessError), open_device(phone.address, port=phone.adb_port) as device:
        return device.shell(["echo", "well"]).stdout.strip() == "well" and bool(device.tree())
    return False
