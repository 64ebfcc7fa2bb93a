"""What is planted in a recording is found, and what is planted innocently accuses nobody."""

from pathlib import Path

import pytest

from device_farm.samples.sample import Sample
from device_farm.samples.sample_check import check_sample
from tests.recorded.invented import PACKAGE, recording, written
from tests.recorded.plants import place_of, plants, renamed

pytestmark = pytest.mark.usefixtures("slow_time")

PREFIX = "android.permission."
CAMERA = 'permissions = ["android.permission.CAMERA"]'
SCAN = f'[[ask]]\n{CAMERA}\nview = "扫一扫"\nrationale = "扫一扫需要相机权限，用于识别二维码"\n'
GUILTY = {
    "exits where the camera is refused": (SCAN + 'refused = "exit"', "c5-exit-after-denial"),
    "closes its pages where the camera is refused": (SCAN + 'refused = "finish"', "c5-exit-after-denial"),
    "asks without end": (f'[[ask]]\n{CAMERA}\nview = "扫一扫"\nrefused = "loop"\ntimes = 0', "c5-dialog-loop"),
    "asks at each start": (f"[[ask]]\n{CAMERA}\ntimes = 0", "c5-asks-again-on-relaunch"),
    "asks at the start": (f'[[ask]]\npermissions = ["{PREFIX}READ_CONTACTS"]\nafter = 3', "c5-asks-before-use"),
    "asks for what no function needs": (f'[[ask]]\npermissions = ["{PREFIX}READ_CONTACTS"]\nstate = "near"', "c5-asks-without-function"),
    "asks for three at once": (
        f'[[ask]]\npermissions = ["{PREFIX}CAMERA", "{PREFIX}ACCESS_FINE_LOCATION", "{PREFIX}READ_CONTACTS"]',
        "c5-bundled-request",
    ),
    "does not tell what for": (f'[[ask]]\n{CAMERA}\nstate = "me"', "c5-purpose-not-told"),
}
INNOCENT = {
    "asks where the function is used": SCAN,
    "explains once more where it is refused": SCAN + 'refused = "dialog"',
    "loads for a while": '[[timed]]\nstate = "near"\nafter = 2\nto = "me"',
    "ends by itself": '[[timed]]\nstate = "about"\nafter = 5',
    "shows an advert that can be closed": '[[advert]]\nstate = "home"\nadvert = "advert"',
}


def outcomes(folder: Path, runs: Path, clause: str = "5") -> dict[str, str]:
    """Rule -> outcome of a check of a recording."""
    sample = Sample(path=folder, package=PACKAGE, label="", expected={}, options=("--clause", clause), only_android=(), only_rom=())
    checked = check_sample(sample, runs)
    assert checked.result is not None, checked.problem
    return {rule["rule"]: rule["outcome"] for rule in checked.result["rules"]}


@pytest.mark.parametrize("name", GUILTY)
def test_a_planted_fault_is_found(name: str, tmp_path: Path) -> None:
    planted, rule = GUILTY[name]
    found = outcomes(written(tmp_path / "recording", planted), tmp_path / "runs")
    assert found[rule] in ("violation", "suspected"), found


@pytest.mark.parametrize("name", INNOCENT)
def test_a_planted_innocent_is_not_accused_and_nothing_is_clear(name: str, tmp_path: Path) -> None:
    found = outcomes(written(tmp_path / "recording", INNOCENT[name]), tmp_path / "runs")
    assert not {"violation", "suspected", "clear"} & set(found.values()), found


def test_a_planted_start_by_itself_is_found(tmp_path: Path) -> None:
    found = outcomes(written(tmp_path / "recording", "[self_start]\nevery = 900"), tmp_path / "runs", "6")
    assert found["c6-self-start"] in ("violation", "suspected"), found


def test_faults_are_planted_at_a_view_that_leads_on_from_the_page_where_most_begins() -> None:
    place = place_of(recording())
    assert place is not None
    assert (place.state, place.to) == ("home", "me")
    called = renamed(recording(), place, "扫一扫")
    assert [view.text for view in called.states["home"].views].count("扫一扫") == 2  # its own, and the one planted at
    assert len({plant.name for plant in plants(place)}) == 10
