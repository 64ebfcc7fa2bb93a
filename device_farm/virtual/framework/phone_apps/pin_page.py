"""The launcher's question before a shortcut comes to the home screen.

After Launcher3's AddItemActivity (src/com/android/launcher3/dragndrop, res/layout/add_item_confirmation_activity.xml).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from device_farm.virtual.framework.packages.shortcuts import CONFIRM, REQUEST
from device_farm.virtual.vocabulary.components import Activity
from device_farm.virtual.vocabulary.widgets import Button, Column, Row, Style, Text

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.shortcut import Shortcut

_WORDS = {
    "zh": ("添加到主屏幕", "取消", "添加到主屏幕"),
    "en": ("Add to home screen", "Cancel", "Add to home screen"),
}


class AddItemActivity(Activity):
    """Shows what would be added."""

    name = "com.android.launcher3.dragndrop.AddItemActivity"
    exported = translucent = exclude_from_recents = True
    task_affinity = "com.android.launcher3.dragndrop"
    _dim, _gravity = 0.6, "bottom"
    actions: ClassVar[list[str]] = [CONFIRM]

    def on_create(self) -> None:
        """Ask."""
        self._shortcut: Shortcut = self.intent.extras[REQUEST]
        title, no, yes = _WORDS[self._process.system.device.spec.language]
        buttons = Row(Button(no, id="cancel"), Button(yes, id="add"))
        plain = Style(clickable=False)
        self.show(Column(Text(title, id="title", style=plain), Text(self._shortcut.label, id="label", style=plain), buttons, style=_CARD))

    def on_click(self, id: str) -> None:
        """Add it, or not."""
        if id == "add":
            self._process.system.shortcuts.pin(self._shortcut)
        self.finish()


_CARD = Style(background="#FFFFFF", radius=42, padding=(42, 42, 42, 170))
