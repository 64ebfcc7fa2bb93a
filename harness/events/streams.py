"""The streams of a run in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.events.base import Source
from harness.language import Text, _, known, listed
from harness.roms.foreign_windows import title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from harness.events.observations import AppCovered

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


def named_window(window: AppCovered) -> Text:
    """What a window of others is called, where that is known, and whose it is."""
    title = title_of(window.window)
    return _("{title}: {package}", title=title, package=window.package) if title else Text("{package}", {"package": window.package})


def covered_words(windows: Sequence[AppCovered]) -> Text:
    """What is said of windows of others that lay over the app."""
    known = {window.package for window in windows if window.window}
    names = listed(dict.fromkeys(named_window(window) for window in windows if window.window or window.package not in known))
    return _("a window of the system or of another app ({names}) lay over the app, and what happened then was not seen", names=names)


def incomplete(sources: Iterable[str]) -> Text:
    """What is said of streams that have a hole."""
    return _("the record of {streams} is incomplete", streams=listed(STREAMS[Source(source)] for source in sources))
