"""The little that eight of the unseen apps share: what a press does, and how a polite app asks.

Looks are each app's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from device_farm.virtual import Activity, Column, Frame, Image, Row

if TYPE_CHECKING:
    from device_farm.virtual.vocabulary.widgets import Widget


class Screen(Activity):
    """An activity that draws ``body()``.

    ``links`` tells what a press on an id or text does: the name of an activity opens it, ``"Web?标题"`` opens Web with
    the extra ``title``, ``"#文字"`` is a toast, ``"!支付"`` a danger that was pressed, ``"<"`` goes back. All else
    comes to ``pressed(id)``.
    """

    links: ClassVar[dict[str, str]] = {}
    asked = ""  # the permission that an explanation on the screen is about
    yes = ""

    def body(self) -> Widget:
        """What is in the window."""
        raise NotImplementedError

    def on_create(self) -> None:
        self.draw()

    def draw(self, *layers: Widget) -> None:
        """Show the body, under what lies over it."""
        body = self.body()
        self.show(Frame(body, *layers) if layers else body)

    def on_click(self, id: str) -> None:
        if self.asked and id == self.yes:
            if self.app.prefs.get(f"refused {self.asked}", 0) >= 2:
                self.open_settings()
            else:
                self.request_permissions(self.asked)
        elif not self.follow(self.links.get(id, "")):
            self.pressed(id)

    def follow(self, target: str) -> bool:
        """Do what a link says; False where there is none."""
        if target == "<":
            self.finish()
        elif target.startswith("#"):
            self.toast(target[1:])
        elif target.startswith("!"):
            self.app.prefs["pressed_danger"] = target[1:]
            self.toast(f"{target[1:]} ✓")
        elif target:
            name, _, title = target.partition("?")
            self.start_activity(name, title=title)
        return bool(target)

    def pressed(self, id: str) -> None:
        """A press that no link tells of."""

    def ask(self, permission: str, title: str, why: str, yes: str = "继续", no: str = "暂不", settings: str = "去设置") -> None:
        """Explain, then request what is not held yet.

        Who refused twice is shown the way to the settings instead of a request.
        """
        if self.check_self_permission(permission):
            self.answered(permission, True)
            return
        given_up = self.app.prefs.get(f"refused {permission}", 0) >= 2
        self.asked, self.yes = permission, settings if given_up else yes
        self.show_dialog(title, why, self.yes, no)

    def on_permission_result(self, results: dict[str, bool]) -> None:
        self.asked = ""
        for permission, granted in results.items():
            self.app.prefs[f"refused {permission}"] = self.app.prefs.get(f"refused {permission}", 0) + (not granted)
            self.answered(permission, granted)

    def answered(self, permission: str, granted: bool) -> None:
        """The user has answered a request."""


def made(name: str, base: type[Screen], **attributes: Any) -> type[Screen]:
    """An activity ``name`` like ``base``, for pages that differ in their words only."""
    return type(name, (base,), attributes)


def sheet(*content: Widget, gravity: str = "center", id: str = "") -> Column:
    """A card on a scrim that takes every touch beside it."""
    card = Column(*content, background="#FFFFFFFF", clickable=True)
    return Column(card, background="#99000000", gravity=gravity, id=id or None, clickable=True)


def picture(colour: str = "#CFD8DC", *, id: str = "", says: str = "", size: int = 96) -> Image:
    """A small picture of one colour; what it is for is in its id or its description only."""
    return Image(colour, id=id or None, width=size, height=size, content_description=says)


def grid(columns: int, cells: list[Widget]) -> list[Widget]:
    """Cells in rows of ``columns``."""
    return [Row(*cells[start : start + columns]) for start in range(0, len(cells), columns)]
