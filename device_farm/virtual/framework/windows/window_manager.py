"""Keeps the windows on the screen, bottom to top, and hands them their input.

After WindowManagerService: an activity's window is on the screen while the activity is resumed or paused and nothing
opaque is above it; its dialogs lie over it, toasts over all apps, the bars on top.
"""

from functools import partial

from device_farm.virtual.framework.records.system_records import ActivityRecord, ActivityState, Rect, Window, WindowKind
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.framework.windows import input_handlers
from device_farm.virtual.framework.windows.bars import show_recording, turn
from device_farm.virtual.screen import dialogs
from device_farm.virtual.screen.view_layout import shown_text
from device_farm.virtual.vocabulary.containers import BottomSheet, DrawerLayout, ViewPager2
from device_farm.virtual.vocabulary.pen import PenText
from device_farm.virtual.vocabulary.widgets import Button, Canvas, Column, EditText, RadioButton, Switch, Widget

MOST_TITLE = 200  # characters of a page's first text that the truth keeps
DIALOG_DIM = 0.6  # backgroundDimAmount of the platform's dialog themes (core/res/res/values/themes.xml)
INDICATOR_SECONDS = 5.0  # PrivacyItemController, hold time of the chip
_DRAWN = (ActivityState.RESUMED, ActivityState.PAUSED, ActivityState.STARTED, ActivityState.FINISHING)


