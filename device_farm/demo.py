"""``apprights demo``: the sample apps on virtual devices behind the real adb server.

And the report of what they did.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from device_farm.parallel import workers
from device_farm.samples import app_files
from harness import console
from harness.errors import HarnessError
from harness.report import write_report

FAILED = 1


def demo(
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the report and its evidence.")] = Path("reports") / "demo",
) -> None:
    """Check every sample app on a virtual device and write report.html; needs no phone."""
    began = time.monotonic()
    runs = output / "runs"
    try:
        output.mkdir(parents=True, exist_ok=True)
        if runs.exists():
            shutil.rmtree(runs)
    except OSError as error:
        raise HarnessError(f"{output} cannot be the folder of the report: {error.strerror or error}") from error
    with workers() as pool:
        samples, _ = pool.read_all(app_files())
        checked = pool.check_all([(sample, "13", "aosp") for sample in samples], runs)
    failed = [one for one in checked if one.result is None]
    for one in failed:
        console.progress(f"{one.sample.path.name}: {one.problem}")
    folders = [Path(one.result["run"]) for one in checked if one.result is not None]
    if not folders:
        raise HarnessError("no sample app could be checked: see the lines above, and run 'apprights doctor'")
    write_report(folders, output / "report.html")
    rows = [
        (rule["rule"], one.sample.label, rule["outcome"], rule["reason_zh"])
        for one in checked
        if one.result is not None
        for rule in one.result["rules"]
    ]
    console.table("", ("rule", "app", "outcome", "reason"), rows)
    place = escape(str((output / "report.html").resolve()))
    console.out.print(f"{len(folders)} apps in {time.monotonic() - began:.0f} s. Open {place}")
    if failed:
        raise typer.Exit(FAILED)
