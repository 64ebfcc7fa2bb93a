"""The format of a run folder, as its run.json names it.

1: each line of the journal was a name and whatever fields; purposes were free words, a key of no purpose had an empty
one. 2: each line is one of ``harness.recording.steps``; what has its default is left out.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from harness.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

RUN = "run.json"
FORMAT = 2
"""What we write."""
OLDEST = 1


def format_of(folder: Path) -> int:
    """The format of a run folder, today's where it has no run.json yet.

    Raises FormatError for a newer one than ours.
    """
    path = folder / RUN
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return FORMAT
    except (OSError, ValueError):
        raise FormatError(f"{folder} is no run folder: its {RUN} is missing or damaged") from None
    return known_format(run if isinstance(run, dict) else {}, folder)


def known_format(run: Mapping[str, Any], folder: Path) -> int:
    """The format that a run.json names, the oldest where it names none; raises FormatError where we cannot read it."""
    found = run.get("format", OLDEST)
    if type(found) is not int or found < OLDEST:
        raise FormatError(f"{folder / RUN} does not say which format the run has")
    if found > FORMAT:
        raise FormatError(f"{folder} was recorded by a newer AppRights (format {found}, we read up to {FORMAT}): update AppRights")
    return found
