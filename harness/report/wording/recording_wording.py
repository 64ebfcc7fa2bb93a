"""The recording itself, in words: segments, streams, gaps, the clock."""

from harness import events as ev
from harness.events import Event
from harness.events.streams import STREAMS
from harness.language import Text, _, known, listed
from harness.report.wording.terms import because, one_line, quoted, span
from harness.starts.segment_names import segment_words
from harness.verdicts.extent_words import walk_words


def recording_words(event: Event) -> Text | None:
    """The words for a fact about the recording; None for any other fact."""
    return _segments(event) or _streams(event)


def _segments(event: Event) -> Text | None:
    match event:
        case ev.ScenarioStarted():
            return _("part of the check begins: {what}", what=segment_words(event.segment))
        case ev.ScenarioEnded():
            what, why = segment_words(event.segment), because(event.note, event.note_zh)
            return _("part of the check ends: {what}{why}", what=what, why=why)
        case ev.WalkExtent():
            return walk_words(event)
        case ev.Note():
            what = quoted(event.text)
            what = known(one_line(event.text_zh), what) if event.text_zh else what
            if event.problem:
                return _("problem of the check: {what}", what=what)
            return _("note of the check: {what}", what=what)
        case ev.Unfinished():
            return event.reason
        case ev.DoneAgain():
            return _("something that was not the app's disturbed the check: what was begun is done again from its start")
        case ev.SlowAct():
            return _("the act of the check before this took so long that it is not known when it came to the app")
        case ev.PhoneTakenOver():
            return event.reason
        case ev.CommandSent():
            return _("tester sent the command {what} over adb", what=quoted(event.command))
        case ev.AdbCommandLogged(interactive=True):
            return _("log of the phone: somebody opened a shell over adb")
        case ev.AdbCommandLogged():
            return _("log of the phone: the adb command {what}", what=quoted(event.command))
        case ev.ForeignCommand():
            return _("somebody else used adb: {what} (logged by the phone, not sent by this check)", what=quoted(event.command))
        case ev.RunInterrupted(signal="SIGTERM"):
            return _("the check was told to end before its end")
        case ev.RunInterrupted():
            return _("the tester interrupted the check")
        case _:
            return None


def _streams(event: Event) -> Text | None:
    match event:
        case ev.StreamOpened():
            return _("recording begins: {what}", what=STREAMS[event.stream])
        case ev.StreamLost():
            what, why = STREAMS[event.stream], because(event.reason, event.reason_zh)
            return _("recording broke off: {what}{why}", what=what, why=why)
        case ev.StreamClosed():
            return _("recording ended as planned: {what}", what=STREAMS[event.stream])
        case ev.LogGap():
            what, why = STREAMS[event.source], because(event.reason, event.reason_zh)
            return _("part of it is missing: {what}{why}", what=what, why=why)
        case ev.CanarySeen():
            what, mark = STREAMS[event.source], quoted(event.canary)
            return _("our mark {mark} came through, the recording works: {what}", mark=mark, what=what)
        case ev.ClockChanged():
            if event.seconds is None:
                return _("the wall clock was moved")
            what, ahead = span(abs(event.seconds)), event.seconds >= 0
            if ahead:
                return _("the wall clock was moved {what} ahead", what=what)
            return _("the wall clock was moved {what} back", what=what)
        case ev.TagLogged():
            what, values = quoted(event.tag), [quoted(value, 60) for value in event.values.values()]
            return _("event {what} of the system, its values: {told}", what=what, told=listed(values) or _("none"))
        case _:
            return None
