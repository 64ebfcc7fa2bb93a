"""The plan of a run, and the parts of it without a whole record; a missing record is never taken for nothing."""

from collections.abc import Iterator

from harness.events import Instant, Ref, Source, Unfinished
from harness.language import _, both, known
from harness.recording.journal import JOURNAL
from harness.recording.steps import Drive, Edge, Planned

BROKE_OFF = _("the recording breaks off: the check was ended by force, or could not be written any more")


class Plan:
    """The scenarios that were asked for, and how far each came. A run of an older version has none."""

    def __init__(self) -> None:
        self._planned: list[tuple[int, Planned]] = []
        self._drives: dict[str, list[Drive]] = {}
        self.interrupted = False
        """Whether the tester ended the run."""

    def add(self, number: int, step: Planned) -> None:
        """A line of the journal by which a rule needs a scenario."""
        self._planned.append((number, step))

    def drove(self, step: Drive) -> None:
        """A driving began or ended."""
        self._drives.setdefault(step.name, []).append(step)

    def unfinished(self, at: Instant, *, recording: bool) -> Iterator[Unfinished]:
        """What has no whole record until now; while it is still ``recording``, what may yet come is left out."""
        for number, step in self._planned:
            drives = self._drives.get(step.scenario, [])
            if (drives and drives[-1].what is Edge.END and not drives[-1].note) or (recording and not drives):
                continue
            zh, en = self._why(drives)
            ref = Ref(JOURNAL, number)
            yield Unfinished(at=at, source=Source.SESSION, ref=ref, rule=step.rule, scenario=step.scenario, reason_zh=zh, reason_en=en)

    def _why(self, drives: list[Drive]) -> tuple[str, str]:
        """Why a scenario has no whole record, in Chinese and English."""
        reason = BROKE_OFF
        if self.interrupted:
            reason = _("the check was interrupted")
        elif drives and (note := drives[-1].note):
            reason = known(drives[-1].note_zh or f"“{note}”", note)
        if any(drive.what is Edge.START for drive in drives):
            return both(_("not finished: what this rule needs was begun and not completed: {reason}", reason=reason))
        return both(_("not finished: what this rule needs was never begun: {reason}", reason=reason))
