"""``apprights watch``: a person uses the phone, or nobody does; everything is recorded and judged."""

import re
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from harness import console
from harness.background.overnight import watch_overnight
from harness.commands.arguments import Force, Quiet, Verbose, device_and_app, takes
from harness.commands.check import exit_code, show_next
from harness.commands.progress import Progress
from harness.commands.verdict_lines import Shown, show
from harness.engine.check import drive_once
from harness.engine.device_selection import DEVICE
from harness.engine.option_specs import options_from
from harness.language import _, pick, said
from harness.session.check_options import CLAUSES
from harness.session.person import said_done
from harness.session.person_watch import PersonWatch
from harness.session.session import Session
from harness.starts.trigger_names import TRIGGERS
from harness.verdicts.analysis_json import analysis_json
from harness.verdicts.hourly_starts import Hour, hours

_DURATION = re.compile(r"(\d{1,4})(h|min|m|s)")
_UNITS = {"h": 3600.0, "min": 60.0, "m": 60.0, "s": 1.0}


@takes(*DEVICE, "profile", "film", "unattended", "config", "runs", "json")
def watch(
    app: Annotated[str, typer.Argument(help=_("The package name of an installed app, an APK file, or an app file."))],
    duration: Annotated[
        str | None, typer.Option("--for", help=_("Leave the phone alone for so long: 24h, 90min, 30s. Without it, you use the phone."))
    ] = None,
    output: Annotated[list[Path] | None, typer.Option("-o", "--output", help=_("Write a report, as check does; repeatable."))] = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    force: Force = False,
    **values: Any,
) -> None:
    """Watch APP while you use it: refuse what it asks for, use its functions, and press Enter here when you are done.

    Your touches are read from the phone and are on record as the tester's acts. Nothing is cleared, opened or ended.
    With --for the phone is left alone instead, and the report goes by the hour: open the app and press Home before. A
    phone that is unplugged is waited for. Exit code as for check.
    """
    from harness.report import Judged, report_of
    from harness.report.output_formats import to_be_written

    seconds = None if duration is None else _seconds(duration)
    outputs = to_be_written(output or (), force=force)
    options = options_from(values, clauses=CLAUSES if seconds is None else (6,))
    with Progress() as progress, device_and_app(values, app) as (device, package):
        name, drive = "by-hand", _by_hand
        if seconds is not None:
            name, drive = "watch", partial(watch_overnight, seconds=seconds)
        where = {"runs": values["runs"], "progress": progress, "wait": values["wait_turn"], "screen": False}
        analysis = drive_once(device, package, options, name, drive, **where)
    if outputs:
        report_of([Judged(analysis)], *outputs)
    found = hours(analysis.timeline, analysis.app) if seconds is not None else []
    if values["json"]:
        console.print_json(analysis_json(analysis) | {"app": analysis.app.package, "hours": _json(found)})
    else:
        _show_hours(found)
        show(analysis, Shown(quiet, verbose))
        show_next(analysis, outputs)
    raise typer.Exit(exit_code(analysis, strict=False))


def _by_hand(session: Session, canary: str) -> None:
    """Watch until Enter or the end of standard input."""
    session.canary(canary)
    session.progress(_("recording: use the phone now; press Enter here when you are done"))
    with said_done() as done, session.segment("by-hand"):
        PersonWatch(session).run(done)
        session.read_state()
    session.canary(canary)


def _seconds(text: str) -> float:
    match = _DURATION.fullmatch(text.strip())
    if match is None or int(match[1]) == 0:
        problem = _("'{text}' is no duration; give for example 24h, 90min or 30s", text=text)
        raise typer.BadParameter(said(problem), param_hint="--for")
    return int(match[1]) * _UNITS[match[2]]


def _json(found: list[Hour]) -> list[dict[str, Any]]:
    return [
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


def _show_hours(found: list[Hour]) -> None:
    between = pick("、", ", ")
    rows = [
        (
            str(hour.number) if hour.complete else said(_("{hour} (cut short)", hour=hour.number)),
            str(len(hour.own)),
            between.join(dict.fromkeys(said(TRIGGERS[start.trigger]) for start in hour.own)),
            str(len(hour.innocent)),
            between.join(hour.targets),
        )
        for hour in found
    ]
    heads = (_("hour"), _("own starts"), _("set off by"), _("with a reason"), _("apps it started"))
    if found:
        console.table("", [said(head) for head in heads], rows)
