"""Identify a file or package that was delivered: pulled with limits, never installed, never run.

What was read goes to the journal as one JSON object with its keys in order, so that a replay needs no APK.
"""

import hashlib
import io
import json
from pathlib import PurePosixPath
from typing import Any

from harness.apk.bundles import read_delivered
from harness.device.protocol import Device
from harness.errors import CommandFailed, FormatError
from harness.events.delivery_events import Witness
from harness.language import _, chinese
from harness.parsers.delivery_changes import APK_MIME, DESCRIBED, is_package_file
from harness.parsers.package import parse_package
from harness.recording import steps
from harness.session.session import Session

PULL_LIMIT = 256 * 1024 * 1024
"""A file above this is not pulled [PROJECT]: it is held in memory while it is read; nearly all apps are smaller."""
_NO_APP = (".mp4", ".mp3", ".jpg", ".jpeg", ".png", ".gif", ".webp", ".txt", ".log", ".json", ".pdf", ".m4a", ".aac", ".ts")
"""Endings of names that no app is delivered under; another file may be one whatever it is called."""
_MOST_PERMISSIONS = 1000


def may_be_app(path: str, mime: str) -> bool:
    """Whether a file is worth reading as an app."""
    return mime == APK_MIME or is_package_file(path) or not path.lower().endswith(_NO_APP)


def describe_file(session: Session, witness: Witness, key: str, path: str, size: int | None) -> None:
    """Read a file of the phone and journal who it is, or why that cannot be said."""
    _journal(session, path, {"witness": witness, "key": key, "path": path} | _of_file(session.device, path, size))


def describe_package(session: Session, witness: Witness, package: str) -> None:
    """Read the base APK of an installed package, likewise; where it cannot be had, what the system tells of it."""
    told = session.device.shell(["pm", "path", package]).stdout.splitlines()
    paths = [line.removeprefix("package:") for line in told if line.startswith("package:")]
    base = next((path for path in paths if path.endswith("/base.apk")), paths[0] if paths else "")
    found = (
        _of_file(session.device, base, None) if base else _problem(FormatError(_("{package} is not installed any more", package=package)))
    )
    if base and "problem" in found:
        found |= _of_system(session.device, package)
    _journal(session, base, {"witness": witness, "key": package, "path": base} | found)


def _of_file(device: Device, path: str, size: int | None) -> dict[str, Any]:
    if size is not None and size > PULL_LIMIT:
        return {"size": size} | _problem(FormatError(_("larger than {limit} MB: not read", limit=PULL_LIMIT >> 20)))
    try:
        data = device.pull(path, limit=PULL_LIMIT)
    except (CommandFailed, FormatError) as error:
        return {"size": size} | _problem(error)
    known = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    try:
        delivered = read_delivered(PurePosixPath(path), io.BytesIO(data))
    except FormatError as error:
        return known | _problem(error)
    apk = delivered.apk
    return known | {
        "form": delivered.form,
        "package": apk.package,
        "labels": [list(label) for label in apk.labels] or [["", apk.label]],
        "version_name": apk.version_name or "",
        "version_code": apk.version_code,
        "signer": next(iter(apk.certificates_sha256), ""),
        "signers": list(dict.fromkeys(signer.certificate_sha256 for signer in apk.signers)),
        "icon": apk.icon_sha256 or "",
        "permissions": list(apk.permissions[:_MOST_PERMISSIONS]),
    }


def _of_system(device: Device, package: str) -> dict[str, Any]:
    """Package and versions of an installed package, as the package manager has them; it knows no label."""
    try:
        state = parse_package(device.shell(["dumpsys", "package", package]).stdout, package)
    except FormatError:
        return {}
    if state.uid is None:
        return {}
    return {"package": package, "version_name": state.version_name or "", "version_code": state.version_code}


def _problem(error: Exception) -> dict[str, str]:
    return {"problem": str(error), "problem_zh": chinese(error)}


def _journal(session: Session, path: str, found: dict[str, Any]) -> None:
    text = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    session.journal.write(steps.Reading(name=DESCRIBED, command=f"pull {path}", text=text, code=0))
