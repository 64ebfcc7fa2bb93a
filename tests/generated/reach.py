"""What a walk reached of a large app, and where its device time went: ``python -m tests.generated.reach``.

``SEED:PAGES`` is an app by the grammar with a library of so many pages; without one it is a shop of crafts of 29 kinds.
"""

import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

from device_farm.virtual.app_file import load_app_file
from harness.explorer.app_walk import Walk
from harness.explorer.exploration import Exploration
from harness.explorer.page_actions import PageActions
from harness.explorer.permission_denials import PermissionDenials
from harness.maps.graph import NO_CONTROLS
from tests.generated.fault import of
from tests.generated.grammar import innocent
from tests.generated.library import EACH
from tests.generated.trial import checked

CRAFTS = "crafts"
PARTS = (
    (PageActions, "_do"), (PageActions, "_find"), (PageActions, "back"), (PermissionDenials, "watch"), (Exploration, "_stand"),
    (Exploration, "_await_change"), (Exploration, "_choice"), (Exploration, "start"), (Walk, "_return"), (Walk, "_sit"), (Walk, "run"),
)  # fmt: skip


def main(words: list[str]) -> None:
    """Walk each and print what it reached, and its seconds by what they went to, without those of parts within."""
    spent: dict[str, float] = defaultdict(float)
    calls: Counter[str] = Counter()
    within: list[float] = []
    for cls, name in PARTS:
        setattr(cls, name, _timed(getattr(cls, name), name, spent, calls, within))
    for word in words or [CRAFTS]:
        spent.clear()
        calls.clear()
        with tempfile.TemporaryDirectory(prefix="apprights-reach-") as folder:
            print(f"{word}: {_crafts(Path(folder)) if word == CRAFTS else _library(word, Path(folder))}")  # noqa: T201
        for part, seconds in sorted(spent.items(), key=lambda each: -each[1]):
            print(f"{seconds:8.1f} s {calls[part]:5} {part}", flush=True)  # noqa: T201


def _library(word: str, folder: Path) -> str:
    seed, size = map(int, word.split(":"))
    app = of(replace(innocent(seed), size=size), None)
    path = folder / "app.py"
    path.write_text(app.text, encoding="utf-8")
    truth = checked(path, app.recipe.android, app.recipe.rom, folder / "runs", clauses=["5"]).truth
    entries = {row["title"] for row in truth if row["what"] == "content_shown" and row["activity"].endswith("Entry")}
    kinds = {(int(title.rpartition(" ")[2]) - 1) % 4 for title in entries}
    return f"{len(entries)} of {size} entries of {size // EACH} volumes, {len(kinds)} of 4 kinds"


def _crafts(folder: Path) -> str:
    path = Path(__file__).parents[1] / "virtual" / "explorer" / "crafts.py"
    (app,) = load_app_file(path)
    truth = checked(path, "13", "aosp", folder, clauses=["1", "5"]).truth
    shown = Counter(
        kind for kind, _ in {(row["activity"].rpartition(".")[2], row["title"]) for row in truth if row["what"] == "content_shown"}
    )
    kinds: dict[str, int] = app.kinds
    pages, met = sum(shown[kind] for kind in kinds), sum(shown[kind] > 0 for kind in kinds)
    return f"{pages} of {sum(kinds.values())} pages, {met} of {len(kinds)} kinds"


def _timed(act: Callable[..., Any], name: str, spent: dict[str, float], calls: Counter[str], within: list[float]) -> Callable[..., Any]:
    @wraps(act)
    def timed(self: Any, *args: Any, **more: Any) -> Any:
        session, part = getattr(self, "session", None) or self.position.session, name
        if name == "_do":
            part = args[2] if args[2] in NO_CONTROLS else f"{args[1].actions[args[2]].kind} #{args[1].actions[args[2]].tries + 1}"
        began = session.uptime()
        within.append(0.0)
        try:
            return act(self, *args, **more)
        finally:
            whole = session.uptime() - began
            spent[part] += whole - within.pop()
            calls[part] += 1
            if within:
                within[-1] += whole

    return timed


if __name__ == "__main__":
    main(sys.argv[1:])
