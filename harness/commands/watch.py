"""``apprights watch``: a person uses the phone, or nobody does; everything is recorded and judged."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from harness import console
from harness.background.overnight import watch_overnight
from harness.commands.arguments import takes
from harness.commands.check import exit_code, show_unfinished
from harness.engine.check import drive_once
from harness.engine.options import options_from
from harness.engine.phones import DEVICE, chosen_device
from harness.session.options import CLAUSES
from harness.session.person import said_done
from harness.session.person_watch import PersonWatch
from harness.starts.names import TRIGGERS
from harness.verdicts.analysis import Analysis, verdict_json
from harness.verdicts.hours import Hour, hours

if TYPE_CHECKING:
    from harness.session.session import Session

_DURATION = re.compile(r"(\d{1,4})(h|min|m|s)")
_UNITS = {"h": 3600.0, "min": 60.0, "m": 60.0, "s": 1.0}


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    app.command()(watch)


@takes(*DEVICE, "profile", "config", "runs", "json")
def watch(
    app: Annotated[str, typer.Argument(help="The package name of an installed app, or an APK file.")],
    duration: Annotated[
        str | None, typer.Option("--for", help="Leave the phone alone for so long: 24h, 90min, 30s. Without it, you use the phone.")
    ] = None,
    **values: Any,
) -> None:
    """Watch APP while you use it: refuse what it asks for, use its functions, and press Enter here when you are done.

    Your touches are read from the phone and are on record as the tester's acts. Nothing is cleared, opened or ended.
    With --for the phone is left alone instead, and the report goes by the hour: open the app and press Home before. A
    phone that is unplugged is waited for. Exit code as for check.
    """
    seconds = None if duration is None else _seconds(duration)
    options = options_from(values, clauses=CLAUSES if seconds is None else (6,))
    with chosen_device(values, app) as device:
        name, drive = "by-hand", _by_hand
        if seconds is not None:
            name, drive = "watch", partial(watch_overnight, seconds=seconds)
        where = {"runs": values["runs"], "progress": console.progress, "wait": values["wait_turn"], "screen": False}
        analysis = drive_once(device, app, options, name, drive, **where)
    found = hours(analysis.timeline, analysis.app) if seconds is not None else []
    if values["json"]:
        console.print_json(_json(analysis, found))
    else:
        _show(analysis, found)
    raise typer.Exit(exit_code(analysis, strict=False))


def _by_hand(session: Session, canary: str) -> None:
    """Watch until Enter or the end of standard input."""
    session.canary(canary)
    console.progress("recording: use the phone now; press Enter here when you are done")
    with said_done() as done, session.segment("by-hand"):
        PersonWatch(session).run(done)
        session.read_state()
    session.canary(canary)


def _seconds(text: str) -> float:
    match = _DURATION.fullmatch(text.strip())
    if match is None or int(match[1]) == 0:
        raise typer.BadParameter(f"'{text}' is no duration; give for example 24h, 90min or 30s", param_hint="--for")
    return int(match[1]) * _UNITS[match[2]]


def _json(analysis: Analysis, found: list[Hour]) -> dict[str, Any]:
    listed = [
        {
            "hour": hour.number,
            "complete": hour.complete,
            "starts": [
                {"trigger": start.trigger.value, "cause": start.cause.value, "caller": start.caller, "sdk": start.sdk}
                for start in (*hour.own, *hour.innocent)
            ],
            "started": list(hour.targets),
        }
        for hour in found
    ]
    return {
        "run": str(analysis.folder),
        "app": analysis.app.package,
        "device": analysis.run["device"],
        "finished": analysis.unfinished is None,
        "hours": listed,
        "rules": [verdict_json(verdict) for verdict in analysis.verdicts],
    }


def _show(analysis: Analysis, found: list[Hour]) -> None:
    rows = [
        (
            str(hour.number) + ("" if hour.complete else " (cut short)"),
            str(len(hour.own)),
            "、".join(dict.fromkeys(TRIGGERS[start.trigger][0] for start in hour.own)),
            str(len(hour.innocent)),
            "、".join(hour.targets),
        )
        for hour in found
    ]
    show_unfinished(analysis)
    if found:
        console.table("", ("hour", "自启动 own starts", "触发 triggers", "合理 with a reason", "启动的应用 started"), rows)
    for verdict in analysis.verdicts:
        style = console.OUTCOME_STYLE[verdict.outcome.value]
        reason = escape(console.printable(verdict.reason_zh))
        console.out.print(f"[{style}]{verdict.outcome.label_zh}[/]  {verdict.rule.id}  {reason}")
    console.out.print(f"run folder: {escape(str(analysis.folder))}")
