"""``apprights walk``: the map of an app, without a judgement: its screens, and where it asks for which permission."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from harness import console
from harness.commands.arguments import device_and_app, may_clear, takes
from harness.commands.check import exit_code
from harness.commands.progress import Progress
from harness.commands.verdict_lines import show_unfinished
from harness.engine.check import drive_once
from harness.engine.device_selection import DEVICE
from harness.engine.option_specs import CLEARS, options_from
from harness.events.permission_groups import group_name, group_names
from harness.explorer.app_walk import Budget, Walk
from harness.explorer.recorded_actions import RecordedActionStrategy, recorded_actions
from harness.language import _, pick, said
from harness.maps.coverage import Coverage, coverage
from harness.maps.graph import WALK_FILE, Graph
from harness.session.screen_watch import Watch
from harness.session.session import Session
from harness.verdicts.analysis_json import JUDGED, analysis_json

FIRST_LAUNCH_SECONDS = 20.0


@takes(*DEVICE, "consent", "profile", "minutes", "steps", "seed", "unattended", *CLEARS, "config", "runs", "json")
def walk(
    app: Annotated[str, typer.Argument(help=_("An APK file, the package name of an installed app, an app file or a recording."))],
    replay: Annotated[Path | None, typer.Option(help=_("Run folder whose walk is done again, step for step."))] = None,
    **values: Any,
) -> None:
    """Walk through APP from its first start, refuse every permission, and draw the map.

    Exit code: 0, or 2 for wrong usage, 130 after Ctrl-C.
    """
    acts = recorded_actions(replay) if replay is not None else None
    options = options_from(values, clauses=(5,))
    with Progress() as progress, device_and_app(values, app) as (device, package):
        may_clear(device, package, values)
        recorded: RecordedActionStrategy | None = None

        def drive(session: Session, canary: str) -> None:
            nonlocal recorded
            recorded = RecordedActionStrategy(acts, session.note) if acts is not None else None
            session.canary(canary)
            session.reset()
            with session.segment("first-launch"):
                session.launch()
                Watch(session, FIRST_LAUNCH_SECONDS).run()
            Walk(session, Budget(options.minutes, options.steps), options.seed, recorded).run()
            session.canary(canary)

        where = {"runs": values["runs"], "progress": progress, "wait": values["wait_turn"]}
        analysis = drive_once(device, package, options, "walk", drive, **where)
    found = analysis.folder / WALK_FILE
    data = json.loads(found.read_text("utf-8")) if found.exists() else {}
    missed = [act.text or act.id for act in recorded.missed] if recorded is not None else []
    if values["json"]:
        told = {key: value for key, value in analysis_json(analysis).items() if key not in JUDGED}
        console.print_json(told | {"app": analysis.app.package, "walk": data, "missed": missed})
    else:
        show_unfinished(analysis.unfinished)
        _show(analysis.folder, data, missed)
    if analysis.interrupted:
        raise typer.Exit(exit_code(analysis, strict=False))


def _show(folder: Path, data: dict[str, Any], missed: list[str]) -> None:
    if data:
        graph = Graph.from_json(data)
        heads = (_("screen"), _("activity"), _("controls"), _("asks for"))
        console.table("", [said(head) for head in heads], _rows(graph))
        console.say((_sentence(coverage(data), data), ""))
    for text in missed:
        console.say((said(_("Not there this time: {text}", text=text)), "yellow"), indent=2)
    console.say((said(_("Run folder: {path}", path=folder)), ""), whole=True)


def _rows(graph: Graph) -> list[tuple[str, str, str, str]]:
    rows = []
    for screen in graph.screens.values():
        pressed = sum(bool(action.tries) for action in screen.actions.values())
        asks = [
            f"{action.text or action.id or action.key}{pick('：', ': ')}{said(group_name(group or None))}"
            for action in screen.actions.values()
            for group in dict.fromkeys(action.asked)
        ]
        name = screen.activity.rpartition(".")[2]
        rows.append((screen.title or screen.id, name, f"{pressed}/{len(screen.actions)}", "\n".join(asks)))
    return rows


def _sentence(share: Coverage, data: dict[str, Any]) -> str:
    groups = group_names(data["asked"]) or _("nothing")
    seen = f"{len(share.seen)}/{len(share.declared)}" if share.declared else "?"
    text = _(
        "Screens: {screens}, steps: {steps}, activities seen: {seen}, asked for: {groups}",
        screens=len(data["screens"]),
        steps=data["steps"],
        seen=seen,
        groups=groups,
    )
    return said(text)
