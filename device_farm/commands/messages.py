"""Group chats that are told what is new, while a command runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harness import console
from harness.language import _, said

if TYPE_CHECKING:
    from device_farm.store.database import Store
    from device_farm.webhooks.webhook_settings import Chat

Messages = Annotated[Path | None, typer.Option("--messages", metavar="FILE", help=_("group chats that are told what is new (farm.toml)"))]


def chats_of(messages: Path | None) -> tuple[Chat, ...]:
    """The chats that a file names; raises FormatError, and says which extra is missing."""
    if messages is None:
        return ()
    import device_farm.webhooks.news  # noqa: F401 - now, not when the first message is due
    from device_farm.webhooks.webhook_settings import read_chats

    return read_chats(messages)


@contextmanager
def telling(store: Store, chats: tuple[Chat, ...]) -> Iterator[None]:
    """Tell them for a block, and at its end what came last; a message that cannot be sent stops nothing."""
    if not chats:
        yield
        return
    from device_farm.webhooks.news import Messenger, never

    with store.begin() as session:
        for text in never(session, chats):
            console.progress(said(text))
    with Messenger(store, chats) as messenger:
        yield
        messenger.once()
