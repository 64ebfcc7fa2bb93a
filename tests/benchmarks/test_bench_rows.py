"""Every bench gives rows of one shape; how fast anything is is not asked here."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks import bench_device, bench_parsers, bench_phone, bench_project, bench_start, bench_vision, suite
from tests.benchmarks.__main__ import main
from tests.benchmarks.rows import met, row

KEYS = ["name", "value", "unit", "aim", "peer", "peer_value", "ratio", "note"]


def shaped(rows):
    for each in rows:
        assert list(each) == KEYS
        assert each["name"]
        assert isinstance(each["note"], str)
        met(each)  # the aim can be read
    return {each["name"]: each for each in json.loads(json.dumps(rows))}


@pytest.fixture
def scripted(monkeypatch):
    """Stand in for every child process: a wheel, a test run and a device start without the work."""

    def python(*words):
        if "build" in words:
            with open(f"{words[-1]}/apprights-0.1.0-py3-none-any.whl", "wb") as file:  # noqa: PTH123
                file.write(b"x" * 1_500_000)
        return "....\n== 4 passed in 1.00s ==\n"

    monkeypatch.setattr(bench_project, "_python", python)
    monkeypatch.setattr(bench_start, "_start_seconds", lambda: 1.0)


def test_a_row_without_a_peer_has_no_ratio():
    assert row("a", 2.0, "s")["ratio"] is None


def test_the_ratio_says_how_many_times_better():
    assert row("a", 2.0, "ms", peer="p", peer_value=10.0)["ratio"] == 5
    assert row("a", 20.0, "lines/s", peer="p", peer_value=10.0, more_is_better=True)["ratio"] == 2


@pytest.mark.parametrize(
    ("figure", "answer"),
    [
        (row("a", 2.0, "s", aim="<= 2"), True),
        (row("a", 2.1, "s", aim="<= 2"), False),
        (row("a", 150_000, "lines/s", aim=">= 150000"), True),
        (row("a", 1.0, "ms", aim=">= 10x", peer="p", peer_value=9.0), False),
        (row("a", 1.0, "ms", aim=">= 10x", peer="p", peer_value=11.0), True),
        (row("a", None, "s", aim="<= 2"), None),
        (row("a", 1.0, "s"), None),
    ],
)
def test_an_aim_is_met_or_missed(figure, answer):
    assert met(figure) is answer


def test_start_rows(scripted):
    assert shaped(bench_start.run())["device start"]["value"] == 1.0


def test_project_rows(scripted):
    assert shaped(bench_project.wheel())["wheel size"]["value"] == 1.5
    assert "4 passed" in shaped(bench_project.unit_tests())["unit tests"]["note"]


def test_device_rows():
    peer = dict.fromkeys(("shell", "call", "tree", "screen", "raw", "stream"), 20.0)
    own = dict.fromkeys(("shell", "call", "tree", "screen"), 2.0)
    rows = shaped(bench_device.rows(own, peer))
    assert {each["ratio"] for each in rows.values()} == {10.0}


def test_phone_rows():
    assert all(met(each) for each in shaped(bench_phone.rows(4.0, 53, 0.2, 7, 400.0, "8 apps")).values())


def test_parser_rows(monkeypatch):
    monkeypatch.setattr(bench_parsers, "LINES", 2_000)
    monkeypatch.setattr(bench_parsers, "PEAK_LINES", (1_000, 2_000))
    monkeypatch.setattr(bench_parsers, "_long", lambda gigabytes: (50.0, 51.0))
    rows = shaped(bench_parsers.run(long=True))
    assert {"logcat parsing", "logcat parsing, 2 GB"} <= set(rows)


def test_vision_rows_say_when_the_captures_are_absent(monkeypatch, tmp_path):
    monkeypatch.setattr(bench_vision, "ROUNDS", 1)
    monkeypatch.setattr(bench_vision, "PAIRS", 6)
    monkeypatch.setattr(bench_vision, "CAPTURES", tmp_path)
    rows = shaped(bench_vision.run())
    assert rows["pop-up recall on the captures"]["value"] is None
    assert "APPRIGHTS_CAPTURES" in rows["pop-up recall on the captures"]["note"]


def test_a_bench_that_fails_is_a_row_and_the_exit_code(monkeypatch, tmp_path, capsys):
    good = [row("fine", 1.0, "s", aim="<= 2")]

    class Child(subprocess.Popen):
        """Like a bench's child, but running a line of ours in its place."""

        def __init__(self, command, **options):
            name = command[command.index("--only") + 1]
            lines = {"good": f"print({json.dumps(good)!r})", "bad": "raise RuntimeError('no [device]')"}
            lines["hangs"] = "import threading; threading.Event().wait()"
            super().__init__([sys.executable, "-S", "-c", lines[name]], **options)

    benches = {"good": 20.0, "bad": 20.0, "hangs": 0.5}
    monkeypatch.setattr(suite.subprocess, "Popen", Child)
    monkeypatch.setattr("tests.benchmarks.__main__.BENCHES", {n: suite.Bench(lambda _: [], s) for n, s in benches.items()})
    monkeypatch.setattr("tests.benchmarks.__main__.RESULTS", tmp_path / "reports" / "bench.json")
    monkeypatch.setattr(sys, "argv", ["bench"])
    assert main() == 1
    rows = shaped(json.loads((tmp_path / "reports" / "bench.json").read_text(encoding="utf-8")))
    assert rows["fine"]["value"] == 1.0
    assert rows["bad"]["value"] is None
    assert rows["bad"]["note"] == "failed: RuntimeError: no [device]"
    assert "not done" in rows["hangs"]["note"]
    assert "bad, hangs" in " ".join(capsys.readouterr().out.split())


def test_every_benchmark_measures_what_is_there():
    """They run seldom: a name that moved would be seen by nobody."""
    for path in Path(__file__).parent.glob("bench_*.py"):
        importlib.import_module(f"tests.benchmarks.{path.stem}")
