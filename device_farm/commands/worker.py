"""``apprights farm worker``, ``serve`` and ``dev``: the phones of this computer, what serves a farm, or both here."""

import threading
from pathlib import Path
from typing import Annotated

import typer

from device_farm.artifacts.artifact_store import Artifacts
from device_farm.commands.messages import Messages, chats_of, telling
from device_farm.commands.which_store import VARIABLE, ArtifactsPlace, Database, Devices, OtherServer, Virtuals, url_of
from device_farm.dispatch.agent import Agent
from device_farm.dispatch.command_environment import HOST, artifacts_of, artifacts_url, host_name, shutdown_signals, wait_for_store
from device_farm.dispatch.embedded_postgres import Embedded
from device_farm.dispatch.engine import Intervals
from device_farm.dispatch.farm_scheduler import FarmScheduler
from device_farm.dispatch.phone_worker_process import Settings
from device_farm.dispatch.procrastinate_engine import Procrastinate
from device_farm.store.database import ARTIFACTS, open_store
from device_farm.store.models import Setting
from device_farm.store.urls import without_password
from device_farm.units.job import Virtual
from harness import console
from harness.device.adb_link import server_port
from harness.language import Text, _, chosen, said

FOLDER = Path("farm-work")


def worker(
    database: Database = None,
    artifacts: ArtifactsPlace = None,
    devices: Devices = None,
    virtual: Virtuals = 0,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", envvar=HOST, help=_("what this computer is called in the farm, default its own name")),
    ] = None,
    work: Annotated[Path, typer.Option("--work", metavar="DIR", help=_("where apps are kept, and runs until they are stored"))] = FOLDER,
    adb_port: OtherServer = None,
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
            agent = Agent(store, settings, Intervals(), adb=adb, serials=serials, virtual=[Virtual()] * virtual, told=console.progress)
            agent.run(leave, stop)
        finally:
            store.close()


def _sought(adb: bool, serials: list[str], virtual: int, adb_port: int | None) -> Text:
    if not adb:
        return _("{count} virtual phones, no others", count=virtual)
    port = server_port(adb_port)
    real = _("phones {names} at the adb server {port}", names=", ".join(serials), port=port) if serials else None
    real = real or _("all phones that are ready at the adb server {port}", port=port)
    return _("{phones}, and {count} virtual ones", phones=real, count=virtual) if virtual else real


def serve(database: Database = None, artifacts: ArtifactsPlace = None, messages: Messages = None) -> None:
    """Hand out units and take back those of the dead, until Ctrl-C; several may run, and one of them leads."""
    url, chats = url_of(database), chats_of(messages)
    console.progress(said(_("serve: the store is {url}", url=without_password(url))))
    with shutdown_signals() as (leave, _stop):
        store = wait_for_store(url, leave)
        if store is None:
            return
        try:
            server = FarmScheduler(store, Procrastinate(url), artifacts_of(store, artifacts), Intervals(), told=console.progress)
            with telling(store, chats):
                server.run(leave)
        finally:
            store.close()


def dev(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=_("where the database, the artifacts and the runs lie"))] = Path("farm"),
    devices: Devices = None,
    virtual: Virtuals = 0,
    adb_port: OtherServer = None,
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
