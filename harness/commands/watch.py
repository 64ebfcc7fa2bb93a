"""``apprights watch``: a person uses the phone, or nobody does; everything is recorded and judged."""

from __future__ import annotations

import re
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from harness import console
from harness.background.overnight import watch_overnight
from harness.commands.check import exit_code
from harness.device.adb import open_device
from harness.device.embedded import virtual_devices
from harness.engine.run import Run
from harness.rules import PROFILES
from harness.session.lifecycle import with_profiles
from harness.session.options import CLAUSES, Options
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


def watch(
    app: Annotated[str, typer.Argument(help="The package name of an installed app, or an APK file.")],
    duration: Annotated[
        str | None, typer.Option("--for", help="Leave the phone alone for so long: 24h, 90min, 30s. Without it, you use the phone.")
    ] = None,
    serial: Annotated[str | None, typer.Option(help="adb serial, when there are several devices.")] = None,
    virtual: Annotated[bool, typer.Option("--virtual", help="Use a virtual device instead of a phone.")] = False,
    app_file: Annotated[list[Path] | None, typer.Option(help="App file (.py) for the virtual device.")] = None,
    android: Annotated[str, typer.Option(help="Android version of the virtual device.")] = "13",
    rom: Annotated[str, typer.Option(help="ROM of the virtual device.")] = "aosp",
    profile: Annotated[
        list[str] | None, typer.Option(help=f"Thresholds: {', '.join(PROFILES)}; or a file .toml about the app; repeatable.")
    ] = None,
    runs: Annotated[Path, typer.Option(help="Where run folders are written.")] = Path("reports") / "runs",
    adb_port: Annotated[int | None, typer.Option(help="Port of the adb server.")] = None,
    json: Annotated[bool, typer.Option("--json", help="JSON only on standard output.")] = False,
) -> None:
    """Watch APP while you use it: refuse what it asks for, use its functions, and press Enter here when you are done.

    Your touches are read from the phone and are on record as the tester's acts. Nothing is cleared, opened or ended.
    With --for the phone is left alone instead, and the report goes by the hour: open the app and press Home before. A phone
    that is unplugged is waited for. Exit code as for check.
    """
    seconds = None if duration is None else _seconds(duration)
    with ExitStack() as stack:
        if virtual or app_file:
            device = stack.enter_context(virtual_devices(android=android, rom=rom, apps=app_file or ()))
            serial, adb_port = device.serials[0], device.port
        options = with_profiles(Options(clauses=CLAUSES if seconds is None else (6,)), profile or ())
        run = Run.open(open_device(serial, port=adb_port), app, runs, options, console.progress)
        if seconds is None:
            run.drive("by-hand", _by_hand)
        else:
            run.drive("watch", lambda session, canary: watch_overnight(session, canary, seconds))
        analysis = run.close()
    found = hours(analysis.timeline, analysis.app) if seconds is not None else []
    if json:
        console.print_json(_json(run, analysis, found))
    else:
        _show(run, analysis, found)
    raise typer.Exit(exit_code(analysis, strict=False))


def _by_hand(session: Session, canary: str) -> None:
    """Watch until Enter, the end of standard input or Ctrl-C."""
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


def _json(run: Run, analysis: Analysis, found: list[Hour]) -> dict[str, Any]:
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
        "run": str(run.folder),
        "app": analysis.app.package,
        "device": analysis.run["device"],
        "hours": listed,
        "rules": [verdict_json(verdict) for verdict in analysis.verdicts],
    }


def _show(run: Run, analysis: Analysis, found: list[Hour]) -> None:
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
    if found:
        console.table("", ("hour", "自启动 own starts", "触发 triggers", "合理 with a reason", "启动的应用 started"), rows)
    for verdict in analysis.verdicts:
        style = console.OUTCOME_STYLE[verdict.outcome.value]
        console.out.print(f"[{style}]{verdict.outcome.label_zh}[/]  {verdict.rule.id}  {console.printable(verdict.reason_zh)}")
    console.out.print(f"run folder: {run.folder}")
