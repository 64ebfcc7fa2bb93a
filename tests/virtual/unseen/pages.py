"""What the unseen apps share: pages, where a press leads, when the app comes back, and a polite request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from device_farm.virtual import Activity, Column, Frame, Image, Row, Text

if TYPE_CHECKING:
    from device_farm.virtual.vocabulary.widgets import Widget


class Page(Activity):
    """An activity that draws ``view()``.

    ``to`` says where a press on an id or text leads: ``"Name"`` opens an activity, ``"Name|标题"`` with the extra
    ``title``, ``"~文字"`` is a toast, ``"$支付"`` a danger that was pressed, ``"^"`` goes back. Everything else comes
    to ``on_press(id)``. An app that has ``front`` and ``away`` learns in ``back_in_front`` that the user came back from
    another app.
    """

    to: ClassVar[dict[str, str]] = {}
    pending: tuple[str, str] | None = None  # the permission that is explained, and the button that goes on

    def view(self) -> Widget:
        """What is in the window."""
        raise NotImplementedError

    def on_create(self) -> None:
        self.render()

    def render(self, *over: Widget) -> None:
        """Draw the page, with what lies over it."""
        page = self.view()
        self.show(Frame(page, *over) if over else page)

    def on_resume(self) -> None:
        away = getattr(self.app, "away", False)
        self.app.front, self.app.away = self, False
        if away:
            self.back_in_front()

    def on_stop(self) -> None:
        if getattr(self.app, "front", None) is self:
            self.app.away = True

    def back_in_front(self) -> None:
        """The user came back from another app."""

    def on_click(self, id: str) -> None:
        if self.pending and id == self.pending[1]:
            self.go_on()
        elif not self.lead(self.to.get(id, "")):
            self.on_press(id)

    def lead(self, target: str) -> bool:
        """Go where ``target`` says; False where it says nothing."""
        if target == "^":
            self.finish()
        elif target.startswith("~"):
            self.toast(target[1:])
        elif target.startswith("$"):
            self.app.prefs["pressed_danger"] = target[1:]
            self.toast(f"{target[1:]}: OK")
        elif target:
            name, _, title = target.partition("|")
            self.start_activity(name, title=title)
        return bool(target)

    def on_press(self, id: str) -> None:
        """A press that ``to`` does not know."""

    def refusals(self, permission: str) -> int:
        """How often the user has refused it."""
        return int(self.app.prefs.get(f"no {permission}", 0))

    def explain(self, permission: str, title: str, why: str, yes: str, no: str, fixed: str = "") -> None:
        """Tell what a permission is for, then ask; who refused twice is shown ``fixed``, the way to the settings."""
        if self.check_self_permission(permission):
            self.after(permission, True)
            return
        self.pending = permission, fixed if fixed and self.refusals(permission) >= 2 else yes
        self.show_dialog(title, why, self.pending[1], no)

    def go_on(self) -> None:
        """The button of an explanation was pressed."""
        assert self.pending is not None
        permission, self.pending = self.pending[0], None
        if self.refusals(permission) >= 2:
            self.open_settings()
        else:
            self.request_permissions(permission)

    def on_permission_result(self, results: dict[str, bool]) -> None:
        for permission, granted in results.items():
            self.app.prefs[f"no {permission}"] = self.refusals(permission) + (not granted)
            self.after(permission, granted)

    def after(self, permission: str, granted: bool) -> None:
        """The user has answered."""


def like(name: str, base: type[Page], /, **attributes: Any) -> type[Page]:
    """An activity ``name`` that differs from ``base`` in its words."""
    return type(name, (base,), attributes)


def icon(colour: str, id: str = "", says: str = "", size: int = 88) -> Image:
    """A small picture; what it means is in its id or description only."""
    return Image(colour, id=id or None, width=size, height=size, content_description=says)


def tile(colour: str, words: str, id: str, size: int = 120) -> Column:
    """A picture over its name; pressed as a whole."""
    return Column(icon(colour, size=size), Text(words), id=id, clickable=True)


def line(words: str, id: str, value: str = "") -> Row:
    """A row of a list; pressed as a whole."""
    return Row(Text(words), Row(), Text(value), id=id, clickable=True)


def low_sheet(*content: Widget, id: str | None = None) -> Column:
    """A sheet at the bottom, over a dark rest that takes the touches."""
    return Column(Column(*content, background="#FFFFFFFF", clickable=True), background="#88000000", gravity="bottom", id=id, clickable=True)


def card(*content: Widget) -> Column:
    """A card in the middle, over a dark rest that takes the touches."""
    return Column(Column(*content, background="#FFFFFFFF", clickable=True), background="#AA000000", gravity="center", clickable=True)
