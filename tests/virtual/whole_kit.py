"""What the whole sample apps have in common: a page with a title bar, made from a table of what its views do.

Only who writes an app file reads this. The apps see the device's vocabulary and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from device_farm.virtual import Activity, Button, Column, Image, Row, Scroll, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from device_farm.virtual.vocabulary.widgets import Widget

Entry = tuple[str, ...]  # text, what a press does, value at the right


def entry(text: str, id: str, value: str = "") -> Row:
    """A row of a list that opens something."""
    return Row(Text(text), Row(), *([Text(value)] if value else []), Text("›"), id=id, clickable=True)


PICTURES = {  # what is drawn on an icon, by its id; others are plain areas of one colour
    "iv_back": "back", "iv_close": "close", "iv_scan": "scan", "iv_barcode": "scan", "iv_voice": "voice", "iv_setting": "settings",
    "iv_search": "search", "iv_contacts": "contacts", "iv_photo": "picture", "iv_picture": "picture", "iv_add_photo": "picture",
    "iv_camera": "scan", "iv_service": "message", "iv_locate": "location", "iv_more": "more", "iv_info": "more", "iv_shop": "home",
}  # fmt: skip


def icon(id: str) -> Image:
    """A small picture that is pressed; what it is for is in its id and its drawing only."""
    source = f"whole/icons/{PICTURES[id]}.png" if id in PICTURES else "#B0BEC5"
    return Image(source, id=id, width=96, height=96)


def over(*content: Widget, gravity: str) -> Column:
    """A card on a scrim that takes every touch beside it.

    The ids are those of BottomSheetDialog (Material Components).
    """
    card = Column(*content, background="#FFFFFFFF", id="design_bottom_sheet", clickable=True)
    return Column(card, background="#80000000", gravity=gravity, id="touch_outside", clickable=True)


def tabs(*names: str) -> Row:
    """The bar at the bottom: ``tab_0``, ``tab_1`` ..."""
    return Row(*(Column(Text(name), id=f"tab_{number}", clickable=True) for number, name in enumerate(names)), background="#FFF5F5F5")


class Page(Activity):
    """A page with a title bar.

    ``links``: what a press on an id does: the name of an activity opens it, ``"!支付"`` is a danger, ``"#文字"`` a
    toast, ``"<"`` goes back, an address leaves the app. ``rows``: entries below each other with the same in their
    second place. ``asks``: {id: (permission, its name, why)}: told in a dialog before the request. ``needs``: {id of a
    button: how many characters a field must have until it is enabled}.
    """

    title = ""
    rows: ClassVar[Sequence[Entry]] = ()
    links: ClassVar[dict[str, str]] = {}
    asks: ClassVar[dict[str, tuple[str, str, str]]] = {}
    needs: ClassVar[dict[str, int]] = {}
    wanted = ""

    def content(self) -> list[Widget]:
        """What is between the title bar and the rows."""
        return []

    def icons(self) -> list[Widget]:
        """What stands at the right of the title bar."""
        return []

    def on_create(self) -> None:
        self.put(self.title, *self.content(), *self.listed(self.rows))

    def listed(self, rows: Sequence[Entry]) -> list[Widget]:
        """Rows that do what their second word says, in a list that scrolls."""
        self.links |= {f"row_{n}": row[1] for n, row in enumerate(rows)}
        return [Scroll(*(entry(row[0], f"row_{n}", *row[2:]) for n, row in enumerate(rows)))] if rows else []

    def put(self, title: str, *content: Widget) -> None:
        """Show ``content`` below a title bar."""
        bar = Row(icon("iv_back"), Text(title), Row(), *self.icons(), gravity="center")
        self.root = Column(bar, *content)
        self.show(self.root)

    def on_click(self, id: str) -> None:
        if id in self.asks:
            self.wanted, name, why = self.asks[id]
            self.show_dialog(f"{name}权限使用说明", why, "继续", "暂不")
        elif id == "继续":
            self.request_permissions(self.wanted)
        elif not self.follow("<" if id == "iv_back" else self.links.get(id, "")):
            self.pressed(id)

    def follow(self, target: str) -> bool:
        """Do what ``links`` say; False where they say nothing."""
        if target == "<":
            self.finish()
        elif target.startswith("!"):
            self.danger(target[1:])
        elif target.startswith("#"):
            self.toast(target[1:])
        elif "://" in target:
            self.open_url(target)
        elif target:
            self.start_activity(target)
        return bool(target)

    def danger(self, word: str) -> None:
        """What a tester must never press was pressed."""
        self.app.prefs["pressed_danger"] = word
        self.toast(f"{word}成功")

    def pressed(self, id: str) -> None:
        """What else was clicked."""

    def on_text(self, id: str, text: str) -> None:
        for view in self.root.walk():
            if isinstance(view, Button) and view.id in self.needs:
                view.enabled = len(text) >= self.needs[view.id]
        self.invalidate()


class Sheet(Page):
    """Choices at the bottom of the screen, over what was there."""

    translucent = True

    def put(self, title: str, *content: Widget) -> None:
        self.root = over(Text(title), *content, Button("取消", "iv_back"), gravity="bottom")
        self.show(self.root)

    def pressed(self, id: str) -> None:
        if id == "touch_outside":
            self.finish()


def page(
    name: str,
    title: str,
    content: Callable[[], list[Widget]] | None = None,
    *,
    icons: Callable[[], list[Widget]] | None = None,
    base: type[Page] = Page,
    **attributes: Any,
) -> type[Page]:
    """An activity ``name`` without a life of its own, made from what is on it.

    Widgets are made anew for each one that opens.
    """
    made: dict[str, Any] = {"title": title, **attributes}
    for key, make in (("content", content), ("icons", icons)):
        if make is not None:
            made[key] = lambda self, make=make: make()
    return type(name, (base,), made)


class Advert(Activity):
    """A splash: the privacy dialog (``consent``) before everything, then an advert with a countdown, then ``go_on``."""

    launcher = True
    seconds = 5
    advert_url = "http://ads.example.com/"
    advert_text = "广告"

    def on_create(self) -> None:
        self.left = self.seconds
        if self.app.prefs.get("consented"):
            self.advert()
        else:
            self.consent()

    def consent(self) -> None:
        """Ask for the consent; ``agree`` when it is given."""
        raise NotImplementedError

    def agree(self) -> None:
        """The user agreed."""
        self.app.prefs["consented"] = True
        self.advert()

    def advert(self) -> None:
        """Show the advert and count."""
        self.skip = Text(f"跳过 {self.left}", id="tv_skip")
        self.show(Column(Row(Text("广告"), Row(), self.skip), Image("#FF7043", id="iv_ad", height=1700), Text(self.advert_text)))
        self.post_delayed(self.tick, 1)

    def tick(self) -> None:
        """A second of the countdown has passed."""
        self.left -= 1
        if self.left == 0:
            self.leave()
        elif self.left > 0:
            self.skip.text = f"跳过 {self.left}"
            self.invalidate()
            self.post_delayed(self.tick, 1)

    def leave(self) -> None:
        """The advert is over."""
        self.left = 0
        self.go_on()
        self.finish()

    def go_on(self) -> None:
        """Open what comes after it."""
        self.start_activity("Main")

    def on_click(self, id: str) -> None:
        if id == "tv_skip":
            self.leave()
        elif id == "iv_ad":
            self.open_url(self.advert_url)
        else:
            self.pressed(id)

    def pressed(self, id: str) -> None:
        """What else was clicked: the buttons of the consent."""
