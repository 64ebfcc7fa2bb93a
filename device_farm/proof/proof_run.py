"""The proof on one phone: each app installed, driven, compared with what must be seen, and taken away again."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from device_farm.proof.proof_apps import PROOF_APPS, ProofApp, apk, driving
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.coded_apks import PROOF_APPS as APP_FILES
from harness.device.protocol import Device
from harness.engine.check import check, drive_once
from harness.engine.option_specs import options_from, read_words
from harness.errors import HarnessError
from harness.language import Text, text_of
from harness.restore.ledger import Ledger
from harness.session.check_options import Options
from harness.session.session_lifecycle import installed
from harness.verdicts.analysis import Analysis
from harness.verdicts.analysis_json import problems

Open = Callable[[], Device]
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was compared: a fact (``expected`` and ``got`` are yes or no) or, with ``--full``, a verdict.

    ``got`` is None where the run cannot tell: it did not come to its end, or the phone was not restarted.
    """

    id: str
    what: Text
    expected: bool | str
    got: bool | str | None

    @property
    def differs(self) -> bool:
        """Whether the phone showed something else than what the app does."""
        return self.got is not None and self.got != self.expected


@dataclass(frozen=True, slots=True)
class Proved:
    """What one app showed: the rows, what went wrong, the run folder, and the seconds of the computer that it took."""

    app: ProofApp
    rows: tuple[Row, ...] = ()
    problem: Text | None = None
    folder: Path | None = None
    seconds: float = 0.0


def prove(
    opened: Open,
    runs: Path,
    *,
    full: bool = False,
    boots: bool = False,
    unattended: bool = False,
    tell: Tell = lambda text: None,
    apps: Sequence[ProofApp] = PROOF_APPS,
) -> Iterator[Proved]:
    """Prove the phone that ``opened`` connects to, app by app; with ``full`` each is checked and its verdicts compared.

    ``unattended``: the pages that the phone shows before it installs are answered.

    An app that the phone refuses, or whose run breaks off, has a problem instead of rows, and the next one follows. The
    apps are taken away even where this program dies: the ledger has them.
    """
    options = Options(unattended=unattended)
    for app in apps:
        began = time.monotonic()
        try:
            if app.partner:
                _installed(opened(), app.partner, runs, options, tell)
            analysis = _checked(app, opened(), runs, options) if full else _driven(app, opened(), runs, options, boots=boots, tell=tell)
            rows = tuple(_verdicts(app, analysis) if full else _facts(app, analysis))
            problem = analysis.unfinished or next(iter(problems(analysis)), None)
            yield Proved(app, rows, problem, analysis.folder, time.monotonic() - began)
        except HarnessError as error:
            told = text_of(error)
            yield Proved(app, problem=told if isinstance(told, Text) else Text("{problem}", {"problem": told}))
        finally:
            _removed(opened(), [app.package, *filter(None, [app.partner])])


def _driven(app: ProofApp, device: Device, runs: Path, options: Options, *, boots: bool, tell: Tell) -> Analysis:
    return drive_once(device, str(apk(app.package)), options, "proof", driving(app, boots=boots), runs=runs, progress=tell)


def _checked(app: ProofApp, device: Device, runs: Path, options: Options) -> Analysis:
    (own, *_beside) = load_app_file(APP_FILES / f"{app.name}.py")
    chosen = replace(options_from(read_words(own.options)), unattended=options.unattended)
    return check(device, str(apk(app.package)), chosen, runs=runs)


def _installed(device: Device, package: str, runs: Path, options: Options, tell: Tell) -> None:
    try:
        installed(device, str(apk(package)), runs, options, tell)
    finally:
        device.close()


def _removed(device: Device, packages: list[str]) -> None:
    """Take the apps away, and out of the ledger what stands there for it."""
    try:
        for package in packages:
            device.shell(["pm", "uninstall", package])
        Ledger(device).undo_all()
    finally:
        device.close()


def _facts(app: ProofApp, analysis: Analysis) -> Iterator[Row]:
    """What must be seen and what must not; where the run has a hole, what is not seen says nothing."""
    for fact in app.facts:
        got: bool | None = fact.seen(analysis.timeline, analysis.app)
        if not got and (analysis.unfinished or (fact.within and not analysis.timeline.segments(fact.within))):
            got = None
        yield Row(fact.id, fact.what, fact.expected, got)


def _verdicts(app: ProofApp, analysis: Analysis) -> Iterator[Row]:
    (own, *_beside) = load_app_file(APP_FILES / f"{app.name}.py")
    found: dict[str, Any] = {verdict.rule.id: verdict for verdict in analysis.verdicts}
    for rule, expected in own.expected.items():
        got = found[rule].outcome.value if rule in found else None
        yield Row(rule, Text(rule), expected, got)
