"""A page of someone else's that offers to load one app: of a store, of a browser's download, of the installer."""

from dataclasses import dataclass, fields
from typing import Any

from harness.dialogs.dialog_words import has_any, plain
from harness.dialogs.walls import is_login
from harness.events import ControlRole
from harness.events.delivery_events import StorePageText
from harness.pages.advert_app_info import is_name, title_of, told_in
from harness.pages.advert_parts import id_words, words_on
from harness.pages.advert_signs import Signs
from harness.pages.advert_words import loads, role_of, words_of
from harness.pages.look import Look
from harness.parsers.hierarchy import Node

TEXT_LENGTH = 2000
BUTTONS = (ControlRole.LOAD, ControlRole.FAST_LOAD, ControlRole.PAUSE, ControlRole.RESUME)
_SYSTEM = ("com.android.systemui",)


@dataclass(frozen=True, slots=True, kw_only=True)
class StorePage(StorePageText):
    """A page about one app in a window of ``package``.

    ``login``: it wants an account before it loads anything. ``installer``: the system's page that installs a file.
    """

    told: tuple[tuple[str, str], ...] = ()
    login: bool = False
    installer: bool = False

    def fields_of_event(self) -> dict[str, Any]:
        """Return the keyword arguments of StorePageSeen."""
        return {field.name: getattr(self, field.name) for field in fields(StorePageText)}


def find_store_page(look: Look, own: str = "") -> StorePage | None:
    """The store's page, the download prompt or the installer's page in front, None for any other window.

    ``own`` is the app under test: its own pages are none, whatever they offer.
    """
    windows = [root for root in look.roots if root.visible and root.package not in (*_SYSTEM, own)]
    return next((page for root in reversed(windows) if (page := _page(root)) is not None), None)


def _page(root: Node) -> StorePage | None:
    signs = Signs(root)
    store = root.package in words_of("store", "packages")
    installer = root.package in words_of("store", "installers") and has_any(plain(signs.text), words_of("store", "installs"))
    prompt = (
        has_any(plain(signs.text), words_of("store", "downloads")) and signs.roles[ControlRole.LOAD] + signs.roles[ControlRole.CONFIRM] > 0
    )
    rows = any(node.class_name.endswith(("ListView", "RecyclerView", "GridView")) and _loading_rows(node) > 1 for node in signs.nodes)
    login = any(is_login(line) for line in signs.lines if len(line) <= 8)
    told = dict(told_in(signs.nodes))
    shown = bool(signs.roles[ControlRole.LOAD] or signs.roles[ControlRole.FAST_LOAD])
    about_one = not rows and (signs.is_store or (store and (shown or len(told) > 1)))
    if not (about_one or installer or prompt or (store and login)):
        return None
    title = title_of([node for node in signs.nodes if node.class_name.rpartition(".")[2] != "EditText"])
    if "name" not in told and title is not None and (is_name(title.text) or installer):
        told["name"] = _app_name(signs) or title.text
    buttons = tuple(
        dict.fromkeys(words_on(node) for node in signs.nodes if node.pressable and _is_button(words_on(node), installer=installer))
    )
    return StorePage(
        package=root.package,
        name=told.get("name", "")[:200],
        developer=told.get("developer", ""),
        version=told.get("version", ""),
        buttons=buttons,
        text=signs.text[:TEXT_LENGTH],
        told=tuple(told.items()),
        login=login and not shown,
        installer=installer,
    )


def _is_button(words: str, *, installer: bool) -> bool:
    role = role_of(words) if words else None
    return role in BUTTONS or (installer and role is ControlRole.CONFIRM) or (role is ControlRole.OPEN and len(words) <= 4)


def _loading_rows(node: Node) -> int:
    return sum(any(words_on(inner) and loads(words_on(inner)) for inner in child.walk()) for child in node.children)


def _app_name(signs: Signs) -> str:
    """The name in the installer's page: the view that its layout calls so (app_name, app_snippet)."""
    named = (node for node in signs.nodes if node.text and ({"name", "snippet", "label"} & id_words(node)))
    return next((node.text for node in named), "")
