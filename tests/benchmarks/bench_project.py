"""The project itself: size of the wheel, time of the unit tests, time of the demo."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.rows import Row, row

ROOT = Path(__file__).resolve().parents[2]


def wheel() -> list[Row]:
    """Build the wheel into a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        _python("-m", "build", "--wheel", "--no-isolation", "--outdir", folder)
        (built,) = Path(folder).glob("*.whl")
        size = built.stat().st_size
        return [row("wheel size", size / 1e6, "MB", aim="<= 2", note=built.name)]


def unit_tests() -> list[Row]:
    """Run the unit tests the way ``make test`` does."""
    start = time.perf_counter()
    said = _python("-m", "pytest", "-q", "-n", "2", "-m", "not long", "tests/unit")
    took = time.perf_counter() - start
    return [row("unit tests", took, "s", aim="<= 10", note=f"-n 2: {said.splitlines()[-1].strip('= ')}")]


def demo() -> list[Row]:
    """Run the demo as ``make demo`` does once the set-up is there: until there is something to see, and the whole."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        command = [sys.executable, "-m", "harness.cli", "demo", "--no-open", "--output", folder]
        child = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        )
        first, line = None, "it said nothing"
        with child:
            try:
                for line in child.stderr or ():
                    if first is None and line.startswith("the page is there"):
                        first = time.perf_counter() - start
            except BaseException:
                child.kill()
                raise
        took = time.perf_counter() - start
        if child.returncode or not (Path(folder) / "report.html").is_file():
            raise RuntimeError(f"the demo ended with {child.returncode}: {line.strip()}")
        runs = sum(each.is_dir() for each in (Path(folder) / "runs").iterdir())
        return [
            row("demo: first page after set-up", first, "s", aim="<= 15", note="three sample apps"),
            row("demo after set-up", took, "s", aim="<= 45", note=f"{runs} sample apps"),
        ]


def _python(*words: str) -> str:
    """Standard output of a Python of its own; RuntimeError with its last line when it fails."""
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace"
    )
    if done.returncode:
        lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise RuntimeError(f"{' '.join(words[:3])} ended with {done.returncode}: {(lines or ['it said nothing'])[-1]}")
    return done.stdout
