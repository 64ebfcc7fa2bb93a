"""What a person filled in in ``expected.toml`` becomes figures; a slip is told with its screen."""

from pathlib import Path

import pytest

from device_farm.recordings.record_command import write_expected
from tests.recorded.figures import figures_of
from tests.recorded.invented import recording, written

pytestmark = pytest.mark.usefixtures("slow_time")

SAID = {
    "home": 'page = "home"\nkind = ""\nover = "none"\nacts = {}\nharmless = [3]\npromises = {2 = ["CAMERA"]}\nleaves = []',
    "scan": 'page = "scan"\nkind = ""\nover = "none"\nacts = {}\nharmless = []\npromises = {}\nleaves = []',
    "advert": 'page = ""\nkind = ""\nover = "advert"\nacts = {2 = "pay"}\nharmless = []\npromises = {}\nleaves = [3]',
}


def filled_in(folder: Path, said: dict[str, str]) -> Path:
    written(folder)
    write_expected(recording(), folder)
    entries = (folder / "expected.toml").read_text("utf-8").split("\n[[screen]]\n")
    for number, entry in enumerate(entries):
        name = entry.partition('"')[2].partition('"')[0]
        if name in said:
            entries[number] = entry.partition("page = ")[0] + said[name] + "\n"
    (folder / "expected.toml").write_text("\n[[screen]]\n".join(entries), encoding="utf-8")
    return folder


def test_what_was_filled_in_becomes_figures(tmp_path: Path) -> None:
    found = figures_of(filled_in(tmp_path / "one", SAID))
    assert found["promise recall"] == (1, 1)
    of = {name: of for name, (_right, of) in found.items()}
    assert (of["danger recall"], of["ways out"], of["page recall"], of["quiet pages"]) == (1, 1, 0, 2)


@pytest.mark.parametrize(("right", "wrong"), [("leaves = []", "leaves = [99]"), ('over = "none"', 'over = "nothing"')])
def test_a_slip_is_told_with_its_screen(right: str, wrong: str, tmp_path: Path) -> None:
    folder = filled_in(tmp_path / "one", {"home": SAID["home"].replace(right, wrong)})
    with pytest.raises(ValueError, match="screen 'home'"):
        figures_of(folder)
