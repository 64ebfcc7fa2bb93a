"""``apprights farm quarantine`` and ``drain``: a person takes a phone out, or lets it go."""

from typing import Annotated

import typer
from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from device_farm.commands.which_store import Database, Out, chosen_store
from device_farm.phones import phone_transitions
from device_farm.store.models import Device, Host
from harness import console
from harness.errors import ScenarioError
from harness.language import Text, _, said


def quarantine(
    phone: Annotated[str, typer.Argument(metavar="PHONE", help=_("as 'apprights farm devices' lists it, or its own serial number"))],
    database: Database = None,
    out: Out = None,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("why, for whoever looks on"))] = "",
    release: Annotated[bool, typer.Option("--release", help=_("let it go: after a trial it works again"))] = False,
    host: Annotated[
        str | None, typer.Option("--host", metavar="NAME", help=_("the computer it hangs on, where two have such a phone"))
    ] = None,
) -> None:
    """Take a phone out of work until it is released; what it does now it ends."""
    if release and reason:
        raise ScenarioError(_("--release takes no --reason"))
    with chosen_store(database, out) as store, store.begin() as session:
        from device_farm.phones import phone_transitions

        row = _chosen(session, phone, host)
        if release:
            phone_transitions.release(session, row.id)
            told = _("{phone} is released: after a trial it works again", phone=row.address)
        else:
            why = Text("{reason}", {"reason": reason[:200]}) if reason else _("taken out by a person")
            phone_transitions.quarantine(session, row.id, why)
            told = _("{phone} is quarantined until it is released: the same command with --release", phone=row.address)
    console.progress(said(told))


def _chosen(session: Session, phone: str, host: str | None) -> Device:
    from sqlalchemy import or_, select

    from device_farm.store.models import Device

    found = session.scalars(select(Device).where(or_(Device.address == phone, Device.serial == phone)).order_by(Device.id)).all()
    fitting = [row for row in found if host is None or row.host == host]
    exact = [row for row in fitting if row.address == phone] or fitting
    if not exact:
        raise ScenarioError(_("no phone {phone} is known: see 'apprights farm devices'", phone=phone[:80]))
    if len(exact) > 1:
        places = ", ".join(f"{row.host} {row.address}" for row in exact)
        raise ScenarioError(
            _("{phone} is {count} phones: {places}; name one, with --host", phone=phone[:80], count=len(exact), places=places)
        )
    return exact[0]


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
