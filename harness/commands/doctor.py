"""``apprights doctor``: what a check needs on this computer and on the phones, a line each."""

import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, distributions, version
from pathlib import Path
from typing import Annotated, Any

import typer

import harness
from harness import console
from harness.commands.arguments import Force, Json
from harness.commands.devices import AdbPort, phones
from harness.commands.pack_phone import may_pack, pack_phone
from harness.device.adb_link import FastClient, server_port
from harness.device.adb_server import adbutils_adb
from harness.engine.option_specs import RUNS
from harness.errors import FormatError, HarnessError, why
from harness.language import Text, _, said
from harness.restore.ledger import state_folder
from harness.vision.ocr import engine_versions

LEAST_SPACE = 2 * 1024**3
"""Bytes [PROJECT]: a check of all clauses records some hundred megabytes."""
LARGEST_DRIFT = 120.0
"""Seconds [PROJECT] by which the clocks of phone and computer may differ before it is told."""
BUILT = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock that goes right shows an earlier time: this code is younger."""
OLD_ADB = 31
"""Platform tools before this [PROJECT] know no Wi-Fi pairing, and lack services that are used here."""
OLD_KEYS = {"apprights": "apprights", "python": "python", "adb": "adb", "opencv": "opencv", "ocr": "text"}
"""What --json had before it had a list."""
NOTHING = Text("")
_CHINESE = "无法判定"
ABILITY = "ability-"


@dataclass(frozen=True, slots=True)
class Looked:
    """One line: ``check`` is a word for programs, ``advice`` is empty where nothing is to be done."""

    check: str
    what: Text
    state: Text
    advice: Text = NOTHING
    rules: tuple[str, ...] = ()
    """Of an ability of a phone: those that may stay undecided without it."""


def doctor(
    json: Json = False,
    adb_port: AdbPort = None,
    serial: Annotated[str | None, typer.Option(metavar="SERIAL", help=_("try what this phone lets a check do: a minute"))] = None,
    reboots: Annotated[bool, typer.Option("--reboot", help=_("restart the phone too, and see whether it comes back unlocked"))] = False,
    pack: Annotated[Path | None, typer.Option(metavar="OUT.zip", help=_("what the phone can give to the next version"))] = None,
    runs: Annotated[Path, typer.Option(metavar="FOLDER", help=_("where 'apprights prove' left its result, for --pack"))] = RUNS,
    yes: Annotated[bool, typer.Option("--yes", help=_("write the pack without asking"))] = False,
    force: Force = False,
) -> None:
    """Check this computer and the phones, and say what to do."""
    if pack is not None:
        may_pack(pack, yes=yes, force=force)
    found = [*_computer(), *_adb(adb_port)]
    if serial is not None or pack is not None or reboots:
        try:
            found += phone_abilities(serial, adb_port, reboots=reboots)
        except HarnessError as problem:
            if pack is not None or not _is_listed(serial, adb_port):
                raise
            found.append(Looked("abilities", _("what the phone allows"), _("not all was tried"), Text("{problem}", {"problem": problem})))
    if json:
        checks = [_checked(one) for one in found]
        named = {OLD_KEYS[one.check]: one.state for one in found if one.check in OLD_KEYS}
        console.print_json({**named, "ok": not any(one.advice for one in found), "checks": checks})
    else:
        rows = [(said(one.what), said(one.state), said(one.advice)) for one in found]
        console.table("", (said(_("What")), said(_("State")), said(_("What to do"))), rows)
    if pack is not None:
        had = [_checked(one) for one in found if one.check.startswith(ABILITY)]
        given = [{"ability": one["check"].removeprefix(ABILITY), "ok": one["ok"], "state": str(one["state"])} for one in had]
        pack_phone(serial, adb_port, pack, given, runs=runs, yes=yes)
    if any(one.advice for one in found):
        raise typer.Exit(1)


def _is_listed(serial: str | None, port: int | None) -> bool:
    """Whether adb has the phone, however it is: then what is wrong with it is a line like any other."""
    try:
        serials = [one.entry.serial for one in phones(port)]
    except HarnessError:
        return False
    return serial in serials if serial is not None else bool(serials)


def _checked(one: Looked) -> dict[str, Any]:
    told: dict[str, Any] = {"check": one.check, "ok": not one.advice, "state": one.state, "advice": one.advice}
    return told | ({"rules": list(one.rules)} if one.check.startswith(ABILITY) else {})


def phone_abilities(serial: str | None, port: int | None, *, reboots: bool = False) -> Iterator[Looked]:
    """Try each ability of one phone; what it has not is told with the rules that may stay undecided.

    Raises ScenarioError for a phone that only its owner can unlock, DeviceBusy where another process uses it.
    """
    from harness.abilities.ability import Answer
    from harness.abilities.kept import try_all
    from harness.device.adb import open_device
    from harness.parsers.getprop import properties
    from harness.restore.device_lock import DeviceLock
    from harness.restore.ledger import put_back
    from harness.roms import rom_of
    from harness.session.wakefulness import need_unlocked

    with open_device(serial, port=port) as device:
        lock = DeviceLock.take(device, "doctor", wait=False, tell=console.progress)
        try:
            put_back(device, console.progress)
            need_unlocked(device)
            phone = properties(device.shell(["getprop"]).stdout)
            rom = rom_of(phone)
            unmarked = _("Android's own, or a ROM that is not known and is taken as that")
            yield Looked("rom", _("ROM"), unmarked if rom == "aosp" else Text(rom))
            for tried in try_all(device, phone, reboots=reboots):
                what, check = tried.ability.what, f"{ABILITY}{tried.ability.name}"
                if tried.answer is Answer.HAS:
                    yield Looked(check, what, _("works"))
                    continue
                rules = tuple(rule.id for rule in tried.ability.rules())
                answer = _("cannot be told") if tried.answer is Answer.UNKNOWN else _("refused")
                state = _("{answer}: {reason}", answer=answer, reason=tried.told or "-")
                unknown = (
                    _("no switch for it is known on this phone")
                    if tried.answer is Answer.LACKS
                    else _("put right what the reason names, where that can be done")
                )
                todo = tried.todo(rom) or unknown
                told = _("{advice}; rules that may stay undecided: {count}", advice=todo, count=len(rules))
                yield Looked(check, what, state, told, rules)
        finally:
            lock.release()


def _computer() -> Iterator[Looked]:
    yield Looked("apprights", Text("AppRights"), Text(harness.__version__))
    yield Looked("python", Text("Python"), Text(f"{platform.python_version()}, {platform.system()}"))
    yield _opencv()
    try:
        yield Looked("ocr", _("text in pictures"), Text(", ".join(f"{name} {number}" for name, number in engine_versions().items())))
    except FormatError as error:
        yield Looked("ocr", _("text in pictures"), _("cannot be read"), Text("{problem}", {"problem": error}))
    yield _space()
    yield _writable("runs", _("run folders"), RUNS, _("start it in a folder that may be written, or give --runs"))
    try:
        state = state_folder()
        yield _writable("state", _("state folder"), state, _("set APPRIGHTS_STATE to a folder that may be written"))
    except HarnessError as error:
        yield Looked("state", _("state folder"), _("unknown"), Text("{problem}", {"problem": error}))
    now = datetime.now(UTC).astimezone()
    told = Text(now.isoformat(sep=" ", timespec="seconds"))
    yield Looked("clock", _("clock"), told, NOTHING if now > BUILT else _("set the clock of this computer: runs are dated by it"))
    encoding = (sys.stdout.encoding or "ascii").lower()
    plain = _("set LANG to a UTF-8 locale, or PYTHONUTF8=1: Chinese texts cannot be shown")
    yield Looked("encoding", _("encoding of the terminal"), Text(encoding), NOTHING if _has_chinese(encoding) else plain)


def _has_chinese(encoding: str) -> bool:
    """Whether Chinese can be said in it: GBK, as on a Chinese Windows, lacks rare signs only, and they are escaped."""
    try:
        return bool(_CHINESE.encode(encoding))
    except (UnicodeEncodeError, LookupError):
        return False


def _opencv() -> Looked:
    names = {dist.metadata["Name"].lower() for dist in distributions() if dist.metadata["Name"]}
    if {"opencv-python", "opencv-python-headless"} <= names:
        return Looked("opencv", Text("OpenCV"), _("two packages overwrite each other"), _("uninstall 'opencv-python'"))
    with suppress(PackageNotFoundError):
        return Looked("opencv", Text("OpenCV"), Text(version("opencv-python-headless")))
    return Looked("opencv", Text("OpenCV"), _("not installed"), _("install AppRights again: 'opencv-python-headless' is missing"))


def _space() -> Looked:
    free = shutil.disk_usage(_nearest(RUNS)).free
    size = f"{free / 1024**3:.1f}"
    enough = NOTHING if free >= LEAST_SPACE else _("make room: a check records some hundred megabytes")
    return Looked("space", _("space for run folders"), _("{size} GB free", size=size), enough)


def _writable(check: str, what: Text, folder: Path, advice: Text) -> Looked:
    """Whether a file can be made where the folder is or would be."""
    try:
        with tempfile.TemporaryFile(dir=_nearest(folder)):
            return Looked(check, what, _("may be written: {folder}", folder=folder))
    except OSError as error:
        return Looked(check, what, _("{folder} cannot be written: {reason}", folder=folder, reason=why(error)), advice)


def _nearest(folder: Path) -> Path:
    """The folder, or what exists above it."""
    folder = folder.absolute()
    return next(each for each in (folder, *folder.parents) if each.is_dir())


def _adb(port: int | None) -> Iterator[Looked]:
    yield _program()
    try:
        found = phones(port)
        number = int(FastClient(server_port(port)).query("host:version"), 16)
    except (HarnessError, ValueError, OSError) as error:
        yield Looked("adb-server", _("adb server"), _("does not answer"), Text("{problem}", {"problem": error}))
        return
    yield Looked("adb-server", _("adb server"), _("runs, version {number}", number=number))
    if not found:
        yield Looked("phones", _("phones"), _("none is connected"))
    for phone in found:
        name = Text(" ".join(filter(None, (phone.entry.serial, phone.entry.model))))
        yield Looked("phone", name, phone.state, phone.advice)
        drift = 0 if phone.clock is None else round(phone.clock - time.time())
        if abs(drift) > LARGEST_DRIFT:
            told = _("{seconds} s from the clock of this computer", seconds=drift)
            yield Looked("phone-clock", _("clock of {name}", name=name), told, _("set date and time of the phone to automatic"))


def _program() -> Looked:
    try:
        path = adbutils_adb()
        answer = subprocess.run([path, "version"], capture_output=True, timeout=5, check=False).stdout.decode("utf-8", "replace")
    except (HarnessError, OSError, subprocess.TimeoutExpired):
        return Looked("adb", Text("adb"), _("not found"), _("install the Android platform-tools, or set ADBUTILS_ADB_PATH to adb"))
    numbers = [line.split()[-1] for line in answer.splitlines() if line.startswith("Version ")]
    number = numbers[0] if numbers else "?"
    major = number.partition(".")[0]
    old = major.isdecimal() and int(major) < OLD_ADB
    return Looked("adb", Text("adb"), Text(f"{number}  {path}"), _("update the Android platform-tools") if old else NOTHING)
