"""``expected.toml`` of a recording: what a person says of each screen. Here it is written with nothing said yet.

It is read where figures are taken (tests/recorded): what the harness makes of a screen is held against it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.recorded.recording_folder import EXPECTED, toml_of

if TYPE_CHECKING:
    from pathlib import Path

    from device_farm.virtual.recorded.recording import Recording

MOST_WORDS = 80
_HEAD = "# What a person sees on each screen: docs/recordings.md says how it is filled in. Numbers are those of views.\n"


def write_expected(recording: Recording, folder: Path) -> None:
    """List every screen of the app with its first words, for a person to fill in."""
    entries = [
        f"\n[[screen]]\nname = {toml_of(state.name)}\nwords = {toml_of(state.words(0)[:MOST_WORDS])}\n"
        'page = ""\nkind = ""\nover = ""\nacts = {}\nharmless = []\npromises = {}\nleaves = []\n'
        for state in recording.own
    ]
    (folder / EXPECTED).write_text(_HEAD + "".join(entries), encoding="utf-8")
