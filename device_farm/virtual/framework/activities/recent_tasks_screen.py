"""Recents: the tasks that the home app shows as cards; a swipe up ends one, a button ends all.

As with Quickstep (packages/apps/Launcher3 quickstep, since Android 9) and the makers' home apps the cards are a state
of the home activity, not an activity of their own. Ids and the button's name are data (``[recents]`` of the ROM's file,
with sources).
"""

from device_farm.virtual.framework.records.system_records import GONE, Task, Window
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.vocabulary.widgets import FILL, Box, Button, Column, Row, Style, Text, Widget

CARDS = 3  # the newest tasks; a phone shows two or three at once
DISMISS = 300  # pixels upwards


class RecentsScreen(SystemService):
    """Whether the cards are shown, and what is done with them."""

    def made(self) -> None:
        """Start hidden; the home screen of a boot hides the cards."""
        self._data = self._system.device.rom.data["recents"]
        self.shown = False

    def show(self) -> None:
        """The Recents key: the home app comes in front with its cards; pressed again it is the home screen."""
        was_shown = self.shown
        self._system.go_home()
        self.shown = not was_shown
        self._redraw()

    def hide(self) -> None:
        if self.shown:
            self.shown = False
            self._redraw()

    def tasks(self) -> list[Task]:
        """The tasks that have a card, the newest first: not the home app's, none that asked to be left out."""
        return [
            task
            for task in reversed(self._system.tasks)
            if task.kind != "home" and any(a.state not in GONE for a in task.activities) and not task.activities[0].exclude_from_recents
        ]

    def page(self) -> Widget:
        """The cards beside each other, and the button below; without tasks only words."""
        chinese = self._system.device.spec.language == "zh"
        tasks = self.tasks()[:CARDS]
        if not tasks:
            return Column(Text("近期没有任何内容" if chinese else "No recent items", id="empty"))
        cards = [self._card(task) for task in tasks]
        name = self._data["clear_all_zh" if chinese else "clear_all_en"]
        look = Style(height=126, side="center", description=name, background="#E0E0E0", radius=63, padding=(84, 0, 84, 0))
        button = Button(name if self._data["clear_all_has_text"] else "", id=self._data["clear_all_id"], style=look)
        return Column(Row(*cards, style=Style(width=FILL, padding=(0, 400, 0, 84))), button, style=Style(background="#FF9AA0A6"))

    def _card(self, task: Task) -> Widget:
        package = self._system.packages.get(task.package)
        label = task.package if package is None else package.label
        thumbnail = Box(style=Style(width=FILL, height=1100, background="#FFFFFF", radius=42))
        style = Style(weight=1, padding=(16, 0, 16, 0), description=label, clickable=True)
        return Column(Text(label, style=Style(clickable=False, text_colour="#FFFFFF")), thumbnail, id=self._data["card_id"], style=style)

    def tapped(self, id: str, x: int) -> None:
        """The button ends all tasks; a card brings its own in front."""
        if id == self._data["clear_all_id"]:
            self._system.cleaners.clear_all()
            self.shown = False
        elif id == self._data["card_id"] and (task := self._at(x)) is not None:
            self.shown = False
            self._system.activities.to_front(task)
            return
        self._redraw()

    def swiped(self, window: Window, x: float, dy: float) -> None:
        """A finger moved over a window by ``dy`` pixels (up is negative), from ``x``; only cards take notice."""
        if not self.shown or window.activity is None or window.activity.task.kind != "home":
            return
        task = self._at(x)
        if dy <= -DISMISS and task is not None:
            self._system.cleaners.swiped_away(task)
            self.shown = bool(self.tasks())
        self._redraw()

    def _at(self, x: float) -> Task | None:
        tasks = self.tasks()[:CARDS]
        index = int(x * len(tasks) / self._system.display.width) if tasks else 0
        return tasks[index] if 0 <= index < len(tasks) else None

    def _redraw(self) -> None:
        """Have the home activity show what is so now."""
        home = self._system.resumed
        if home is not None and home.task.kind == "home" and home.process is not None and home.python_object is not None:
            home.process.runtime.looper.post(home.python_object.on_resume)
