"""``apprights profile``: the first draft of an app profile, from one walk through the app."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harness import console
from harness.commands.profile_draft import draft
from harness.device.adb import open_device
from harness.device.embedded import virtual_devices
from harness.engine.run import Run
from harness.explorer.walk import Budget, Walk
from harness.session.options import Options
from harness.session.watch import Watch

if TYPE_CHECKING:
    from harness.session.session import Session

OPEN_SECONDS = 15.0  # [PROJECT]: splash, advert, consent and home page of a slow app


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    app.command()(profile)


def profile(
    app: Annotated[str, typer.Argument(help="An APK file or the package name of an installed app.")],
    serial: Annotated[str | None, typer.Option(help="adb serial, when there are several devices.")] = None,
    virtual: Annotated[bool, typer.Option("--virtual", help="Use a virtual device instead of a phone.")] = False,
    app_file: Annotated[list[Path] | None, typer.Option(help="App file (.py) for the virtual device.")] = None,
    android: Annotated[str, typer.Option(help="Android version of the virtual device.")] = "13",
    rom: Annotated[str, typer.Option(help="ROM of the virtual device.")] = "aosp",
    minutes: Annotated[float, typer.Option(min=1, help="How long the walk may take, in minutes of device time.")] = 12.0,
    runs: Annotated[Path, typer.Option(help="Where run folders are written.")] = Path("reports") / "runs",
    adb_port: Annotated[int | None, typer.Option(help="Port of the adb server.")] = None,
) -> None:
    """Walk through APP once and print a first draft of its profile: apprights profile APP > app.toml.

    The app's data is cleared, as by check. Every line is for you to check; what would excuse the app is commented out.
    """

    def drive(session: Session, canary: str) -> None:
        session.canary(canary)
        session.reset()
        with session.segment("first-launch"):
            session.launch()
            Watch(session, OPEN_SECONDS).run()
        Walk(session, budget=Budget(minutes=minutes)).run()
        session.canary(canary)

    with ExitStack() as stack:
        if virtual or app_file:
            device = stack.enter_context(virtual_devices(android=android, rom=rom, apps=app_file or ()))
            serial, adb_port = device.serials[0], device.port
        run = Run.open(open_device(serial, port=adb_port), app, runs, Options(), console.progress)
        run.drive("profile", drive)
        analysis = run.close()
    typer.echo(draft(analysis.timeline, analysis.app), nl=False)
