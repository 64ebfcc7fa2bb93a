"""``apprights walk``: the map of an app, without a judgement: its screens, and where it asks for which permission."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from harness import console
from harness.commands.arguments import may_clear, takes
from harness.commands.check import exit_code, show_unfinished
from harness.engine.check import drive_once
from harness.engine.options import CLEARS, options_from
from harness.engine.phones import DEVICE, chosen_device
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


@takes(*DEVICE, "consent", "profile", "minutes", "steps", "seed", *CLEARS, "config", "runs", "json")
def walk(
    app: Annotated[str, typer.Argument(help="An APK file or the package name of an installed app.")],
    replay: Annotated[Path | None, typer.Option(help="Run folder whose walk is done again, step for step.")] = None,
    **values: Any,
) -> None:
    """Walk through APP from its first start, refuse every permission, and draw the map.

    Exit code: 0, or 2 for wrong usage, 130 after Ctrl-C.
    """
    acts = acts_of(replay) if replay is not None else None
    options = options_from(values, clauses=(5,))
    with chosen_device(values, app) as device:
        may_clear(device, app, values)
        recorded: RecordedActs | None = None

        def drive(session: Session, canary: str) -> None:
            nonlocal recorded
            recorded = RecordedActs(acts, session.note) if acts is not None else None
            session.canary(canary)
            session.reset()
            with session.segment("first-launch"):
                session.launch()
                Watch(session, FIRST_LAUNCH_SECONDS).run()
            Walk(session, Budget(options.minutes, options.steps), options.seed, recorded).run()
            session.canary(canary)

        where = {"runs": values["runs"], "progress": console.progress, "wait": values["wait_turn"]}
        analysis = drive_once(device, app, options, "walk", drive, **where)
    found = analysis.folder / WALK_FILE
    data = json.loads(found.read_text("utf-8")) if found.exists() else {}
    missed = [act.text or act.id for act in recorded.missed] if recorded is not None else []
    if values["json"]:
        console.print_json({"run": str(analysis.folder), "app": analysis.app.package, "walk": data, "missed": missed})
    else:
        show_unfinished(analysis)
        _show(analysis.folder, data, missed)
    if analysis.interrupted:
        raise typer.Exit(exit_code(analysis, strict=False))


def _show(folder: Path, data: dict[str, Any], missed: list[str]) -> None:
    if data:
        graph, share = Graph.from_json(data), coverage(data)
        console.table("", ("页面 screen", "活动 activity", "控件 controls", "索要权限 asks for"), _rows(graph))
        console.out.print(_sentence(share, data))
    for text in missed:
        console.out.print(f"not there this time: {escape(console.printable(text))}")
    console.out.print(f"run folder: {escape(str(folder))}")


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
