"""The app that plays a recording: each act leads where it led then, and where it was never done the screen stays."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from device_farm.virtual.framework.records.system_records import Window
from device_farm.virtual.framework.windows.input_handlers import ActivityInput
from device_farm.virtual.recorded import prompts
from device_farm.virtual.recorded.faults import Faults
from device_farm.virtual.recorded.recording import Act, Recording, State
from device_farm.virtual.recorded.views import Moves, RecordedField, RecordedView, fills, held, screen_of
from device_farm.virtual.vocabulary.components import Activity, App, Sdk
from device_farm.virtual.vocabulary.widgets import Widget

STARTS = "starts"
FOREIGN_PIDS = 100_000
"""Added to the number of a process that only the recorded log tells of, which so is none of the device's."""
FOREIGN_URL = "https://recorded.example/"
"""What is opened where the recording goes on in another app: that app is the virtual device's own."""


class RecordedInput(ActivityInput):
    """Touches, swipes and typing on a recorded screen become acts that the recording is asked about."""

    def touch(self, id: str, x: int, y: int) -> None:
        """Any tap; on a text field, which takes the focus by itself, it may have led somewhere too."""
        super().touch(id, x, y)
        window = self._system.window_manager.main_window(self._record)
        views = () if window is None else window.root.walk()
        for view in views:
            if isinstance(view, RecordedField) and view.bounds.left <= x < view.bounds.right and view.bounds.top <= y < view.bounds.bottom:
                self._act(Act.TOUCH, view.number)

    def click(self, id: str, widget: Widget) -> None:
        if isinstance(widget, RecordedView):
            self._act(Act.TOUCH, widget.number)

    def long_click(self, id: str, widget: Widget) -> None:
        if isinstance(widget, (RecordedView, RecordedField)):
            self._act(Act.LONG_TOUCH, widget.number)

    def fling(self, id: str, start: tuple[int, int], end: tuple[int, int]) -> None:
        """A finger moved: content goes the other way, and the direction is named by where one gets to."""
        across, down = end[0] - start[0], end[1] - start[1]
        sideways, upright = "left" if across > 0 else "right", "up" if down > 0 else "down"
        direction = sideways if abs(across) > abs(down) else upright
        self.post(lambda activity: _recorded(activity).swiped(start, direction))

    def text(self, id: str, text: str) -> None:
        self.post(lambda activity: _recorded(activity).typed(id))

    def outside(self) -> None:
        """A tap beside a dialog cancels it, as Back does."""
        self.back()

    def _act(self, act: Act, number: int) -> None:
        self.post(lambda activity: _recorded(activity).acted(act, number))


def _recorded(activity: Activity) -> RecordedActivity:
    assert isinstance(activity, RecordedActivity)
    return activity


class RecordedApp(App):
    """An app that plays a recording. What it is on is kept with its process, how often it was opened with its data."""

    recorded_on: ClassVar[tuple[int, int, int]]
    recording: ClassVar[Recording]

    def on_create(self) -> None:
        self.moves = Moves(self.recording)
        self.faults = Faults(self)
        self.stack: list[RecordedActivity] = []
        self.coming: State | None = None  # for the activity that is being started

    def on_alarm(self, id: str) -> None:
        """A planted start by itself is due; the process has started, which is all of it."""

    def first(self) -> State | None:
        """What this start begins with."""
        number = int(self.prefs.get(STARTS, 0))
        self.prefs[STARTS] = number + 1
        if number == 0:
            self._write_log()
        name = self.moves.at_start(number)
        own = self.recording.own
        return self.recording.states[name] if name is not None else own[0] if own else None

    def _write_log(self) -> None:
        """Write what other processes wrote then, each line in its time."""
        system = self._process.system
        for after, buffer, priority, tag, message, pid in self.recording.log:
            system.later(after, partial(system.narrator.recorded_line, buffer, priority, tag, message, FOREIGN_PIDS + pid))


