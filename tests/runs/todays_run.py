"""A recorded run in today's format, sealed and judged."""

import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from harness.recording.journal import JOURNAL
from harness.recording.old_journal import translate
from harness.recording.run_folder import RunFolder
from harness.recording.run_format import FORMAT
from harness.verdicts.analysis import analyse
from tests.forged_runs import write_run

ARCHIVE = Path(__file__).parents[1] / "data" / "old_runs" / "puzzle-consent.tar.xz"


def judged_run(home: Path) -> Path:
    """Return the folder of a run below ``home``."""
    with tarfile.open(ARCHIVE) as file:
        file.extractall(home, filter="data")
    folder = home / "puzzle-consent"
    run = json.loads((folder / "run.json").read_bytes())
    rewrite_journal(folder, _today)
    for path in [path for path in folder.iterdir() if path.name not in ("run.json", "raw", "screens")]:
        path.unlink()
    write_run(RunFolder(folder), run | {"format": FORMAT})
    RunFolder(folder).seal()
    analyse(folder)
    return folder


def rewrite_journal(folder: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    journal = folder / JOURNAL
    lines = [change(json.loads(line)) for line in journal.read_text("utf-8").splitlines()]
    journal.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")


def _today(line: dict[str, Any]) -> dict[str, Any]:
    """A line of format 1 as one of today's."""
    name, data = translate(line["step"], {key: value for key, value in line.items() if key not in ("host", "step", "cut")})
    return {"host": line["host"], "step": name, **data}
