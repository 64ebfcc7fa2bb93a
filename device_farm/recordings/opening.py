"""What a virtual device is given: an app file, or the folder of a recording, its own form or DroidBot's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from device_farm.recordings.droidbot import is_droidbot, read_droidbot
from device_farm.recordings.recorded_log import read_log
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.recorded.player import app_of
from device_farm.virtual.recorded.recording_folder import Skipped, is_recording, read_folder
from device_farm.virtual.screen.picture_files import is_picture
from harness import console
from harness.errors import FormatError
from harness.language import _, said

if TYPE_CHECKING:
    from pathlib import Path

    from device_farm.virtual.recorded.recording import Recording, State
    from device_farm.virtual.vocabulary.components import App

MOST_TOLD = 5


def load_apps(path: Path) -> tuple[type[App], ...]:
    """The apps of an app file, or the one that plays a recording; raises AppFileError or FormatError."""
    return (app_of(read_recording(path)),) if path.is_dir() else load_app_file(path)


def read_recording(folder: Path) -> Recording:
    """Read a recording and tell on standard error what of it was left out; raises FormatError where it is none."""
    skipped = Skipped()
    if is_recording(folder):
        recording = read_folder(folder, skipped)
    elif is_droidbot(folder):
        recording = read_droidbot(folder, skipped)
    else:
        raise FormatError(
            _("{folder} is no recording: it has neither {own} nor {droidbot}", folder=folder, own="app.toml", droidbot="states/")
        )
    states = {name: _shown(state, skipped) for name, state in recording.states.items()}
    recording = replace(recording, states=states, log=read_log(folder, recording.package, skipped))
    tell(skipped)
    return recording


def _shown(state: State, skipped: Skipped) -> State:
    """The screen, without its picture where that is none."""
    if state.picture is None or is_picture(state.picture):
        return state
    skipped.add(str(state.picture), _("no picture"))
    return replace(state, picture=None)


def tell(skipped: Skipped) -> None:
    """Say on standard error what was left out: the first of it, and how much more there is."""
    for line in skipped.lines[:MOST_TOLD]:
        console.progress(said(_("left out: {what}", what=line)))
    if len(skipped.lines) > MOST_TOLD:
        console.progress(said(_("left out: {count} more", count=len(skipped.lines) - MOST_TOLD)))
