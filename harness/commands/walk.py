"""``apprights walk``: the map of an app, without a judgement: its screens, and where it asks for which permission."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from harness import console
from harness.commands.arguments import DEVICE, chosen_device, takes
from harness.engine.options import options_from
from harness.engine.run import Run
from harness.events.permission_groups import group_name
from harness.explorer.recorded_acts import RecordedActs, acts_of
from harness.explorer.walk import Budget, Walk
from harness.maps.coverage import Coverage, coverage
from harness.maps.graph import WALK_FILE, Graph
from harness.session.watch import Watch

if TYPE_CHECKING:
    from harness.session.session import Session

FIRST_LAUNCH_SECONDS = 20.0


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    app.command()(walk)


@takes(*DEVICE, "consent", "profile", "minutes", "steps", "seed", "runs", "json")
def walk(
    app: Annotated[str, typer.Argument(help="An APK file or the package name of an installed app.")],
    replay: Annotated[Path | None, typer.Option(help="Run folder whose walk is done again, step for step.")] = None,
    **values: Any,
) -> None:
    """Walk through APP from its first start, refuse every permission, and draw the map.

    Exit code: 0, or 2 for wrong usage.
    """
    acts = acts_of(replay) if replay is not None else None
    options = options_from(values, clauses=(5,))
    with chosen_device(values) as device:
        run = Run.open(device, app, values["runs"], options, console.progress, wait=values["wait_turn"])
        recorded = RecordedActs(acts, run.session.note) if acts is not None else None

        def drive(session: Session, canary: str) -> None:
            session.canary(canary)
            session.reset()
            with session.segment("first-launch"):
                session.launch()
                Watch(session, FIRST_LAUNCH_SECONDS).run()
            Walk(session, Budget(options.minutes, options.steps), options.seed, recorded).run()
            session.canary(canary)

        run.drive("walk", drive)
        run.close()
    data = json.loads((run.folder / WALK_FILE).read_text("utf-8")) if (run.folder / WALK_FILE).exists() else {}
    missed = [act.text or act.id for act in recorded.missed] if recorded is not None else []
    if values["json"]:
        console.print_json({"run": str(run.folder), "app": run.session.app.package, "walk": data, "missed": missed})
    else:
        _show(run, data, missed)


def _show(run: Run, data: dict[str, Any], missed: list[str]) -> None:
    if data:
        graph, share = Graph.from_json(data), coverage(data)
        console.table("", ("页面 screen", "活动 activity", "控件 controls", "索要权限 asks for"), _rows(graph))
        console.out.print(_sentence(share, data))
    for text in missed:
        console.out.print(f"not there this time: {escape(console.printable(text))}")
    console.out.print(f"run folder: {run.folder}")


def _rows(graph: Graph) -> list[tuple[str, str, str, str]]:
    rows = []
    for screen in graph.screens.values():
        pressed = sum(bool(action.tries) for action in screen.actions.values())
        asks = [
            f"{action.text or action.id or action.key}: {group_name(group or None, 'zh')}"
            for action in screen.actions.values()
            for group in dict.fromkeys(action.asked)
        ]
        name = screen.activity.rpartition(".")[2]
        rows.append((screen.title or screen.id, name, f"{pressed}/{len(screen.actions)}", "\n".join(asks)))
    return rows


def _sentence(share: Coverage, data: dict[str, Any]) -> str:
    groups = "、".join(group_name(group, "zh") for group in data["asked"]) or "无"
    seen = f"{len(share.seen)}/{len(share.declared)}" if share.declared else "?"
    return f"页面 screens: {len(data['screens'])}   步数 steps: {data['steps']}   已到活动 activities: {seen}   索要 asked for: {groups}"
