"""``apprights farm devices``: the phones of a farm or a desk, how each stands, and why."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from device_farm.commands.which_store import Database, Out, chosen_store
from harness import console
from harness.commands.arguments import Json
from harness.commands.devices import NO_DEVICE, AdbPort
from harness.language import Text, _, both, pick, said

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from device_farm.phones.phone_inventory import Seen
    from device_farm.store.database import Store
    from device_farm.store.models import Device

_FACTS = ("model", "android", "rom", "patch", "root", "push", "battery", "celsius")


def devices(
    database: Database = None,
    out: Out = None,
    look: Annotated[bool, typer.Option("--look", help=_("look at the phones of this computer first, and record what is seen"))] = False,
    hubs: Annotated[
        Path | None, typer.Option("--hubs", metavar="FILE", help=_("with --look: switch the sockets of these hubs by the batteries (TOML)"))
    ] = None,
    adb_port: AdbPort = None,
    json: Json = False,
) -> None:
    """List the phones: what each is, how it stands, and what to do where it does not work."""
    if database is None and out is None:
        from device_farm.phones.phone_inventory import look as look_now

        _tell([_of_adb(one) for one in look_now(adb_port)], json=json)
        return
    with chosen_store(database, out) as store:
        if look or hubs is not None:
            _look(store, adb_port, hubs, host=socket.gethostname() if out is not None else _host())
        with store.begin() as session:
            rows = _of_store(session)
    _tell(rows, json=json)


def _host() -> str:
    """What the worker of this computer is called in the farm."""
    from device_farm.dispatch.command_environment import host_name

    return host_name()


def _look(store: Store, adb_port: int | None, hubs: Path | None, *, host: str) -> None:
    """Record what adb shows now, and see to the batteries."""
    from sqlalchemy import exists, select

    from device_farm.phones.charging import manage_charging, read_hubs
    from device_farm.phones.phone_inventory import look as look_now
    from device_farm.phones.phone_inventory import record
    from device_farm.store.models import Unit
    from device_farm.units.unit import ENDED

    sockets = None if hubs is None else read_hubs(hubs)
    seen = look_now(adb_port, host)
    with store.begin() as session:
        record(session, seen, host=host)
        if sockets is not None:
            needed = bool(session.scalar(select(exists().where(Unit.state.not_in(ENDED)))))
            for phone, on, problem in manage_charging(session, host, sockets, needed=needed):
                told = _("its socket is switched on") if on else _("its socket is switched off")
                console.progress(f"{phone}: {said(problem or told)}")


def _of_adb(one: Seen) -> dict[str, Any]:
    state = ("device", "device") if one.ready else both(one.problem)
    return _row(one.host, one.address, one.serial, dict(one.labels), dict(one.facts)) | {
        "state": "idle" if one.ready else one.adb if one.adb != "device" else "quarantined",
        "reason": dict(zip(("zh", "en"), state if not one.ready else ("", ""), strict=True)),
        "advice": dict(zip(("zh", "en"), both(one.advice), strict=True)),
        "unit": None,
        "faults": 0,
        "held": False,
        "seen_at": None,
    }


def _of_store(session: Session) -> list[dict[str, Any]]:
    from sqlalchemy import select

    from device_farm.phones.phone_transitions import busy_phones
    from device_farm.store.models import Device

    busy = busy_phones(session)
    return [_of_row(row, busy.get(row.id)) for row in session.scalars(select(Device).order_by(Device.host, Device.address))]


def _of_row(row: Device, unit: int | None) -> dict[str, Any]:
    from device_farm.phones.phone_transitions import displayed_state

    return _row(row.host, row.address, row.serial, row.labels, row.facts) | {
        "state": displayed_state(row, busy=unit is not None).value,
        "reason": {"zh": row.reason_zh, "en": row.reason_en},
        "advice": row.facts.get("advice", {"zh": "", "en": ""}),
        "unit": unit,
        "faults": row.faults,
        "held": row.held,
        "seen_at": row.seen_at.isoformat(timespec="seconds"),
    }


def _row(host: str, address: str, serial: str, labels: dict[str, str], facts: dict[str, Any]) -> dict[str, Any]:
    return {"host": host, "phone": address, "serial": serial, "labels": labels} | {name: facts.get(name, "") for name in _FACTS}


def _tell(rows: list[dict[str, Any]], *, json: bool) -> None:
    from device_farm.phones.state_names import PhoneState, word

    if json:
        console.print_json({"devices": rows})
        return
    if not rows:
        console.progress(said(NO_DEVICE))
        return
    words = {state.value: said(word(state)) for state in PhoneState}
    several = len({row["host"] for row in rows}) > 1
    head = [_("phone"), _("state"), _("model"), Text("Android"), Text("ROM"), _("battery"), _("why, and what to do")]
    table = [
        (
            f"{row['host']} {row['phone']}" if several else row["phone"],
            words.get(row["state"], row["state"]),
            row["model"],
            row["android"],
            row["rom"],
            "" if row["battery"] in ("", None) else f"{row['battery']} %",
            "; ".join(filter(None, (pick(**row["reason"]), pick(**row["advice"])))),
        )
        for row in rows
    ]
    console.table("", [said(one) for one in head], table)
