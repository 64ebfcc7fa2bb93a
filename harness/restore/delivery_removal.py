"""Remove what was delivered to a phone while adverts were tried, also after a check that broke off.

The ledger knows the names of what was there before, in short, and until when we watched. After a crash somebody may use
the phone: so only what came within that time goes, and never what was there before.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from harness.device.protocol import Device, run_together
from harness.errors import CommandFailed, FormatError, HarnessError
from harness.events.delivery_events import Witness
from harness.language import Text, _
from harness.parsers.delivery_changes import DOWNLOADS_PROVIDER, NO_INSTALLER, UNFINISHED, counts, row_state
from harness.parsers.downloads import running_downloads
from harness.parsers.dump_sections import section
from harness.parsers.install_sessions import HEADING, InstallSession, InstallSessionReader
from harness.parsers.packages_list import listed_packages
from harness.parsers.public_files import listed_files
from harness.restore.delivery_commands import LIST_PACKAGES, LIST_ROWS, LIST_SESSIONS, list_files
from harness.restore.wall_clock import Run

GRACE_SECONDS = 1800
"""How long after the last look something that came counts as ours still [PROJECT]: a download goes on after a crash."""
SLACK_SECONDS = 2
"""What the clocks of two commands may differ by [PROJECT]."""
LIST_SECONDS = 90.0
"""How long the lists of one moment may take [PROJECT]: a full memory card is slow to list."""
WITNESSES = (Witness.ROW, Witness.FILE, Witness.SESSION, Witness.PACKAGE)
"""Whose things are taken away, in this order: what loads first."""
STILL_THERE = _("it is there still")
KEPT = _("the download has ended, and Android keeps its row")
_SHORT = 12  # hex digits of a name's hash: two names of 4,000 are alike once in 30 million lists
_MEDIA = re.compile(r"content://media/[\w-]+/[\w/]+/\d+$")
_STAMP = re.compile(r"\d{1,12}")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing on the phone that was not there before; ``path`` is a file's, ``media`` its address in MediaStore.

    ``done``: a row of a download that has ended, of which nothing comes any more.
    """

    witness: Witness
    key: str
    name: str
    path: str = ""
    media: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Removal:
    """What became of one thing: taken away, or why not (``problem``)."""

    came: Delivery
    problem: HarnessError | Text | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """What was there before: hashes of names by witness, and the phone's wall clock then and at the last look.

    ``told`` are the lists that could be read. A list may be cut, so a name that is not in it is not enough: the time at
    which a thing came must be ours too. ``moved`` are the spans that the clock showed while we had moved it ahead.
    """

    package: str
    since: int
    until: int
    told: tuple[Witness, ...]
    names: tuple[str, ...]
    moved: tuple[tuple[int, int], ...] = ()

    def watched(self, now: int, *, moved: bool) -> Before:
        """The same, watched until ``now`` on the phone's clock, which we have ``moved`` or not."""
        if not moved or not self.moved:
            return replace(self, until=now)
        *others, (since, _until) = self.moved
        return replace(self, moved=(*others, (since, now)))

    def ours(self, came: int, now: int) -> bool:
        """Whether a thing came while we watched.

        A time to which the clock was moved is ours until the clock gets there by itself: then others use the phone.
        """
        spans = [(self.since, self.until), *(span for span in self.moved if now < span[0])]
        return any(since - SLACK_SECONDS <= came <= until + GRACE_SECONDS for since, until in spans)

    def had(self, witness: Witness, key: str) -> bool:
        return _short(witness, key) in self.names


def before_now(device: Device, package: str) -> Before:
    """What is on the phone now, for the ledger."""
    since = _now(device)
    found = _present(device, package)
    names = sorted(_short(one.witness, one.key) for each in found.values() for one, _came in each)
    return Before(package, since, since, tuple(found), tuple(names))


def _now(device: Device) -> int:
    told = device.shell(["date", "+%s"]).stdout.strip()
    if not told.isdecimal():
        raise CommandFailed("date +%s", 1, told)
    return int(told)


def delivered_since(device: Device, before: Before) -> list[Delivery]:
    """What is there now and was not before, and came while we watched.

    A list that could not be read before tells nothing now; what has no time stays.
    """
    found: list[Delivery] = []
    now = _now(device) if before.moved else before.until
    for witness, each in _present(device, before.package).items():
        for one, told in each:
            if witness in before.told and not before.had(witness, one.key):
                came = _installed_at(device, one.key) if witness is Witness.PACKAGE else told
                if came is not None and before.ours(came, now):
                    found.append(one)
    return found


