"""Input on an app's windows: touches, clicks and Back become messages on the app's main thread.

A touch that the main thread has not taken 5 seconds later is an ANR (InputDispatcher,
DEFAULT_INPUT_DISPATCHING_TIMEOUT of frameworks/native).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from device_farm.virtual.framework.records.download import mime_of
from device_farm.virtual.framework.records.system_records import ActivityRecord, Window, WindowHandler
from device_farm.virtual.screen import dialogs
from device_farm.virtual.vocabulary.components import Activity
from device_farm.virtual.vocabulary.containers import HIDDEN, BottomSheet, DrawerLayout, ViewPager2
from device_farm.virtual.vocabulary.widgets import Anchor, Button, ListView, Widget

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System

INPUT_TIMEOUT = 5.0


class ActivityInput(WindowHandler):
    """The handler of an activity's window."""

    def __init__(self, system: System, record: ActivityRecord) -> None:
        self._system, self._record = system, record

    def post(self, callback: Callable[[Activity], None], *, watched: bool = False) -> None:
        """Run ``callback`` with the activity on its main thread; ``watched`` is input that must be taken in time."""
        process, activity = self._record.process, self._record.python_object
        if process is None or not process.alive or activity is None:
            return
        taken = False

        def message() -> None:
            nonlocal taken
            taken = True
            callback(activity)

        process.runtime.looper.post(message)
        if watched:
            self._system.later(INPUT_TIMEOUT, lambda: None if taken else self._system.anr.input_timed_out(self._record))

    def touch(self, id: str, x: int, y: int) -> None:
        """Any tap inside the window."""
        self._system.jumps.note("touch")
        self.post(lambda activity: activity.on_touch(id, x, y), watched=True)

    def click(self, id: str, widget: Widget) -> None:
        """A tap on a view; on a row of a ListView (AdapterView.OnItemClickListener) its position counts."""
        if isinstance(widget, Anchor):
            self._follow(widget)
            return
        rows = self._list_of(widget)
        if rows is None:
            self.post(lambda activity: activity.on_click(id))
        else:
            self.post(lambda activity: activity.on_item_click(rows.id, rows.children.index(widget)))

    def _follow(self, link: Anchor) -> None:
        """A link of web content: a file goes to the app's DownloadListener, a page to its WebViewClient."""
        package = self._record.component.package
        if link.is_file:
            self._system.truth("web_download", package=package, url=link.href, file_name=link.file_name, by="touch")
            self.post(
                lambda activity: activity.on_download_start(link.href, link.file_name, link.mime or mime_of(link.file_name), link.size)
            )
        else:
            self._system.truth("web_link", package=package, url=link.href)

            def followed(activity: Activity) -> None:
                activity.on_url_loading(link.href)

            self.post(followed)

    def long_click(self, id: str, widget: Widget) -> None:
        """A finger stayed on a view, or on a row of a ListView: a click after all, if the app does not say True."""
        rows = self._list_of(widget)

        def pressed(activity: Activity) -> None:
            row = -1 if rows is None else rows.children.index(widget)
            taken = activity.on_long_click(id) if rows is None else activity.on_item_long_click(rows.id, row)
            if not taken and (widget.clickable or rows is not None):
                self.click(id, widget)

        self.post(pressed)

    def moved(self, widget: Widget) -> None:
        """The user moved a drawer, a pager or a sheet: the activity hears of it."""
        self._system.jumps.note("swipe")
        if isinstance(widget, DrawerLayout):
            self._tell_moved("drawer", widget.id, "open" if widget.is_open else "closed")
            opened = widget.is_open
            self.post(lambda activity: activity.on_drawer_opened(widget.id) if opened else activity.on_drawer_closed(widget.id))
        elif isinstance(widget, ViewPager2):
            position = widget.current_item
            self._tell_moved("pager", widget.id, str(position))
            self.post(lambda activity: activity.on_page_selected(widget.id, position))
        elif isinstance(widget, BottomSheet):
            state = widget.state
            self._tell_moved("sheet", widget.name, state)
            self.post(lambda activity: activity.on_state_changed(widget.name, state))

    def _tell_moved(self, kind: str, id: str, state: str) -> None:
        self._system.truth("moved", package=self._record.component.package, kind=kind, id=id, state=state)
        self._system.window_manager.invalidate(self._record)

    def fling(self, id: str, start: tuple[int, int], end: tuple[int, int]) -> None:
        """A finger moved over the window, and nothing in it took that (GestureDetector.OnGestureListener)."""
        self._system.jumps.note("swipe")
        self.post(lambda activity: activity.on_fling(id, *start, *end))

    def _list_of(self, widget: Widget) -> ListView | None:
        """The ListView that ``widget`` is a row of."""
        window = self._system.window_manager.main_window(self._record)
        widgets = window.root.walk() if window is not None else ()
        return next((each for each in widgets if isinstance(each, ListView) and widget in each.children), None)

    def switch(self, id: str, checked: bool) -> None:
        self.post(lambda activity: activity.on_switch(id, checked))

    def text(self, id: str, text: str) -> None:
        self.post(lambda activity: activity.on_text(id, text))

    def back(self) -> None:
        """Back: the app first, then Android."""
        self._system.jumps.note("key")

        def pressed(activity: Activity) -> None:
            drawer = self._open_drawer()
            if drawer is not None:
                drawer.close()
                self.moved(drawer)
            elif not activity.on_back_pressed():
                self._system.activities.back(self._record)

        self.post(pressed, watched=True)

    def _open_drawer(self) -> DrawerLayout | None:
        """A drawer that is open closes first (DrawerLayout.onKeyUp)."""
        window = self._system.window_manager.main_window(self._record)
        views = () if window is None else window.root.walk()
        return next((view for view in views if isinstance(view, DrawerLayout) and view.is_open), None)


