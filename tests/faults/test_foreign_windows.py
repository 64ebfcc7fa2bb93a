"""Windows of the system and of other apps over the app: nobody is ended, nothing is answered, nobody accused."""

import pytest

from device_farm.samples.sample import OWN_APPS, app_files
from device_farm.samples.sample_check import read_sample
from device_farm.virtual.framework.phone_apps import foreign_windows
from tests.faults.disturbed import Told, dishonest, told
from tests.faults.kinds import Kind, Moment

pytestmark = pytest.mark.usefixtures("slow_time")

SECONDS = 20.0
"""How long a window stays that nobody closes."""
CLAUSE_7 = sorted(path.stem for path in app_files(twins=False) if "--clause 7" in " ".join(read_sample(path).options))
WINDOWS = tuple(foreign_windows.catalogue())
PAIRS = [(CLAUSE_7[n % len(CLAUSE_7)], WINDOWS[n % len(WINDOWS)]) for n in range(max(len(CLAUSE_7), len(WINDOWS)))]
"""Each sample and each window once; ``make faults WINDOWS=1`` tries them all."""


@pytest.fixture(scope="module")
def undisturbed() -> dict[str, Told]:
    return {}


def disturbed(undisturbed: dict[str, Told], name: str, window: str, after: float) -> Told:
    """A check of a sample with a window over it; what is wrong of it in any sample fails here."""
    sample, kind = read_sample(OWN_APPS / f"{name}.py"), Kind(("window", window), lasts=SECONDS)
    before = undisturbed.get(name) or undisturbed.setdefault(name, told(sample))
    found = told(sample, kind, after)
    assert dishonest(before, found, kind, Moment("in the middle", after)) == []
    return found


@pytest.mark.parametrize(
    ("name", "window", "after"),
    [("twins/exit_by_finish", "permission", 0.8), ("dialog_loop", "system-update", 3.0), ("twins/dialog_loop", "shade", 3.0)],
)
def test_what_a_window_lay_over_is_done_again_and_judged_as_without_it(
    undisturbed: dict[str, Told], name: str, window: str, after: float
) -> None:
    found = disturbed(undisturbed, name, window, after)
    assert found.outcomes == undisturbed[name].outcomes


@pytest.mark.long
@pytest.mark.parametrize(("name", "window"), PAIRS)
def test_clause_7_ends_and_accuses_nobody_for_a_window_of_others(undisturbed: dict[str, Told], name: str, window: str) -> None:
    disturbed(undisturbed, name, window, 12.0)
