"""The clipboard: who may read it, and the toast that tells.

Source: services/core/java/com/android/server/clipboard/ClipboardService.java.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.permissions.app_ops import uid_state

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.system_records import Package, ProcessRecord
    from device_farm.virtual.framework.system import System

_TOAST = {  # core/res/res/values*/strings.xml pasted_from_clipboard (12)
    "zh": "已将剪贴板中的内容粘贴到{app}",
    "en": "{app} pasted from your clipboard",
}
_IN_FOCUS = 29  # API level from which only the app in focus may read
_TELLS = 31  # API level from which a read of another app's clip is told


class Clipboard:
    """One clip of plain text; ``text`` is None while there is none."""

    def __init__(self, system: System) -> None:
        """Start empty."""
        self._system = system
        self.text: str | None = None
        self._owner = 0
        self._told: set[int] = set()  # uids that were told of for this clip

    def rebooted(self) -> None:
        """It is empty (ClipboardService keeps the clip in memory)."""
        self.text, self._owner = None, 0
        self._told.clear()

    def put(self, text: str, uid: int) -> None:
        """ClipboardManager.setPrimaryClip."""
        self.text, self._owner = text, uid
        self._told.clear()

    def read(self, process: ProcessRecord, package: Package, tag: str | None) -> bool:
        """ClipboardManager.getPrimaryClip; False when refused. The user is told once for each clip and app.

        10 notes the access before it looks at the focus, 11 and later note none that they refuse for that.
        """
        system = self._system
        refused = system.sdk >= _IN_FOCUS and not self._has_focus(package) and not system.is_input_method(package.name)
        if refused:
            system.narrator.clipboard_refused(package.name)
        if refused and system.sdk > _IN_FOCUS:
            system.truth("app_op", package=package.name, op="READ_CLIPBOARD", state=uid_state(process), allowed=False)
            return False
        if not system.app_ops.note(process, package, "READ_CLIPBOARD", tag, given=not refused):
            return False
        strange = self.text is not None and package.uid not in (self._owner, *self._told)
        if strange and system.sdk >= _TELLS and not system.is_input_method(package.name):
            self._told.add(package.uid)
            text = _TOAST[system.device.spec.language].format(app=package.label)
            system.toasts.show(system.packages["com.android.systemui"], 0, text)
        return True

    def _has_focus(self, package: Package) -> bool:
        focused = self._system.focused_window()
        return focused is not None and focused.uid == package.uid