class SheetInput(ActivityInput):
    """The handler of a BottomSheetDialog: what is pressed in it comes as ``on_click``, and it stays."""

    def __init__(self, system: System, record: ActivityRecord, window: Window, *, cancelable: bool) -> None:
        super().__init__(system, record)
        self._window, self._cancelable = window, cancelable

    def click(self, id: str, widget: Widget) -> None:
        """A view of the sheet, or what is beside it."""
        if id == dialogs.TOUCH_OUTSIDE:
            self.back()
        else:
            super().click(id, widget)

    def _list_of(self, widget: Widget) -> ListView | None:
        """The ListView in the sheet that ``widget`` is a row of."""
        return next((each for each in self._window.root.walk() if isinstance(each, ListView) and widget in each.children), None)

    def moved(self, widget: Widget) -> None:
        """One that was pulled down is gone."""
        super().moved(widget)
        if isinstance(widget, BottomSheet) and widget.state == HIDDEN:
            self._system.window_manager.dismiss(self._record, self._window)

    def fling(self, id: str, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Ignore what moves over a dialog's window: it does not reach the activity."""

    def back(self) -> None:
        """Back closes a cancelable one."""
        sheet = next(view for view in self._window.root.walk() if isinstance(view, BottomSheet))
        if self._cancelable and sheet.state != HIDDEN:
            sheet.state = HIDDEN
            self.moved(sheet)


class DialogInput(ActivityInput):
    """The handler of an AlertDialog: a press closes it and comes as the activity's ``on_click``."""

    def __init__(
        self, system: System, record: ActivityRecord, window: Window, buttons: tuple[str | Button, ...], *, cancelable: bool
    ) -> None:
        super().__init__(system, record)
        self._window, self._buttons, self._cancelable = window, buttons, cancelable

    def click(self, id: str, widget: Widget) -> None:
        """One of the buttons: what the app is told is its id, where the app gave it one, else its text."""
        text = getattr(widget, "text", id)
        own = {button.id for button in self._buttons if isinstance(button, Button) and button.id}
        if id in own or text in map(dialogs.label, self._buttons):
            self._system.window_manager.dismiss(self._record, self._window)
            self._system.truth("app_dialog_closed", package=self._window.package, button=text)
            told = id if id in own else text
            self.post(lambda activity: activity.on_click(told), watched=True)

    def long_click(self, id: str, widget: Widget) -> None:
        """A finger that stays on a button presses it."""
        self.click(id, widget)

    def fling(self, id: str, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Ignore what moves over a dialog's window: it does not reach the activity."""

    def outside(self) -> None:
        """A tap beside it closes a cancelable dialog (Dialog.setCanceledOnTouchOutside)."""
        self.back()

    def back(self) -> None:
        """Back closes a cancelable dialog and does nothing to another."""
        if self._cancelable:
            self._system.window_manager.dismiss(self._record, self._window)
