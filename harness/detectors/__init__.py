"""Detectors: timeline -> findings. One behaviour a file, pure functions, and the explicit list of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harness.app import AppUnderTest
from harness.detectors.asks_again_on_relaunch import asks_again_on_relaunch
from harness.detectors.dialog_loop import dialog_loop
from harness.detectors.exit_after_denial import exit_after_denial
from harness.findings import Finding
from harness.rules import Rule
from harness.timeline import Timeline

Detector = Callable[[Timeline, AppUnderTest, Rule], list[Finding]]

ALL: Mapping[str, Detector] = {
    "c5-exit-after-denial": exit_after_denial,
    "c5-dialog-loop": dialog_loop,
    "c5-asks-again-on-relaunch": asks_again_on_relaunch,
}
"""Rule id -> detector; a test checks that it names every rule of the catalogue and no other."""
