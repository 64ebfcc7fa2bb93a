"""The changes made on the phone by command, and how each was undone; the journal has both."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.events import AppStopped, ClockShifted, CommandRun, CommandSent, DeliveryRemoved
from harness.events.action_kinds import ERASES
from harness.events.timeline import Timeline
from harness.language import Text, _, known, listed
from harness.recording.journal import JOURNAL
from harness.report.action_log import spans
from harness.report.phone_state_record import Row
from harness.report.run_clock import RunClock
from harness.report.wording.action_wording import STOPS
from harness.report.wording.terms import quoted, term
from harness.starts.adb_witness import acts

_SUBJECTS: tuple[tuple[str, Text, str], ...] = (
    (r"settings (?:put|delete) (\S+ \S+)", _("setting"), r"settings (?:put|delete) "),
    (r"dumpsys (battery) ", _("charging (simulated)"), r"dumpsys battery reset"),
    (r"svc (wifi) ", _("Wi-Fi"), r"svc wifi enable"),
    (r"svc (data) ", _("mobile network"), r"svc data enable"),
    (r"cmd alarm (set-timezone) ", _("time zone"), r"cmd alarm set-timezone "),
    (r"cmd alarm (set-time) ", _("wall clock"), r"cmd alarm set-time "),
    (r"dumpsys (deviceidle) ", _("deep idle"), r"dumpsys deviceidle unforce"),
    (r"(?:screencap -p|rm -f(?: --)?) (\S+)", _("test file"), r"rm -f"),
    (r"am (?:un)?(track-associations)", _("tracking of who starts whom"), r"am untrack-associations"),
    (r"cmd connectivity (airplane-mode) ", _("airplane mode"), r"cmd connectivity airplane-mode disable"),
)
"""What a command is about (the group tells which one), and the command that puts it back."""
_PASSING = re.compile(r"(?:input |wm dismiss-keyguard|am (?:broadcast|start|kill)|content call|cmd statusbar|service call|monkey )")
"""Commands that leave nothing to put back."""
_STOPS = re.compile(r"am force-stop (\S+)")
_NUMBERS = re.compile(r"\b[0-9a-f]{16}\b|\d+")  # what alone tells apart commands of one kind
MOST_SENT = 100
_TAKES_AWAY = re.compile(r"(?:content delete|pm (?:uninstall|install-abandon))")


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that was changed: its first command, and the one that put it back. ``state`` says how it stands."""

    name: Text
    command: str
    wall: str
    back: str
    back_wall: str
    count: int
    lines: str
    state: Text
    restored: bool


def changes(timeline: Timeline, clock: RunClock) -> Iterator[Changed]:
    """Every command that changes something, those about one thing together, in order of the first."""
    about: dict[tuple[str, str], list[CommandRun]] = {}
    for event in timeline.of(CommandRun):
        about.setdefault(_subject(event.command), []).append(event)
    for (pattern, which), commands in about.items():
        known = next((entry for entry in _SUBJECTS if entry[0] == pattern), None)
        yield _changed(known, which, commands, clock)


def _subject(command: str) -> tuple[str, str]:
    for pattern, _name, _back in _SUBJECTS:
        if found := re.match(pattern, command):
            return pattern, found[1]
    return "", _NUMBERS.sub("0", command)


def _changed(known: tuple[str, Text, str] | None, which: str, commands: Sequence[CommandRun], clock: RunClock) -> Changed:
    first, last = commands[0], commands[-1]
    name = known[1] if known is not None else _("command")
    if known is not None and "\\S" in known[0]:
        name = _("{name} {value}", name=name, value=which)
    back = last if known is not None and len(commands) > 1 and re.match(known[2], last.command) else None
    if back is not None and back.code not in (0, None):
        state, restored = _("the command that puts it back failed (exit status {code})", code=back.code), False
    elif back is not None:
        state, restored = _("put back"), True
    elif known is not None and re.match(known[2], first.command):
        state, restored = _("only the command that puts it back is on record"), True
    elif known is None and _PASSING.match(first.command):
        state, restored = _("it leaves nothing to put back"), True
    elif known is None and _STOPS.match(first.command):
        state, restored = _("the app is in the stopped state: until its user opens it, it gets no alarms and no messages"), False
    elif known is None and _TAKES_AWAY.match(first.command):
        state, restored = _("it takes away what the check had brought"), True
    else:
        state, restored = _("no command that puts it back is on record"), False
    lines = spans(event.ref.line for event in commands if event.ref is not None and event.ref.path == JOURNAL)
    when = clock.wall(back.at) if back is not None else ""
    return Changed(name, first.command, clock.wall(first.at), back.command if back else "", when, len(commands), lines, state, restored)


def sent_rows(timeline: Timeline, clock: RunClock) -> Iterator[Row]:
    """The commands that went to the phone beside those changes, but for what only reads; equal ones are one row."""
    told = {event.command for event in timeline.of(CommandRun)}
    alike: dict[str, list[CommandSent]] = {}
    for event in timeline.of(CommandSent):
        if acts(event.command) and event.command not in told:
            alike.setdefault(_NUMBERS.sub("0", event.command), []).append(event)
    for events in list(alike.values())[:MOST_SENT]:
        value = _("{count} times, first at {when}", count=len(events), when=clock.wall(events[0].at))
        yield Row(quoted(events[0].command), value, spans(event.ref.line for event in events if event.ref is not None))
    if len(alike) > MOST_SENT:
        yield Row(_("more commands"), _("{more} more", more=len(alike) - MOST_SENT))


def not_put_back(timeline: Timeline, changed: Sequence[Changed]) -> Iterator[Text]:
    """What could not be put back, or cannot be by its nature."""
    for each in changed:
        if not each.restored:
            what, state = each.name, each.state
            command = quoted(each.command)
            yield _("{what}: {command}, {state} (lines {lines})", what=what, command=command, state=state, lines=each.lines)
    shifts = timeline.of(ClockShifted)
    if shifts and shifts[-1].seconds:
        yield _("the wall clock was moved and no move back is on record")
    erased = [stop for stop in timeline.of(AppStopped) if stop.how in ERASES]
    if erased:
        ways = listed(dict.fromkeys(term(STOPS, stop.how) for stop in erased))
        yield _("the app's data was erased {count} times ({ways}): it cannot be brought back", count=len(erased), ways=ways)
    for removed in timeline.of(DeliveryRemoved):
        if removed.problem:
            what, why = quoted(removed.name or removed.key), quoted(removed.problem)
            why = known(removed.problem_zh, why) if removed.problem_zh else why
            yield _("{what} could not be taken away: {why}", what=what, why=why)
