"""What the harness makes of recorded apps does not fall below what it once reached (floors.toml)."""

from pathlib import Path

import pytest

from tests.captures import capture
from tests.recorded.figures import Figures, figures_of
from tests.recorded.floors import floors
from tests.recorded.walks import FIGURES, walked

pytestmark = pytest.mark.usefixtures("slow_time")

LABELLED = [name for name, figures in floors().items() if figures.keys() - FIGURES]
WALKED = [name for name, figures in floors().items() if figures.keys() & FIGURES]


def below(found: Figures, floor: dict[str, float]) -> dict[str, tuple[float, float]]:
    """The figures that fell below their floor, each with its share and the floor."""
    shares = {name.replace(" ", "-"): right / of for name, (right, of) in found.items() if of}
    return {name: (shares.get(name, 0.0), least) for name, least in floor.items() if shares.get(name, 0.0) < least}


@pytest.mark.parametrize("name", ["wechatread", *(name for name in LABELLED if name != "wechatread")])
def test_screens_are_read_as_well_as_before(name: str) -> None:
    floor = {figure: least for figure, least in floors()[name].items() if figure not in FIGURES}
    assert not below(figures_of(capture(f"recorded/{name}")), floor)


@pytest.mark.parametrize("name", WALKED)
def test_a_walk_gets_as_far_as_before_and_harms_as_little(name: str, tmp_path: Path) -> None:
    floor = {figure: least for figure, least in floors()[name].items() if figure in FIGURES}
    assert not below(walked(capture(f"recorded/{name}"), tmp_path), floor)
