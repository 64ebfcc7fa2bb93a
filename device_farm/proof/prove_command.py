"""``apprights prove``: tiny apps whose behaviour is known, on the phone that is to be relied on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated, Any

import typer

from harness import console
from harness.commands.arguments import takes
from harness.device.protocol import Device
from harness.language import _, said

if TYPE_CHECKING:
    from device_farm.proof.proof_run import Proved, Row

DIFFERS, UNDECIDED = 1, 3
STARTS = {"started-by-alarm", "started-after-boot", "woke-another", "caller-named"}
"""The facts that a phone keeps from being when it holds apps back."""


@takes("serial", "adb-port", "virtual", "android", "rom", "unattended", "runs", "json")
def prove(
    full: Annotated[bool, typer.Option("--full", help=_("check each app as a whole and compare its verdicts: hours"))] = False,
    reboots: Annotated[bool, typer.Option("--reboot", help=_("restart the phone, once for each app that is left alone"))] = False,
    **values: Any,
) -> None:
    """Install known apps on the phone, drive them, and compare what the phone showed with what they do.

    Exit code: 1 something differs, 3 an app could not be driven to its end, 0 all as expected, 2 no device.
    """
    from device_farm.proof.proof_run import prove as proved
    from harness.custody.phone_pack import PROVED
    from harness.recording.run_folder import write_atomic
    from harness.recording.run_format import not_written

    with ExitStack() as kept:
        opened = _opening(values, kept)
        phone = _phone(opened)
        done = []
        for one in proved(
            opened,
            values["runs"],
            full=full,
            boots=reboots,
            unattended=values["unattended"],
            tell=lambda text: console.progress(said(text)),
        ):
            done.append(one)
            if not values["json"]:
                _show(one)
    result = {"device": phone, "full": full, "apps": [_json(one) for one in done]}
    try:
        values["runs"].mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(values["runs"], error) from error
    write_atomic(values["runs"] / PROVED, json.dumps(result, ensure_ascii=False, indent=1).encode())
    if values["json"]:
        console.print_json(result)
    else:
        _sum_up(done, phone, reboots=reboots)
    if any(row.differs for one in done for row in one.rows):
        raise typer.Exit(DIFFERS)
    if any(one.problem is not None for one in done):
        raise typer.Exit(UNDECIDED)


def _opening(values: dict[str, Any], kept: ExitStack) -> Callable[[], Device]:
    """What opens the phone, each time anew: a run closes its device."""
    from harness.device.adb import open_device
    from harness.device.virtual_devices import virtual_devices
    from harness.restore.ledger import state_apart

    if not values["virtual"]:
        return lambda: open_device(values["serial"], port=values["adb_port"])
    kept.enter_context(state_apart())
    devices = kept.enter_context(virtual_devices(android=values["android"], rom=values["rom"]))
    return lambda: open_device(devices.serials[0], port=devices.port)


def _phone(opened: Callable[[], Device]) -> dict[str, str]:
    """Which phone it is; raises ScenarioError for one on which no app could be driven: not each app needs to say so."""
    from harness.custody.phone_pack import phone_of
    from harness.parsers.getprop import properties
    from harness.session.readiness import need_ready
    from harness.session.wakefulness import need_unlocked

    device = opened()
    try:
        need_unlocked(device)
        need_ready(device, "", screen=True)
        return phone_of(properties(device.shell(["getprop"]).stdout))
    finally:
        device.close()


def _json(one: Proved) -> dict[str, Any]:
    return {
        "app": one.app.name,
        "problem": str(one.problem) if one.problem is not None else None,
        "run": str(one.folder) if one.folder is not None else None,
        "seconds": round(one.seconds, 1),
        "rows": [{"id": row.id, "expected": row.expected, "got": row.got} for row in one.rows],
    }


def _show(one: Proved) -> None:
    console.say((one.app.name, "bold"), ("  ", ""), (said(one.app.what), ""))
    for row in one.rows:
        mark, style = (_("as it should"), "green") if row.got is not None else (_("not known"), "yellow")
        mark, style = (_("differs"), "red") if row.differs else (mark, style)
        console.say(("  ", ""), (said(mark), style), ("  ", ""), (said(_line(row)), ""), indent=4)
    if one.problem is not None:
        console.say(("  ", ""), (said(_("Problem: {text}", text=one.problem)), "yellow"), indent=4)


def _line(row: Row) -> Any:
    if isinstance(row.expected, str):
        return _("{rule}: {got}, expected {expected}", rule=row.id, got=row.got or "-", expected=row.expected)
    return _("should be so and was not: {fact}", fact=row.what) if row.differs else row.what


def _sum_up(done: list[Proved], phone: dict[str, str], *, reboots: bool) -> None:
    """Say what was compared, how it came out and what to do next; what that proves of rules is not said here."""
    counted = Counter("differs" if row.differs else "unknown" if row.got is None else "right" for one in done for row in one.rows)
    name = " ".join(filter(None, (phone["brand"], phone["model"], f"Android {phone['android']}")))
    told = _(
        "{phone}: {right} as expected, {differs} different, {unknown} not known, of {apps} apps",
        phone=name, right=counted["right"], differs=counted["differs"], unknown=counted["unknown"], apps=len(done),
    )  # fmt: skip
    console.say((said(told), "bold"))
    held_back = sorted({one.app.name for one in done for row in one.rows if row.differs and row.id in STARTS})
    if held_back:
        console.say((said(_(
            "{apps}: the phone may hold back apps that nobody allowed to start by themselves; allow it in its settings and prove again",
            apps=", ".join(held_back),
        )), ""))  # fmt: skip
    if not reboots and any(row.id == "started-after-boot" for one in done for row in one.rows):
        console.say((said(_("what follows a boot was not tried: --reboot restarts the phone")), ""))
