"""Run every bench, write ``reports/bench.json`` and print a table: ``python -m tests.benchmarks [--long]``.

Each bench runs in a process of its own, so that none is patched, warmed up or filled by another, and one that hangs is
ended. All of it ends within 11 minutes (``--long``, which also reads 2 GB of log: 51). The exit code is 1 when a bench
failed; an aim that was missed is marked in the table only.
"""

import argparse
import json
import signal
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks.rows import Row, met
from tests.benchmarks.suite import BENCHES, Bench, in_a_child

RESULTS = Path(__file__).resolve().parents[2] / "reports" / "bench.json"
WHOLE_SECONDS, WHOLE_SECONDS_LONG = 660.0, 3060.0


def main() -> int:
    """Run what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Measure the project.")
    more = "also read 2 GB of log"
    parser.add_argument("--long", action="store_true", help=more)
    parser.add_argument("--only", choices=tuple(BENCHES), help="run one bench here and print its rows as JSON")
    options = parser.parse_args()
    if options.only:
        return _one(BENCHES[options.only], long=options.long)
    console, rows, failed = Console(), [], []
    end = time.monotonic() + (WHOLE_SECONDS_LONG if options.long else WHOLE_SECONDS)
    for name, bench in BENCHES.items():
        console.print(f"{name} ...", style="dim")
        found, good = in_a_child(name, bench, end - time.monotonic(), long=options.long)
        rows += found
        failed += [] if good else [name]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    console.print(_table(rows))
    console.print(f"{len(rows)} figures in {RESULTS}" + (f"; failed: {', '.join(failed)}" if failed else ""))
    return 1 if failed else 0


def _one(bench: Bench, *, long: bool) -> int:
    """The child's side; a polite end (SIGTERM) is an exception, so that the devices it started end too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended by its time limit"))
    print(json.dumps(bench.run(long)))  # noqa: T201
    return 0


def _table(rows: list[Row]) -> Table:
    table = Table(title="apprights bench")
    for heading in ("figure", "value", "aim", "", "peer", "peer's", "ratio", "note"):
        table.add_column(heading, justify="right" if heading in ("value", "peer's", "ratio") else "left")
    marks = {True: "[green]met[/]", False: "[red]missed[/]", None: ""}
    for each in rows:
        value = "[yellow]-[/]" if each["value"] is None else f"{each['value']:,.6g} {each['unit']}"
        peer = "" if each["peer_value"] is None else f"{each['peer_value']:,.6g} {each['unit']}"
        ratio = "" if each["ratio"] is None else f"{each['ratio']:.3g}x"
        mark, peers = marks[met(each)], _plain(each["peer"] or "")
        table.add_row(_plain(each["name"]), value, each["aim"] or "", mark, peers, peer, ratio, _plain(each["note"]))
    return table


def _plain(text: str) -> str:
    return text.replace("[", "\\[")


if __name__ == "__main__":
    sys.exit(main())
