"""The additions to a run after its seal: files in ``custody/`` and the index that chains them to the seal.

One act (a signature, a time stamp, a review, the issue of a report) is one or more files of one number:
``NNNN-KIND.EXT``. ``index.json`` lists every file with the hash of the entry before it; the first has the manifest's
root there. So nothing in it can be changed, taken out of the middle, put in or moved without breaking the chain. Taking
off its end leaves a shorter chain that is whole: whoever must notice that keeps the chain's head elsewhere, as with the
root.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import takewhile
from pathlib import Path
from typing import BinaryIO, Literal, get_args

from harness.errors import EvidenceError
from harness.language import _
from harness.recording.canonical import canonical
from harness.recording.contents import Contents, Thing, contents_of, recorded_or_derived
from harness.recording.disk import flush, flush_folder
from harness.recording.lists import CUSTODY, parsed_list
from harness.recording.run_folder import MANIFEST, Difference
from harness.recording.run_format import not_written

INDEX = "index.json"
Kind = Literal["signature", "timestamp", "review", "report", "sealed-later"]
KINDS: tuple[str, ...] = get_args(Kind)
_NAME = re.compile(rf"{CUSTODY}/(\d{{4,}})-({'|'.join(KINDS)})\.[a-z0-9]+(?:\.[a-z0-9]+)*", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_LIMIT = 64 << 20  # bytes of an index or a manifest that is read


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of ``custody/``; ``previous`` is the hash of the entry before, or the root of the manifest."""

    path: str
    sha256: str
    size: int
    kind: str
    previous: str

    @property
    def hash(self) -> str:
        """What the next entry names as its ``previous``; that of the last is the head of the chain."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    @property
    def number(self) -> int:
        """The act that the file belongs to."""
        return int(self.path.removeprefix(f"{CUSTODY}/").partition("-")[0])


def add(folder: Path, kind: Kind, data: bytes | Mapping[str, bytes], *, ending: str = "json") -> Path:
    """Write one act's file, or several by their endings, and chain them; returns the first one's path.

    Raises EvidenceError for a run that is not sealed, a chain that is not whole, and while another process adds.
    """
    files = data if isinstance(data, Mapping) else {ending: data}
    if any(each.path in (CUSTODY, f"{CUSTODY}/{INDEX}") and each.change != "added" for each in check(folder)):
        raise EvidenceError(
            _("{path} is not as it was written: verify the run; nothing is added to a broken chain", path=folder / CUSTODY / INDEX)
        )
    if not (begins := root(folder)):
        raise EvidenceError(_("{folder} was never sealed: nothing can be added to it before apprights seal {folder}", folder=folder))
    place, coming = folder / CUSTODY, folder / CUSTODY / f"{INDEX}.next"
    made: list[Path] = []
    try:
        place.mkdir(exist_ok=True)
        with coming.open("xb") as index:  # whoever comes second finds it there
            made.append(coming)
            chain = list(entries(folder))
            number = 1 + max([0, *_numbers(place)])
            for suffix, content in files.items():
                path = place / f"{number:04d}-{kind}.{suffix}"
                made.append(path)
                with path.open("xb") as file:
                    _to_disk(file, content)
                digest, relative = hashlib.sha256(content).hexdigest(), f"{CUSTODY}/{path.name}"
                chain.append(Entry(relative, digest, len(content), kind, chain[-1].hash if chain else begins))
            _to_disk(index, _index_bytes(begins, chain))
        coming.replace(place / INDEX)
        flush_folder(place)
    except FileExistsError as error:
        raise EvidenceError(
            _("{path} is there: someone else adds to the run, or was broken off; if nobody does, delete it", path=coming)
        ) from error
    except OSError as error:
        for path in made:
            with suppress(OSError):
                path.unlink()
        with suppress(OSError):  # it is the run's own where something is in it
            place.rmdir()
        raise not_written(place, error) from error
    return made[1]


def entries(place: Path | Contents, until: str = "") -> tuple[Entry, ...]:
    """What was added to a run, the oldest first, as its index says; empty where nothing was, or the index is damaged.

    With ``until``, the hash of an entry or the root of the manifest, only what the chain had when that was its head.
    Whether the files are those is for ``check``.
    """
    found = _parsed(read(place, f"{CUSTODY}/{INDEX}"))[1]
    return tuple(takewhile(lambda entry: entry.previous != until, found)) if until else found


def head(place: Path | Contents) -> str:
    """The hash that stands for the seal and all that was added since: the last entry's, or the manifest's root."""
    found = entries(place)
    return found[-1].hash if found else root(place)


def check(place: Path | Contents) -> list[Difference]:
    """Every way in which ``custody/`` is not what its index says; empty where nothing was added to the run."""
    contents, index = contents_of(place), f"{CUSTODY}/{INDEX}"
    things = {path: thing for path, thing in contents.things().items() if path == CUSTODY or not recorded_or_derived(path)}
    there = [path for path in things if path != CUSTODY]
    if not there:
        return [_difference(CUSTODY, "added" if thing is Thing.FOLDER else "changed") for thing in things.values()]
    found: list[Difference] = []
    chain: tuple[Entry, ...] = ()
    if index not in there:
        found.append(_difference(index, "missing"))
    else:
        written = read(contents, index)
        begins, chain = _parsed(written)
        whole = bool(chain) and begins == root(contents) and _chained(begins, chain) and written == _index_bytes(begins, chain)
        if not whole or things[index] is not Thing.FILE:
            found.append(_difference(index, "changed"))
    found += [each for entry in chain if (each := _compared(contents, entry, things)) is not None]
    listed = {index, *(entry.path for entry in chain)}
    return found + [_difference(path, "added") for path in there if path not in listed]


def read(place: Path | Contents, path: str) -> bytes:
    """The bytes of a file of a run, empty where it cannot be read."""
    try:
        return contents_of(place).read(path, _LIMIT)
    except OSError:
        return b""


def _index_bytes(root: str, chain: Sequence[Entry]) -> bytes:
    return canonical({"begins": root, "entries": [asdict(entry) for entry in chain]})


def _parsed(written: bytes) -> tuple[str, tuple[Entry, ...]]:
    """What the chain begins with and its entries; no entries at all where one of them is none."""
    try:
        data = json.loads(written.decode())
        return str(data["begins"]), tuple(_entry(**each) for each in data["entries"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return "", ()


def _entry(path: object, sha256: object, size: object, kind: object, previous: object) -> Entry:
    """An entry of what an index says; raises ValueError where it says something else."""
    if not (isinstance(path, str) and isinstance(sha256, str) and isinstance(kind, str) and isinstance(previous, str)):
        raise ValueError("an entry has other values")
    name = _NAME.fullmatch(path)
    if type(size) is not int or name is None or name[2] != kind or not _HASH.fullmatch(sha256) or not _HASH.fullmatch(previous):
        raise ValueError("an entry has other values")
    return Entry(path, sha256, size, kind, previous)


def _chained(root: str, chain: Sequence[Entry]) -> bool:
    before = [root, *(entry.hash for entry in chain)]
    return len({entry.path for entry in chain}) == len(chain) and all(
        entry.previous == previous for entry, previous in zip(chain, before, strict=False)
    )


def _compared(contents: Contents, entry: Entry, things: Mapping[str, Thing]) -> Difference | None:
    if entry.path not in things:
        return _difference(entry.path, "missing")
    try:
        same = (
            things[entry.path] is Thing.FILE and contents.size(entry.path) == entry.size and contents.digest(entry.path)[0] == entry.sha256
        )
    except OSError:
        same = False
    return None if same else _difference(entry.path, "changed")


def _numbers(place: Path) -> list[int]:
    """The numbers that are taken, also by a file that was left by one broken off."""
    heads = (path.name.partition("-")[0] for path in place.iterdir())
    return [int(each) for each in heads if each.isascii() and each.isdecimal()]


def _to_disk(file: BinaryIO, data: bytes) -> None:
    file.write(data)
    file.flush()
    flush(file.fileno())


def root(place: Path | Contents) -> str:
    """The root that a run's manifest names, empty for a run that was never sealed."""
    found = parsed_list(read(place, MANIFEST)).get("root")
    return found if isinstance(found, str) and _HASH.fullmatch(found) else ""


def _difference(path: str, change: Literal["missing", "changed", "added"]) -> Difference:
    return Difference(path, change, "custody")
