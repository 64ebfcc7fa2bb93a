"""Samples under faults, compared with the same check undisturbed: what was not seen is never a no.

A small part of ``python -m tests.faults`` (``make faults``), which tries every sample under every fault.
"""

import pytest

from device_farm.samples.sample import OWN_APPS
from device_farm.samples.sample_check import read_sample
from harness.events.findings import Outcome
from tests.faults.disturbed import WEAKER, Told, dishonest, told
from tests.faults.kinds import Kind, Moment

pytestmark = pytest.mark.usefixtures("slow_time")

PINNED = {
    "exit_by_finish": (Kind(("empty-dump",)), Moment("at the start", 0.3)),
    "dialog_loop": (Kind(("logcat-overflow",)), Moment("in use", 4.0)),
    "asks_each_launch": (Kind(("empty-dump",), lasts=20.0), Moment("in use", 12.0)),
    "permission_before_consent": (Kind(("device-lost",)), Moment("at the start", 0.3)),
    "purpose_not_told": (Kind(("low-memory-kill",)), Moment("later", 249.45)),
    "starts_itself": (Kind(("reboot", "0.2")), Moment("in use", 12.0)),
}
"""Where a fault once made a check say more than was seen, or easily would."""


def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a disturbed device does not tell at once it never tells."""
    monkeypatch.setattr("device_farm.samples.in_process_device._UPDATE_MS", 1)
    monkeypatch.setattr("harness.session.canary.CANARY_SECONDS", 0.5)


@pytest.mark.parametrize("name", PINNED)
def test_a_fault_only_weakens(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = read_sample(OWN_APPS / f"{name}.py")
    undisturbed = told(sample)
    no_waiting(monkeypatch)
    kind, when = PINNED[name]
    assert dishonest(undisturbed, told(sample, kind, when.after), kind, when) == []


def test_nothing_becomes_more_by_a_fault() -> None:
    order = (Outcome.VIOLATION, Outcome.SUSPECTED, Outcome.INCONCLUSIVE)
    for before, after in WEAKER.items():
        assert Outcome.INCONCLUSIVE in after
        assert after & {Outcome.CLEAR, Outcome.NOT_EXERCISED} <= {before}
        if before in order:
            assert after == set(order[order.index(before) :])


def test_what_a_fault_made_clear_is_named() -> None:
    before = Told({"c5-dialog-loop": Outcome.VIOLATION, "c5-bundled-request": Outcome.CLEAR}, {}, 60.0)
    after = Told({"c5-dialog-loop": Outcome.CLEAR, "c5-bundled-request": Outcome.INCONCLUSIVE}, {"c5-dialog-loop": "not asked"}, 60.0)
    kind, moment = PINNED["exit_by_finish"]
    assert dishonest(before, after, kind, moment) == ["empty-dump at the start (0.3 s): c5-dialog-loop: violation became clear: not asked"]
    assert dishonest(before, before, kind, moment) == []
