"""The streams of a run in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.events.base import Source
from harness.language import Text, _, listed

if TYPE_CHECKING:
    from collections.abc import Iterable

STREAMS = {
    Source.EVENTS: _("the events log"),
    Source.MAIN: _("the main log"),
    Source.SYSTEM: _("the system log"),
    Source.CRASH: _("the crash log"),
    Source.SECURITY: _("the security log"),
    Source.TREE: _("the view tree"),
    Source.PIXELS: _("the pictures of the screen"),
    Source.DUMP: _("the dumps of the system"),
    Source.SESSION: _("the steps of the check"),
}


def incomplete(sources: Iterable[str]) -> Text:
    """What is said of streams that have a hole."""
    return _("the record of {streams} is incomplete", streams=listed(STREAMS[Source(source)] for source in sources))
