"""``apprights farm run``: many apps on the phones of this desk, and the same command again after any interruption."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from device_farm.commands.messages import Messages, chats_of, telling
from device_farm.commands.which_store import Virtuals
from device_farm.desk.lock import held
from device_farm.intake.submission_plan import CHOSEN
from device_farm.intake.submission_rows import Noted, Refused
from device_farm.store.database import Store
from device_farm.units.unit import Plan
from harness import console
from harness.commands.arguments import takes
from harness.errors import HarnessError, ScenarioError
from harness.language import _, said

if TYPE_CHECKING:
    from device_farm.desk.phone_pool import DeskPhonePool
    from device_farm.webhooks.webhook_settings import Chat

SHORT = (1, 5, 7)
"""The clauses that take minutes; 6 takes a night."""
NIGHT = 6
WRONG = 2
MOST_TOLD, MOST_UNTESTED = 200, 20
LOOK_SECONDS = 120.0
"""So long the first phone is waited for, where adb lists some [PROJECT]: a busy computer takes long to begin."""


@takes(*CHOSEN, "adb-port", "android", "rom", "yes", "strict", "config", "json")
def run(
    apps: Annotated[
        list[str] | None,
        typer.Argument(metavar="APPS...", help=_("APK files, folders, lists (.csv), installed packages, or app files (.py)")),
    ] = None,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help=_("where the store, the run folders and the morning page are written"))
    ] = Path("reports") / "farm",
    devices: Annotated[
        str | None, typer.Option("--devices", "--serial", metavar="all|SERIAL,...", help=_("the phones, default all that are ready"))
    ] = None,
    virtual: Virtuals = 0,
    label: Annotated[
        list[str], typer.Option("--label", metavar="NAME=VALUE", help=_("what the phone must be, as android=13; repeatable"))
    ] = [],  # noqa: B006
    night: Annotated[bool, typer.Option("--night", help=_("clause 6, too, in shared nights of many apps on one phone"))] = False,
    campaign: Annotated[
        str | None, typer.Option("--campaign", metavar="NAME", help=_("what this is for, default the name of the folder"))
    ] = None,
    messages: Messages = None,
    **values: Any,
) -> None:
    """Check many apps on many phones of this desk; the same command goes on after any interruption.

    Exit code, of the campaign: 1 a violation, 3 something could not be tested or decided, 0 otherwise, 2 wrong usage or
    no phone, 130 after Ctrl-C.
    """
    chats = chats_of(messages)
    from device_farm.desk.desk_submission import is_path

    if apps and all(is_path(app) and not Path(app).exists() for app in apps):  # nothing to be done, and no store to be made
        raise ScenarioError(_("{path} is not there: see how its path is written", path=apps[0][:200]))
    with held(out):
        raise typer.Exit(_run(apps or (), out, _phones(devices, virtual), label, chats, night=night, campaign=campaign, values=values))


def _phones(devices: str | None, virtual: int) -> tuple[bool, tuple[str, ...], int]:
    """Whether phones of adb are wanted, which, and how many virtual ones."""
    serials = tuple(filter(None, (word.strip() for word in (devices or "").split(","))))
    if devices is not None and not serials:
        raise ScenarioError(_("--devices: give all, or serials with commas between them"))
    return devices is not None or not virtual, () if "all" in serials else serials, virtual


def _run(
    apps: Sequence[str],
    out: Path,
    phones: tuple[bool, tuple[str, ...], int],
    label: Sequence[str],
    chats: tuple[Chat, ...],
    *,
    night: bool,
    campaign: str | None,
    values: dict[str, Any],
) -> int:
    from device_farm.desk.desk_session import exit_code, run_desk
    from device_farm.desk.desk_status import status_json
    from device_farm.desk.phone_pool import DeskPhonePool, missing_words
    from device_farm.execution.child_process import prepare
    from device_farm.intake.submission_plan import plan_of
    from device_farm.morning.tonight import campaign_named
    from device_farm.store import FILE
    from device_farm.store.database import open_store
    from device_farm.units.job import Virtual
    from device_farm.units.unit import read_requirement

    chosen = {**values, "clause": values["clause"] or ((*SHORT, NIGHT) if night else SHORT)}
    plan = plan_of(chosen, requirement=read_requirement(",".join(label)), night=night)
    adb, serials, count = phones
    kind = Virtual(values["android"], values["rom"])
    store = open_store(out / FILE)
    try:
        prepare()
        pool = DeskPhonePool(store, out / FILE, adb=adb, serials=serials, adb_port=values["adb_port"], virtual=[kind] * count)
        try:
            pool.wait(LOOK_SECONDS)
            for serial in pool.missing:
                console.progress(said(missing_words(serial)))
            _need_phones(pool)
            _submit(store, apps, plan, campaign or out.absolute().name, out, values)
            with telling(store, chats):
                interrupted = run_desk(store, pool, (out / "runs").absolute())
        finally:
            pool.close()
        name = campaign or out.absolute().name
        with store.begin() as opened:
            shown = campaign_named(opened, name) if apps or campaign is not None else None
        number = shown.id if shown is not None else None  # nothing named: all that the folder was given
        _tell(store, number, json=values["json"])
        _morning(store, out, name)
        if values["json"]:
            console.print_json(status_json(store, out) | {"working": False})  # the folder is ours until we have said it
        with store.begin() as opened:
            return 128 + interrupted if interrupted else exit_code(opened, strict=values["strict"], campaign=number)
    finally:
        store.close()


def _need_phones(pool: DeskPhonePool) -> None:
    if pool.executors():
        return
    if pool.looked.problem is not None:
        raise ScenarioError(pool.looked.problem)
    for address, why in pool.looked.others:
        console.progress(f"{address}: {said(why)}")
    raise ScenarioError(_("no phone is ready: 'apprights devices' says why; --virtual 2 makes two virtual ones"))


def _submit(store: Store, apps: Sequence[str], plan: Plan, campaign: str, out: Path, values: dict[str, Any]) -> None:
    """Submit what was named; what is wrong is told row by row. Raises ScenarioError where there is nothing to do."""
    from device_farm.desk.desk_submission import submit
    from device_farm.intake.add_apps import Purpose

    told = 0

    def tell(row: Refused | Noted) -> None:
        nonlocal told
        told += 1
        if told <= MOST_TOLD:
            console.progress(f"{row.at}: {said(row.reason if hasattr(row, 'reason') else row.text)}")

    if apps:
        done = submit(store, apps, plan, Purpose(campaign, values["city"] or ""), out, clear=values["yes"], told=tell)
        if told > MOST_TOLD:
            console.progress(said(_("and {count} more rows", count=told - MOST_TOLD)))
        console.progress(said(done.words))
    with store.begin() as session:
        from device_farm.desk.next_unit import counts
        from device_farm.desk.unit_wording import refused

        if sum(counts(session).values()) or refused(session, 1)[1]:
            return
    if apps:
        raise ScenarioError(_("no app is in {what}: give APK files, a folder with some, or app files (.py)", what=", ".join(apps)[:300]))
    raise ScenarioError(_("nothing to be done: give APK files, a folder, or app files (.py) with --virtual"))


def _morning(store: Store, out: Path, campaign: str) -> None:
    """Write the morning page; the store has everything that it says, so where it cannot be written nothing is lost."""
    from device_farm.morning.morning_file import write_morning

    try:
        page = write_morning(store, out, campaign=campaign)
    except HarnessError as error:
        console.progress(said(_("no morning page: {error}", error=error)))
        return
    console.progress(said(_("morning page: {page}", page=page)))


def _tell(store: Store, campaign: int | None, *, json: bool) -> None:
    """What came out: outcomes, and what could not be tested, with why."""
    from device_farm.desk.unit_wording import outcome_word, outcomes, refused, states, untested

    show = console.progress if json else lambda line: console.say((line, ""))
    with store.begin() as session:
        for outcome, number in outcomes(session, campaign).items():
            show(f"{number:6d}  {said(outcome_word(outcome))}")
        for state, number in states(session, campaign).items():
            show(f"{number:6d}  {said(state)}")
        bad, count = refused(session, MOST_UNTESTED, campaign)
        if count:
            words = said(_("refused: no app, or one that cannot be read"))
            show(f"{count:6d}  {words}")
        for name, reason in (*untested(session, MOST_UNTESTED, campaign), *bad):
            show(said(_("not tested: {app}: {reason}", app=name, reason=reason)))
