"""Verify that a run folder, a zip of runs, and the runs that a report is about are unaltered since their seal.

A folder that was sealed again as a whole agrees with itself: only a hash that was kept elsewhere tells it from the
first one. What may be given as such a hash: the root of the manifest or of an analysis, and each link of what was
added later (``harness.custody.index``). Results are derived again (``harness.custody.derivation``), or they are those
of an analysis whose root was kept.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from harness.custody import index, records
from harness.custody.archive_integrity import verify_pack
from harness.custody.attestations import Attestation
from harness.custody.derivation import Deriving, ResultsCheck, results_of
from harness.custody.issued_reports import NamedRun
from harness.custody.trust import attestations
from harness.errors import EvidenceError
from harness.language import _
from harness.recording import run_folder
from harness.recording.contents import Contents, FolderContents, Thing
from harness.recording.folder_integrity import was_sealed
from harness.recording.lists import ANALYSES, parsed_list, sealed_later, sealed_root
from harness.recording.run_folder import MANIFEST, Difference

PACKS = (".zip",)
State = Literal["same", "other", "not here"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found of a run; ``root`` is the manifest's, ``rooted`` whether a root was given to compare with.

    ``sealed_later`` is when a run was sealed that had been broken off. ``vouchers`` are its signatures and time stamps.
    ``results`` are its analyses, empty where a difference was found before; ``matched`` says of what each given root
    is, ``head`` is the end of the chain, and ``unsigned`` counts what was added after the last signature. The last
    three are of a run in a zip (``harness.custody.archive_integrity``).
    """

    name: str
    differences: tuple[Difference, ...]
    root: str
    rooted: bool
    sealed_later: str = ""
    vouchers: tuple[Attestation, ...] = ()
    results: tuple[ResultsCheck, ...] = ()
    matched: Mapping[str, str] = field(default_factory=dict)
    head: str = ""
    unsigned: int = 0
    redacted: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether nothing is otherwise than it was sealed, and whoever vouches for it does."""
        return not self.differences and all(each.good is not False for each in self.vouchers)

    @property
    def hidden(self) -> tuple[str, ...]:
        """What is blacked or left out and was not compared with its run: nobody can tell what stood there."""
        return tuple(path for path in (*self.redacted, *self.left_out) if path not in self.compared)

    @property
    def proved(self) -> bool:
        """Whether nothing is left that nobody can tell: blacked out files, results that were not derived again.

        What happened to a run between its breaking off and its later seal only a root that was noted then tells.
        """
        return (
            not self.hidden
            and (not self.sealed_later or bool(self.matched))
            and all(each.state in ("derived", "skipped") or each.root in self.matched for each in self.results)
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """A run that a report is about, and whether the folder at hand, if there is one, is that run."""

    named: NamedRun
    state: State
    folder: Path | None = None


def verify(folder: Path, roots: Collection[str] = (), trust: str = "", derive: Deriving = results_of) -> Checked:
    """Compare a sealed run folder with its lists, its results with what its recording gives, all of it with ``roots``.

    Of the roots one must be the folder's, where any is given; ``trust`` is the fingerprint of a key that must have
    signed. ``derive`` judges it again, or says that nobody did.

    Raises EvidenceError when the folder was never sealed, FormatError when a newer AppRights recorded it.
    """
    contents = FolderContents(folder)
    listed = (*run_folder.verify(contents), *records.check(contents))
    results = () if listed else derive(folder)
    return _checked(
        Checked(
            name=str(folder),
            differences=listed,
            root=sealed_root(folder),
            rooted=bool(roots),
            sealed_later=sealed_later(folder),
            vouchers=attestations(folder, trust),
            results=results,
        ),
        contents,
        roots,
    )


def verify_zip(
    path: Path, roots: Collection[str] = (), trust: str = "", originals: Collection[Path] = (), derive: Deriving = results_of
) -> tuple[Checked, ...]:
    """The runs in a zip, each compared as a folder is; see ``verify_pack`` for the ``originals`` and the errors."""
    return tuple(
        _checked(
            Checked(
                name=f"{path}/{run.folder}",
                differences=run.differences,
                root=run.root,
                rooted=bool(roots),
                vouchers=run.vouchers,
                results=run.results,
                redacted=run.redacted,
                left_out=run.left_out,
                compared=run.compared,
            ),
            run.contents,
            roots,
        )
        for run in verify_pack(path, originals=originals, trust=trust, derive=derive)
    )


def _checked(found: Checked, contents: Contents, roots: Collection[str]) -> Checked:
    """What was found of a run with what its results and the given roots say of it."""
    known = known_hashes(contents)
    chain = index.entries(contents)
    matched = {root: known[root] for each in roots if (root := each.lower()) in known}
    forged = [Difference(path, "otherwise", "analysis") for each in found.results if each.state == "differs" for path in each.paths]
    resealed = [Difference(MANIFEST, "resealed", "manifest")] if roots and not matched else []
    signed = [each.number for each in chain if each.path in {one.path for one in found.vouchers if one.good and one.kind == "signature"}]
    return replace(
        found,
        differences=(*resealed, *found.differences, *forged),
        matched=matched,
        head=index.head(contents),
        unsigned=sum(each.number > max(signed) for each in chain) if signed else 0,
    )


def known_hashes(contents: Contents) -> dict[str, str]:
    """The hashes that stand for a run, and of what each is: of the recording, of its results, of what was added."""
    chain = index.entries(contents)
    names = [name for name, thing in contents.things().items() if ANALYSES.fullmatch(name) and thing is Thing.FILE]
    roots = {str(parsed_list(index.read(contents, name)).get("root")): name for name in names}
    links = {entry.hash: entry.path for entry in chain}
    return {root: what for root, what in (roots | links | {index.root(contents): MANIFEST}).items() if len(root) == 64}


def altered(folder: Path) -> tuple[Difference, ...]:
    """What of a run is not as it was sealed, analysed and added to; empty for a run that was never sealed."""
    return (*run_folder.altered(folder), *records.check(folder)) if was_sealed(folder) else ()


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
