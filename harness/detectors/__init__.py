"""Detectors: timeline -> findings. One behaviour a file, pure functions, and the explicit list of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harness.app import AppUnderTest
from harness.detectors.asks_again_on_relaunch import asks_again_on_relaunch
from harness.detectors.association_start import association_start, wakes_third_parties
from harness.detectors.dialog_loop import dialog_loop
from harness.detectors.exit_after_denial import exit_after_denial
from harness.detectors.hidden_activity import hidden_activity
from harness.detectors.self_start import self_start
from harness.detectors.starts_before_consent import starts_before_consent
from harness.findings import Finding
from harness.rules import Rule
from harness.timeline import Timeline

Detector = Callable[[Timeline, AppUnderTest, Rule], list[Finding]]

ALL: Mapping[str, Detector] = {
    "c5-exit-after-denial": exit_after_denial,
    "c5-dialog-loop": dialog_loop,
    "c5-asks-again-on-relaunch": asks_again_on_relaunch,
    "c6-self-start": self_start,
    "c6-starts-before-consent": starts_before_consent,
    "c6-association-start": association_start,
    "c6-wakes-third-parties": wakes_third_parties,
    "c6-hidden-activity": hidden_activity,
}
"""Rule id -> detector; a test checks that it names every rule of the catalogue and no other."""
