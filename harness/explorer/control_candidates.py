"""The denials of a run that are tried again in a control run, and the history of each.

Both are read from what the run shows so far, its journal and what the rules make of it. ``ask_history`` reads what led
to an ask, ``control_runs`` does it again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from harness.errors import FormatError
from harness.events import Event
from harness.explorer.ask_history import Begins, History, Stage, ask_histories, way_before
from harness.explorer.routes import Press
from harness.language import _
from harness.pages.view_structure import unnumbered
from harness.recording import steps
from harness.recording.journal import JOURNAL, Entry, read_journal
from harness.verdicts.analysis import Analysis

MOST_ACCUSED = 6
"""A control run takes some two minutes of a phone [PROJECT], more where its way is looked for: of an app accused of
more, exits and loops are tried first."""
RANKS = {"c5-denial-blocks-login": 1, "c5-denial-blocks-function": 2}
"""Rules about one function each, and the order in which they are tried after exits and loops: a refusal may close many
functions."""


@dataclass(frozen=True, slots=True)
class ControlCandidate:
    """A denial to try again, and what led to it.

    ``host`` is the host time of its record. ``history`` is done again, and one of the ``longer`` after the other where
    that does not lead to the dialog. ``afterwards`` is pressed once the dialog was allowed: the function that met a
    wall. ``system``: it was the system's dialog that was refused, so the app's own explanations before it are gone
    past.
    """

    group: str | None
    host: float
    seconds: float
    history: History
    longer: tuple[History, ...] = ()
    afterwards: tuple[Press, ...] = ()
    system: bool = False
    rank: int = 0

    @property
    def function(self) -> str:
        """The words of the function that is used in the end, empty where only the app is started."""
        used = [step for step in self.afterwards or self.history.route if step.kind == "function"]
        return used[-1].text or used[-1].id if used else ""


def control_candidates(analysis: Analysis, folder: Path) -> list[ControlCandidate]:
    """Return the denials that are tried again in a control run.

    There is one for each group, and one for each function that is said to be closed over a group; of several denials
    the first one. All of a group are watched as long as the longest of their rules needs: a rule reads whichever
    control run of the group it finds.
    """
    entries = list(read_journal(folder / JOURNAL))
    found: dict[tuple[object, ...], ControlCandidate] = {}
    for verdict in analysis.verdicts:
        for finding in verdict.findings:
            if not finding.tried_again or not all(event.ref for event in finding.tried_again):
                continue
            one = _accused(finding.tried_again, entries, folder, verdict.rule.threshold("control_seconds"))
            rank = RANKS.get(verdict.rule.id, 0)
            one = replace(one, rank=rank)
            key = (one.group, unnumbered(one.function) if rank else "")
            first = min(found.get(key, one), one, key=lambda each: each.host)
            found[key] = replace(first, seconds=max(one.seconds, found.get(key, one).seconds))
    longest = {group: max(one.seconds for one in found.values() if one.group == group) for group in {one.group for one in found.values()}}
    chosen = (replace(one, seconds=longest[one.group]) for one in first_of(found.values(), MOST_ACCUSED))
    return sorted(chosen, key=lambda one: one.host)


def first_of(every: Iterable[ControlCandidate], most: int) -> list[ControlCandidate]:
    """What is tried where there is time for ``most`` only: exits and loops, then logins, then other functions."""
    return sorted(every, key=lambda one: (one.rank, one.host))[:most]


def _accused(tried: tuple[Event, ...], entries: Sequence[Entry], folder: Path, seconds: float) -> ControlCandidate:
    """The way to a denial, read from the journal."""
    numbers = [event.ref.line if event.ref else 0 for event in tried]
    _number, host, refused = entries[numbers[0] - 1]
    if not isinstance(refused, steps.Denied | steps.Closed):
        raise FormatError(_("{path}:{number} is no refusal of ours; verify the run", path=folder / JOURNAL, number=numbers[0]))
    system = isinstance(refused, steps.Denied)  # then the app's own explanations are gone past, and only the system's refusals count
    history, *longer = ask_histories(folder, entries, numbers[0])
    afterwards: tuple[Press, ...] = ()
    if numbers[1:]:
        route, afterwards = history.route, way_before(folder, entries, numbers[1] + 1)
        used = any(step.kind == "function" for step in route)
        if used and afterwards and afterwards[-1].screen:  # who was never refused is asked at the function itself
            history, before = History((Stage(Begins.START), last := Stage(route=afterwards))), (longer or [history])[0]
            longer = [] if system else [History((*before.stages, last))]  # its own prompt may come only after a refusal
            afterwards = ()
        elif route and afterwards[: len(route)] == route:
            afterwards = afterwards[len(route) :]
    return ControlCandidate(refused.group, host, seconds, history, tuple(longer), afterwards, system)
