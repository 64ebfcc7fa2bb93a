"""What other rooms ask of windows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from device_farm.virtual.containers import BottomSheet
    from device_farm.virtual.context import Context
    from device_farm.virtual.framework.records.model import ActivityRecord, Package, ProcessRecord, Window
    from device_farm.virtual.widgets import Button, Widget


class SoftInput(Protocol):
    """Whether the keyboard is shown, and for which window."""

    @property
    def window(self) -> Window | None:
        """The window of the keyboard; None while it is hidden."""

    @property
    def shown(self) -> bool:
        """mInputShown of dumpsys input_method."""

    def writes_into(self, focused: Window | None) -> bool:
        """Whether it is still of use: it goes with the window it writes into, and when the display is turned."""

    def forget(self) -> None:
        """It is gone with the window it wrote into."""


class Overlays(Protocol):
    """The overlay windows of all apps, the newest on top."""

    def may_draw(self, package: Package) -> bool:
        """Settings.canDrawOverlays."""

    def add(self, context: Context, widget: Widget, *, size: tuple[int, int] | None, gravity: str) -> None:
        """Show ``widget`` over everything. Raises BadTokenException without the user's leave."""

    def remove(self, context: Context, widget: Widget) -> None:
        """WindowManager.removeView. Raises ValueError for a view that is not shown."""

    def process_died(self, process: ProcessRecord) -> None:
        """Its windows go with it."""

    def shown(self, others: list[Window]) -> list[Window]:
        """What of it is on the screen beside ``others``: nothing while the permission dialog is."""


class WindowManager(Protocol):
    """The windows of a device; ``system.windows`` is what is on the screen now."""

    def open(self, record: ActivityRecord) -> None:
        """Give an activity its window, empty until it shows something; dialogs of an earlier one are gone."""

    def place_dialog(self, record: ActivityRecord, gravity: str, dim: float) -> None:
        """An activity that looks like a dialog.

        Only as large as its content, what is behind it dark and out of reach.
        """

    def added(self) -> list[Window]:
        """All windows there are, bottom to top, also those that nobody sees now."""

    def main_window(self, record: ActivityRecord) -> Window | None:
        """The window of an activity, None before it is created."""

    def set_content(self, record: ActivityRecord, widget: Widget) -> None:
        """Show ``widget`` in the activity's window."""

    def invalidate(self, record: ActivityRecord) -> None:
        """The content changed: a Canvas in it is drawn with the next frame (ViewRootImpl.scheduleTraversals)."""

    def save_state(self, record: ActivityRecord) -> dict[str, object]:
        """What views with an id keep over a relaunch: texts of fields, ticks (View.onSaveInstanceState)."""

    def restore_state(self, record: ActivityRecord, saved: dict[str, object]) -> None:
        """Give views of the same id what ``save_state`` kept."""

    def drop(self, record: ActivityRecord) -> None:
        """The activity's windows are gone."""

    def show_dialog(self, record: ActivityRecord, title: str, message: str, buttons: tuple[str | Button, ...], *, cancelable: bool) -> None:
        """An AlertDialog over an activity."""

    def show_sheet(self, record: ActivityRecord, sheet: BottomSheet, *, cancelable: bool) -> None:
        """A BottomSheetDialog over an activity."""

    def dismiss_sheet(self, record: ActivityRecord) -> None:
        """Close the sheet of an activity that was shown last."""

    def dismiss(self, record: ActivityRecord, window: Window) -> None:
        """Close one dialog."""

    def drop_dialogs(self, record: ActivityRecord) -> None:
        """Close all dialogs of an activity."""

    def add_system_dialog(self, window: Window) -> None:
        """A dialog of the system itself, over everything (AppNotRespondingDialog)."""

    def remove_system_dialog(self, window: Window) -> None:
        """Close a dialog of the system itself."""

    def show_privacy_indicator(self) -> None:
        """The green dot of 12 and later while the camera or the microphone is in use (SystemUI, OngoingPrivacyChip)."""

    def is_visible(self, record: ActivityRecord) -> bool:
        """Whether an activity's window is on the screen."""

    def display_changed(self) -> None:
        """The display was turned: the bars stand elsewhere."""

    def refresh(self) -> None:
        """Work out anew what is on the screen."""

    def visible_activities(self, *, stopped: bool = False) -> list[ActivityRecord]:
        """Bottom to top: everything down to the first opaque window; ``stopped``: what is stopped counts too."""


class Keyguard(Protocol):
    """Whether a lock is set, and whether it is shown. ``pin`` is empty for a swipe."""

    @property
    def window(self) -> Window | None:
        """The window of the lock screen; None while it is gone."""

    def display_off(self) -> None:
        """The display went out: what is set is shown when it is lit again."""
