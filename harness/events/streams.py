"""The streams of a run in words."""

from collections.abc import Iterable, Sequence

from harness.events.base import Source
from harness.events.observations import AppCovered
from harness.language import Text, _, listed
from harness.roms.windows_of_others import title_of

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


def window_words(package: str, window: str) -> Text:
    """What a window of others is called, where its row in the table is known, and whose it is."""
    title = title_of(window)
    return _("{title}: {package}", title=title, package=package) if title else Text("{package}", {"package": package})


def covered_words(windows: Sequence[AppCovered]) -> Text:
    """What is said of windows of others that lay over the app."""
    told = {window.package for window in windows if window.window}
    named = dict.fromkeys((window.package, window.window) for window in windows if window.window or window.package not in told)
    names = listed(window_words(*each) for each in named)
    return _("a window of the system or of another app ({names}) lay over the app, and what happened then was not seen", names=names)


def incomplete(sources: Iterable[str]) -> Text:
    """What is said of streams that have a hole."""
    return _("the record of {streams} is incomplete", streams=listed(STREAMS[Source(source)] for source in sources))
