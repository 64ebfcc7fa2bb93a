"""``apprights farm dev``: a whole farm on this computer, with a PostgreSQL of its own in a folder."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Annotated

import typer

from device_farm.artifacts.artifact_store import Artifacts
from device_farm.commands.which_store import VARIABLE
from device_farm.commands.worker import worker
from device_farm.dispatch.embedded_postgres import Embedded
from device_farm.dispatch.engine import Intervals
from device_farm.dispatch.farm_scheduler import FarmScheduler
from device_farm.dispatch.procrastinate_engine import Procrastinate
from device_farm.store.database import ARTIFACTS, open_store
from device_farm.store.models import Setting
from harness import console
from harness.language import _, said


def dev(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=_("where the database, the artifacts and the runs lie"))] = Path("farm"),
    devices: Annotated[
        str | None, typer.Option("--devices", metavar="all|SERIAL,...", help=_("the phones, default all that are ready"))
    ] = None,
    virtual: Annotated[int, typer.Option("--virtual", metavar="N", min=0, max=64, help=_("so many virtual phones"))] = 0,
    adb_port: Annotated[int | None, typer.Option("--adb-port", metavar="PORT", help=_("another adb server than the user's own"))] = None,
) -> None:
    """Run a farm on this computer, until Ctrl-C: PostgreSQL, what serves, and the phones here."""
    database = Embedded(out / "postgres")
    url = database.start()
    stop, over = threading.Event(), threading.Event()
    keeping = threading.Thread(target=database.keep, args=(over, console.progress), name="postgres", daemon=True)
    keeping.start()
    try:
        store = open_store(url)
        place = str((out / "artifacts").absolute())
        with store.begin() as session:
            Procrastinate(url).install(session)
            session.merge(Setting(name=ARTIFACTS, value=place))
        server = FarmScheduler(store, Procrastinate(url), Artifacts(place), Intervals(), told=console.progress)
        serving = threading.Thread(target=server.run, args=(stop,), name="serve", daemon=True)
        serving.start()
        console.say((said(_("for the other commands: export {variable}='{url}'", variable=VARIABLE, url=url)), ""), whole=True)
        try:
            worker(url, devices=devices, virtual=virtual, work=out / "work", adb_port=adb_port)
        finally:
            stop.set()
            serving.join()
            store.close()
    finally:
        over.set()
        keeping.join()
        database.stop()
