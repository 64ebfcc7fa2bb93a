"""A walk starts the app anew soon after a refusal, however much of the app is still to be seen."""

from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest

from harness.explorer.exploration import START_SECONDS, Exploration
from harness.explorer.permission_denials import PermissionDenials


def exploration(now: float, new_at: float | None, *, repeats: bool = True) -> Any:
    position: Any = SimpleNamespace(session=SimpleNamespace(uptime=lambda: now))
    refusals = PermissionDenials(position, new_at=new_at)
    parts: Any = SimpleNamespace(repeats=repeats)
    return Exploration(position, refusals, parts, parts, parts, 780.0, 600)


@pytest.mark.parametrize(
    ("now", "new_at", "repeats", "due"),
    [
        (START_SECONDS + 10, 0.0, True, True),
        (START_SECONDS - 10, 0.0, True, False),
        (9999.0, None, True, False),
        (START_SECONDS + 10, 0.0, False, False),
    ],
)
def test_a_start_is_due(now: float, new_at: float | None, repeats: bool, due: bool) -> None:
    assert exploration(now, new_at, repeats=repeats)._start_is_due() is due


def test_a_new_start_begins_to_count_anew() -> None:
    walked = exploration(9999.0, 1.0)
    walked.refusals.start()
    assert not walked._start_is_due()


def test_what_was_asked_for_once_waits_for_a_new_start_unless_permissions_are_allowed() -> None:
    found = []
    for allows in (False, True):
        position: Any = SimpleNamespace(session=SimpleNamespace(answers=SimpleNamespace(allows=allows)))
        refusals = PermissionDenials(position, _counted=Counter(["LOCATION"]), _since_start={"LOCATION"})
        found.append(refusals.waiting())
    assert found == [{"LOCATION"}, frozenset()]
