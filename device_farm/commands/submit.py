"""``apprights farm submit``: apps, folders and lists become units; what is wrong is told row by row."""

import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from device_farm.artifacts.artifact_store import Artifacts
from device_farm.commands.which_store import Database, Out, chosen_store
from device_farm.intake.add_apps import Purpose, Submitted, add_apps
from device_farm.intake.app_index import AppIndex
from device_farm.intake.app_upload import upload, uploaded
from device_farm.intake.complaint_clauses import ComplaintClauses
from device_farm.intake.folder import apps_in, is_folder, read_sources
from device_farm.intake.submission_plan import CHOSEN, plan_of, planned, purpose_of, without_phone
from device_farm.intake.submission_rows import Asked, Noted, Refused, Row
from device_farm.intake.watched import SETTLE_SECONDS, Watched, unreadable
from device_farm.store.database import Store
from device_farm.units.unit import Plan, read_requirement
from harness import console
from harness.commands.arguments import takes
from harness.commands.progress import Rows
from harness.errors import ScenarioError
from harness.language import _, both, said

SOME_REFUSED, NOTHING = 1, 2
LOOK_SECONDS = 5.0
"""How often a watched folder is looked at."""
MOST_MISSING = 10
"""Files of a list that are not there and are named one by one: more are a folder that is not mounted."""
MOST_TOLD = 200
"""Rows that are told on a terminal one by one; with ``--json`` all of them are."""


@takes(*CHOSEN, "config", "json")
def submit(
    sources: Annotated[
        list[Path], typer.Argument(metavar="SOURCES...", help=_("APK files, app files (.py), folders, lists (.csv, .jsonl)"))
    ],
    database: Database = None,
    out: Out = None,
    campaign: Annotated[
        str | None, typer.Option("--campaign", metavar="NAME", help=_("what this is for, default the day and the source"))
    ] = None,
    label: Annotated[
        list[str], typer.Option("--label", metavar="NAME=VALUE", help=_("what the phone must be, as android=13; repeatable"))
    ] = [],  # noqa: B006
    priority: Annotated[
        int, typer.Option("--priority", min=0, max=100, help=_("100: again after a correction; 0: when nothing else waits"))
    ] = 50,
    begin: Annotated[str | None, typer.Option("--from", metavar="HH:MM", help=_("begin nothing before"))] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="HH:MM", help=_("begin nothing after"))] = None,
    night: Annotated[bool, typer.Option("--night", help=_("clause 6 in shared nights, many apps on one phone"))] = False,
    store: Annotated[str, typer.Option("--store", metavar="NAME", help=_("the app store that the apps are from"))] = "",
    apks: Annotated[
        list[Path], typer.Option("--apks", metavar="DIR", help=_("where the files lie that a list names by app and version; repeatable"))
    ] = [],  # noqa: B006
    words: Annotated[
        Path | None, typer.Option("--words", metavar="FILE", help=_("words of complaints of your own, and the clauses they choose (.toml)"))
    ] = None,
    artifacts: Annotated[str | None, typer.Option("--artifacts", metavar="URL", help=_("put the apps into this artifact store"))] = None,
    watch: Annotated[bool, typer.Option("--watch", help=_("look at the folders again and again, and submit what comes"))] = False,
    settle: Annotated[
        float, typer.Option("--settle", min=0.0, max=3600.0, metavar="SECONDS", help=_("with --watch: how long a file must stand still"))
    ] = SETTLE_SECONDS,
    strict: Annotated[bool, typer.Option("--strict", help=_("exit code 1 for what is only worth a note, too"))] = False,
    **values: Any,
) -> None:
    """Put apps into the queue: each once, however often it is submitted.

    What is wrong with a row is told with its file and line, and the rest goes on. Exit code: 0 all, 1 some rows were
    refused, 2 wrong usage or nothing was submitted.
    """
    plan = plan_of(values, requirement=read_requirement(",".join(label)), night=night, priority=priority)
    chosen = ComplaintClauses(words)
    window = _window(begin, until)
    if watch and (bad := next((source for source in sources if not is_folder(source)), None)) is not None:
        raise ScenarioError(_("--watch: {path} is no folder", path=str(bad)[:200]))
    with chosen_store(database, out, make=True) as opened:
        intake = _Intake(opened, plan, Artifacts(artifacts) if artifacts is not None else None, json=values["json"])
        city = values["city"] or ""
        if watch:
            intake.watch(
                [Watched(folder, time.monotonic, settle_seconds=settle, store=store) for folder in sources], campaign, city, window
            )
        index = AppIndex(apps_in(apks), opened)
        rows = read_sources(sources, plan, chosen, index, store=store)
        done = intake.add(rows, purpose_of(campaign, sources, city=city, window=window), sources)
        intake.tell_end(done)
    if not done.new + done.again + done.twice:
        raise typer.Exit(NOTHING)
    if done.refusals or (strict and done.notes):
        raise typer.Exit(SOME_REFUSED)