def remove_deliveries(device: Device, before: Before, run: Run, came: Sequence[Delivery] | None = None) -> list[Removal]:
    """Take away all that came, each with why it could not be where it could not; ``came`` is what is known of it."""
    problems: dict[Delivery, HarnessError | Text | None] = {}
    for one in delivered_since(device, before) if came is None else came:
        problems[one] = None
        for command in _commands(one):
            try:
                run(command)
            except CommandFailed as error:
                problems[one] = error
    left = {(one.witness, one.key) for one in delivered_since(device, before)} if problems else set()
    return [Removal(one, _left(one, problem) if (one.witness, one.key) in left else None) for one, problem in problems.items()]


def _left(one: Delivery, problem: HarnessError | Text | None) -> HarnessError | Text:
    return problem or (KEPT if one.done else STILL_THERE)


def _commands(came: Delivery) -> Iterator[tuple[str, ...]]:
    """How shell takes it away, as far as Android lets it.

    A row of DownloadManager belongs to its app: its file's entry in MediaStore may be deleted, which takes the row
    along (DownloadStorageProvider.java, since 10), and the job that loads it be cancelled (JobSchedulerShellCommand).
    """
    match came.witness:
        case Witness.ROW:
            if came.media:
                yield "content", "delete", "--uri", came.media
            if not came.done:
                yield "cmd", "jobscheduler", "cancel", DOWNLOADS_PROVIDER, came.key
        case Witness.FILE:
            yield "rm", "-f", "--", came.path
        case Witness.SESSION:
            yield "pm", "install-abandon", came.key
        case Witness.PACKAGE:
            yield "pm", "uninstall", came.key


def _installed_at(device: Device, package: str) -> int | None:
    """When the base APK of a package came, by the phone's wall clock; None where that is not told."""
    paths = [line.removeprefix("package:") for line in device.shell(["pm", "path", package]).stdout.splitlines()]
    told = device.shell(["stat", "-c", "%Z", paths[0]]).stdout.strip() if paths else ""
    return int(told) if _STAMP.fullmatch(told) else None


def _present(device: Device, package: str) -> dict[Witness, list[tuple[Delivery, int | None]]]:
    """What is there now, each with the time at which it came by the phone's wall clock; no list that cannot be read."""
    commands = [LIST_ROWS, list_files(package), LIST_SESSIONS, LIST_PACKAGES]
    readers = (_rows, _files, _sessions, _packages)
    found: dict[Witness, list[tuple[Delivery, int | None]]] = {}
    for witness, read, result in zip(WITNESSES, readers, run_together(device, commands, timeout=LIST_SECONDS), strict=True):
        try:
            found[witness] = list(read(result.stdout))
        except FormatError:
            continue
    return found


def _rows(text: str) -> Iterator[tuple[Delivery, int | None]]:
    for row in running_downloads(text):
        media = row.media_uri if row.media_uri and _MEDIA.match(row.media_uri) else ""
        changed = None if row.last_modified_ms is None else row.last_modified_ms // 1000
        done = row_state(row) not in UNFINISHED
        yield Delivery(Witness.ROW, str(row.id), row.title or row.path or "", media=media, done=done), changed


def _files(text: str) -> Iterator[tuple[Delivery, int | None]]:
    for path, file in listed_files(text).items():
        if counts(file):
            yield Delivery(Witness.FILE, path, path.rpartition("/")[2], path=path), file.changed


def _sessions(text: str) -> Iterator[tuple[Delivery, int | None]]:
    reader = InstallSessionReader()
    for line in section(text.splitlines(), "dumpsys package", HEADING, service="package"):
        yield from _open_sessions(reader.feed(line))
    yield from _open_sessions(reader.finish())


def _open_sessions(found: Iterator[object]) -> Iterator[tuple[Delivery, int | None]]:
    for session in found:
        if isinstance(session, InstallSession) and session.state == "active" and session.installer not in NO_INSTALLER:
            created = None if session.created_ms is None else session.created_ms // 1000
            yield Delivery(Witness.SESSION, str(session.session_id), session.package or ""), created


def _packages(text: str) -> Iterator[tuple[Delivery, int | None]]:
    for package in listed_packages(text):
        yield Delivery(Witness.PACKAGE, package.name, package.name), None


def _short(witness: Witness, key: str) -> str:
    return hashlib.sha256(f"{witness}:{key}".encode("utf-8", "surrogatepass")).hexdigest()[:_SHORT]
