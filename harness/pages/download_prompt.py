"""The app's own question whether an app is to be loaded, and what pauses the load that runs then. Pure."""

from collections.abc import Collection

from harness.dialogs.dialog_words import plain
from harness.events import ControlRole, DialogKind, InterruptionKind
from harness.pages.advert_parts import words_on
from harness.pages.advert_signs import Signs
from harness.pages.advert_words import ADVERTS, role_of, says
from harness.pages.interruptions import kind_of
from harness.pages.look import Look
from harness.pages.page_layers import card_over, page_in_front
from harness.pages.view_structure import own_windows
from harness.parsers.hierarchy import Node

YES = (ControlRole.LOAD, ControlRole.FAST_LOAD, ControlRole.CONFIRM, ControlRole.RESUME)
MOST_CONTROLS = 4
"""Controls of a question at most [PROJECT]: a page that offers apps has more."""


def load_question(look: Look, package: str, *, updates: bool = False) -> Node | None:
    """The yes of a question over the page about a load, None where nothing asks, or there is no no beside it.

    The app's own update asks nothing about what was pressed before it came: it is none but where ``updates`` are too.
    """
    windows = own_windows(look.roots, package)
    if not windows or (look.dialog is not None and look.dialog.kind is not DialogKind.OTHER):
        return None
    card = card_over(page_in_front(windows[-1]), look)
    if card is None or (not updates and kind_of((signs := Signs(card)).text) is InterruptionKind.UPDATE and not signs.marked):
        return None
    shown = [node for node in card.walk() if node.visible and node.area > 0]
    pressable = [node for node in shown if node.clickable and words_on(node)]
    told = " ".join(words_on(node) for node in shown if words_on(node) and node not in pressable)
    if len(pressable) > MOST_CONTROLS or not (says(told, "load", "verbs") or ADVERTS.pattern("size_to_load").search(told)):
        return None
    refuses = any(role_of(words_on(node)) in (ControlRole.CANCEL, ControlRole.CLOSE) for node in pressable)
    yes = [node for node in pressable if role_of(words_on(node)) in YES or plain(words_on(node)) in ADVERTS.words("load.question_yes")]
    return yes[0] if yes and refuses else None


def pause_button(look: Look, packages: Collection[str]) -> Node | None:
    """What pauses a load that runs: 暂停, 暂停 12%; in a window of one of the packages."""
    nodes = (node for root in look.roots if root.package in packages for node in root.walk() if node.visible and node.area > 0)
    return next((node for node in nodes if words_on(node) and _pauses(words_on(node))), None)


def cancel_button(look: Look, package: str) -> Node | None:
    """What calls a load off on a page of the app's own that does not pause it: 取消下载."""
    nodes = (node for root in look.roots if root.package == package for node in root.walk() if node.visible and node.pressable)
    return next((node for node in nodes if plain(words_on(node)) in ADVERTS.words("load.cancel")), None)


def _pauses(words: str) -> bool:
    return role_of(words) is ControlRole.PAUSE or words.strip().casefold() in ADVERTS.words("run.notification_pause")
