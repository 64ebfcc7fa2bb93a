"""``apprights walk``: the map of an app, without a judgement: its screens, and where it asks for which permission."""

from __future__ import annotations

import json as json_module
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.markup import escape

from harness import console
from harness.device.adb import open_device
from harness.device.embedded import virtual_devices
from harness.engine.run import Run
from harness.events.app_profile import AppProfile, read_app_profile
from harness.events.permission_groups import group_name
from harness.explorer.recorded_acts import RecordedActs, acts_of
from harness.explorer.walk import Budget, Walk
from harness.maps.coverage import Coverage, coverage
from harness.maps.graph import WALK_FILE, Graph
from harness.session.options import Options
from harness.session.watch import Watch

if TYPE_CHECKING:
    from harness.session.session import Session

FIRST_LAUNCH_SECONDS = 20.0


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    app.command()(walk)


def walk(
    app: Annotated[str, typer.Argument(help="An APK file or the package name of an installed app.")],
    serial: Annotated[str | None, typer.Option(help="adb serial, when there are several devices.")] = None,
    virtual: Annotated[bool, typer.Option("--virtual", help="Use a virtual device instead of a phone.")] = False,
    app_file: Annotated[list[Path] | None, typer.Option(help="App file (.py) for the virtual device.")] = None,
    android: Annotated[str, typer.Option(help="Android version of the virtual device.")] = "13",
    rom: Annotated[str, typer.Option(help="ROM of the virtual device.")] = "aosp",
    consent: Annotated[Literal["accept", "refuse"], typer.Option(help="Answer to the privacy policy.")] = "accept",
    profile: Annotated[Path | None, typer.Option(help="What you know of the app, as a TOML file.")] = None,
    minutes: Annotated[float, typer.Option(min=0.5, max=240, help="Minutes of device time at most.")] = 12.0,
    steps: Annotated[int, typer.Option(min=1, max=10_000, help="Presses at most.")] = 600,
    seed: Annotated[int, typer.Option(help="The same seed on the same app makes the same steps.")] = 0,
    replay: Annotated[Path | None, typer.Option(help="Run folder whose walk is done again, step for step.")] = None,
    runs: Annotated[Path, typer.Option(help="Where run folders are written.")] = Path("reports") / "runs",
    adb_port: Annotated[int | None, typer.Option(help="Port of the adb server.")] = None,
    json: Annotated[bool, typer.Option("--json", help="JSON only on standard output.")] = False,
) -> None:
    """Walk through APP from its first start, refuse every permission, and draw the map. Exit code: 0, or 2 for wrong usage."""
    acts = acts_of(replay) if replay is not None else None
    told = read_app_profile(profile) if profile is not None else AppProfile()
    with ExitStack() as stack:
        if virtual or app_file:
            device = stack.enter_context(virtual_devices(android=android, rom=rom, apps=app_file or ()))
            serial, adb_port = device.serials[0], device.port
        options = Options(consent=consent, clauses=(5,), app_profile=told)
        run = Run.open(open_device(serial, port=adb_port), app, runs, options, console.progress)
        budget = Budget(minutes, steps)
        recorded = RecordedActs(acts, run.session.note) if acts is not None else None

        def drive(session: Session, canary: str) -> None:
            session.canary(canary)
            session.reset()
            with session.segment("first-launch"):
                session.launch()
                Watch(session, FIRST_LAUNCH_SECONDS).run()
            Walk(session, budget, seed, recorded).run()
            session.canary(canary)

        run.drive("walk", drive)
        run.close()
    data = json_module.loads((run.folder / WALK_FILE).read_text("utf-8")) if (run.folder / WALK_FILE).exists() else {}
    missed = [act.text or act.id for act in recorded.missed] if recorded is not None else []
    if json:
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
