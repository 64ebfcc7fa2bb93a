"""``apprights farm worker``: the phones of this computer, at the service of a farm."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from device_farm.commands.which_store import Database, url_of
from device_farm.dispatch.agent import Agent
from device_farm.dispatch.engine import Pace
from device_farm.dispatch.face import artifacts_url, awaited, ending, host_name
from device_farm.dispatch.process import Settings
from device_farm.job import Virtual
from harness import console
from harness.language import _, chosen

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
    work: Annotated[Path, typer.Option("--work", metavar="DIR", help=_("where apps are kept, and runs until they are stored"))] = FOLDER,
    adb_port: Annotated[int | None, typer.Option("--adb-port", metavar="PORT", help=_("another adb server than the user's own"))] = None,
) -> None:
    """Keep a worker running for each phone here. Ctrl-C lets them end what they do, a second one breaks it off."""
    url = url_of(database)
    with ending() as (leave, stop):
        store = awaited(url, leave)
        if store is None:
            return
        try:
            settings = Settings(
                database=url,
                artifacts=artifacts_url(store, artifacts),
                device=0,
                host=host_name(),
                address="",
                folder=str(work.absolute()),
                pace=Pace().words(),
                language=chosen(),
                adb_port=adb_port,
            )
            serials = [] if devices in (None, "all") else [word.strip() for word in str(devices).split(",") if word.strip()]
            agent = Agent(
                store,
                settings,
                Pace(),
                adb=devices is not None or not virtual,
                serials=serials,
                virtual=[Virtual()] * virtual,
                told=console.progress,
            )
            agent.run(leave, stop)
        finally:
            store.close()
