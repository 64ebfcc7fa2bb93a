"""``apprights profile``: the first draft of an app profile, from one walk through the app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from harness.commands.arguments import device_and_app, may_clear, takes
from harness.commands.check import exit_code
from harness.commands.profile_draft import draft
from harness.commands.progress import Progress
from harness.engine.check import drive_once
from harness.engine.device_selection import DEVICE
from harness.engine.option_specs import CLEARS, options_from
from harness.explorer.app_walk import Budget, Walk
from harness.language import _
from harness.session.screen_watch import Watch

if TYPE_CHECKING:
    from harness.session.session import Session

OPEN_SECONDS = 15.0  # [PROJECT]: splash, advert, consent and home page of a slow app


@takes(*DEVICE, "minutes", "steps", "seed", "unattended", *CLEARS, "config", "runs")
def profile(
    app: Annotated[str, typer.Argument(help=_("An APK file, the package name of an installed app, or an app file."))],
    **values: Any,
) -> None:
    """Walk through APP once and print a first draft of its profile: apprights profile APP > app.toml.

    The app's data is cleared, as by check. Every line is for you to check; what would excuse the app is commented out.
    """
    options = options_from(values)

    def drive(session: Session, canary: str) -> None:
        session.canary(canary)
        session.reset()
        with session.segment("first-launch"):
            session.launch()
            Watch(session, OPEN_SECONDS).run()
        Walk(session, budget=Budget(options.minutes, options.steps), seed=options.seed).run()
        session.canary(canary)

    with Progress() as progress, device_and_app(values, app) as (device, package):
        may_clear(device, package, values)
        where = {"runs": values["runs"], "progress": progress, "wait": values["wait_turn"]}
        analysis = drive_once(device, package, options, "profile", drive, **where)
    typer.echo(draft(analysis.timeline, analysis.app), nl=False)
    if analysis.interrupted:
        raise typer.Exit(exit_code(analysis, strict=False))
