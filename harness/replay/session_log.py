"""Journal line -> events: what the session did, read and saw."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from harness import events as ev
from harness.dialogs.consent_screen import Consent, find_consent
from harness.dialogs.matcher import Dialog, find_dialog
from harness.dialogs.promises import promises_of
from harness.errors import FormatError
from harness.events import DialogKind, Event, Instant, Ref, Source
from harness.pages.identity import describe
from harness.pages.picture_reader import PictureReader, PictureReading
from harness.parsers.activities import resumed_activity
from harness.parsers.exit_info import parse_exit_info
from harness.parsers.hierarchy import parse_hierarchy
from harness.parsers.package import parse_package
from harness.parsers.processes import pids_of
from harness.replay.start_log import StartLog
from harness.vision.pictures import picture_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from harness.events.app import AppUnderTest
    from harness.recording.clock import ClockMap
    from harness.vision.planes import Frame

Record = dict[str, Any]

HIDDEN = "the app's window is black in pictures (FLAG_SECURE, or nothing drawn) and its view tree says nothing"

CLOSING_SECONDS = 1.0
"""How long a dialog that was just touched may still be seen while it goes away [PROJECT]: its animation takes 0.3 s
(config_activityDefaultDur, dialog_exit), on a slow phone twice that."""


class SessionLog:
    """Reads the lines of one journal in order; it remembers which dialog was on the screen."""

    def __init__(self, app: AppUnderTest, clock: ClockMap, utc_offset: float, picture: Callable[[str], Frame]) -> None:
        """Place events of ``app``'s run by ``clock``; dumps print local time, ``utc_offset`` seconds from UTC.

        ``picture`` gives the pixels of a screenshot by its path in the run folder.
        """
        self._app, self._clock, self._utc_offset, self._picture = app, clock, utc_offset, picture
        self._sight, self._hidden = PictureReader(app), False
        self._dialog: Dialog | None = None
        self._closing: tuple[Dialog, Instant] | None = None  # the dialog that was touched and not seen to go yet, and when
        self._consent_seen: Consent | None = None
        self._reads_policy = False  # since we opened its text: what that says of consent asks for none
        self._flags: dict[str, tuple[bool, tuple[str, ...]]] = {}
        self._components: tuple[tuple[str, ...], tuple[str, ...]] | None = None
        self._exits: set[tuple[int, str]] = set()
        self._refused: set[tuple[str, str]] = set()
        self._starts = StartLog(app, self._at_local)
        self._readers: dict[str, Callable[[Record, Any], Iterable[Event]]] = {
            "stream": self._stream,
            "segment": self._segment,
            "tree": self._tree,
            "screenshot": self._screenshot,
            "tap": self._tap,
            "key": self._key,
            "denied": self._denied,
            "closed": self._closed,
            "stuck": self._stuck,
            "interruption": self._interruption,
            "swipe": self._swipe,
            "typed": self._typed,
            "consent": self._consent,
            "launch": self._launch,
            "stop": self._stop,
            "function": self._function,
            "toast": self._toast,
            "granted": self._granted,
            "control": self._control,
            "trigger": self._trigger,
            "policy": self._policy,
            "start-page": self._start_page,
            "note": self._note,
            "clock": self._clock_moved,
            "not_tried": self._not_tried,
            "reading": self._reading,
        }

    def feed(self, record: Record, ref: Ref) -> list[Event]:
        """The events of one line; steps that are no events (probe, canary) give none."""
        reader = self._readers.get(record["step"])
        if reader is None:
            return []
        at = self._clock.at_host(record["host"])
        stamp = {"at": at, "source": Source.SESSION, "ref": ref}
        try:
            return list(reader(record, stamp))
        except (KeyError, TypeError, ValueError) as error:
            raise FormatError(f"{ref.path}:{ref.line}: a '{record['step']}' step is damaged ({error})") from None

    def _stream(self, record: Record, stamp: Any) -> Iterable[Event]:
        stream, what = Source(record["source"]), record["what"]
        if what == "opened":
            yield ev.StreamOpened(stream=stream, **stamp)
        elif what == "lost":
            yield ev.StreamLost(stream=stream, reason=record.get("reason", ""), **stamp)
        else:
            yield ev.StreamClosed(stream=stream, **stamp)

    def _segment(self, record: Record, stamp: Any) -> Iterable[Event]:
        if record["what"] == "start":
            yield ev.ScenarioStarted(segment=record["name"], **stamp)
        else:
            yield ev.ScenarioEnded(segment=record["name"], note=record["note"], **stamp)

    def _tree(self, record: Record, stamp: Any) -> Iterable[Event]:
        stamp = stamp | {"source": Source.TREE}
        try:
            roots = parse_hierarchy(record["xml"])
        except FormatError as error:
            yield ev.StreamLost(stream=Source.TREE, reason=str(error), **stamp)
            return
        self._starts.see(roots)
        dialog = find_dialog(roots, self._app.package, self._app.grant_packages)
        painted: PictureReading | None = None
        if dialog is None and (screenshot := record.get("screenshot")) and self._sight.silent(roots):
            frame = self._picture(screenshot)
            if (painted := self._sight.read(frame, roots)) is not None:
                roots, dialog, stamp = painted.roots, painted.dialog, stamp | {"source": Source.PIXELS}
                yield from self._text(painted, screenshot, frame, stamp)
        if (page := describe(roots, self._app.package)) is not None:
            yield ev.ScreenSeen(screenshot=record.get("screenshot"), **page.fields_of_event(), **stamp)
        yield from self._hiding(painted, stamp)
        yield from self._asked_for_consent(find_consent(roots, self._app.package, dialog), record.get("screenshot"), stamp)
        if self._still_closing(dialog, stamp["at"]) or dialog == self._dialog:
            return
        if self._dialog is not None:
            gone = self._dialog
            yield ev.DialogGone(dialog=gone.kind, owner=gone.owner, permission_group=gone.group, **stamp)
        self._dialog = dialog
        if dialog is not None:
            yield from self._shown(dialog, record.get("screenshot"), stamp)

    def _still_closing(self, dialog: Dialog | None, at: Instant) -> bool:
        """Whether this is the dialog that we touched a moment ago, never seen gone since: no new one."""
        if self._closing is not None:
            touched, since = self._closing
            same = dialog is not None and _words(dialog) == _words(touched)  # what slides away is elsewhere at each look
            if not same or at.seconds_since(since) > CLOSING_SECONDS:
                self._closing = None
        return self._closing is not None

    def _text(self, painted: PictureReading, screenshot: str, frame: Frame, stamp: Any) -> Iterable[Event]:
        if not painted.hidden:
            lines = tuple((line.text, line.box) for line in painted.lines)
            digest = f"{picture_hash(frame):016x}"
            yield ev.TextSeen(screenshot=screenshot, area=painted.area, lines=lines, picture_hash=digest, **stamp)

    def _hiding(self, painted: PictureReading | None, stamp: Any) -> Iterable[Event]:
        """The tree counts as lost while the app's window is silent in it and black in the picture: nothing can be seen of it."""
        hidden = painted is not None and painted.hidden
        if hidden and not self._hidden:
            yield ev.StreamLost(stream=Source.TREE, reason=HIDDEN, **stamp)
        elif self._hidden and not hidden:
            yield ev.StreamOpened(stream=Source.TREE, **stamp)
        self._hidden = hidden

    def _shown(self, dialog: Dialog, screenshot: str | None, stamp: Any) -> Iterable[Event]:
        text = dialog.text[:2000]
        yield ev.DialogShown(
            dialog=dialog.kind,
            owner=dialog.owner,
            text=text,
            permission_group=dialog.group,
            box=dialog.box,
            buttons=tuple((button.role, button.text) for button in dialog.buttons),
            screenshot=screenshot,
            **stamp,
        )

    def _asked_for_consent(self, consent: Consent | None, screenshot: str | None, stamp: Any) -> Iterable[Event]:
        """A consent that was not on the screen before, or of which a box was ticked since."""
        if consent is None or consent == self._consent_seen or (self._reads_policy and consent.form is not ev.ConsentForm.DIALOG):
            return
        self._consent_seen = consent
        yield ev.ConsentShown(
            form=consent.form,
            text=consent.text,
            box=consent.box,
            buttons=tuple((button.role, button.text) for button in consent.buttons),
            ticks=tuple((tick.text, tick.ticked) for tick in consent.ticks),
            links=consent.links,
            screenshot=screenshot,
            **stamp,
        )

    def _screenshot(self, record: Record, stamp: Any) -> Iterable[Event]:
        stamp = stamp | {"source": Source.PIXELS}
        true_time, shift = record.get("true_time", ""), record.get("shift", 0.0)
        yield ev.ScreenshotTaken(screenshot=record["path"], why=record["why"], true_time=true_time, shift=shift, **stamp)

    def _tap(self, record: Record, stamp: Any) -> Iterable[Event]:
        touched = self._dialog or (self._closing[0] if self._closing is not None else None)
        self._closing = (touched, stamp["at"]) if touched is not None else None
        self._dialog = None  # the same dialog seen after a touch of ours is a new one, once it had the time to go
        self._reads_policy = record["purpose"] == "policy"
        yield ev.Tapped(x=record["x"], y=record["y"], purpose=record["purpose"], text=record["text"], **stamp)

    def _key(self, record: Record, stamp: Any) -> Iterable[Event]:
        self._dialog, self._reads_policy = None, False
        if record["purpose"] != "close":  # closing a modal is told by its own step
            yield ev.KeyPressed(key=record["key"], **stamp)

    def _denied(self, record: Record, stamp: Any) -> Iterable[Event]:
        yield ev.PermissionDenied(
            package=self._app.package,
            permission_group=record["group"],
            button=record["button"],
            again=record["again"],
            proof=record["proof"],
            **stamp,
        )

    def _closed(self, record: Record, stamp: Any) -> Iterable[Event]:
        kind = DialogKind(record["dialog"])
        yield ev.DialogClosed(dialog=kind, permission_group=record["group"], button=record["button"], **stamp)

    def _stuck(self, record: Record, stamp: Any) -> Iterable[Event]:
        shot = record.get("screenshot")
        yield ev.ModalStuck(permission_group=record["group"], text=record["text"], screenshot=shot, **stamp)

    def _interruption(self, record: Record, stamp: Any) -> Iterable[Event]:
        text = record["text"][:2000]
        yield ev.InterruptionClosed(interruption=record["kind"], text=text, button=record["action"], **stamp)

    def _swipe(self, record: Record, stamp: Any) -> Iterable[Event]:
        self._dialog = None
        (x, y), (to_x, to_y) = record["start"], record["end"]
        yield ev.Swiped(x=x, y=y, to_x=to_x, to_y=to_y, purpose=record["purpose"], **stamp)

    def _typed(self, record: Record, stamp: Any) -> Iterable[Event]:
        yield ev.FieldFilled(field=record["field"], text=record["text"], **stamp)

    def _consent(self, record: Record, stamp: Any) -> Iterable[Event]:
        kind = ev.ConsentGiven if record["what"] == "given" else ev.ConsentRefused
        yield kind(button=record["button"], **stamp)

    def _launch(self, record: Record, stamp: Any) -> Iterable[Event]:
        self._dialog = self._consent_seen = None
        yield ev.AppLaunched(package=self._app.package, component=record["component"], cold=record["cold"], **stamp)

    def _stop(self, record: Record, stamp: Any) -> Iterable[Event]:
        self._dialog = None
        yield ev.AppStopped(package=self._app.package, how=record["how"], **stamp)

    def _function(self, record: Record, stamp: Any) -> Iterable[Event]:
        text, short_id = record["text"], record.get("id", "")
        screen = record.get("screen", "")
        promises = tuple(sorted({*promises_of(text, short_id), *self._app.promised(text)}))
        yield ev.FunctionUsed(text=text or short_id, promises=promises, screen=screen, **stamp)

    def _toast(self, record: Record, stamp: Any) -> Iterable[Event]:
        yield ev.ToastShown(text=record["text"], **(stamp | {"source": Source.TREE}))

    def _granted(self, record: Record, stamp: Any) -> Iterable[Event]:
        yield ev.PermissionGranted(permission_group=record["group"], button=record["button"], **stamp)

    def _control(self, record: Record, stamp: Any) -> Iterable[Event]:
        of = self._clock.at_host(record["of_host"])
        yield ev.ControlStarted(
            of=of, permission_group=record["group"], answer=record["answer"], function=record.get("function", ""), **stamp
        )

    def _trigger(self, record: Record, stamp: Any) -> Iterable[Event]:
        yield ev.TriggerFired(trigger=ev.Trigger(record["trigger"]), **stamp)

    def _policy(self, record: Record, stamp: Any) -> Iterable[Event]:
        yield ev.PolicySeen(text=record["text"], **stamp)

    def _start_page(self, record: Record, stamp: Any) -> Iterable[Event]:
        yield ev.StartPageSeen(page=record["page"], screenshot=record["screenshot"], **stamp)

    def _note(self, record: Record, stamp: Any) -> Iterable[Event]:
        yield ev.Note(text=record["text"], problem=record["problem"], **stamp)

    def _clock_moved(self, record: Record, stamp: Any) -> Iterable[Event]:
        yield ev.ClockShifted(seconds=float(record["seconds"]), **stamp)

    def _not_tried(self, record: Record, stamp: Any) -> Iterable[Event]:
        yield ev.NotTried(rule=record["rule"], reason_zh=record["zh"], reason_en=record["en"], **stamp)

    def _reading(self, record: Record, stamp: Any) -> Iterable[Event]:
        stamp = stamp | {"source": Source.DUMP}
        name = record["name"]
        try:
            yield from self._dump(name, record["text"], stamp)
        except FormatError as error:
            if (name, str(error)) not in self._refused:  # a dump that a version does not have is said once
                self._refused.add((name, str(error)))
                yield ev.Note(text=f"{name}: {error}", **stamp)

    def _dump(self, name: str, text: str, stamp: Any) -> Iterable[Event]:
        match name:
            case "exit-info":
                yield from self._exit_records(text, stamp)
            case "processes":
                found = tuple(pids_of(text, self._app.package))
                yield ev.ProcessesSeen(package=self._app.package, processes=found, **stamp)
            case "focus":
                component = resumed_activity(text)
                package = component.split("/", 1)[0] if component else None
                yield ev.FocusSeen(package=package, component=component, **stamp)
            case "flags":
                yield from self._changed_flags(text, stamp)
            case _:
                yield from self._starts.read(name, text, stamp)

    def _changed_flags(self, text: str, stamp: Any) -> Iterable[Event]:
        user = parse_package(text, self._app.package).user(self._app.user)
        if user is not None and self._components != (user.enabled, user.disabled):
            self._components = (user.enabled, user.disabled)
            yield ev.ComponentsSeen(package=self._app.package, enabled=user.enabled, disabled=user.disabled, **stamp)
        for state in user.permissions if user else ():
            now = (state.granted, tuple(sorted(state.flags)))
            if self._flags.get(state.permission) != now:
                self._flags[state.permission] = now
                yield ev.PermissionFlagsRead(package=self._app.package, permission=state.permission, granted=now[0], flags=now[1], **stamp)

    def _at_local(self, wall: str) -> Instant | None:
        """When the device's wall clock showed a local time that a dump printed; None where it is no time."""
        try:
            local = datetime.fromisoformat(wall).replace(tzinfo=timezone(timedelta(seconds=self._utc_offset)))
        except ValueError:
            return None
        return self._clock.at_wall(local.timestamp())

    def _exit_records(self, text: str, stamp: Any) -> Iterable[Event]:
        """Each exit once, at its own time: the dump repeats the older ones."""
        for death in parse_exit_info(text, utc_offset=self._utc_offset):
            key = (death.pid, death.wall_text)
            if death.wall is None or death.package != self._app.package or key in self._exits:
                continue
            self._exits.add(key)
            yield ev.ExitRecorded(
                user=death.user,
                pid=death.pid,
                process=death.process,
                package=death.package,
                reason=death.reason,
                subreason=death.subreason,
                status=death.status,
                description=death.description,
                **(stamp | {"at": self._clock.at_wall(death.wall), "wall": death.wall_text}),
            )


def _words(dialog: Dialog) -> tuple[object, ...]:
    """What a dialog says and offers, wherever it is."""
    return dialog.kind, dialog.owner, dialog.text, dialog.group, tuple((button.role, button.text) for button in dialog.buttons)
