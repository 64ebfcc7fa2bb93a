"""``apprights demo``: the page that grows, Ctrl-C, and the few lines at the end."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from typer.testing import CliRunner

from device_farm.samples import demo
from device_farm.samples.demo import STEP, TELLING, Demo
from device_farm.samples.sample import OWN_APPS, Checked, Sample, app_files
from device_farm.samples.sample_check import check_sample, read_sample
from device_farm.samples.worker_pool import Job, Workers
from harness import cli, console
from harness.errors import HarnessError
from harness.report import write_report
from harness.rules import load_rules
from tests.plugin.conftest import PROJECT

REFRESH, NOTE, NAMED = 'http-equiv="refresh"', 'class="growing"', "<li data-app="
QUICK = """
from device_farm.virtual import Activity, App, Column, Text

class Reader(App):
    package = "org.example.{name}"
    label = "Reader {name} <b>"
    options = ["--clause", "1"]

    class Main(Activity):
        launcher = True
        def on_create(self):
            self.show(Column(Text("Reader")))
"""


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """One real check with its part of a page."""
    folder = tmp_path_factory.mktemp("checked")
    path = folder / "quick.py"
    path.write_text(QUICK.format(name="quick"), "utf-8")
    return check_sample(read_sample(path), folder / "runs", page=True)


class Pool(Workers):
    """Workers that answer each job with the same check, in the order of ``order``; ``after`` is called with each."""

    def __init__(self, checked: Checked, order: Callable[[list[Job]], list[Job]], after: Callable[[int], None]) -> None:
        super().__init__(0)
        self.checked, self.order, self.after = checked, order, after
        self.jobs: list[str] = []

    def read_all(self, paths: Sequence[Path]) -> tuple[list[Sample], dict[Path, str]]:
        return [Sample(path, path.stem, path.stem, {}, ("--clause", "6" if "slow" in path.stem else "5"), ()) for path in paths], {}

    def check_all(self, jobs, runs, *, done=lambda _: None, pages=False):  # type: ignore[no-untyped-def]
        assert pages
        self.jobs = [sample.path.stem for sample, _, _ in jobs]
        for number, (sample, android, rom) in enumerate(self.order(list(jobs)), 1):
            bad = "bad" in sample.path.stem
            result, page = (None, None) if bad else (self.checked.result, self.checked.page)
            done(Checked(sample, android, rom, 1.0, result, "it fell" if bad else "", page=page))
            self.after(number)
        return []


def use(monkeypatch: pytest.MonkeyPatch, pool: Workers) -> None:
    @contextmanager
    def workers() -> Iterator[Workers]:
        yield pool

    monkeypatch.setattr(demo, "workers", workers)


def files(folder: Path, *names: str) -> list[Path]:
    return [folder / f"{name}.py" for name in names]


def test_three_telling_apps_are_seen_before_the_rest_and_the_note_goes(
    tmp_path: Path, checked: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[tuple[int, int, int]] = []
    shown: list[Path] = []
    run = Demo(tmp_path, shown=shown.append)

    def look(number: int) -> None:
        if run.page.exists():
            text = run.page.read_text("utf-8")
            assert text.count(REFRESH) == text.count(NOTE) == 1
            sizes.append((number, text.count(NAMED), text.count(f"{text.count(NAMED)} / {run.total} 个应用")))

    rest = [f"m{number:02}" for number in range(STEP + 2)]
    pool = Pool(checked, lambda jobs: [jobs[1], jobs[0], jobs[3], jobs[2], *jobs[4:]], look)
    use(monkeypatch, pool)
    run.run(files(tmp_path, "a_first_by_name", "z_slow", *rest, *TELLING))
    assert pool.jobs == [*TELLING, "z_slow", "a_first_by_name", *rest]  # what takes long is begun early
    assert sizes[0] == (4, 4, 1)  # not before the three are done, although the third came last
    assert [seen for _, seen, _ in sizes] == [4] * STEP + [4 + STEP] * (len(sizes) - STEP)
    assert all(named for _, _, named in sizes)
    run.finish()
    text = run.page.read_text("utf-8")
    assert text.count(NAMED) == run.total == len(rest) + 5
    assert REFRESH not in text
    assert NOTE not in text
    assert shown == [run.page]


def test_the_overview_leads_to_the_page_that_the_report_command_writes(
    tmp_path: Path, checked: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert checked.result is not None
    use(monkeypatch, Pool(checked, lambda jobs: jobs[::-1], lambda _: None))
    run = Demo(tmp_path)
    run.run(files(tmp_path, "a", "b", "c", "d"))
    run.finish()
    folder = tmp_path / checked.result["run"]
    write_report([folder], tmp_path / "other.html")
    overview, page = run.page.read_text("utf-8"), tmp_path / "apps" / f"{folder.name}.html"
    alone, way_back = page.read_text("utf-8"), re.compile(r'<p class="note on-screen"><a href="../report.html">.*</a></p>\n')
    links = set(re.findall(r'href="(apps/[^"]+)"', overview))
    assert {link.partition("#")[0] for link in links} == {f"apps/{page.name}"}
    assert all(f'id="{link.partition("#")[2]}"' in alone for link in links)
    made_with = re.compile(r'<meta name="apprights-made-with"[^>]*>\s*')  # a page of a demo has no record of its issue
    assert way_back.search(alone)
    assert way_back.sub("", alone) == made_with.sub("", (tmp_path / "other.html").read_text("utf-8"))


def test_one_of_each_kind_shows_every_rule() -> None:
    """What is left out is shown by another: no rule is without its sample."""
    chosen = demo.one_of_each_kind(app_files())
    assert len(chosen) < len(app_files())
    assert {Path("web.py"), Path("webs.py")} == set(demo.one_of_each_kind([Path("web.py"), Path("web_painted.py"), Path("webs.py")]))
    told = [path.read_text("utf-8") for path in chosen]
    for rule in load_rules():
        assert any(f'"{rule.id}": "violation"' in text or f'"{rule.id}": "suspected"' in text for text in told), rule.id


def test_ctrl_c_leaves_a_finished_page_of_what_is_done(tmp_path: Path, checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(number: int) -> None:
        if number == 2:
            raise KeyboardInterrupt

    use(monkeypatch, Pool(checked, lambda jobs: jobs, interrupt))
    done = CliRunner().invoke(cli.app, ["demo", "--no-open", "-o", str(tmp_path)])
    assert done.exit_code == 130
    text = (tmp_path / "report.html").read_text("utf-8")
    assert text.count(NAMED) == 2
    assert REFRESH not in text
    assert f"interrupted: 2 of {len(demo.one_of_each_kind(app_files()))} apps are done" in done.stderr


def test_ctrl_c_before_anything_is_done_leaves_no_page(tmp_path: Path, checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "report.html").write_text("of an earlier demo", "utf-8")

    def interrupted(jobs: list[Job]) -> list[Job]:
        raise KeyboardInterrupt

    use(monkeypatch, Pool(checked, interrupted, lambda _: None))
    done = CliRunner().invoke(cli.app, ["demo", "--no-open", "-o", str(tmp_path)])
    assert done.exit_code == 130
    assert not (tmp_path / "report.html").exists()


def test_one_that_fails_is_named_and_the_others_are_shown(tmp_path: Path, checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Pool(checked, lambda jobs: jobs, lambda _: None))
    monkeypatch.setattr(demo, "app_files", lambda: files(tmp_path, "a", "bad", "c", "d"))
    done = CliRunner().invoke(cli.app, ["demo", "--no-open", "-o", str(tmp_path / "out")])
    assert done.exit_code == 1
    assert "bad.py: it fell" in done.stderr
    assert "3 checks in" in done.stdout
    assert done.stdout.splitlines()[-1].endswith(str(tmp_path / "out" / "report.html"))
    assert len(done.stdout.splitlines()) <= 10
    monkeypatch.setattr(demo, "app_files", lambda: files(tmp_path, "bad"))
    done = CliRunner().invoke(cli.app, ["demo", "--no-open", "-o", str(tmp_path / "out")])
    assert isinstance(done.exception, HarnessError)


def test_killed_workers_answer_at_once_and_start_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Ctrl-C does: a check that hangs is not waited for."""
    hangs = tmp_path / "hangs.py"
    hangs.write_text("import threading\nthreading.Event().wait()\n", "utf-8")
    pool, asked = Workers(1), threading.Event()
    (worker,) = pool._workers
    read = worker.read

    def asked_to_read(path: Path) -> Sample:
        asked.set()
        return read(path)

    monkeypatch.setattr(worker, "read", asked_to_read)
    try:
        found: list[dict[Path, str]] = []
        reading = threading.Thread(target=lambda: found.append(pool.read_all([hangs])[1]))
        reading.start()
        assert asked.wait(120)
        pool.stop()
        reading.join(120)
        assert not reading.is_alive()
        assert list(found[0]) == [hangs]
        assert worker._ask(("read", hangs), 1.0) is None
    finally:
        pool.stop()
        pool.close()


