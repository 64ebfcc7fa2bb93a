"""The terms that sentences are made of: what a word in a log or a step means to a reader."""

from collections.abc import Iterable, Mapping

from harness.events import DialogKind, Evidence
from harness.language import Text, _, chinese, known, listed, pgettext

TEXT_LENGTH = 200
"""Characters of a text of the app that a sentence quotes; the raw line stands below it."""
MOST_NAMES = 5
NOTHING = Text("")

EXIT_REASONS = {
    1: _("it exited by itself"),
    2: _("ended by a signal"),
    3: _("low memory"),
    4: _("crash"),
    5: _("crash in native code"),
    6: _("not responding"),
    7: _("it could not be initialised"),
    8: _("a permission was changed"),
    9: _("it used too many resources"),
    10: _("the user asked for it"),
    11: _("its Android user was stopped"),
    12: _("a process it depends on was gone"),
    13: _("another reason"),
    14: _("ended while frozen"),
    15: _("its package was switched off or on"),
    16: _("it was updated"),
}
"""ApplicationExitInfo.REASON_*."""
EVIDENCE = {
    Evidence.ROM_LINE: _("log line of the start"),
    Evidence.START_LINE: _("log line of the activity"),
    Evidence.ACTIVITY_RECORD: _("activity record"),
    Evidence.SERVICE_RECORD: _("service record"),
    Evidence.BROADCAST_RECORD: _("broadcast record"),
    Evidence.ASSOCIATION: _("association"),
    Evidence.PROVIDER_CONNECTION: _("provider connection"),
    Evidence.STACK: _("named in the stack"),
}
DIALOGS = {
    DialogKind.PERMISSION: _("system permission dialog"),
    DialogKind.RATIONALE: _("the app's own permission prompt"),
    DialogKind.SETTINGS_GUIDE: _("the app's own guide to the settings"),
    DialogKind.CONSENT: _("privacy consent"),
    DialogKind.OTHER: _("another dialog"),
}
CHANGES = {
    "missing": _("missing"),
    "changed": pgettext("changes", "changed"),
    "added": pgettext("changes", "added"),
    "resealed": pgettext("changes", "not the one with this root"),
    "foreign": pgettext("changes", "of another run, or of other results"),
}
"""What became of a file since the run was sealed."""
PARTS = {
    "activity": _("an activity"),
    "service": _("a service"),
    "broadcast": _("a broadcast"),
    "provider": _("a content provider"),
    "process": _("a process"),
}
"""What a start is of; also what Android says a process was started for, with the names below."""
HOSTS = PARTS | {
    "next-activity": PARTS["activity"],
    "top-activity": PARTS["activity"],
    "next-top-activity": PARTS["activity"],
    "pre-top-activity": PARTS["activity"],
    "content provider": PARTS["provider"],
    "backup": _("a backup"),
    "added application": _("the application itself"),
    "restart": _("a restart"),
    "on-hold": _("a start that had been put off"),
    "system": _("the system"),
}


def term(table: Mapping[str, Text], word: str) -> Text:
    """What a word means; one that no table has is quoted as it is printed."""
    return table[word] if word in table else quoted(word)


def one_line(text: str, length: int = TEXT_LENGTH) -> str:
    """A text on one line and not endless."""
    return " / ".join(text[:length].splitlines())


def quoted(text: str, length: int = TEXT_LENGTH) -> Text:
    """A text of the app or of the device, on one line and not endless, in the quotation marks of each language."""
    return _("'{line}'", line=one_line(text, length))


def quoted_both(zh: str, en: str) -> Text:
    """What is known in one language or in both, quoted in each; where one is missing the other stands for it."""
    return known(chinese(quoted(zh or en)), quoted(en or zh))


def some_of(names: Iterable[object]) -> Text:
    """A few names and how many more there are; 无 / none for an empty list."""
    all_names = list(names)
    shown, more = all_names[:MOST_NAMES], len(all_names) - MOST_NAMES
    if not shown:
        return _("none")
    what = listed(shown)
    return _("{what} and {more} more", what=what, more=more, count=len(all_names)) if more > 0 else what


def because(reason: str, reason_zh: str = "") -> Text:
    """The reason that a line prints, or that we gave in both languages, to be put behind a sentence."""
    what = quoted(reason)
    what = known(one_line(reason_zh), what) if reason_zh else what
    return _("; the reason given is {what}", what=what) if reason else NOTHING


def span(seconds: float) -> Text:
    """A length of time, in the unit that suits it."""
    if abs(seconds) >= 3600:
        return _("{number:.1f} hours", number=seconds / 3600)
    if abs(seconds) >= 120:
        return _("{number:.1f} minutes", number=seconds / 60)
    return _("{seconds:.2f} seconds", seconds=seconds) if 0 < abs(seconds) < 1 else _("{seconds:.1f} seconds", seconds=seconds)
