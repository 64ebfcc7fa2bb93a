"""The format of a run folder, as its run.json names it.

1: each line of the journal was a name and whatever fields; purposes were free words, a key of no purpose had an empty
one. 2: each line is one of ``harness.recording.steps``; what has its default is left out. 3: the journal says when its
recording ended; SHA256SUMS stands beside the manifest; a sealed run has a list of what was derived, with a root.
"""

import errno
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.errors import EvidenceError, FormatError, why
from harness.language import _
from harness.recording.canonical import shallow

RUN = "run.json"
FORMAT = 3
"""What we write."""
OLDEST, STEPS, LISTED = 1, 2, 3
"""The formats since when something is as it is: anything, the journal, the lists and the journal's end."""
RUN_LIMIT = 16 << 20  # bytes of a run.json that is read
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
MARK = "/data/local/tmp/apprights.lock"
"""The folder on a phone that says who uses it (``harness.restore.phone_mark``)."""


def format_of(folder: Path) -> int:
    """The format of a run folder, today's where it has no run.json yet.

    Raises FormatError for a newer one than ours.
    """
    if not (folder / RUN).exists():
        return FORMAT
    run = run_json(folder)
    return known_format(run if isinstance(run, dict) else {}, folder)


def run_json(folder: Path) -> Any:
    """Return the run.json of a run folder; raises FormatError where there is none, or it is no JSON of a run."""
    try:
        if (folder / RUN).is_file():  # a pipe would be waited for
            with (folder / RUN).open("rb") as file:
                data = file.read(RUN_LIMIT + 1)
            if len(data) <= RUN_LIMIT and shallow(run := json.loads(data.decode("utf-8"))):
                return run
    except (OSError, ValueError, RecursionError):
        pass
    raise FormatError(_("{folder} is no run folder: its {run} is missing or damaged", folder=folder, run=RUN))


def not_written(path: Path, error: OSError) -> EvidenceError:
    """Why a file of the evidence could not be written, and what to do: each cause has a remedy of its own."""
    if error.errno in FULL:
        remedy = _("make room on the disk")
    elif error.errno in (errno.ENOENT, errno.ENOTDIR):
        remedy = _("its folder is not there: make it, and leave it where it is while files are written")
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        remedy = _("choose a folder that may be written with --runs")
    else:
        remedy = _("check again")
    return EvidenceError(_("{path} cannot be written: {reason}: {remedy}", path=path, reason=why(error), remedy=remedy))


def known_format(run: Mapping[str, Any], folder: Path) -> int:
    """The format that a run.json names, the oldest where it names none; raises FormatError where we cannot read it."""
    found = run.get("format", OLDEST)
    if type(found) is not int or found < OLDEST:
        raise FormatError(_("{path} does not say which format the run has", path=folder / RUN))
    if found > FORMAT:
        raise FormatError(
            _(
                "{folder} was recorded by a newer AppRights (format {found}, we read up to {format}): update AppRights",
                folder=folder,
                found=found,
                format=FORMAT,
            )
        )
    return found
