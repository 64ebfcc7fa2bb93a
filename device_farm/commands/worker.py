"""``apprights farm worker``: the phones of this computer, at the service of a farm."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from device_farm.commands.which_store import Database, url_of
from device_farm.dispatch.agent import Agent
from device_farm.dispatch.command_environment import HOST, artifacts_url, host_name, shutdown_signals, wait_for_store
from device_farm.dispatch.engine import Intervals
from device_farm.dispatch.phone_worker_process import Settings
from device_farm.store.urls import without_password
from device_farm.units.job import Virtual
from harness import console
from harness.device.adb_link import server_port
from harness.language import Text, _, chosen, said

FOLDER = Path("farm-work")


def worker(
    database: Database = None,
    artifacts: Annotated[
        str | None, typer.Option("--artifacts", metavar="URL", help=_("where artifacts lie, default as 'farm init' was told"))
    ] = None,
    devices: Annotated[
        str | None, typer.Option("--devices", metavar="all|SERIAL,...", help=_("the phones, default all that are ready"))
    ] = None,
    virtual: Annotated[int, typer.Option("--virtual", metavar="N", min=0, max=64, help=_("so many virtual phones"))] = 0,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", envvar=HOST, help=_("what this computer is called in the farm, default its own name")),
    ] = None,
    work: Annotated[Path, typer.Option("--work", metavar="DIR", help=_("where apps are kept, and runs until they are stored"))] = FOLDER,
    adb_port: Annotated[int | None, typer.Option("--adb-port", metavar="PORT", help=_("another adb server than the user's own"))] = None,
) -> None:
    """Keep a worker running for each phone here. Ctrl-C lets them end what they do, a second one breaks it off."""
    url, host = url_of(database), host_name(name)
    serials = [] if devices in (None, "all") else [word.strip() for word in str(devices).split(",") if word.strip()]
    adb = devices is not None or not virtual
    console.progress(said(_("worker {host}: {phones}; the store is {url}", host=host, phones=_sought(adb, serials, virtual, adb_port),
                            url=without_password(url))))  # fmt: skip
    with shutdown_signals() as (leave, stop):
        store = wait_for_store(url, leave)
        if store is None:
            return
        try:
            settings = Settings(
                database=url,
                artifacts=artifacts_url(store, artifacts),
                device=0,
                host=host,
                address="",
                folder=str(work.absolute()),
                intervals=Intervals().words(),
                language=chosen(),
                adb_port=adb_port,
            )
            agent = Agent(
                store,
                settings,
                Intervals(),
                adb=adb,
                serials=serials,
                virtual=[Virtual()] * virtual,
                told=console.progress,
            )
            agent.run(leave, stop)
        finally:
            store.close()


def _sought(adb: bool, serials: list[str], virtual: int, adb_port: int | None) -> Text:
    """Which phones a worker looks for."""
    if not adb:
        return _("{count} virtual phones, no others", count=virtual)
    port = server_port(adb_port)
    real = _("phones {names} at the adb server {port}", names=", ".join(serials), port=port) if serials else None
    real = real or _("all phones that are ready at the adb server {port}", port=port)
    return _("{phones}, and {count} virtual ones", phones=real, count=virtual) if virtual else real
