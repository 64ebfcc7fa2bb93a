"""``apprights selftest``: other people's app files, and a matrix that was interrupted."""

import json
import shutil
from pathlib import Path

import pytest

from device_farm.samples import selftest
from device_farm.samples.sample import OWN_APPS, Checked, Sample
from device_farm.samples.sample_check import read_sample
from device_farm.samples.sample_worker import SampleError, Worker
from device_farm.samples.selftest import MatrixState
from device_farm.samples.worker_pool import Workers
from tests.plugin.conftest import apprights

POLITE = OWN_APPS / "polite.py"
OTHERS = """
from device_farm.virtual import Activity, App, Column, Text

class Reader(App):
    package = "org.example.reader"
    label = "Reader"
    expected = {"c5-exit-after-denial": "clear", "c5-dialog-loop": "not_exercised"}
    options = ["--consent", "refuse", "--clause", "5"]

    class Main(Activity):
        launcher = True
        def on_create(self):
            self.show(Column(Text("Reader")))

class Neighbour(App):
    package = "org.example.neighbour"
    label = "Neighbour"
    class Main(Activity):
        launcher = True
"""


def test_files_of_others_bad_ones_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "apps"
    folder.mkdir()
    (folder / "a_bad.py").write_text("from device_farm.virtual import App\nclass A(App):\n    pakage = 'a.b'\n", "utf-8")
    (folder / "b_others.py").write_text(OTHERS, "utf-8")
    (folder / "c_leaves.py").write_text("import os\nos._exit(0)\n", "utf-8")
    (folder / "d_old.py").write_text(OTHERS.replace("options =", 'only_android = ["1.6"]\n    options ='), "utf-8")
    said = apprights("selftest", "--apps", folder, "--json", "--workers", 1, folder=tmp_path)
    lines = [json.loads(line) for line in said.out.splitlines()]
    bad = {Path(line["file"]).name: line["error"] for line in lines if "error" in line}
    assert set(bad) == {"a_bad.py", "c_leaves.py"}, said
    assert f"{folder / 'a_bad.py'}:3: " in bad["a_bad.py"]
    assert "'package'" in bad["a_bad.py"]
    assert f"{folder / 'c_leaves.py'}:1: " in bad["c_leaves.py"]
    rows = {line["rule"]: line for line in lines if "rule" in line}
    assert {line["app"] for line in rows.values()} == {"org.example.reader"}
    assert {rule: (row["expected"], row["outcome"]) for rule, row in rows.items()} == {
        "c5-dialog-loop": ("not_exercised", "not_exercised"),
        "c5-exit-after-denial": ("clear", "not_exercised"),
    }
    row = rows["c5-dialog-loop"]
    assert (row["android"], row["rom"], type(row["assumed"]), type(row["why"])) == ("13", "aosp", int, str)
    assert 0 < row["seconds"] < 60
    assert said.code == 1  # one differs
    assert all(text in said.err for text in ("a_bad.py:3: ", "c_leaves.py:1: ", "only for Android 1.6, not judged"))


class Pool(Workers):
    """Workers that check nothing, and are interrupted after so many."""

    def __init__(self, most: int) -> None:
        super().__init__(0)
        self.most = most
        self.asked: list[tuple[str, str]] = []

    def check_all(self, jobs, runs, *, done=lambda _: None):  # type: ignore[no-untyped-def]
        found = []
        for sample, android, rom in jobs:
            if len(self.asked) >= self.most:
                raise KeyboardInterrupt
            self.asked.append((android, rom))
            rules = [{"rule": rule, "outcome": outcome, "reason_en": "so"} for rule, outcome in sample.expected.items()]
            found.append(Checked(sample, android, rom, 1.0, {"run": "r", "app": {}, "rules": rules}, assumed=3))
            done(found[-1])
        return found


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[Sample, str, str]]:
    monkeypatch.setattr(selftest, "STATE", tmp_path / "reports" / "state.jsonl")
    sample = read_sample(POLITE)
    return [(sample, android, "aosp") for android in ("9", "10", "11", "12")]


def run_matrix(pool: Pool, jobs: list[tuple[Sample, str, str]], *, fresh: bool = False) -> list[Checked]:
    return selftest._matrix(pool, jobs, [jobs[0][0]], Path(), fresh=fresh)


def test_an_interrupted_matrix_goes_on(jobs: list[tuple[Sample, str, str]]) -> None:
    first = Pool(2)
    with pytest.raises(KeyboardInterrupt):
        run_matrix(first, jobs)
    second = Pool(9)
    checked = run_matrix(second, jobs)
    assert first.asked + second.asked == [(android, rom) for _, android, rom in jobs]
    assert [(one.android, one.assumed, one.result["rules"][0]["reason_en"]) for one in checked if one.result] == [
        (android, 3, "so") for android in ("9", "10", "11", "12")
    ]


def test_one_that_was_done_or_is_asked_for_afresh_begins_anew(jobs: list[tuple[Sample, str, str]]) -> None:
    assert len(run_matrix(Pool(9), jobs)) == 4
    again = Pool(9)
    run_matrix(again, jobs)
    assert len(again.asked) == 4
    with pytest.raises(KeyboardInterrupt):
        run_matrix(Pool(2), jobs)
    afresh = Pool(9)
    run_matrix(afresh, jobs, fresh=True)
    assert len(afresh.asked) == 4


def test_other_code_or_a_damaged_file_counts_as_nothing(jobs: list[tuple[Sample, str, str]], tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run_matrix(Pool(2), jobs)
    path = selftest.STATE
    lines = path.read_text("utf-8").splitlines()
    state = MatrixState(path, [jobs[0][0]])
    state.load()
    assert len(state.found) == 2
    path.write_text("\n".join([*lines[:2], lines[2][:50]]), "utf-8")  # the computer was switched off
    state = MatrixState(path, [jobs[0][0]])
    state.load()
    assert len(state.found) == 1
    other = tmp_path / "polite.py"
    shutil.copy(POLITE, other)
    other.write_text(other.read_text("utf-8") + "\n", "utf-8")
    state = MatrixState(path, [read_sample(other)])
    state.load()
    assert not state.found


def test_a_worker_whose_process_ended_is_replaced(tmp_path: Path) -> None:
    leaves = tmp_path / "leaves.py"
    leaves.write_text("import os\nos._exit(0)\n", "utf-8")
    worker = Worker()
    try:
        with pytest.raises(SampleError, match=r"leaves.py:1: "):
            worker.read(leaves)
        assert worker.read(POLITE).package == "com.example.qingyun.weather"
    finally:
        worker.close()


def test_a_worker_keeps_what_is_to_be_restored_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A device that has the address of one that was killed yesterday is not taken for it."""
    monkeypatch.setenv("APPRIGHTS_STATE", str(tmp_path / "of-the-user"))
    told = tmp_path / "told.txt"
    app = tmp_path / "app.py"
    app.write_text(f"import os\nopen({str(told)!r}, 'w').write(os.environ['APPRIGHTS_STATE'])\n{OTHERS}", "utf-8")
    worker = Worker()
    try:
        worker.read(app)
    finally:
        worker.stop()
    state = Path(told.read_text("utf-8"))
    assert state.is_absolute()
    assert state != tmp_path / "of-the-user"