@pytest.mark.parametrize(("words", "desktop"), [({}, False), ({"DISPLAY": ":0"}, True)])
def test_a_browser_is_asked_only_on_a_desktop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: dict[str, str], desktop: bool
) -> None:
    opened: list[str] = []

    class Browser:
        def open(self, address: str) -> None:
            opened.append(address)

    monkeypatch.setattr(demo.sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in words.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(demo.webbrowser, "get", Browser)
    demo._open(tmp_path)
    assert not opened  # nobody sits at a pipe
    monkeypatch.setattr(console.out, "_force_terminal", True)
    demo._open(tmp_path)
    assert opened == ([tmp_path.as_uri()] if desktop else [])


BEGUN = """
from harness import cli
run = cli._run
cli._run = lambda: (print(flush=True), run())[1]
cli.main()
"""


def left_over(group: int) -> bool:
    """Whether any process of a group is there."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(os.name == "nt", reason="a signal to one process group is POSIX's")
@pytest.mark.parametrize(
    ("words", "line", "times"),
    [
        (["demo", "--no-open", "-o", "out"], None, 1),  # before a word is said: while it is imported
        (["demo", "--no-open", "-o", "out"], "the workers start", 1),
        (["selftest", "--apps", "apps", "--workers", "1"], "1/3", 3),
    ],
)
def test_ctrl_c_at_any_moment_is_one_line_and_leaves_no_process(tmp_path: Path, words: list[str], line: str | None, times: int) -> None:
    """As a terminal sends it: to all of the group, the workers in the middle of their imports."""
    (tmp_path / "apps").mkdir()
    for name in ("a", "b", "c"):
        (tmp_path / "apps" / f"{name}.py").write_text(QUICK.format(name=name), "utf-8")
    child = subprocess.Popen(
        [sys.executable, "-c", BEGUN, *words],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        encoding="utf-8",
    )
    assert child.stderr is not None
    child.stdout.readline()
    if line is not None:
        assert any(line in said for said in iter(child.stderr.readline, ""))
    for _time in range(times):
        os.killpg(child.pid, signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            child.wait(0.2)
    out, err = child.communicate(timeout=60)
    assert child.returncode == 130, err
    assert "Traceback" not in out + err
    assert [said for said in err.splitlines() if "interrupted" in said] == err.splitlines()[-1:]
    deadline = time.monotonic() + 120
    while left_over(child.pid):
        assert time.monotonic() < deadline


def test_the_telling_ones_are_there() -> None:
    assert all((OWN_APPS / f"{name}.py").is_file() for name in TELLING)
