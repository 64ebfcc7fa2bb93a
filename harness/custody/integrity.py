"""Verify that a run folder, a zip of runs, and the runs that a report is about are unaltered since their seal.

A folder that was sealed again as a whole agrees with itself: only a hash that was kept elsewhere tells it from the
first one. What may be given as such a hash: the root of the manifest or of an analysis, and each link of what was
added later (``harness.custody.index``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from harness.custody import index
from harness.custody.archive_integrity import verify_pack
from harness.custody.trust import attestations
from harness.errors import EvidenceError
from harness.language import _
from harness.recording import run_folder
from harness.recording.contents import FolderContents
from harness.recording.lists import ANALYSES, read_list, sealed_later, sealed_root
from harness.recording.run_folder import MANIFEST, Difference

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from harness.custody.attestations import Attestation
    from harness.custody.named_runs import NamedRun

PACKS = (".zip",)
State = Literal["same", "other", "not here"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found of a run; ``root`` is the manifest's, ``rooted`` whether a root was given to compare with.

    ``sealed_later`` is when a run was sealed that had been broken off. ``vouchers`` are its signatures and time stamps.
    The last three are of a run in a zip (``harness.custody.archive_integrity``).
    """

    name: str
    differences: tuple[Difference, ...]
    root: str
    rooted: bool
    sealed_later: str = ""
    vouchers: tuple[Attestation, ...] = ()
    redacted: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether nothing is otherwise than it was sealed, and whoever vouches for it does."""
        return not self.differences and all(each.good is not False for each in self.vouchers)


@dataclass(frozen=True, slots=True)
class Claim:
    """A run that a report is about, and whether the folder at hand, if there is one, is that run."""

    named: NamedRun
    state: State
    folder: Path | None = None


def verify(folder: Path, roots: Collection[str] = (), trust: str = "") -> Checked:
    """Compare a sealed run folder with its lists, what was added later with its chain, all of it with ``roots``.

    Of the roots one must be the folder's, where any is given; ``trust`` is the fingerprint of a key that must have
    signed. Raises EvidenceError when the folder was never sealed, FormatError when a newer AppRights recorded it.
    """
    contents = FolderContents(folder)
    found = (*run_folder.verify(contents), *index.check(contents))
    found = (*_resealed(_known(folder), roots), *found)
    return Checked(str(folder), found, sealed_root(folder), bool(roots), sealed_later(folder), attestations(folder, trust))


def verify_zip(path: Path, roots: Collection[str] = (), trust: str = "", originals: Collection[Path] = ()) -> tuple[Checked, ...]:
    """The runs in a zip, each compared as a folder is; see ``verify_pack`` for the ``originals`` and the errors."""
    return tuple(
        Checked(
            f"{path}/{run.folder}",
            (*_resealed(run.known, roots), *run.differences),
            run.root,
            bool(roots),
            vouchers=run.vouchers,
            redacted=run.redacted,
            left_out=run.left_out,
            compared=run.compared,
        )
        for run in verify_pack(path, originals=originals, trust=trust)
    )


def _resealed(known: Collection[str], roots: Collection[str]) -> tuple[Difference, ...]:
    wanted = {root.lower() for root in roots}
    return (Difference(MANIFEST, "resealed", "manifest"),) if wanted and not wanted & set(known) else ()


def altered(folder: Path) -> tuple[Difference, ...]:
    """What of a run is not as it was sealed, analysed and added to; empty for a run that was never sealed."""
    return (*run_folder.altered(folder), *index.check(folder)) if (folder / MANIFEST).is_file() else ()


def _known(folder: Path) -> frozenset[str]:
    """The hashes that stand for a folder: of what was recorded, of what was derived, of what was added."""
    lists = [path for path in folder.iterdir() if ANALYSES.fullmatch(path.name) and path.is_file()]
    analyses = (read_list(path)[0].get("root") for path in lists)
    return frozenset([sealed_root(folder), *(str(root) for root in analyses if root), *(each.hash for each in index.entries(folder))])


def claims_of(runs: Iterable[NamedRun], folders: Sequence[Path]) -> tuple[Claim, ...]:
    """Compare the runs that a report names with run folders.

    Raises EvidenceError for a run folder among ``folders`` that was never sealed.
    """
    for folder in folders:
        if not (folder / MANIFEST).is_file():
            raise EvidenceError(_("{folder} was never sealed: no report can be held against it", folder=folder))
    return tuple(_claim(named, folders) for named in runs)


def _claim(named: NamedRun, folders: Sequence[Path]) -> Claim:
    same = [folder for folder in folders if sealed_root(folder) == named.root]
    if same:
        return Claim(named, "same", same[0])
    namesake = next((folder for folder in folders if folder.resolve().name == named.name), None)
    return Claim(named, "other", namesake) if namesake else Claim(named, "not here")
