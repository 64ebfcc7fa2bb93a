"""Pages that four of the whole sample apps share: a bar with an arrow back, and what a press on an id opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from device_farm.virtual import Activity, Button, Column, Image, ListView, Row, Scroll, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from device_farm.virtual.vocabulary.widgets import Widget


class Page(Activity):
    """A page with a bar and an arrow back.

    ``goes``: id -> page that a click opens, or an address; ``dangers``: id -> what no tester may press, of which
    ``done`` is said.
    """

    goes: ClassVar[dict[str, str]] = {}
    dangers: ClassVar[dict[str, str]] = {}
    bar: ClassVar[str | None] = None  # its colour, and that below it
    paper: ClassVar[str | None] = None
    done = ""

    def page(self, title: str, *parts: Widget, body: Widget | None = None) -> None:
        """Show the parts in a list that scrolls, or a body, below the bar."""
        bar = Row(Image("whole/icons/back.png", id="iv_back"), Text(title), background=self.bar)
        self.show(Column(bar, body or Scroll(*parts), background=self.paper))

    def on_click(self, id: str) -> None:
        kind, _, number = id.rpartition("_")
        if id == "iv_back":
            self.finish()
        elif id in self.dangers:
            self.danger(self.dangers[id])
        elif self.goes.get(id, "").startswith(("geo:", "https:")):
            self.open_url(self.goes[id])
        elif id in self.goes:
            page, _, title = self.goes[id].partition(":")
            self.start_activity(page, title=title)
        elif number.isdecimal() and kind in self.goes:
            self.start_activity(self.goes[kind], number=int(number))
        else:
            self.pressed(id)

    def danger(self, word: str) -> None:
        """What a tester must never press was pressed."""
        self.app.prefs["pressed_danger"] = word
        self.toast(f"{word}：{self.done}")

    def pressed(self, id: str) -> None:
        """What else was clicked."""

    def on_item_click(self, id: str, position: int) -> None:
        self.start_activity(self.goes[id], number=position)

    @classmethod
    def plain(cls, name: str, title: str, parts: Callable[[int], Sequence[Widget]], **attributes: Any) -> type[Page]:
        """A page whose content is ``parts(number)``, the number of the row that led to it."""

        def on_create(self: Page) -> None:
            self.page(title, *parts(self.intent.extras.get("number", 0)))

        return type(name, (cls,), {"on_create": on_create, **attributes})

    @classmethod
    def listing(cls, name: str, title: str, texts: list[str], detail: str) -> type[Page]:
        """A page of rows, each of which opens ``detail``."""

        def on_create(self: Page) -> None:
            self.page(title, body=ListView(*rows(texts, "row"), id="list"))

        return type(name, (cls,), {"on_create": on_create, "goes": {"list": detail}})


class Asks:
    """Mixed into a page, innocent: asks when it is used, says what for, and closes nothing but itself."""

    title = permission = told = button = allowed = refused = ""

    def on_create(self):
        self.page(self.title, Text(self.told), Button(self.button, id="start"))

    def pressed(self, id):
        if self.check_self_permission(self.permission):
            self.toast(self.allowed)
        else:
            self.request_permissions(self.permission)

    def on_permission_result(self, results):
        if not results.get(self.permission):
            self.toast(self.refused)


def grid(**entries: str) -> Row:
    """Function entries beside each other, by id."""
    return Row(*(Column(Text(text, id=id)) for id, text in entries.items()), background="#FFFFFF")


def rows(texts: list[str], id: str) -> list[Text]:
    """Rows to click, ``id_0`` the first."""
    return [Text(text, id=f"{id}_{n}") for n, text in enumerate(texts)]


def dim(pen: Any) -> None:
    """A scrim."""
    pen.rect(0, 0, pen.width, pen.height, colour="#99000000")
