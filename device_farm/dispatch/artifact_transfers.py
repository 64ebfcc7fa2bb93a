"""Transfers between a phone's host and the artifact store: the app is downloaded, the run is uploaded."""

import hashlib
import os
import shutil
import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from device_farm.artifacts.artifact_store import ArtifactError, Artifacts, keep_run
from device_farm.intake.app_identity import whole_app
from device_farm.morning.unit_report import picture_of, report_of
from device_farm.store.transitions import Ended
from device_farm.units.unit import IN_STORE, End
from harness.errors import FormatError, HarnessError, why
from harness.language import _

_ANSWERS = (End.DONE, End.APP_FAULT)


class AppUnavailable(HarnessError):
    """The app of a unit cannot be had on this host."""


def download_app(place: str, sha256: str, folder: Path, artifacts: Artifacts) -> Path:
    """Return the app's file in ``folder``, named by its hash.

    Raises AppUnavailable, also for a file that was changed since it was submitted.
    """
    for there in (folder / f"{sha256}{ending}" for ending in (".apk", ".py")):
        if there.is_file():
            return there
    part = folder / f"{sha256}.{os.getpid()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if place.startswith(IN_STORE):
            artifacts.get(place.removeprefix(IN_STORE), part)
        else:
            with whole_app(Path(place)) as whole:
                shutil.copyfile(whole, part)
        with part.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != sha256:
            raise AppUnavailable(_("{path} is not the file that was submitted any more", path=place))
        there = folder / f"{sha256}{'.apk' if zipfile.is_zipfile(part) else Path(place).suffix.lower() or '.py'}"
        part.replace(there)
    except OSError as error:
        raise AppUnavailable(_("{path}: cannot be read on this host: {reason}", path=place, reason=why(error))) from error
    except (ArtifactError, FormatError) as error:
        raise AppUnavailable(_("{path}: cannot be read on this host: {reason}", path=place, reason=error)) from error
    finally:
        with suppress(OSError):
            part.unlink()
    return there


def upload_run(ended: Ended, artifacts: Artifacts) -> Ended:
    """Store what a try left, file by file, read back and compared, before it may count.

    What cannot be stored makes an answer a fault of the host: it is tried again. What a fault left is stored if it can.
    """
    folder = Path(ended.run) if ended.run else None
    if folder is None or not folder.is_dir():
        return replace(ended, artifacts=())
    try:
        kept = keep_run(artifacts, folder)
    except HarnessError as error:
        if ended.end not in _ANSWERS:
            return replace(ended, artifacts=())
        return Ended(End.HOST_FAULT, _("what it recorded cannot be stored: {reason}", reason=error), run=ended.run, seconds=ended.seconds)
    shutil.rmtree(folder, ignore_errors=True)
    for beside in (report_of(folder), picture_of(folder)):
        beside.unlink(missing_ok=True)  # the dashboard makes it of the stored run
    return replace(ended, run=f"{IN_STORE}{folder.name}", artifacts=tuple(kept))
