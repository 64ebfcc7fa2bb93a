"""``apprights farm drain``: hosts or phones that end what they do and take nothing more."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlalchemy import or_, select, true

from device_farm.commands.which_store import Database, chosen_store
from device_farm.phones import phone_transitions
from device_farm.store.models import Device, Host
from harness import console
from harness.errors import ScenarioError
from harness.language import _, said

EVERY = "all"


def drain(
    names: Annotated[list[str], typer.Argument(metavar="NAMES...", help=_("hosts, or serials of phones; all is every host"))],
    undo: Annotated[bool, typer.Option("--undo", help=_("let them take units again"))] = False,
    database: Database = None,
) -> None:
    """Let hosts or phones end what they do and take nothing more, as before an upgrade."""
    with chosen_store(database, None) as store, store.begin() as session:
        hosts = session.scalars(select(Host).where(true() if EVERY in names else Host.name.in_(names))).all()
        phones = session.scalars(select(Device).where(or_(Device.address.in_(names), Device.serial.in_(names)))).all()
        known = {EVERY, *(host.name for host in hosts), *(name for phone in phones for name in (phone.address, phone.serial))}
        if unknown := set(names) - known:
            raise ScenarioError(_("no host and no phone is called {name}: 'apprights farm devices' lists them", name=min(unknown)[:80]))
        for host in hosts:
            host.draining = not undo
        for phone in phones:
            if undo:
                phone_transitions.release(session, phone.id)
            else:
                phone_transitions.drain(session, phone.id, _("drained by a person"))
        done = ", ".join([*(host.name for host in hosts), *(phone.address for phone in phones)])
    console.say((said(_("take units again: {names}", names=done) if undo else _("take nothing more: {names}", names=done)), ""))