class RecordedActivity(Activity):
    """One of the app's activities, on whichever of its recorded screens is in front."""

    app: RecordedApp
    state: State | None = None
    _dialog: Window | None = None

    def on_create(self) -> None:
        """Show what was to come, or begin the recording."""
        self.app.stack.append(self)
        coming, self.app.coming = self.app.coming, None
        begins = coming is None
        coming = coming or self.app.first()
        if coming is not None:
            self.go(coming)
        if begins:
            self.app.faults.started(self)

    def on_destroy(self) -> None:
        if self in self.app.stack:
            self.app.stack.remove(self)

    def on_back_pressed(self) -> bool:
        """Lead where Back led; where nobody pressed it, close a page that lies over another one of the app."""
        if self.state is not None and (name := self.app.moves.after(self.state, Act.BACK)) is not None:
            self.go(self.app.recording.states[name], back=True)
            return True
        if self.app.stack[:1] != [self]:
            return False
        self._unrecorded(Act.BACK, -1)
        return True

    def on_permission_result(self, results: dict[str, bool]) -> None:
        """Go on as the recording, or what is planted, has it."""
        self.app.faults.answered(self, granted=bool(results) and all(results.values()))

    def on_click(self, id: str) -> None:
        """A button of a planted dialog."""
        self.app.faults.pressed(self, id)

    def acted(self, act: Act, number: int) -> None:
        """Do what followed the act then, or ask first where an ask is planted."""
        if self.state is None:
            return
        self._process.system.truth("recorded_act", package=self.app.package, state=self.state.name, act=str(act), view=number)
        if not self.app.faults.asks_at(self, number, partial(self._follow, act, number)):
            self._follow(act, number)

    def swiped(self, start: tuple[int, int], direction: str) -> None:
        """Move what scrolls under the point, where that was recorded."""
        if self.state is not None:
            size, display = held(self.state, self.app.recording.size), self._process.system.display
            x, y = start[0] * size[0] / display.width, start[1] * size[1] / display.height
            self._follow(Act.SCROLL, self.state.receiver(x, y, "scrollable"), direction)

    def typed(self, id: str) -> None:
        """A field has another text: what is typed stays in it, and may have led somewhere."""
        if self.state is not None:
            number = next((n for n, view in enumerate(self.state.views) if view.id == id), -1)
            name = self.app.moves.after(self.state, Act.TEXT, number)
            if name is not None and name != self.state.name:
                self.go(self.app.recording.states[name])

    def _follow(self, act: Act, number: int, detail: str = "") -> None:
        if self.state is None:
            return
        name = self.app.moves.after(self.state, act, number, detail)
        if name is None:
            self._unrecorded(act, number)
        elif name != self.state.name:
            self.go(self.app.recording.states[name])

    def _unrecorded(self, act: Act, number: int) -> None:
        assert self.state is not None
        words = self.state.words(number)[:80] if number >= 0 else ""
        self._process.system.truth("unrecorded", package=self.app.package, state=self.state.name, act=str(act), view=number, words=words)

    def go(self, state: State, *, back: bool = False) -> None:
        """Bring a recorded screen to the front, whoever's it was."""
        state = self.app.faults.on_the_way(state)
        if state.package == self.app.package:
            if state.activity == self._record.component.class_name:
                self.display(state)
            else:
                self._to_activity(state)
        elif prompts.is_prompt(state):
            self.app.faults.recorded_prompt(self, state)
        elif prompts.is_home(state):
            self._leave(back=back)
        elif prompts.is_chooser(state):
            self.start_activity(None, action="android.intent.action.OPEN_DOCUMENT")
        else:
            self.open_url(FOREIGN_URL)

    def _leave(self, *, back: bool) -> None:
        """Home came to the front: by Back the task goes behind, else the app closed its pages."""
        if back:
            self.move_task_to_back()
        else:
            self.finish_affinity()

    def _to_activity(self, state: State) -> None:
        """Go back to an activity that waits below, or start it. A launcher activity that only leads on is closed."""
        stack = self.app.stack
        below = next((other for other in stack if other._record.component.class_name == state.activity), None)
        if below is None:
            self.app.coming = state
            self.start_activity(f"{self.app.package}/{state.activity}")
            if self.state is None:
                self.finish()
            return
        below.display(state)
        for other in stack[stack.index(below) + 1 :]:
            other.finish()

    def display(self, state: State) -> None:
        """Show one of the app's own screens here: in the activity's window, or as a dialog over it."""
        self.state = state
        system = self._process.system
        system.truth("recorded_state", package=self.app.package, state=state.name)
        recording = self.app.recording
        acted = self.app.moves.acted(state)
        root = screen_of(state, recording.size, (system.display.width, system.display.height), acted)
        self._drop_dialog()
        if fills(state, recording.size):
            self.show(root)
            window = system.window_manager.main_window(self._record)
        else:
            window = self._dialog = system.window_manager.show_view(self._record, root, root.bounds)
        if window is not None:
            window.handler = RecordedInput(system, self._record)
        self.app.faults.displayed(self, state)

    def _drop_dialog(self) -> None:
        if self._dialog is not None:
            self._process.system.window_manager.dismiss(self._record, self._dialog)
            self._dialog = None


def app_of(recording: Recording) -> type[App]:
    """The app that plays a recording: its manifest has the activities that were seen, and the one that opens it."""
    names = list(dict.fromkeys(state.activity for state in recording.own))
    launcher = recording.launcher or (names[0] if names else f"{recording.package}.Main")
    parts: dict[str, Any] = {}
    for number, name in enumerate(dict.fromkeys((launcher, *names))):
        package, _dot, short = name.rpartition(".")
        own = name.startswith(recording.package + ".")
        named = {"name": name.removeprefix(recording.package + ".") if own else short, "launcher": name == launcher}
        activity = type(f"Activity{number}", (RecordedActivity,), named)
        # a class outside of the app's package came with a library
        parts[activity.__name__] = activity if own else type(f"Library{number}", (Sdk,), {"package": package, "Page": activity})
    return type(
        "Recorded",
        (RecordedApp,),
        parts
        | {
            "package": recording.package,
            "label": recording.label,
            "version_name": recording.version_name,
            "version_code": recording.version_code,
            "target_sdk": recording.target_sdk,
            "permissions": list(recording.permissions),
            "recorded_on": (*recording.size, recording.density),
            "recording": recording,
        },
    )
