"""Shake switch: the ROM's own switch against apps that leave by a shake.

With it on, a shake that opens nothing proves nothing. No ROM documents where its switch is kept, so every row of the
settings is asked whose name speaks of shaking and of what it is to keep from happening. What is found stands in the
record with its name; a ROM that has such a switch and tells nothing of it is recorded as unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.parsers.getprop import properties
from harness.parsers.shake_rows import shake_rows
from harness.recording import steps
from harness.roms import FACTS, rom_of

if TYPE_CHECKING:
    from harness.session.session import Session

TABLES = ("system", "secure", "global")


def read_shake_switch(session: Session) -> bool | None:
    """Read it into the record; whether it is on, None where the ROM has none or does not tell."""
    rom = rom_of(properties(session.device.shell(["getprop"]).stdout))
    announced = FACTS["shake_switch"]["names"].get(rom)
    rows = [row for table in TABLES for row in shake_rows(session.device.shell(["settings", "list", table]).stdout)]
    for name, on in rows:
        session.journal.write(steps.ShakeSwitchSeen(name=name, on=on))
    if not rows and announced:
        session.journal.write(steps.ShakeSwitchSeen(name=announced, on=None))
    told = [on for _name, on in rows if on is not None]
    return any(told) if told else None
