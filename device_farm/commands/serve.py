"""``apprights farm serve``: what one computer does for the whole farm."""

from __future__ import annotations

from typing import Annotated

import typer

from device_farm.commands.messages import Messages, chats_of, telling
from device_farm.commands.which_store import Database, url_of
from device_farm.dispatch.command_environment import artifacts_of, shutdown_signals, wait_for_store
from device_farm.dispatch.engine import Intervals
from device_farm.dispatch.farm_scheduler import FarmScheduler
from device_farm.dispatch.procrastinate_engine import Procrastinate
from device_farm.store.urls import without_password
from harness import console
from harness.language import _, said


def serve(
    database: Database = None,
    artifacts: Annotated[
        str | None, typer.Option("--artifacts", metavar="URL", help=_("where artifacts lie, default as 'farm init' was told"))
    ] = None,
    messages: Messages = None,
) -> None:
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