class WindowManager(SystemService):
    """The windows of a device; ``system.windows`` is what is on the screen now."""

    def made(self) -> None:
        """Start with the bars only."""
        self._main: dict[int, Window] = {}
        self._added: set[int] = set()  # activities that were resumed once: their windows were added then
        self._dialogs: dict[int, list[Window]] = {}
        self._system_dialogs: list[Window] = []
        self._bars: list[Window] = []
        self._recording_until = 0.0
        self._to_draw: set[int] = set()  # activities whose next frame is on its way
        self._untold: dict[int, Widget] = {}  # contents without a text in their tree: what they draw will tell

    # activities' windows
    def open(self, record: ActivityRecord) -> None:
        """Give an activity its window, empty until it shows something; dialogs of an earlier one are gone."""
        self.drop_dialogs(record)
        package, cls = self._system.packages[record.component.package], record.component.python_class
        size = getattr(cls, "window", None)
        window = Window(
            title=f"{record.component.package}/{record.component.class_name}",
            package=package.name,
            uid=package.uid,
            kind=WindowKind.BASE_APPLICATION,
            root=Column(),
            handler=input_handlers.ActivityInput(self._system, record),
            frame=self._centred(*size) if size else None,
            gravity="none" if size else getattr(cls, "_gravity", "fill"),
            dim=getattr(cls, "_dim", 0.0),
            modal=getattr(cls, "_dim", 0.0) > 0,
            translucent=record.translucent,
            secure=bool(getattr(cls, "secure", False)),
            activity=record,
            pid=record.process.pid if record.process else 0,
        )
        self._main[record.token] = window

    def place_dialog(self, record: ActivityRecord, gravity: str, dim: float) -> None:
        """An activity that looks like a dialog: as large as its content, what is behind it dark and out of reach."""
        window = self._main[record.token]
        window.gravity, window.dim, window.modal = gravity, dim, True

    def _centred(self, width: int, height: int) -> Rect:
        display = self._system.display
        left, top = (display.width - width) // 2, (display.height - height) // 2
        return Rect(left, top, left + width, top + height)

    def main_window(self, record: ActivityRecord) -> Window | None:
        return self._main.get(record.token)

    def set_content(self, record: ActivityRecord, widget: Widget) -> None:
        window = self._main.get(record.token)
        if window is not None:
            window.root = widget
            self.invalidate(record)
            if _title(widget) or record.token not in self._to_draw:
                self._tell_content(record, widget)
            else:
                self._untold[record.token] = widget

    def _tell_content(self, record: ActivityRecord, widget: Widget) -> None:
        """The truth names a content by the first text in it, for who counts the screens that were seen."""
        name = record.component.short.partition("/")[2].removeprefix(".")
        self._system.truth("content_shown", package=record.component.package, activity=name, title=_title(widget)[:MOST_TITLE])

    def invalidate(self, record: ActivityRecord) -> None:
        """The content changed: a Canvas in it is drawn with the next frame (ViewRootImpl.scheduleTraversals)."""
        windows = self._contents(record)
        for window in windows:
            window.revision += 1
        process = record.process
        draws = any(isinstance(view, Canvas) for window in windows for view in window.root.walk())
        if draws and process is not None and process.alive and record.token not in self._to_draw:
            self._to_draw.add(record.token)
            process.runtime.looper.post(partial(self._draw, record))

    def _contents(self, record: ActivityRecord) -> list[Window]:
        """The windows that show what the app made: the activity's own, and its sheets."""
        main = self._main.get(record.token)
        shown = self._dialogs.get(record.token, [])
        return [*([] if main is None else [main]), *(each for each in shown if isinstance(each.handler, input_handlers.SheetInput))]

    def _draw(self, record: ActivityRecord) -> None:
        self._to_draw.discard(record.token)
        for window in self._contents(record):
            self._system.device.screen.draw_canvases(window)
            window.revision += 1
            if self._untold.get(record.token) is window.root:
                self._tell_content(record, self._untold.pop(record.token))

    def save_state(self, record: ActivityRecord) -> dict[str, object]:
        """Return what views with an id keep: texts, ticks, pages, open drawers (View.onSaveInstanceState)."""
        window = self._main.get(record.token)
        views = [] if window is None else [view for view in window.root.walk() if view.id]
        texts: dict[str, object] = {view.id: view.text for view in views if isinstance(view, EditText)}
        pages = {view.id: view.current_item for view in views if isinstance(view, ViewPager2)}
        drawers = {view.id: view.is_open for view in views if isinstance(view, DrawerLayout)}
        return texts | pages | drawers | {view.id: view.checked for view in views if isinstance(view, (Switch, RadioButton))}

    def restore_state(self, record: ActivityRecord, saved: dict[str, object]) -> None:
        """Give views of the same id what ``save_state`` kept."""
        window = self._main.get(record.token)
        for view in [] if window is None else window.root.walk():
            kept = saved.get(view.id) if view.id else None
            if isinstance(view, EditText) and isinstance(kept, str):
                view.text = kept
            elif isinstance(view, (Switch, RadioButton)) and isinstance(kept, bool):
                view.checked = kept
            elif isinstance(view, ViewPager2) and isinstance(kept, int):
                view.current_item = kept
            elif isinstance(view, DrawerLayout) and kept is True:
                view.open()

    def drop(self, record: ActivityRecord) -> None:
        self.drop_dialogs(record)
        self._main.pop(record.token, None)
        self._added.discard(record.token)
        self._to_draw.discard(record.token)
        self._untold.pop(record.token, None)
        self.refresh()

    # dialogs and toasts
    def show_dialog(self, record: ActivityRecord, title: str, message: str, buttons: tuple[str | Button, ...], *, cancelable: bool) -> None:
        """An AlertDialog over an activity."""
        main = self._main.get(record.token)
        if main is None:
            return
        window = self._over(main, dialogs.app_dialog(title, message, buttons), "center")
        window.handler = input_handlers.DialogInput(self._system, record, window, buttons, cancelable=cancelable)
        self._dialogs.setdefault(record.token, []).append(window)
        texts = [dialogs.label(button) for button in buttons]
        self._system.truth("app_dialog", package=main.package, title=title, message=message, buttons=texts)
        self.refresh()

    def show_sheet(self, record: ActivityRecord, sheet: BottomSheet, *, cancelable: bool) -> None:
        """A BottomSheetDialog over an activity."""
        main = self._main.get(record.token)
        if main is None:
            return
        window = self._over(main, dialogs.sheet_dialog(sheet), "fill")
        window.handler = input_handlers.SheetInput(self._system, record, window, cancelable=cancelable)
        self._dialogs.setdefault(record.token, []).append(window)
        self._system.truth("bottom_sheet", package=main.package, title=_title(sheet), id=sheet.name)
        self.refresh()
        self.invalidate(record)

    def show_view(self, record: ActivityRecord, root: Widget, frame: Rect) -> Window | None:
        """A Dialog of an activity's own making, which stands at ``frame``; None where the activity has no window."""
        main = self._main.get(record.token)
        if main is None:
            return None
        window = self._over(main, root, "none")
        window.frame, window.handler = frame, main.handler
        self._dialogs.setdefault(record.token, []).append(window)
        self.refresh()
        return window

    def dismiss_sheet(self, record: ActivityRecord) -> None:
        """Close the sheet of an activity that was shown last."""
        shown = self._dialogs.get(record.token, [])
        sheet = next((window for window in reversed(shown) if isinstance(window.handler, input_handlers.SheetInput)), None)
        if sheet is not None:
            self.dismiss(record, sheet)

    def _over(self, main: Window, root: Widget, gravity: str) -> Window:
        """The window of a Dialog, which has the title of its activity's."""
        record = main.activity
        return Window(
            title=main.title,
            package=main.package,
            uid=main.uid,
            kind=WindowKind.APPLICATION,
            root=root,
            handler=None,
            gravity=gravity,
            dim=DIALOG_DIM,
            modal=True,
            activity=record,
            pid=main.pid,
        )

    def dismiss(self, record: ActivityRecord, window: Window) -> None:
        if window in (shown := self._dialogs.get(record.token, [])):
            shown.remove(window)
            self.refresh()

    def drop_dialogs(self, record: ActivityRecord) -> None:
        if self._dialogs.pop(record.token, None):
            self.refresh()

    def add_system_dialog(self, window: Window) -> None:
        """A dialog of the system itself, over everything (AppNotRespondingDialog)."""
        self._system_dialogs.append(window)
        self.refresh()

    def remove_system_dialog(self, window: Window) -> None:
        if window in self._system_dialogs:
            self._system_dialogs.remove(window)
            self.refresh()

    def show_privacy_indicator(self) -> None:
        """The green dot of 12 and later while the camera or the microphone is in use (SystemUI, OngoingPrivacyChip)."""
        self._recording_until = self._system.clock.uptime + INDICATOR_SECONDS
        show_recording(self._bars, self._system.display, shown=True)
        self.refresh()
        self._system.later(INDICATOR_SECONDS, self._hide_privacy_indicator)

    def _hide_privacy_indicator(self) -> None:
        if self._system.clock.uptime >= self._recording_until - 0.001:
            show_recording(self._bars, self._system.display, shown=False)
            self.refresh()

    # what is visible
    def is_visible(self, record: ActivityRecord) -> bool:
        return any(window.activity is record for window in self._system.windows)

    def focused(self) -> Window | None:
        kinds = (WindowKind.BASE_APPLICATION, WindowKind.APPLICATION, WindowKind.NOTIFICATION_SHADE, WindowKind.KEYGUARD_DIALOG)
        return next((w for w in reversed(self._system.windows) if w.kind in kinds), None)

    def set_bars(self, bars: list[Window]) -> None:
        """The status and navigation bar."""
        self._bars = bars
        self.refresh()

    def display_changed(self) -> None:
        """The display was turned: the bars stand elsewhere."""
        turn(self._bars, self._system.display)
        self._system.soft_input.forget()
        self.refresh()

    def rebooted(self) -> None:
        """Nothing is shown any more; called when the rest of the framework is as new."""
        self._main.clear()
        self._added.clear()
        self._dialogs.clear()
        self._system_dialogs, self._bars = [], []
        self.refresh()

    def refresh(self) -> None:
        """Work out anew what is on the screen."""
        shown: list[Window] = []
        for record in self.visible_activities():
            self._added.add(record.token)
            shown += self._of_activity(record)
        shown += self._system_dialogs
        system = self._system
        system.windows[:] = [*shown, *self._above(shown), *self._bars]
        focused = self.focused()
        if system.soft_input.shown and not system.soft_input.writes_into(focused):
            system.soft_input.forget()
            system.windows[:] = [*shown, *self._above(shown), *self._bars]

    def added(self) -> list[Window]:
        """All windows there are, bottom to top, also those of activities that were resumed once and nobody sees now.

        ``dumpsys window windows`` lists them all (RootWindowContainer.dumpWindowsNoHeader, WindowContainer.
        forAllWindows): a window is removed with its activity or process, and only loses its surface when it is stopped.
        """
        kept = [record for task in self._system.tasks for record in task.activities if record.token in self._added]
        tokens = {record.token for record in kept}
        others = [window for window in self._system.windows if window.activity is None or window.activity.token not in tokens]
        return [*(window for record in kept for window in self._of_activity(record)), *others]

    def _of_activity(self, record: ActivityRecord) -> list[Window]:
        """An activity's own window and its dialogs above it."""
        return [self._main[record.token], *self._dialogs.get(record.token, [])]

    def _above(self, shown: list[Window]) -> list[Window]:
        """Return the windows that lie over those of apps."""
        system = self._system
        own = (system.toasts.window, system.soft_input.window, system.shade.window, system.keyguard.window)
        return [*system.overlays.shown(shown), *(window for window in own if window is not None)]

    def visible_activities(self, *, stopped: bool = False) -> list[ActivityRecord]:
        """Bottom to top: everything down to the first opaque window; ``stopped``: what is stopped counts too."""
        drawn = (*_DRAWN, ActivityState.STOPPED) if stopped else _DRAWN
        found: list[ActivityRecord] = []
        for task in reversed(self._system.tasks):
            for record in reversed(task.activities):
                if record.token in self._main and record.state in drawn and not self._replaced(record, found):
                    found.append(record)
                    if not record.translucent:
                        return found[::-1]
        return found[::-1]

    def _replaced(self, record: ActivityRecord, above: list[ActivityRecord]) -> bool:
        """A finishing activity is drawn until the next one is resumed, or until its own pause if that is in sight."""
        if record.state is not ActivityState.FINISHING:
            return False
        return self._system.resumed is not None or bool(above) or self._uncovers(record)

    def _uncovers(self, record: ActivityRecord) -> bool:
        """Below a translucent one the next is drawn already: ActivityRecord.completeFinishing waits for nothing."""
        below = record.task.activities[: record.task.activities.index(record)] if record.translucent else []
        following = next((other for other in reversed(below) if other.state is not ActivityState.FINISHING), None)
        paused = not self._system.activities.is_pausing(record)
        return paused and following is not None and following.state is ActivityState.PAUSED and following.token in self._main


def _title(content: Widget) -> str:
    """The first text that a content shows, in the order of its tree; where the tree has none, the first one drawn."""
    views = list(content.walk())
    drawn = (stroke.text for view in views if isinstance(view, Canvas) for stroke in view.strokes if isinstance(stroke, PenText))
    return next(filter(None, [*map(shown_text, views), *drawn]), "")
