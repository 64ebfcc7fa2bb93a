"""Session: device + recorder + evidence + app under test; what a scenario holds.

Every step is a line of the journal (raw/session.jsonl) before anything is made of it; ``replay`` turns the journal and the
recorded streams into the timeline, during the session for nobody and after it for the rules.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.clock import ClockMap, idle, probe
from harness.dialogs.matcher import Dialog, find_dialog
from harness.errors import CommandFailed, DeviceTimeout, FormatError, HarnessError, ScenarioError
from harness.events import DialogKind, Source
from harness.parsers.activities import resumed_activity
from harness.parsers.hierarchy import Node, parse_hierarchy
from harness.parsers.package import parse_package
from harness.permission_groups import group_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from harness.app import AppUnderTest
    from harness.device import Device
    from harness.evidence import RunFolder
    from harness.journal import Journal
    from harness.recorder import Recorder

STEP_SECONDS = 0.5
"""How often the screen is looked at while watching: a person needs longer to see and answer a dialog."""
SETTLE_SECONDS = 3.0
"""How long a dialog may take to go after its button was pressed: the window animation is 0.3 s, a slow phone 2 s."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the screen showed at one moment; ``roots`` is empty when the view tree could not be read."""

    roots: tuple[Node, ...]
    dialog: Dialog | None


class Session:
    """One app on one device; the scenario drives, the journal remembers."""

    def __init__(
        self, device: Device, app: AppUnderTest, folder: RunFolder, journal: Journal, recorder: Recorder | None = None
    ) -> None:
        """Take over an opened recorder; see ``harness.opening`` for how they come together."""
        self.device, self.app, self.folder, self.journal, self.recorder = device, app, folder, journal, recorder
        self.clock = ClockMap()
        self._last_tree = ""
        self._tree_lost = False
        self._canaries = 0
        self.probe()
        for source in (Source.SESSION, Source.TREE):
            self.journal.write("stream", source=source, what="opened")

    # --- time -----------------------------------------------------------------------------------------------------

    def probe(self) -> None:
        """Read the device's clocks."""
        self._note_probe(probe(self.device))

    def idle(self, seconds: float) -> None:
        """Let device time pass."""
        self._note_probe(idle(self.device, seconds))

    def _note_probe(self, taken: object) -> None:
        self.clock.add(taken)
        self.journal.write("probe", **taken.to_json())

    def uptime(self) -> float:
        """Device time now, seconds since boot."""
        return self.clock.from_host(time.monotonic()).uptime

    # --- segments and notes ---------------------------------------------------------------------------------------

    @contextmanager
    def segment(self, name: str) -> Iterator[None]:
        """A named part of the run; an error inside is noted before it goes on."""
        self.journal.write("segment", what="start", name=name)
        try:
            yield
        except HarnessError as error:
            self.note(f"{name}: {error}", problem=True)
            self.journal.write("segment", what="end", name=name, note=str(error))
            raise
        self.probe()
        self.journal.write("segment", what="end", name=name, note="")

    def note(self, text: str, *, problem: bool = False) -> None:
        """Tell the reader of the run something; a problem makes what rests on it inconclusive."""
        self.journal.write("note", text=text, problem=problem)
