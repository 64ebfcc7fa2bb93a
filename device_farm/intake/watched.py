"""A folder in which others lay apps down, as a store does before it lists them: each is submitted once, when whole.

There is no notice of a change on a NAS, so the folder is looked at again and again. A file is whole when its size and
time have stood still for a while, or at once when a file of its name with ``.done`` behind it lies beside it. What was
submitted is moved to ``submitted``, what is no app to ``refused``: whoever is killed in between finds in the folder
what is not done, and submitting it again is the same unit.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from device_farm.intake.app_identity import APKS, whole_app
from device_farm.intake.folder import read_file
from device_farm.intake.submission_rows import Asked, Noted, Place, Refused
from harness.errors import FormatError, why
from harness.language import Text, _, both

SUBMITTED, REFUSED, DONE = "submitted", "refused", ".done"
SETTLE_SECONDS = 30.0
"""So long a file stands still before it is taken for whole [PROJECT]: an upload over a slow line pauses."""
ENDINGS = (*APKS, ".py")


@dataclass(frozen=True, slots=True)
class _Seen:
    """The size and time of a file, and since when it has them by this computer's monotonic clock."""

    size: int
    modified_ns: int
    laid_down: float  # not its own time, which a copy may keep from years ago
    since: float


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that is whole: its row, and the day it was laid down, by which its campaign is named."""

    path: Path
    seen: _Seen
    row: Asked | Refused
    day: str


class Watched:
    """One folder. ``clock`` is a steady clock of seconds."""

    def __init__(self, folder: Path, clock: Callable[[], float], *, settle_seconds: float = SETTLE_SECONDS, store: str = "") -> None:
        self.folder, self._clock, self._settle, self._store = folder, clock, settle_seconds, store
        self._seen: dict[Path, _Seen] = {}
        self._stuck: set[Path] = set()

    def arrived(self) -> Iterator[Arrived]:
        """What is whole now; an app has the place where ``done`` will put it. Raises OSError where none can be seen."""
        files = {path: stat for path in self._files() if (stat := self._looked(path)) is not None}
        self._seen = {path: seen for path, seen in self._seen.items() if path in files}
        self._stuck &= files.keys()
        for path, seen in files.items():
            if path in self._stuck or not (self._clock() - seen.since >= self._settle or self._told(path).exists()):
                continue
            row = read_file(path, store=self._store)
            if (after := self._looked(path)) is None or after != seen:  # it grew while it was read
                continue
            if isinstance(row, Asked):
                row = replace(row, app=replace(row.app, place=str(self._kept(path, row.app.sha256).absolute())))
            yield Arrived(path, seen, row, f"{datetime.fromtimestamp(seen.laid_down, UTC).astimezone():%Y-%m-%d}")

    def done(self, arrived: Arrived) -> Noted | None:
        """Put a file away that was submitted or refused; what to say where it cannot be moved: it is not tried again.

        One that was laid down anew meanwhile stays: it is another file.
        """
        row, path = arrived.row, arrived.path
        if self._looked(path) != arrived.seen:
            return None
        refused = f"{path.stem}-{arrived.seen.modified_ns}{path.suffix}"
        target = self._kept(path, row.app.sha256) if isinstance(row, Asked) else self.folder / REFUSED / refused
        try:
            target.parent.mkdir(exist_ok=True)
            if isinstance(row, Refused):
                target.with_name(f"{target.name}.txt").write_text("\n".join((*both(row.reason), "")), encoding="utf-8")
            else:
                with whole_app(path) as whole:  # a twin would find no sample there
                    if whole != path:
                        shutil.copyfile(whole, path)
            path.replace(target)
        except (OSError, FormatError) as error:
            self._stuck.add(path)
            reason = why(error) if isinstance(error, OSError) else error
            return Noted(Place(str(path)), _("cannot be moved to {place}: {reason}", place=target.parent.name, reason=reason))
        with suppress(OSError):
            self._told(path).unlink()
        return None

    def _files(self) -> list[Path]:
        return sorted(path for path in self.folder.iterdir() if path.suffix.lower() in ENDINGS and not path.name.startswith("."))

    def _looked(self, path: Path) -> _Seen | None:
        """Return the state of a file; None for what is no file, or is gone."""
        try:
            if path.is_symlink() or not path.is_file():
                return None
            now = path.stat()
        except OSError:
            return None
        known = self._seen.get(path)
        if known is None or (known.size, known.modified_ns) != (now.st_size, now.st_mtime_ns):
            known = self._seen[path] = _Seen(now.st_size, now.st_mtime_ns, max(now.st_mtime, now.st_ctime), self._clock())
        return known

    def _kept(self, path: Path, sha256: str) -> Path:
        """Return where a submitted file is kept: by its content, since the next version has the same name."""
        return self.folder / SUBMITTED / f"{path.stem}-{sha256[:12]}{path.suffix}"

    def _told(self, path: Path) -> Path:
        return path.with_name(path.name + DONE)


def unreadable(folder: Path, error: OSError) -> Text:
    """Return the message about a folder that cannot be read now; a NAS comes back."""
    return _("{folder} cannot be read now: {reason}; it is looked at again", folder=folder, reason=why(error))