@dataclass(slots=True)
class _Intake:
    """One call of the command: where it submits, and how it tells."""

    store: Store
    plan: Plan
    artifacts: Artifacts | None
    json: bool
    told: int = 0
    missing: int = 0
    waiting: set[Path] = field(default_factory=set)

    def add(self, rows: Iterable[Row], purpose: Purpose, sources: Sequence[Path] = ()) -> Submitted:
        """Submit rows, and say how far it is; ``sources`` are read as a whole."""
        far = Submitted(purpose.name)

        def progress(submitted: Submitted) -> None:
            nonlocal far
            far = submitted

        with Rows(lambda: [said(_("{count} rows", count=far.rows))]):
            wanted, read = uploaded(planned(rows, self.plan), self.artifacts), [str(source) for source in sources]
            done = add_apps(self.store, wanted, self.plan, purpose, sources=read, told=self.tell, progress=progress)
        for note in without_phone(self.store, done.requirements):
            done.notes += 1
            self.tell(note)
        return done

    def watch(self, folders: Sequence[Watched], campaign: str | None, city: str, window: tuple[str, str] | None) -> None:
        """Submit what comes into folders until Ctrl-C."""
        console.progress(said(_("watching {folders}; Ctrl-C ends it", folders=", ".join(str(each.folder) for each in folders))))
        never, missing = threading.Event(), set[Path]()
        while True:
            for watched in folders:
                try:
                    self._arrived(watched, campaign, city, window)
                    missing.discard(watched.folder)
                except OSError as error:
                    if watched.folder not in missing:
                        console.progress(said(unreadable(watched.folder, error)))
                    missing.add(watched.folder)
            never.wait(LOOK_SECONDS)

    def _arrived(self, watched: Watched, campaign: str | None, city: str, window: tuple[str, str] | None) -> None:
        for arrived in watched.arrived():
            row = arrived.row
            if isinstance(row, Asked) and self.artifacts is not None:
                row = upload(row, self.artifacts, arrived.path)
                if isinstance(row, Refused):  # not the app's fault: it lies there until the artifact store takes it
                    if arrived.path not in self.waiting:
                        self.tell(row)
                    self.waiting.add(arrived.path)
                    continue
                self.waiting.discard(arrived.path)
            name = campaign or f"{arrived.day} {watched.folder.absolute().name}"
            done = self.add([row], purpose_of(name, [], city=city, window=window))
            if (note := watched.done(replace(arrived, row=row))) is not None:
                self.tell(note)
            self.tell_end(done)

    def tell(self, row: Refused | Noted) -> None:
        """Say what is wrong with a row, as soon as it is met; files that are not there are counted after the first."""
        refused = isinstance(row, Refused)
        if isinstance(row, Refused) and row.missing and not self.json:
            self.missing += 1
            if self.missing > MOST_MISSING:
                return
        self.told += 1
        zh, en = both(row.reason if isinstance(row, Refused) else row.text)
        if self.json:
            kind = "refused" if refused else "noted"
            console.print_json({"kind": kind, "source": row.at.source, "line": row.at.line, "reason_zh": zh, "reason": en}, flush=False)
        elif self.told <= MOST_TOLD:
            text = row.reason if isinstance(row, Refused) else row.text
            console.say((f"{row.at}: ", "bold"), (said(text), "red" if refused else ""), indent=2)
        elif self.told == MOST_TOLD + 1:
            console.say((said(_("more rows have something to be said of them: --json tells all")), "dim"))

    def tell_end(self, done: Submitted) -> None:
        counts = {
            "rows": done.rows,
            "new": done.new,
            "again": done.again,
            "twice": done.twice,
            "refused": done.refusals,
            "notes": done.notes,
        }
        if self.json:
            console.print_json({"kind": "submitted", "campaign": done.campaign, **counts})
            return
        if self.missing > MOST_MISSING:
            told = _(
                "{count} files are not there, {named} of them are named above; --json names all", count=self.missing, named=MOST_MISSING
            )
            console.say((said(told), "red"))
        console.say((said(done.words), "bold"))


def _window(begin: str | None, until: str | None) -> tuple[str, str] | None:
    if (begin is None) != (until is None):
        raise ScenarioError(_("a night has a begin and an end: give both --from and --until"))
    return (begin, until) if begin is not None and until is not None else None
