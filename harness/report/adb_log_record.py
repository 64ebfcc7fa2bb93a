"""The adb commands in the phone's own log, for the record of an examination."""

from collections.abc import Iterator
from typing import Any

from harness.events import AdbCommandLogged, CommandSent, ForeignCommand, ProcessStarted
from harness.events.timeline import Timeline
from harness.language import _
from harness.report.phone_state_record import Row
from harness.report.run_clock import RunClock
from harness.report.wording.terms import quoted
from harness.starts.adb_witness import CommandOrigin, compared, told

MOST_FOREIGN = 50
MOST_STARTS = 20
_LOG = _("adb commands in the phone's log")
_STATES = {
    "read": _("the phone logs adb commands; they were read and compared with ours"),
    "unreadable": _("the phone logs adb commands, but adb shell may not read its security log: they cannot be compared"),
    "none": _("no log of adb commands on this phone (security logging is not seen to be on): it is no witness of its own"),
    "": _("this run did not ask"),
}
_INTRUSION_LOG = 36  # Android 16


def witness_rows(run: dict[str, Any], timeline: Timeline, package: str, clock: RunClock) -> Iterator[Row]:
    """Whether the phone logs them, how many are ours, and each that is not."""
    yield Row(_LOG, _STATES.get(str(run.get("adb_log", "")), _STATES[""]))
    sdk = str(run.get("device", {}).get("sdk", ""))
    if sdk.isdecimal() and int(sdk) >= _INTRUSION_LOG:
        yield Row(
            _("the intrusion log of Android 16"),
            _("adb shell cannot read it (only an app with the system's signature can)"),
        )
    logged, sent = timeline.of(AdbCommandLogged), timeline.of(CommandSent)
    if run.get("adb_log") != "read":
        return
    ours, foreign, missing = (len(each) for each in compared(sent, logged))
    yield Row(
        _("compared"),
        _(
            "the phone logged {count} lines: {ours} of ours, {foreign} of somebody else; {missing} commands of ours it did not log",
            count=len(logged),
            ours=ours,
            foreign=foreign,
            missing=missing,
        ),
    )
    yield from _starts(timeline, package)
    found = timeline.of(ForeignCommand)
    for each in found[:MOST_FOREIGN]:
        what = quoted(each.command)
        yield Row(_("an adb command of somebody else"), _("{when} {what}", when=clock.wall(each.at), what=what), each.place)
    if len(found) > MOST_FOREIGN:
        more = len(found) - MOST_FOREIGN
        yield Row(_("adb commands of somebody else"), _("{more} more", more=more))


_TOLD = {
    CommandOrigin.OURS: _("proved ours by the phone's log"),
    CommandOrigin.NOT_OURS: _("proved not caused by an adb command, by the phone's log"),
    CommandOrigin.FOREIGN: _("after an adb command of somebody else"),
    CommandOrigin.UNTOLD: _("the phone's log does not tell"),
}


def _starts(timeline: Timeline, package: str) -> Iterator[Row]:
    """What the phone's log says of each start of the app."""
    found: dict[CommandOrigin, list[ProcessStarted]] = {}
    once: set[tuple[int, int, str]] = set()
    for start in timeline.of(ProcessStarted):
        key = start.at.boot, start.pid, start.process  # two buffers tell of each
        if start.package == package and key not in once:
            once.add(key)
            found.setdefault(told(timeline, start.at, package), []).append(start)
    for answer, starts in sorted(found.items(), key=lambda item: list(CommandOrigin).index(item[0])):
        what = _TOLD[answer]
        places = " ".join(dict.fromkeys(start.place for start in starts[:MOST_STARTS] if start.ref))
        yield Row(_("starts of the app"), _("{count}: {what}", count=len(starts), what=what), places)
