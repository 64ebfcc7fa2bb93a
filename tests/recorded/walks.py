"""How far a walk gets in a recorded app, and what it does there in the user's name.

A page of a labelled recording is the very page of its label; of one without labels, the screens of one activity that
have the same classes and ids. All of them count, also those that no walk can come to because the recording began there.
"""

from collections import Counter
from collections.abc import Hashable
from functools import partial
from pathlib import Path
from typing import Any

from device_farm.recordings.opening import read_recording
from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.recorded.player import app_of
from device_farm.virtual.recorded.recording import Recording
from device_farm.virtual.spec import Spec, with_screen
from harness.engine.check import check
from harness.engine.option_specs import options_from, read_words
from tests.recorded.figures import Figures
from tests.recorded.labels import read_labels

PRESSES = {"com.sina.weibo": 600}
"""A large app is walked with so many presses, any other with as many as by default."""
MINUTES = 240
SEEDS = 3
"""The walk chooses by its seed among what is worth the same, so a figure is the sum over these seeds."""
FIGURES = {"pages-reached", "kinds-reached", "harmless-presses"}
WORDS = 40
"""So much of a control's words is in its label."""


def walked(folder: Path, runs: Path, seeds: int = SEEDS) -> Figures:
    """``pages reached`` by checks of clause 5, ``kinds reached`` of pages, and ``harmless presses``.

    A harmless press does nothing in the user's name.
    """
    recording = read_recording(folder)
    pages, kinds, acts = _pages(folder, recording), _kinds(folder, recording), _acts(folder)
    found: Counter[tuple[str, int]] = Counter()
    for seed in range(seeds):
        truth = _checked(recording, runs / str(seed), seed)
        shown = {event["state"] for event in truth if event["what"] == "recorded_state"}
        presses = [event for event in truth if event["what"] == "recorded_act"]
        for name, of in (("pages reached", pages), ("kinds reached", kinds)):
            found[name, 0] += len({of[state] for state in shown if state in of})
            found[name, 1] += len(set(of.values()))
        found["harmless presses", 0] += sum(not _is_act(recording, event, acts) for event in presses)
        found["harmless presses", 1] += len(presses)
    return {name: (found[name, 0], found[name, 1]) for name, part in found if part and found[name, 1]}


def _checked(recording: Recording, runs: Path, seed: int) -> list[dict[str, Any]]:
    words = ["--clause", "5", "--minutes", str(MINUTES), "--seed", str(seed)]
    words += ["--steps", str(PRESSES[recording.package])] if recording.package in PRESSES else []
    spec = with_screen(Spec(android="13", rom="aosp", apps=(app_of(recording),)))
    with devices_in_thread([partial(VirtualDevice, spec)]) as thread:
        check(InProcessDevice(thread), recording.package, options_from(read_words(words)), runs=runs)
        (device,) = thread.devices
        return [event for event in device.truth if event.get("package") == recording.package]


def _kinds(folder: Path, recording: Recording) -> dict[str, str]:
    """State -> what its page is one of, in a labelled recording."""
    labels = read_labels(folder)
    return {labels.states[file].name: kind for file, kind in labels.kinds.items() if labels.states[file].package == recording.package}


def _pages(folder: Path, recording: Recording) -> dict[str, Hashable]:
    """State -> the page that it shows."""
    labels = read_labels(folder)
    if labels.page:
        return {labels.states[file].name: page[1] for file, page in labels.page.items() if labels.states[file].package == recording.package}
    return {state.name: (state.activity, frozenset(state.structure)) for state in recording.own}


def _acts(folder: Path) -> set[tuple[str, str, str]]:
    """Activity, id and words of what acts in the user's name."""
    labels = read_labels(folder)
    return {(_short(labels.states[one.file].activity), one.id, one.words) for one in labels.acts if one.label}


def _is_act(recording: Recording, event: dict[str, Any], acts: set[tuple[str, str, str]]) -> bool:
    """Whether what was pressed is labelled so, here or on another screen of the activity."""
    state, number = recording.states[event["state"]], event["view"]
    if not 0 <= number < len(state.views):
        return False
    view = state.views[number]
    words = {state.words(number)[:WORDS], (view.text or view.description)[:WORDS]}
    return any((_short(state.activity), view.id.rpartition("/")[2], each) in acts for each in words)


def _short(activity: str) -> str:
    return activity.rpartition(".")[2]
