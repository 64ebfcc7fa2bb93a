"""``apprights check``: run the scenarios on one app and say what the rules found."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import pytest
import typer
from rich.markup import escape

from harness import console
from harness.device.embedded import virtual_devices
from harness.errors import ScenarioError
from harness.events.findings import Outcome
from harness.plugin import PROBLEM, RUN
from harness.rules import PROFILES
from harness.session.options import CLAUSES
from harness.verdicts.analysis import Analysis, verdict_json

if TYPE_CHECKING:
    from harness.engine.run import Run

VIOLATED, UNDECIDED = 1, 3


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    app.command()(check)


def check(
    app: Annotated[str, typer.Argument(help="An APK file or the package name of an installed app.")],
    serial: Annotated[str | None, typer.Option(help="adb serial, when there are several devices.")] = None,
    virtual: Annotated[bool, typer.Option("--virtual", help="Use a virtual device instead of a phone.")] = False,
    app_file: Annotated[list[Path] | None, typer.Option(help="App file (.py) for the virtual device.")] = None,
    android: Annotated[str, typer.Option(help="Android version of the virtual device.")] = "13",
    rom: Annotated[str, typer.Option(help="ROM of the virtual device.")] = "aosp",
    consent: Annotated[Literal["accept", "refuse"], typer.Option(help="Answer to the privacy policy.")] = "accept",
    tap: Annotated[list[str] | None, typer.Option(help="A function to use, by its text; repeatable.")] = None,
    clause: Annotated[
        list[int] | None, typer.Option(help="Only this clause: 1 and 5 take minutes, 6 five hours on a phone; repeatable.")
    ] = None,
    profile: Annotated[
        list[str] | None, typer.Option(help=f"Thresholds: {', '.join(PROFILES)}; or a file .toml about the app; repeatable.")
    ] = None,
    minutes: Annotated[float, typer.Option(min=0.5, max=240, help="Device time that the walk through the app may take.")] = 13.0,
    steps: Annotated[int, typer.Option(min=1, max=10_000, help="Presses that the walk may take.")] = 600,
    seed: Annotated[int, typer.Option(help="The same seed on the same app makes the same steps.")] = 0,
    pause: Annotated[bool, typer.Option("--pause", help="Stop where a person is needed (验证码, 滑块, 人脸), go on after.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Suspected fails too.")] = False,
    clock: Annotated[
        bool, typer.Option("--clock", help="For the 48-hour rule, move the device's clock by 47 and 49 hours, and back.")
    ] = False,
    policy: Annotated[Path | None, typer.Option(help="The app's privacy policy as a text file.")] = None,
    city: Annotated[str, typer.Option(help="Where the phone is, for the report.")] = "",
    runs: Annotated[Path, typer.Option(help="Where run folders are written.")] = Path("reports") / "runs",
    adb_port: Annotated[int | None, typer.Option(help="Port of the adb server.")] = None,
    json: Annotated[bool, typer.Option("--json", help="JSON only on standard output.")] = False,
) -> None:
    """Deny APP every permission it asks for, leave it alone, watch what it does, and judge it.

    Exit code: 1 a violation, 3 nothing could be decided, 0 otherwise, 2 wrong usage or no device.
    """
    if unknown := set(clause or ()) - set(CLAUSES):
        raise typer.BadParameter(f"there are rules for clauses {', '.join(map(str, CLAUSES))}, not for {min(unknown)}")
    words = ["--app", app, "--consent", consent, "--runs", str(runs)]
    words += [word for name in profile or () for word in ("--profile", name)]
    words += ["--minutes", str(minutes), "--steps", str(steps), "--seed", str(seed)]
    words += ["--pause"] if pause else []
    words += [word for text in tap or () for word in ("--tap", text)]
    words += [word for number in clause or () for word in ("--clause", str(number))]
    words += ["--policy", str(policy)] if policy else []
    words += ["--city", city] if city else []
    words += ["--strict"] if strict else []
    words += ["--clock"] if clock else []
    with ExitStack() as stack:
        if virtual or app_file:
            device = stack.enter_context(virtual_devices(android=android, rom=rom, apps=app_file or ()))
            serial, adb_port = device.serials[0], device.port
        words += ["--serial", serial] if serial else []
        words += ["--adb-port", str(adb_port)] if adb_port else []
        run = _scenarios(words)
    if json:
        console.print_json(check_json(run))
    else:
        _show(run)
    raise typer.Exit(exit_code(run.analysis, strict=strict))


class _Listener:
    """Takes the run out of the pytest session."""

    run: Run | None = None
    problem: Exception | None = None

    def pytest_unconfigure(self, config: pytest.Config) -> None:
        """The session is over: the run is sealed and analysed."""
        self.run = config.stash.get(RUN, None)
        self.problem = config.stash.get(PROBLEM, None)


def _scenarios(words: list[str]) -> Run:
    """Run every scenario in this process, without pytest's own output; -s lets our progress through."""
    listener = _Listener()
    off = [word for name in ("terminal", "cacheprovider", "xdist") for word in ("-p", f"no:{name}")]
    quiet = ["-s", *off, "-o", "addopts=", "-o", "filterwarnings="]
    pytest.main([*quiet, "--pyargs", "scenarios", *words], plugins=[listener])
    if listener.problem is not None:
        raise listener.problem
    if listener.run is None:
        raise ScenarioError("the scenarios did not run: see 'pytest --pyargs scenarios --app ...' for the reason")
    return listener.run


def check_json(run: Run) -> dict[str, Any]:
    """What ``check --json`` prints."""
    analysis = run.analysis
    app = analysis.app
    return {
        "run": str(run.folder),
        "app": {
            "package": app.package,
            "label": app.label,
            "version_name": app.version_name,
            "version_code": app.version_code,
            "apk_sha256": app.apk_sha256,
        },
        "device": analysis.run["device"],
        "rules": [verdict_json(verdict) for verdict in analysis.verdicts],
    }


def exit_code(analysis: Analysis, *, strict: bool) -> int:
    """1 if any violation (strict: or suspected), else 3 if anything is undecided or nothing was exercised, else 0."""
    outcomes = {verdict.outcome for verdict in analysis.verdicts}
    if Outcome.VIOLATION in outcomes or (strict and Outcome.SUSPECTED in outcomes):
        return VIOLATED
    if Outcome.INCONCLUSIVE in outcomes or outcomes <= {Outcome.NOT_EXERCISED}:
        return UNDECIDED
    return 0


def _show(run: Run) -> None:
    for verdict in run.analysis.verdicts:
        style = console.OUTCOME_STYLE[verdict.outcome.value]
        rule = verdict.rule
        console.out.print(f"[{style}]{verdict.outcome.label_zh}[/]  {escape(rule.label_zh)}  [dim]{rule.id}[/]")
        console.out.print(f"    {escape(console.printable(verdict.reason_zh))}")
        console.out.print(f"    [dim]{escape(console.printable(verdict.reason_en))}[/]")
    folder = escape(str(run.folder))
    console.out.print(f"run folder: {folder}   report: apprights report {folder} -o report.html")
