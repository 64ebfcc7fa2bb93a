"""Compare a run folder with its lists: every file, folder and link in it is on one, or it is named."""

import json
import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from harness.errors import EvidenceError, FormatError
from harness.language import _
from harness.recording.canonical import canonical
from harness.recording.contents import Contents, FolderContents, Thing, contents_of, recorded_or_derived
from harness.recording.disk import is_left_over
from harness.recording.lists import (
    ANALYSES,
    ANALYSIS,
    CUSTODY,
    LIST_LIMIT,
    MANIFEST,
    RAW,
    SCREENS,
    SUMS,
    Entry,
    analysis_bytes,
    entries_of,
    kind_of,
    manifest_bytes,
    parsed_list,
    sums_bytes,
    version_mark,
)
from harness.recording.run_format import LISTED, RUN, RUN_LIMIT, known_format

Layer = Literal["manifest", "analysis", "custody", "folder"]
_RECORDED, _DERIVED = {"kind", "path", "sha256", "size", "time"}, {"kind", "path", "sha256", "size"}
_FIRST = re.compile(r"(events\.jsonl|findings\.json|statement\.intoto\.json)")
"""Derived files that are there only where analysis.json is, or was."""
_MUCH = 32 << 20  # bytes; for less, threads cost more than they save
_WORKERS = min(8, os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a run folder is not what its lists say.

    ``layer``: what was recorded, what was derived, what was added after the seal, or what is on no list at all.
    ``resealed``: the whole folder is another one than that whose root was given. ``otherwise``: the recording gives
    other results. ``foreign``: it is of another run, or of other results.
    """

    path: str
    change: Literal["missing", "changed", "added", "resealed", "otherwise", "foreign"]
    layer: Layer


def verify(place: Path | Contents) -> list[Difference]:
    """Compare a sealed run with its lists, each with its one form; empty when all agree.

    What was added after the seal is for ``harness.custody``. Raises EvidenceError when the folder was never sealed,
    FormatError when a newer AppRights recorded it.
    """
    contents = contents_of(place)
    if not was_sealed(contents):
        raise EvidenceError(_("{folder} was never sealed: it is not a run folder, or its run was broken off", folder=contents.name))
    return _Check(contents).differences()


def altered(folder: Path) -> tuple[Difference, ...]:
    """What of a run is not as it was sealed and analysed; empty for a run that was never sealed.

    A derived file that is gone is no alteration: it is made again from what was recorded. Nor is what a process left
    that was killed while it wrote one; nor, in a folder of an older format, what lies beside what was recorded.
    """
    contents = FolderContents(folder)
    if not was_sealed(contents):
        return ()
    check = _Check(contents)
    return tuple(
        each
        for each in check.differences()
        if (each.change, each.layer) != ("missing", "analysis")
        and not (each.layer == "folder" and (check.older or is_left_over(each.path)))
    )


def was_sealed(place: Path | Contents) -> bool:
    """Whether a run has its manifest, or what only a sealed one has: custody, or results that name a manifest.

    SHA256SUMS tells nothing: a check that was killed while it sealed leaves them alone.
    """
    contents = contents_of(place)
    things = contents.things()
    if MANIFEST in things or CUSTODY in things:
        return True
    for name in [name for name, thing in things.items() if thing is Thing.FILE and ANALYSES.fullmatch(name)]:
        with suppress(OSError):
            if parsed_list(contents.read(name, LIST_LIMIT)).get("manifest"):
                return True
    return False


class _Check:
    """One comparison of a folder with its lists."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._there = {path: thing for path, thing in contents.things().items() if recorded_or_derived(path)}
        self._data, self._written = self._read(MANIFEST)
        self._entries = entries_of(self._data)
        self._analyses = {name: self._read(name) for name in sorted(self._there) if ANALYSES.fullmatch(name)}
        self._hashed = self._hash_all()
        self._whole = True
        self.older = self._format() < LISTED

    def differences(self) -> list[Difference]:
        if MANIFEST not in self._there:  # what was recorded, and of which run the rest is, nobody can tell without it
            derived = (entries_of(data) or [] for data, _written in self._analyses.values())
            changed = (each for entries in derived for each in self._compared(entries, "analysis"))
            return list(dict.fromkeys((Difference(MANIFEST, "missing", "manifest"), *changed)))
        found = [*self._manifest(), *self._sums()]
        listed = {RUN, MANIFEST, *([] if self.older else [SUMS]), *(each["path"] for each in self._entries or [])}
        for name in self._analyses:
            differences, own = self._analysis(name)
            found += differences
            listed |= own
        found += self._unlisted(listed)
        if ANALYSIS not in self._there and any(_FIRST.fullmatch(each.path) for each in found):
            found.append(Difference(ANALYSIS, "missing", "analysis"))
        return list(dict.fromkeys(found))

    def _format(self) -> int:
        """The format of the folder: of one that was altered the strictest, of a newer one an error."""
        try:
            run = json.loads(self._contents.read(RUN, RUN_LIMIT).decode())
        except (OSError, ValueError, RecursionError):
            return LISTED
        try:
            return known_format(run if isinstance(run, dict) else {}, Path(self._contents.name))
        except FormatError:
            if any(each["path"] == RUN and self._hashed.get(RUN) == (each.get("sha256"), each.get("size")) for each in self._entries or []):
                raise
            return LISTED

    def _manifest(self) -> Iterator[Difference]:
        later = self._data.get("sealed_later", "")
        entries = self._entries
        whole = entries is not None and isinstance(later, str) and _in_order(entries, _RECORDED)
        there = self._there.get(MANIFEST)
        self._whole = whole and there is Thing.FILE and manifest_bytes(entries or [], str(later)) == self._written
        if not self._whole:
            yield Difference(MANIFEST, "changed" if there else "missing", "manifest")
        yield from self._compared(entries or [], "manifest")

    def _sums(self) -> Iterator[Difference]:
        if self.older:
            return
        if SUMS not in self._there:
            yield Difference(SUMS, "missing", "manifest")
        elif self._whole and not self._same(SUMS, sums_bytes(self._entries or [], self._written)):
            yield Difference(SUMS, "changed", "manifest")

    def _same(self, name: str, wanted: bytes) -> bool:
        try:
            return self._there[name] is Thing.FILE and self._contents.read(name, len(wanted) + 1) == wanted
        except OSError:
            return False

    def _read(self, name: str) -> tuple[dict[str, Any], bytes]:
        try:
            written = self._contents.read(name, LIST_LIMIT) if self._there.get(name) is Thing.FILE else b""
        except OSError:
            return {}, b""
        return parsed_list(written), written

    def _analysis(self, name: str) -> tuple[list[Difference], set[str]]:
        """What differs from one list of derived files, and what is on it."""
        data, written = self._analyses[name]
        entries, versions, manifest = entries_of(data), data.get("versions"), data.get("manifest")
        mark = ANALYSES.fullmatch(name)
        whole = entries is not None and isinstance(versions, dict) and manifest == self._data.get("root") and _in_order(entries, _DERIVED)
        if whole and mark is not None and mark[1]:
            whole = mark[1] == version_mark(versions or {})
        if whole:
            form = _old_analysis_bytes if self.older and "root" not in data else analysis_bytes
            whole = form(entries or [], versions or {}, manifest) == written
        found = [] if whole else [Difference(name, "changed", "analysis")]
        return [*found, *self._compared(entries or [], "analysis")], {name, *(each["path"] for each in entries or [])}

    def _compared(self, entries: Sequence[Entry], layer: Layer) -> Iterator[Difference]:
        for each in entries:
            path = str(each["path"])
            if (above := self._not_a_folder(path)) is not None:
                yield Difference(above, "changed", layer)
            elif path not in self._there:
                yield Difference(path, "missing" if _plain(path) else "changed", layer)
            elif self._hashed.get(path) != (each.get("sha256"), each.get("size")):
                yield Difference(path, "changed", layer)

    def _not_a_folder(self, path: str) -> str | None:
        """What stands in place of a folder above a file: a link, for one, which nobody follows."""
        above = (str(parent) for parent in reversed(PurePosixPath(path).parents[:-1]))
        return next((each for each in above if self._there.get(each, Thing.FOLDER) is not Thing.FOLDER), None)

    def _hash_all(self) -> dict[str, tuple[str, int]]:
        """SHA-256 and size of every file that a list names, several at a time."""
        lists = [self._entries or [], *(entries_of(data) or [] for data, _written in self._analyses.values())]
        files = [(path, each.get("size")) for entries in lists for each in entries if self._there.get(path := each["path"]) is Thing.FILE]
        if sum(size for _path, size in files if type(size) is int) < _MUCH:
            return {each[0]: got for each in files if (got := self._hash(each)) is not None}
        with ThreadPoolExecutor(_WORKERS) as pool:
            return {each[0]: got for each, got in zip(files, pool.map(self._hash, files), strict=True) if got is not None}

    def _hash(self, listed: tuple[str, object]) -> tuple[str, int] | None:
        """None for a file of another size, which is another file."""
        path, size = listed
        try:
            return self._contents.digest(path) if self._contents.size(path) == size else None
        except OSError:
            return None

    def _unlisted(self, listed: set[str]) -> Iterator[Difference]:
        """Whatever is on no list; a folder where nothing in it is."""
        needed = {str(parent) for path in listed for parent in PurePosixPath(path).parents}
        needed |= {RAW, SCREENS} if self.older else set()
        filled = {str(PurePosixPath(path).parent) for path in self._there}
        for path, thing in self._there.items():
            if path in listed or path == CUSTODY:
                continue
            if thing is Thing.FOLDER and (path in needed or path in filled):
                continue
            if thing is not Thing.FOLDER and path in needed:
                continue  # it stands in place of a folder, and is named there
            yield Difference(path, "added", "manifest" if PurePosixPath(path).parts[0] in (RAW, SCREENS) else "folder")


def _old_analysis_bytes(entries: Sequence[Entry], versions: dict[str, str], manifest: str | None) -> bytes:
    """analysis.json as it was in folders of formats 1 and 2: it had no root."""
    return canonical({"files": list(entries), "manifest": manifest, "versions": versions})


def _in_order(entries: Sequence[Entry], keys: set[str]) -> bool:
    """Whether the entries of a list are those that we write: by path, each once, each of its kind."""
    paths = [str(each["path"]) for each in entries]
    return paths == sorted(set(paths)) and all(set(each) == keys and each["kind"] == kind_of(each["path"]) for each in entries)


def _plain(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and parts[0] != "/" and ".." not in parts
