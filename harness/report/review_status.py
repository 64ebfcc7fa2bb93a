"""The reviews of the findings of a run, by the keys of the findings."""

from collections.abc import Mapping
from pathlib import Path

from harness.custody.finding_reviews import reviews as said_of
from harness.custody.records import check
from harness.recording.lists import CUSTODY
from harness.recording.run_folder import Difference
from harness.report.report_model import ReviewView


def tampered(folder: Path) -> tuple[Difference, ...]:
    """What of all that was added after the seal is not as it was written, or of another run."""
    return tuple(check(folder)) if (folder / CUSTODY).exists() else ()


def reviews(folder: Path, until: str = "") -> Mapping[str, tuple[ReviewView, ...]]:
    """Return each finding that was reviewed, with every decision, the latest last; ``until`` a head of the chain.

    Where what was added after the seal is not as it was written nobody is known to have said anything.
    """
    if tampered(folder):
        return {}
    return {
        key: tuple(ReviewView(each.decision == "confirmed", each.by, each.at, each.reason) for each in found)
        for key, found in said_of(folder, until).items()
    }
