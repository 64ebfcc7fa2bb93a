"""Windows of apps over other apps: WindowManager.addView with TYPE_APPLICATION_OVERLAY, and who may add one.

An app needs SYSTEM_ALERT_WINDOW in its manifest and the user's leave, which is the app op of that name. While the
dialog of the permission controller is shown the windows are hidden (SYSTEM_FLAG_HIDE_NON_SYSTEM_OVERLAY_WINDOWS of its
window).
"""

from device_farm.virtual.framework.records.system_records import Package, ProcessRecord, Rect, Window, WindowHandler, WindowKind
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.vocabulary.context import BadTokenException, Context
from device_farm.virtual.vocabulary.widgets import Widget

PERMISSION, OP = "android.permission.SYSTEM_ALERT_WINDOW", "SYSTEM_ALERT_WINDOW"
TYPE_APPLICATION_OVERLAY = 2038  # WindowManager.LayoutParams
MAX_OVERLAYS = 50  # of one process; more is a leak


class Overlays(SystemService):
    """The overlay windows of all apps, the newest on top."""

    def rebooted(self) -> None:
        self._windows: list[tuple[ProcessRecord, Window]] = []

    def may_draw(self, package: Package) -> bool:
        """Settings.canDrawOverlays."""
        return PERMISSION in package.requested_permissions and package.op_modes.get(OP) == "allow"

    def add(self, context: Context, widget: Widget, *, size: tuple[int, int] | None, gravity: str) -> None:
        """Show ``widget`` over everything. Raises BadTokenException without the user's leave."""
        process = context._process
        own = [window for record, window in self._windows if record is process.record]
        if not self.may_draw(process.package) or len(own) >= MAX_OVERLAYS:
            raise BadTokenException(
                f"Unable to add window android.view.ViewRootImpl$W@1a2b3c4 -- permission denied for window type {TYPE_APPLICATION_OVERLAY}"
            )
        window = Window(
            title=process.package.name,
            package=process.package.name,
            uid=process.package.uid,
            kind=WindowKind.APPLICATION_OVERLAY,
            root=widget,
            handler=_OverlayInput(context),
            gravity="none" if size else gravity,
            frame=self._place(*size, gravity) if size else None,
            translucent=True,
            pid=process.record.pid,
        )
        self._windows.append((process.record, window))
        self._system.truth("overlay", package=process.package.name, shown=True)
        self._system.window_manager.refresh()

    def _place(self, width: int, height: int, gravity: str) -> Rect:
        display = self._system.display
        left = {"left": 0, "right": display.width - width}.get(gravity, (display.width - width) // 2)
        top = {"top": 0, "bottom": display.height - height}.get(gravity, (display.height - height) // 2)
        return Rect(left, top, left + width, top + height)

    def remove(self, context: Context, widget: Widget) -> None:
        """WindowManager.removeView. Raises ValueError for a view that is not shown."""
        record = context._process.record
        found = next(((r, w) for r, w in self._windows if r is record and w.root is widget), None)
        if found is None:
            raise ValueError(f"View={widget.class_name} not attached to window manager")
        self._windows.remove(found)
        self._system.truth("overlay", package=found[1].package, shown=False)
        self._system.window_manager.refresh()

    def process_died(self, process: ProcessRecord) -> None:
        self._windows = [(record, window) for record, window in self._windows if record is not process]

    def shown(self, others: list[Window]) -> list[Window]:
        """Return the overlays that are on the screen beside ``others``: none while the permission dialog is."""
        dialog = self._system.device.rom.dialog.package
        if any(window.package == dialog for window in others):
            return []
        return [window for _record, window in self._windows]


class _OverlayInput(WindowHandler):
    """Clicks come to the component that added the window, as ``on_click(id)``."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def click(self, id: str, widget: Widget) -> None:
        clicked = getattr(self._context, "on_click", None)
        bound = self._context._bound
        if clicked is not None and bound is not None and bound.record.alive:
            bound.looper.post(lambda: clicked(id))
