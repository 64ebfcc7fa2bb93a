"""A run of many findings, made of a recorded one, to measure what a report of it costs.

``many(folder, 500)`` gives a judged run whose folder has a picture of its own for each dialog; ``copies(folder, 500)``
makes sealed run folders, all different, which together have that many findings, for ``apprights report``.
``python -m tests.benchmarks.many_findings html json ...`` measures one process a form: seconds and peak memory.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from harness.events.timeline import Timeline
from harness.recording.run_folder import MANIFEST, RunFolder
from harness.report import Judged, report_of
from harness.verdicts.analysis import Analysis, examine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.events import Event
    from harness.events.findings import Finding

OLD_RUNS = Path(__file__).resolve().parents[1] / "data" / "old_runs"
SAMPLES = ("bank-lost-device", "news-clause-6", "puzzle-consent")
FINDINGS = 500
SECONDS, MEGABYTES = 30.0, 300.0
"""What a report of so many findings may cost."""


def many(folder: Path, findings: int = FINDINGS, sample: str = "bank-lost-device") -> Judged:
    """A judged run of ``findings`` findings, whose folder is made below ``folder``.

    It is the sample as if it went on for hours: round after round the same facts, later, each with pictures of its own.
    """
    analysis = examine(_unpacked(folder, sample))
    each = sum(len(verdict.findings) for verdict in analysis.verdicts)
    span = max(event.at.uptime for event in analysis.timeline) + 60.0
    rounds = [_round(analysis, number, number * span) for number in range(-(-findings // each))]
    timeline = Timeline(event for mapped in rounds for event in mapped.values())
    verdicts, left = [], findings
    for verdict in analysis.verdicts:
        repeated = [_with_facts(finding, mapped) for mapped in rounds for finding in verdict.findings][:left]
        left -= len(repeated)
        verdicts.append(replace(verdict, findings=tuple(repeated)))
    return Judged(replace(analysis, timeline=timeline, verdicts=tuple(verdicts)))


def copies(folder: Path, findings: int = FINDINGS) -> list[Path]:
    """Sealed run folders below ``folder``, whose findings are at least so many altogether."""
    found: list[Path] = []
    held: dict[str, int] = {}
    count = 0
    while count < findings:
        for sample in SAMPLES:
            run = _unpacked(folder / f"{len(found):04}", sample)
            (run / MANIFEST).unlink()
            for number, path in enumerate(sorted((run / "screens").glob("*.png"))):
                path.write_bytes(_marked(path, len(found) * 100 + number))
            RunFolder(run).seal()
            if sample not in held:
                held[sample] = sum(len(verdict.findings) for verdict in examine(run).verdicts)
            count += held[sample]
            found.append(run)
    return found


def _unpacked(folder: Path, sample: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(OLD_RUNS / f"{sample}.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return folder / sample


def _round(analysis: Analysis, number: int, later: float) -> dict[int, Event]:
    """The events of the sample, moved, by the identity of what they were."""
    names: dict[str, str] = {}
    mapped: dict[int, Event] = {}
    for event in analysis.timeline:
        changed: dict[str, Any] = {"at": event.at.later(later)}
        path = getattr(event, "screenshot", None)
        if path and number:
            changed["screenshot"] = names.setdefault(path, _picture(analysis.folder, path, number))
        mapped[id(event)] = replace(event, **changed)
    return mapped


def _picture(folder: Path, path: str, number: int) -> str:
    """Another picture like this one, under a name of its own."""
    target = Path(path).with_stem(f"{Path(path).stem}-{number:04}")
    if not (folder / target).exists():
        (folder / target).write_bytes(_marked(folder / path, number))
    return target.as_posix()


def _marked(path: Path, number: int) -> bytes:
    """The picture with a number in its pixels, so that no two are one."""
    pixels = cv2.imread(str(path))
    pixels[:4, :32] = np.unpackbits(np.frombuffer(number.to_bytes(4, "big"), np.uint8))[None, :, None] * 255
    return cv2.imencode(".png", pixels, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes()


def _with_facts(finding: Finding, mapped: dict[int, Event]) -> Finding:
    tried = tuple(mapped.get(id(fact), fact) for fact in finding.tried_again)
    return replace(finding, facts=tuple(mapped[id(fact)] for fact in finding.facts), tried_again=tried)


def _measured(ending: str) -> None:
    """In a process of its own: write one report, and say what that cost."""
    with tempfile.TemporaryDirectory() as folder:
        run = many(Path(folder) / "runs")
        output = Path(folder) / f"report.{ending}"
        start = time.perf_counter()
        report_of([run], output)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = output.stat().st_size / 1e6
    told = "" if seconds <= SECONDS and peak <= MEGABYTES else "  MISSED"
    print(f"{ending}: {FINDINGS} findings, {seconds:.1f} s, peak {peak:.0f} MB, file {size:.1f} MB{told}")  # noqa: T201


def _runs(endings: list[str]) -> Iterator[int]:
    for ending in endings:
        yield subprocess.run([sys.executable, "-m", __spec__.name, "--only", ending], check=False).returncode


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("endings", nargs="*", default=["html", "json", "csv", "xml"], help="forms of reports")
    parser.add_argument("--only", help="measure this one here")
    chosen = parser.parse_args()
    if chosen.only:
        _measured(chosen.only)
    else:
        sys.exit(max(_runs(chosen.endings)))
