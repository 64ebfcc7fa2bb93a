"""Journal line -> events: what the session did, read and saw.

Trees are read by ``screen_log``, dumps by ``dump_log``; here is what a step tells by itself.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from typing import Any

from harness import events as ev
from harness.dialogs.promises import promises_of
from harness.events import Event, Instant, JournalFact, Ref, Source
from harness.events.action_kinds import BACK, ClosedBy, Purpose
from harness.events.app_under_test import AppUnderTest
from harness.listings.listing_reader import read_listing
from harness.parsers.windows import OVER
from harness.recording import steps
from harness.recording.clock_map import ClockMap
from harness.recording.journal import JOURNAL, Entry
from harness.replay.advert_log import AdvertLog
from harness.replay.dump_log import DumpLog
from harness.replay.screen_log import ScreenLog
from harness.vision.luma_thumbnails import Frame

Stamp = dict[str, Any]

NO_EVENT: dict[type[steps.Step], str] = {
    steps.Probe: "it makes the clock map, which dates everything else (run_folder)",
    steps.Canary: "it is a fact only once a log shows it (run_folder, CanarySeen)",
    steps.Drive: "only one without an end tells something: that the recording broke off (run_folder)",
    steps.Planned: "it tells something only where no whole driving comes after it (journal_log, Unfinished)",
    steps.End: "only a journal without it tells something: that it was broken off (run_folder, cut_off)",
    steps.KeptReading: "it is a Reading once its text was looked up (journal_log)",
    steps.LeftOpen: "it is read after the app was stopped or before it is started, to see what has to be left: no look at the app",
}
"""The steps that make no event, each with the reason."""


class SessionLog:
    """Reads the lines of one journal in order."""

    def __init__(self, app: AppUnderTest, clock: ClockMap, utc_offset: float, picture: Callable[[str], Frame]) -> None:
        """Place events of ``app``'s run by ``clock``; dumps print local time, ``utc_offset`` seconds from UTC.

        ``picture`` gives the pixels of a screenshot by its path in the run folder.
        """
        self._app, self._clock = app, clock
        self._screen = ScreenLog(app, picture)
        self._adverts = AdvertLog(app, picture)
        self._dumps = DumpLog(app, clock, utc_offset)

    def feed(self, entry: Entry) -> list[Event]:
        step = entry.step
        if type(step) in NO_EVENT:
            return []
        stamp: Stamp = {"at": self._clock.at_host(entry.host), "source": Source.SESSION, "ref": Ref(JOURNAL, entry.number)}
        match step:
            case steps.Tree() | steps.Screenshot() | steps.ToastShown() | steps.Reading():
                return list(self._seen(step, stamp))
            case steps.Film() | steps.FilmMoment():
                return list(_filmed(step, stamp))
            case steps.Tapped() | steps.Key() | steps.Swipe() | steps.Launch() | steps.Stop():
                return list(self._touched(step, stamp))
            case steps.Advert():
                return [self._adverts.advert(step, self._screen.look, stamp)]
            case _:
                if isinstance(step, steps.AdvertActed):
                    self._dumps.act()
                if isinstance(step, steps.Again):
                    self._dumps.begin_again()
                    self._screen.begin_again()
                self._adverts.passed(step)
                if isinstance(step, JournalFact):
                    return [replace(step, **stamp)]
                event = _answer(step, stamp, self._app) or self._told(step, stamp)
                if isinstance(step, steps.Function) and isinstance(event, ev.FunctionUsed) and event.promises:
                    # the button of an advert is no function of the app
                    only = tuple(sorted(self._app.promised(step.text)))
                    event = replace(event, promises=only) if self._screen.advertises(step.text, step.id) else event
                if event is None:
                    raise TypeError(f"no event is made of {type(step).__name__}")
                return [event]

    def _seen(self, step: steps.Tree | steps.Screenshot | steps.ToastShown | steps.Reading, stamp: Stamp) -> Iterable[Event]:
        match step:
            case steps.Tree():
                yield from self._screen.tree(step, stamp)
                yield from self._dumps.see(self._screen.roots, stamp)
                yield from self._adverts.looked(self._screen.look, stamp)
            case steps.Screenshot():
                stamp["source"] = Source.PIXELS
                yield ev.ScreenshotTaken(screenshot=step.path, why=step.why, true_time=step.true_time, shift=step.shift, **stamp)
            case steps.ToastShown():
                self._screen.toast(step.text)
                yield replace(step, **(stamp | {"source": Source.TREE}))
            case steps.Reading():
                if step.name == OVER:
                    self._screen.windows(step.text)
                yield from self._dumps.reading(step, stamp)

    def _touched(self, step: steps.Tapped | steps.Key | steps.Swipe | steps.Launch | steps.Stop, stamp: Stamp) -> Iterable[Event]:
        """What changes the screen by itself: the same dialog seen afterwards is a new one."""
        match step:
            case steps.Tapped():
                self._screen.touched(step, stamp["at"])
                yield replace(step, **stamp)
            case steps.Key():
                if step.purpose is not Purpose.FOREIGN_WINDOW:
                    self._screen.key_pressed()
                if step.purpose is not Purpose.CLOSE:  # closing a modal is told by its own step
                    yield ev.KeyPressed(key=step.key, **stamp)
            case steps.Swipe():
                self._screen.moved_on()
                (x, y), (to_x, to_y) = step.start, step.end
                yield ev.Swiped(x=x, y=y, to_x=to_x, to_y=to_y, purpose=step.purpose, **stamp)
            case steps.Launch():
                self._screen.launched()
                yield ev.AppLaunched(package=self._app.package, component=step.component, cold=step.cold, **stamp)
            case steps.Stop():
                self._screen.moved_on()
                yield ev.AppStopped(package=self._app.package, how=step.how, **stamp)

    def _told(self, step: steps.Step, stamp: Stamp) -> Event | None:
        """The event of a step about the course of the run, None for any other."""
        match step:
            case steps.Stream(what=steps.StreamState.OPENED):
                return ev.StreamOpened(stream=step.source, **stamp)
            case steps.Stream(what=steps.StreamState.LOST):
                return ev.StreamLost(stream=step.source, reason=step.reason, reason_zh=step.reason_zh, **stamp)
            case steps.Stream():
                return ev.StreamClosed(stream=step.source, **stamp)
            case steps.Segment(what=steps.Edge.START):
                return ev.ScenarioStarted(segment=step.name, **stamp)
            case steps.Segment():
                return ev.ScenarioEnded(segment=step.name, note=step.note, note_zh=step.note_zh, **stamp)
            case steps.Control():
                of = self._clock.at_host(step.of_host)
                return ev.ControlStarted(of=of, permission_group=step.group, answer=step.answer, function=step.function, **stamp)
            case steps.Command():
                return ev.CommandRun(command=step.command, code=step.code, said=step.text, **stamp)
            case steps.Again():
                return ev.DoneAgain(since=self._clock.at_host(step.of_host), **stamp)
            case steps.Slow():
                return ev.SlowAct(since=self._clock.at_host(step.of_host), **stamp)
            case steps.TakenOver():
                return ev.PhoneTakenOver(reason_zh=step.reason_zh, reason_en=step.reason, **stamp)
            case steps.NotTried():
                return ev.NotTried(rule=step.rule, reason_zh=step.zh, reason_en=step.en, **stamp)
            case steps.Listing():
                page = asdict(read_listing(step.text)) | ({"whole": False} if step.unread else {})
                kept: dict[str, Any] = {"screenshot": step.screenshot, "unread": step.unread, "unread_zh": step.unread_zh}
                return ev.ListingSeen(file=step.file, **kept, **page, **stamp)
            case steps.Unseen():
                return ev.DeliveryUnseen(witness=step.witness, reason_zh=step.zh, reason_en=step.en, **stamp)
            case _:
                return None


def _filmed(step: steps.Film | steps.FilmMoment, stamp: Stamp) -> Iterable[Event]:
    """A film is a fact at its end; its moments have their own time, in the boot in which it was taken."""
    boot = stamp["at"].boot
    match step:
        case steps.Film(what=steps.Edge.END):
            yield ev.FilmTaken(
                film=step.name,
                how=step.how,
                path=step.path,
                begin=Instant(boot, step.begin),
                end=Instant(boot, step.end),
                frames=step.frames,
                note=step.note,
                note_zh=step.note_zh,
                **stamp,
            )
        case steps.FilmMoment():
            stamp |= {"at": Instant(boot, step.begin), "source": Source.PIXELS}
            yield ev.FilmMoment(film=step.name, screenshot=step.path, until=Instant(boot, step.end), again=step.again, **stamp)


def _answer(step: steps.Step, stamp: Stamp, app: AppUnderTest) -> Event | None:
    """The event of a step about what the app was answered, or was used for; None for any other."""
    match step:
        case steps.Function():
            promises = tuple(sorted({*promises_of(step.text, "" if step.chosen else step.id), *app.promised(step.text)}))
            return ev.FunctionUsed(text=step.text or step.id, promises=promises, screen=step.screen, **stamp)
        case steps.Denied():
            return ev.PermissionDenied(
                package=app.package, permission_group=step.group, button=step.button, again=step.again, proof=step.proof, **stamp
            )
        case steps.Granted():
            return ev.PermissionGranted(permission_group=step.group, button=step.button, **stamp)
        case steps.Closed():
            by = step.by if step.by is not ClosedBy.UNTOLD else ClosedBy.KEY if step.button == BACK else ClosedBy.CONTROL
            return ev.DialogClosed(dialog=step.dialog, permission_group=step.group, button=step.button, by=by, **stamp)
        case steps.Stuck():
            return ev.ModalStuck(permission_group=step.group, text=step.text, screenshot=step.screenshot, **stamp)
        case steps.Interruption():
            return ev.InterruptionClosed(interruption=step.kind, text=step.text[:2000], button=step.action, **stamp)
        case steps.Consent():
            kind = ev.ConsentGiven if step.what is steps.ConsentAnswer.GIVEN else ev.ConsentRefused
            return kind(button=step.button, **stamp)
        case _:
            return None
