"""A run becomes a recording that shows what the run saw and leads where the run got."""

import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from device_farm.recordings.opening import read_recording
from device_farm.samples.sample_check import check_sample, read_sample
from device_farm.virtual.recorded.recording import Act, Recording
from harness import cli
from tests.recorded.figures import figures_of
from tests.recorded.invented import PACKAGE, STATES, written
from tests.recorded.test_planted import CAMERA, outcomes

pytestmark = pytest.mark.usefixtures("slow_time")

ASKS = f'[[ask]]\n{CAMERA}\nview = "扫一扫"'


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run of a check of the invented app."""
    folder = tmp_path_factory.mktemp("run")
    checked = check_sample(read_sample(written(folder / "recording", ASKS)), folder / "runs")
    assert checked.result is not None, checked.problem
    return Path(checked.result["run"])


def recorded(run: Path, to: Path, *words: str) -> Recording:
    done = CliRunner().invoke(cli.app, ["record", str(run), "-o", str(to), *words])
    assert done.exit_code == 0, done.output
    return read_recording(to)


def test_the_screens_and_the_ways_of_a_run_come_back(run: Path, tmp_path: Path) -> None:
    found = recorded(run, tmp_path / "again", "--no-screens", "--consent-of", "我方测试人员")
    titles = {state.views[1].text for state in found.own}
    assert titles >= {state.views[1].text for state in STATES if state.name not in ("splash", "advert")}
    assert {move.act for move in found.moves} >= {Act.START, Act.TOUCH, Act.BACK}
    assert (found.package, found.consent, found.size) == (PACKAGE, "我方测试人员", (1080, 2400))
    assert not list((tmp_path / "again" / "screens").iterdir())
    expected = tomllib.loads((tmp_path / "again" / "expected.toml").read_text("utf-8"))
    assert [row["name"] for row in expected["screen"]] == [state.name for state in found.own]
    assert figures_of(tmp_path / "again") == {}  # nothing is said of them yet
    asked = outcomes(tmp_path / "again", tmp_path / "runs")  # the question was recorded, and is asked again
    assert asked["c5-purpose-not-told"] in ("violation", "suspected"), asked


def test_the_words_of_a_profile_are_blacked_out(run: Path, tmp_path: Path) -> None:
    profile = tmp_path / "shop.toml"
    profile.write_text('[redact]\nwords = ["北门小馆"]\n', encoding="utf-8")
    found = recorded(run, tmp_path / "again", "--profile", str(profile))
    said = "".join(view.text for state in found.states.values() for view in state.views)
    assert "南门书屋" in said
    assert "北门小馆" not in said
    assert all(state.picture is not None for state in found.own[:1])


@pytest.mark.parametrize("what", ["nothing", "a folder that is there"])
def test_what_cannot_be_recorded_is_one_line(what: str, tmp_path: Path) -> None:
    to = tmp_path if what == "a folder that is there" else tmp_path / "new"
    done = CliRunner().invoke(cli.app, ["record", str(tmp_path / "nothing"), "-o", str(to)])
    assert done.exit_code != 0
    assert not (tmp_path / "new").exists()
