"""``apprights farm web``: the dashboard, and messages to group chats where a file names some."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from device_farm.commands.messages import Messages, chats_of, telling
from device_farm.commands.which_store import ArtifactsPlace, Database, Out, chosen_store
from device_farm.store.database import artifacts_place
from device_farm.web.application import serve
from device_farm.web.web_settings import Settings, is_loopback, tokens_of
from harness import console
from harness.errors import ScenarioError, why
from harness.language import _, said

if TYPE_CHECKING:
    from device_farm.webhooks.webhook_settings import Chat

PORT = 8416


def web(
    database: Database = None,
    out: Out = None,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help=_("where it listens; who reaches it reads everything"))
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, metavar="N", help=_("0: any that is free"))] = PORT,
    token_file: Annotated[
        Path | None,
        typer.Option(
            "--token-file", metavar="FILE", help=_("a token, or lines of NAME ROLES TOKEN (read, operate, review); else nobody acts")
        ),
    ] = None,
    allow_name: Annotated[
        list[str], typer.Option("--allow-name", metavar="NAME", help=_("a name by which browsers call it, as of a proxy; repeatable"))
    ] = [],  # noqa: B006
    artifacts: ArtifactsPlace = None,
    messages: Messages = None,
) -> None:
    """Show what a farm does and found, until Ctrl-C; reading only, unless there is a token."""
    chats = chats_of(messages)
    tokens = tokens_of(token_file)
    names = (*(name.lower() for name in allow_name), *(() if is_loopback(host) else (host.lower(), socket.gethostname().lower())))
    with _listen(host, port) as listening, chosen_store(database, out) as store:
        settings = Settings(
            folder=out.resolve() if out is not None else None,
            artifacts=artifacts or artifacts_place(store),
            tokens=tokens,
            names=names,
            any_address=not is_loopback(host),
        )
        _tell(host, listening.getsockname()[1], chats, acting=bool(tokens))
        with telling(store, chats):
            serve(store, settings, listening)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except (OSError, UnicodeError) as error:
        reason = why(error) if isinstance(error, OSError) else str(error)
        raise ScenarioError(_("cannot listen on {host}:{port}: {reason}", host=host, port=port, reason=reason)) from error


def _tell(host: str, port: int, chats: tuple[Chat, ...], *, acting: bool) -> None:
    shown = f"[{host}]" if ":" in host else host
    console.progress(said(_("Dashboard: {url}", url=f"http://{shown}:{port}/")))
    if not acting:
        console.progress(said(_("Reading only: without --token-file nobody acts on phones or units.")))
    if not is_loopback(host):
        console.progress(
            said(
                _(
                    "Whoever reaches {host} reads all findings and evidence, and a token goes over the network as it is: "
                    "put a proxy with TLS and a login before it, or listen on 127.0.0.1.",
                    host=shown,
                )
            )
        )
    if chats:
        console.progress(said(_("Messages go to: {names}", names=", ".join(chat.name for chat in chats))))
