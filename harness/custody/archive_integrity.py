"""A zip of ``pack`` verified where it lies: every run in it against its own seal, every file against ``pack.json``."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from harness.console import printable
from harness.custody import index, records
from harness.custody.attestations import Attestation
from harness.custody.canonical_zip import Member, members, other_form
from harness.custody.derivation import Deriving, ResultsCheck, results_of
from harness.custody.redaction_comparison import disguised, only_blackened
from harness.custody.run_archive import FORMAT, PACK
from harness.custody.trust import attestations
from harness.errors import EvidenceError
from harness.language import _
from harness.recording import run_folder
from harness.recording.canonical import canonical
from harness.recording.contents import Thing
from harness.recording.lists import ANALYSES, LIST_LIMIT, parsed_list
from harness.recording.run_folder import Difference

_CHUNK = 1 << 20
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class PackedRun:
    """What was found of one run in a zip, and its ``contents``.

    ``redacted`` are files that were blacked out, ``left_out`` those that are not there; the hash of the original is
    told of both. ``compared`` are those that a run at hand has too, and nothing but what is blacked out differs.
    ``results`` are its analyses, derived again from what is in the zip or, where that is not all, from the run at hand.
    """

    folder: str
    root: str
    differences: tuple[Difference, ...]
    contents: PackContents
    redacted: tuple[str, ...]
    left_out: tuple[str, ...]
    compared: tuple[str, ...]
    vouchers: tuple[Attestation, ...]
    results: tuple[ResultsCheck, ...]


def verify_pack(path: Path, *, originals: Collection[Path] = (), trust: str = "", derive: Deriving = results_of) -> tuple[PackedRun, ...]:
    """Verify a zip without unpacking it; ``originals`` are run folders that redacted copies are compared with.

    Raises EvidenceError, one clear line, for a file that ``pack`` did not write as it is.
    """
    found = members(path)
    runs = _listed(path, found)
    named = [f"{run['folder']}/{each['path']}" for run in runs for each in run["files"] if "sha256" in each]
    if extra := sorted(found.keys() - set(named) - {PACK}):
        raise EvidenceError(_("{path}: {file} is on no list of its {pack}", path=path, file=printable(extra[0][:100]), pack=PACK))
    if [name for name in [*named, PACK] if name in found] != list(found):
        raise other_form(path)
    return tuple(_verified(path, found, run, originals, trust, derive) for run in runs)


class PackContents:
    """One run in a zip. A file that was blacked or left out has the hash of its original, as the zip lists it."""

    def __init__(self, path: Path, found: Mapping[str, Member], run: Mapping[str, Any]) -> None:
        self._path, self._found, self._folder = path, found, str(run["folder"])
        self.listed: dict[str, Mapping[str, Any]] = {each["path"]: each for each in run["files"]}
        self._digests: dict[str, tuple[str, int]] = {}

    @property
    def name(self) -> str:
        """The zip, and the folder in it."""
        return f"{self._path}/{self._folder}"

    def things(self) -> Mapping[str, Thing]:
        """The files of the run, also those that were left out, and the folders they are in."""
        there = [path for path, each in self.listed.items() if f"{self._folder}/{path}" in self._found or "sha256" not in each]
        folders = {path[:place] for path in there for place, sign in enumerate(path) if sign == "/"}
        return dict.fromkeys(sorted(folders), Thing.FOLDER) | dict.fromkeys(there, Thing.FILE)

    def read(self, path: str, limit: int) -> bytes:
        """The first bytes of a file."""
        member = self._member(path)
        with self._path.open("rb") as file:
            file.seek(member.start)
            return file.read(min(limit, member.size))

    def digest(self, path: str) -> tuple[str, int]:
        """SHA-256 and size of a file; of one that was blacked or left out those of its original."""
        about = self.listed[path]
        original = about.get("original")
        known = (original["sha256"], original["size"]) if original else None
        if "sha256" not in about and known:
            return known
        found = self.packed_digest(path)
        return known if known and found == (about["sha256"], about["size"]) else found

    def size(self, path: str) -> int:
        """Bytes of a file; of one that was blacked or left out those of its original."""
        return self.digest(path)[1]

    def packed_digest(self, path: str) -> tuple[str, int]:
        """SHA-256 and size of what is in the zip; raises OSError where the checksum of the zip is another."""
        if path not in self._digests:
            member = self._member(path)
            digest, crc, left = hashlib.sha256(), 0, member.size
            with self._path.open("rb") as file:
                file.seek(member.start)
                while left and (chunk := file.read(min(_CHUNK, left))):
                    digest.update(chunk)
                    crc, left = zlib.crc32(chunk, crc), left - len(chunk)
            if crc != member.crc or left:
                raise OSError(path)
            self._digests[path] = digest.hexdigest(), member.size
        return self._digests[path]

    def _member(self, path: str) -> Member:
        member = self._found.get(f"{self._folder}/{path}")
        if member is None:
            raise FileNotFoundError(path)
        return member

    def unpack(self, folder: Path) -> None:
        """Write the files of the run into a folder, which was verified before."""
        for path in self.listed:
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            member = self._member(path)
            place.write_bytes(self.read(path, member.size))


def _verified(
    path: Path, found: Mapping[str, Member], run: Mapping[str, Any], originals: Iterable[Path], trust: str, derive: Deriving
) -> PackedRun:
    contents = PackContents(path, found, run)
    differences = [*run_folder.verify(contents), *records.check(contents), *_packed(contents, run), *disguised(contents)]
    root = index.root(contents)
    redacted = tuple(name for name, each in contents.listed.items() if "original" in each and "sha256" in each)
    left_out = tuple(name for name, each in contents.listed.items() if "sha256" not in each)
    folder = next((each for each in originals if index.root(each) == root), None)
    compared, other = _compared(contents, [*redacted, *left_out], folder) if folder else ((), [])
    differences = list(dict.fromkeys([*differences, *other]))
    return PackedRun(
        folder=str(run["folder"]),
        root=root,
        differences=tuple(differences),
        contents=contents,
        redacted=redacted,
        left_out=left_out,
        compared=compared,
        vouchers=attestations(contents, trust),
        results=() if differences else _results(contents, folder, whole=not redacted and not left_out, derive=derive),
    )


def _results(contents: PackContents, original: Path | None, *, whole: bool, derive: Deriving) -> tuple[ResultsCheck, ...]:
    """The results of a run, derived again from what is in the zip, or from its original where that is not all."""
    if whole:
        with TemporaryDirectory() as place:
            contents.unpack(Path(place))
            return derive(Path(place), contents.name)
    names = [name for name in contents.listed if ANALYSES.fullmatch(name)]
    known = {each.path: each for each in derive(original, contents.name)} if original else {}
    found = []
    for name in names:
        written = contents.read(name, LIST_LIMIT)
        if original and name in known and index.read(original, name) == written:
            found.append(known[name])
        else:
            words = _("it is not all here: name the run folder, too")
            found.append(ResultsCheck(name, str(parsed_list(written).get("root", "")), "not derived", words=words))
    return tuple(found)


def _packed(contents: PackContents, run: Mapping[str, Any]) -> Iterable[Difference]:
    """What differs from the list in the zip: it names every file, whatever the lists of the run say."""
    for name, each in contents.listed.items():
        try:
            same = "sha256" not in each or contents.packed_digest(name) == (each["sha256"], each["size"])
        except FileNotFoundError:
            yield Difference(name, "missing", "folder")
            continue
        except OSError:
            same = False
        if not same:
            yield Difference(name, "changed", "folder")
    if run["root"] != index.root(contents) or run["head"] != index.head(contents):
        yield Difference(PACK, "changed", "folder")


def _compared(contents: PackContents, names: Iterable[str], folder: Path) -> tuple[tuple[str, ...], list[Difference]]:
    """Which blacked out files agree with the run at hand but for what is blacked out, and which do not."""
    same, other = [], []
    for name in names:
        about = contents.listed[name]
        try:
            original = (folder / name).read_bytes()
        except OSError:
            continue
        known = hashlib.sha256(original).hexdigest() == about["original"]["sha256"]
        copy = contents.read(name, about["size"]) if "sha256" in about else None
        if known and (copy is None or only_blackened(original, copy)):
            same.append(name)
        else:
            other.append(Difference(name, "changed", "folder"))
    return tuple(same), other


def _listed(path: Path, found: Mapping[str, Member]) -> list[dict[str, Any]]:
    """The runs that the list of a zip names; raises EvidenceError for a list that ``pack`` did not write."""
    member = found.get(PACK)
    if member is None:
        raise EvidenceError(_("{path} has no {pack}: it is no zip of 'apprights pack'", path=path, pack=PACK))
    with path.open("rb") as file:
        file.seek(member.start)
        written = file.read(min(member.size, LIST_LIMIT))
    try:
        data = json.loads(written.decode())
        newer = data.get("format", FORMAT) != FORMAT
        whole = written == canonical(data) and zlib.crc32(written) == member.crc
        whole = whole and set(data) == {"format", "runs"} and isinstance(data["runs"], list) and bool(data["runs"])
        whole = whole and all(map(_is_run, data["runs"])) and _ordered(data["runs"], "folder")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        newer, whole = False, False
    if newer:
        raise EvidenceError(_("{path} was packed by a newer AppRights: update AppRights", path=path))
    if not whole:
        raise EvidenceError(_("{path}: its {pack} is not as it was written", path=path, pack=PACK))
    runs: list[dict[str, Any]] = data["runs"]
    return runs


def _is_run(run: Mapping[str, Any]) -> bool:
    texts = all(isinstance(run[name], str) for name in ("folder", "head", "root"))
    return texts and set(run) == {"files", "folder", "head", "root"} and all(map(_is_file, run["files"])) and _ordered(run["files"], "path")


def _ordered(listed: Sequence[Mapping[str, Any]], name: str) -> bool:
    """Whether each is there once, in the order of its name."""
    names = [each[name] for each in listed]
    return names == sorted(set(names))


def _is_file(each: Mapping[str, Any]) -> bool:
    """Whether an entry is that of a file as it is, of a blacked out one, or of one that was left out."""
    keys, plain, changed = set(each), {"path", "sha256", "size"}, {"path", "original", "redacted"}
    if not isinstance(each["path"], str) or keys not in (plain, changed, plain | changed):
        return False
    original = each.get("original")
    known = original is None or (set(original) == {"sha256", "size"} and _hashed(original))
    return known and ("sha256" not in each or _hashed(each))


def _hashed(each: Mapping[str, Any]) -> bool:
    return isinstance(each["sha256"], str) and _HASH.fullmatch(each["sha256"]) is not None and type(each["size"]) is int
