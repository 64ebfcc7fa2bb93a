"""What stands in a whole chain and is not of its run: a review of other findings, the issue of a report of another run.

A finding has the same key in every run of an app, so a review would speak of any of them. It names the hash of the
findings that its writer saw: these are among the lists of results of the run, or it is nobody's word on them.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.custody import index
from harness.custody.review_record import review_of
from harness.recording.canonical import canonical
from harness.recording.contents import Contents, Thing, contents_of
from harness.recording.lists import ANALYSES, MANIFEST, entries_of, parsed_list
from harness.recording.run_folder import Difference

_FINDINGS = re.compile(r"findings(-[0-9a-f]{8})?\.json")


def check(place: Path | Contents) -> list[Difference]:
    """Every way in which ``custody/`` is not what its index says, or not of this run, where a manifest tells which."""
    contents = contents_of(place)
    if MANIFEST not in contents.things():
        return []
    return index.check(contents) or [
        Difference(entry.path, "foreign", "custody")
        for entry in index.entries(contents)
        if entry.kind in ("review", "report") and not _own(contents, entry.kind, index.read(contents, entry.path))
    ]


def _own(contents: Contents, kind: str, written: bytes) -> bool:
    """Whether a record is in its one form, for another reads otherwise to some, and of this run."""
    told = parsed_list(written)
    try:
        if canonical(told) != written:
            return False
    except ValueError:  # a number that JSON has not
        return False
    if kind == "review":
        return review_of(told) is not None and told.get("findings_sha256") in _findings(contents)
    made = told.get("made_with")
    return any(run.get("root") == index.root(contents) for run in _runs(made))


def _findings(contents: Contents) -> set[object]:
    """The hashes of the findings of a run, as its lists have them: also of those that are blacked out in a copy."""
    names = [name for name, thing in contents.things().items() if ANALYSES.fullmatch(name) and thing is Thing.FILE]
    listed = (each for name in names for each in entries_of(parsed_list(index.read(contents, name))) or ())
    return {each.get("sha256") for each in listed if _FINDINGS.fullmatch(each["path"])}


def _runs(made: object) -> list[Mapping[str, Any]]:
    runs = made.get("runs") if isinstance(made, dict) else None
    return [run for run in runs if isinstance(run, dict)] if isinstance(runs, list) else []
