"""Interruptions: adverts, guides and offers that an app lays over its pages, and what closes each with a no.

What asks for a permission or for consent to a privacy policy is none: ``harness.dialogs.matcher`` tells those.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from harness.config import once_a_config
from harness.dialogs.close_marks import cross_of, is_close_mark, names_close
from harness.dialogs.danger import is_dangerous, speaks_of_danger
from harness.dialogs.dialog_words import has_any, plain
from harness.dialogs.dialog_words import words as dialog_words
from harness.dialogs.promises import promises_of
from harness.dialogs.skip_button import find_skip_view, is_skip
from harness.dialogs.word_files import table as table_of
from harness.dialogs.word_patterns import WordFile
from harness.errors import CatalogueError
from harness.events import DialogKind, InterruptionKind
from harness.events.box import centre
from harness.language import _
from harness.pages.advert_parts import seen_in
from harness.pages.look import Look
from harness.pages.own_parts import NARROW_SHARE, is_own_part, open_drawer
from harness.pages.page_layers import (
    FEW,
    MANY,
    MODAL_SHARE,
    caption_of,
    card_over,
    controls_in,
    is_of_strip,
    layer_of,
    leads_back,
    page_in_front,
)
from harness.pages.pagers import is_guide
from harness.pages.view_structure import own_windows
from harness.parsers.hierarchy import Node
from harness.parsers.touch_order import screen_of

FORCED = InterruptionKind.FORCED_UPDATE
"""The kind of an update that cannot be refused: nothing closes it, and what it hides is not known."""
OFFERS = (InterruptionKind.UPDATE, InterruptionKind.TEENAGER, InterruptionKind.RATING, InterruptionKind.COUPON)
"""Kinds that fill a page of their own and are closed by a no."""
TOLD = (InterruptionKind.NOTICE, InterruptionKind.GUIDE, InterruptionKind.TEENAGER)
"""Kinds that only tell something: their one button closes them, whatever it says."""
UNTOLD = (InterruptionKind.OTHER, InterruptionKind.NOTICE, InterruptionKind.GUIDE)
"""Kinds that words like 提示 and 推荐 make: what a layer of these is, who opened it says better."""
ANSWERS = 2
"""Controls beside the yes of a question at most [PROJECT]: what has more to press is a form or a choice."""
SETS = ("SeekBar", "Slider", "NumberPicker", "TimePicker", "DatePicker")
"""How the classes of views end by which something is set."""
SKIP_SIGNS = 8
"""Signs of the caption of a skip button at most, with what it counts [PROJECT]."""
_FILE = WordFile("interruptions.toml")


@dataclass(frozen=True, slots=True)
class Interruption:
    """One interruption: its kind, its words, and the control that closes it. ``box`` is None where nothing does.

    ``button`` is the control's text or description, else its resource id; ``box`` its x, y, width and height in screen
    pixels. ``action`` is ``tap`` or, for a guide that only turns its pages, ``swipe`` across the box. ``beside`` is a
    place of the screen that a layer leaves free, None where there is none; ``layer`` is False for a whole page.
    """

    kind: InterruptionKind
    text: str
    button: str = ""
    box: tuple[int, int, int, int] | None = None
    action: str = "tap"
    beside: tuple[int, int] | None = None
    layer: bool = False

    @property
    def says_no(self) -> bool:
        """Whether its button closes by its words or as a mark, and is not the only one of whatever words: 立即体验."""
        named = self.button.isascii() and self.button.replace("_", "").isalnum() and self.button == self.button.lower()
        return named or says_no(self.kind, self.button) or is_skip(self.button)

    @property
    def centre(self) -> tuple[int, int]:
        """Where to tap; (0, 0) where nothing closes it."""
        return centre(self.box or (0, 0, 0, 0))


@dataclass(frozen=True, slots=True)
class _Words:
    about: dict[InterruptionKind, tuple[str, ...]]
    negative: dict[InterruptionKind, frozenset[str]]
    confirms: frozenset[str]


@once_a_config
def _words() -> _Words:
    data = table_of("interruptions.toml")
    try:
        always = {_bare(word) for word in (*data["any"]["negative"], *data["any"]["descriptions"])}
        kinds = {InterruptionKind(kind): table for kind, table in data["kinds"].items()}
        return _Words(
            {kind: tuple(_bare(word) for word in table["about"]) for kind, table in kinds.items()},
            {kind: frozenset(always | {_bare(word) for word in table["negative"]}) for kind, table in kinds.items()},
            frozenset(_bare(word) for word in data["any"]["confirms"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise CatalogueError(_("interruptions.toml: {error}", error=error)) from None


@once_a_config
def _said(what: str) -> tuple[str, ...]:
    """The bare words of a list of the table ``any``."""
    return tuple(_bare(word) for word in _FILE.words(f"any.{what}"))


def kind_of(text: str) -> InterruptionKind:
    """The kind of interruption that words are of, ``other`` when they name none."""
    words = _bare(text)
    return next((kind for kind, about in _words().about.items() if any(word in words for word in about)), InterruptionKind.OTHER)


def says_no(kind: InterruptionKind, text: str, resource_id: str = "") -> bool:
    """Whether a control closes an interruption of this kind without taking its offer."""
    catalogue = _words()
    words = _bare(text)
    if kind is InterruptionKind.UPDATE and words.startswith(_said("postpones")):
        return True
    if words:
        words = f"{words[:-1]}{_FILE.words('any.particle')[0]}" if words.endswith(_said("particles")) else words
        return words in catalogue.negative.get(kind, catalogue.negative[InterruptionKind.NOTICE])
    return names_close(resource_id)


def find_interruption(look: Look, package: str, *, opened: bool = False, turned: bool = False) -> Interruption | None:
    """Return what lies over the pages of ``package``, but for what asks for a permission or consent, or None.

    A layer that our own press ``opened`` and that offers something is a function to use and interrupts nothing, unless
    its own words say what it is: an advert, an update. ``turned``: a page of a guide was turned to the side before, so
    its last one may have a button of any words.
    """
    if look.dialog is not None and look.dialog.kind is not DialogKind.OTHER:
        return None
    roots = [root for root in look.roots if root.package == package]
    if not roots:
        return None
    page = page_in_front(own_windows(roots, package)[-1])
    if open_drawer(page, screen_of(look.roots)) is not None:
        return None
    card = card_over(page, look)
    if card is not None and opened and _is_function(card):
        return None
    if card is not None and kind_of(_text(card)) in UNTOLD and is_own_part(card, card.box, screen_of(look.roots)):
        return None
    if card is not None and _skips(_text(card)):
        card = None  # it has nothing but the page's own 跳过, as over the picture of a splash
    found = _close(card, page) if card is not None else _whole_page(page, opened=opened, turned=turned)
    if found is not None and card is not None:
        found = replace(found, layer=True, beside=place_beside(card, screen_of(look.roots)))
    asks = found is not None and found.kind is InterruptionKind.GUIDE and has_any(plain(found.text), dialog_words()["own"]["permission"])
    return None if asks else found  # a page that explains its permission is a function, and 开始使用 on it asks


def _skips(text: str) -> bool:
    """Whether words are those of a skip button and nothing else."""
    return _bare(text).startswith(_said("skips")) and len(_bare(text)) <= SKIP_SIGNS


def _is_function(card: Node) -> bool:
    """Whether a layer is a form, or offers ways to go on: more than one, or one that is no mere yes to a question."""
    kind = kind_of(_text(card))
    if any(_is_field(node) or node.class_name.endswith(SETS) for node in card.walk()):
        return True
    if kind not in UNTOLD:
        return False
    offers = [label for node in controls_in(card) if not says_no(kind, label := caption_of(node), node.resource_id)]
    return len(offers) > 1 or (len(offers) == 1 and (not only_confirms(offers[0]) or _leads_on(card, offers[0])))


def _leads_on(card: Node, label: str) -> bool:
    """Whether a yes only goes on: 继续 below 拍下故障部位, not below a question about what is never done."""
    return _bare(label) in _said("leads_on") and not speaks_of_danger(_text(card))


def only_confirms(label: str) -> bool:
    """Whether a control only says yes to what its layer asks: 确定, 确认交换."""
    return _bare(label) in _words().confirms or _bare(label).startswith(_said("confirms_begin"))


def confirmations(look: Look, package: str) -> frozenset[tuple[int, int, int, int]]:
    """The boxes of the controls that say yes to a question over the page: to what, their words do not tell.

    Empty where the question is about a permission or consent, and where there is nothing else to press on it.
    """
    roots = [root for root in look.roots if root.package == package]
    if not roots or (look.dialog is not None and look.dialog.kind is not DialogKind.OTHER):
        return frozenset()
    card = card_over(page_in_front(own_windows(roots, package)[-1]), look)
    controls = list(controls_in(card)) if card is not None else []
    yes = [node for node in controls if card is not None and only_confirms(caption_of(node)) and not _leads_on(card, caption_of(node))]
    others = sum(bool(caption_of(node)) and not only_confirms(caption_of(node)) for node in controls)
    return frozenset(node.box for node in yes) if 0 < others <= ANSWERS else frozenset()


def menu_in_front(look: Look, package: str) -> Node | None:
    """The drawer, menu or sheet over the page in front, None where the page itself is."""
    own = own_windows(look.roots, package)
    page = page_in_front(own[-1]) if own else None
    return None if page is None else open_drawer(page, screen_of(look.roots)) or card_over(page, look)


def place_beside(card: Node, screen: tuple[int, int]) -> tuple[int, int] | None:
    """A place above a layer, else below it or at its side, where it leaves enough of the screen free to touch."""
    width, height = screen
    while card.area >= width * height * MODAL_SHARE and len(inside := [child for child in card.children if child.visible]) == 1:
        card = inside[0]  # a scrim of its own has the layer in it
    least = height // 10
    if card.bounds[1] >= 2 * least:  # the status bar takes the upper edge
        return width // 2, card.bounds[1] - least // 2
    if height - card.bounds[3] >= 2 * least:
        return width // 2, card.bounds[3] + least // 2
    left, right = card.bounds[0], width - card.bounds[2]
    return None if max(left, right) < width * (1 - NARROW_SHARE) else ((left if left > right else width + card.bounds[2]) // 2, height // 2)


def _close(card: Node, page: Node) -> Interruption | None:
    """How the card over the page is closed; a close mark often hangs below the card and not in it."""
    layer, text = layer_of(card, page), _text(card)
    fields = [node for node in card.walk() if _is_field(node)]
    only = [node for node in controls_in(card) if not _ends_search(node, fields)]
    kind = told = kind_of(text)
    if kind is InterruptionKind.OTHER:
        text = _text(layer)
        kind = kind_of(text)
    if kind is InterruptionKind.OTHER and card is not page and len(only) > FEW:
        return None  # a layer with the page's own controls
    closing = [node for node in only if _closes(node, kind)]
    button = min(closing, key=lambda node: _bare(caption_of(node)) not in _said("closes"), default=None)
    inside = {id(node) for node in card.walk()}
    beside = (node for node in controls_in(layer) if id(node) not in inside)
    outside = (node for node in beside if len(caption_of(node)) <= 2 or caption_of(node) in _FILE.words("any.outside"))
    button = button or next((node for node in outside if _closes(node, kind)), None)
    if button is None and len(only) > 1:
        button = cross_of(seen_in(card))
    if button is not None:
        return _found(kind, text, button)
    if kind is InterruptionKind.UPDATE and any(map(_updates, only)):
        others = [node for node in only if not _updates(node) and _only_turns(node)]
        return _found(kind, text, others[0]) if len(others) == 1 else Interruption(FORCED, text[:500])
    # only its own words make one control the way out: a ball that floats over a page of news has none
    tells = told in TOLD or (told is InterruptionKind.UPDATE and bool(only) and only_confirms(caption_of(only[0])))
    return _found(kind, text, only[0]) if len(only) == 1 and tells else None


def _closes(node: Node, kind: InterruptionKind) -> bool:
    return is_close_mark(node) or says_no(kind, caption_of(node), node.resource_id)


def _updates(node: Node) -> bool:
    """Whether a control begins the update that its card speaks of; 好的 below an answer of a help page does not."""
    label = _bare(caption_of(node))
    return not label or any(word in label for word in _said("updates"))


def _whole_page(window: Node, *, opened: bool, turned: bool) -> Interruption | None:
    """A page that is nothing but an interruption: a splash with 跳过, a guide, an offer on a page of its own.

    A page that our own press ``opened`` is a guide by its words alone: its one button may be what it was opened for.
    """
    if any(_is_field(node) for node in window.walk()):
        return None
    text = _text(window)
    skip = find_skip_view(window.walk(), window.box)
    if skip is not None and not is_of_strip(skip, window):  # an advert may have many controls, painted ones above all
        return _found(_skipped(text), text, skip)
    pressable = list(controls_in(window))
    own = leads_back(window)  # a page of the app's own, whatever it offers
    if kind_of(text) is InterruptionKind.PAYWALL and len(pressable) <= MANY:
        button = next((node for node in pressable if says_no(InterruptionKind.PAYWALL, caption_of(node), node.resource_id)), None)
        return _found(InterruptionKind.PAYWALL, text, button) if button is not None else None
    if len(pressable) > FEW or own:
        return None
    for node in pressable:
        words = _bare(caption_of(node))
        if _skips(words):
            return _found(_skipped(text), text, node)
        if _is_marked(window):
            continue  # 立即体验 leads on from an advert
        guides = _words().negative[InterruptionKind.GUIDE] - _words().negative[InterruptionKind.NOTICE]
        if words in guides or (len(pressable) == 1 and words in _said("onward")):
            return _found(InterruptionKind.GUIDE, text, node)
    kind = kind_of(text)
    if kind in OFFERS and pressable:
        button = next((node for node in pressable if says_no(kind, caption_of(node), node.resource_id)), None)
        if button is not None:
            return _found(kind, text, button)
        if kind is InterruptionKind.UPDATE and all(
            _bare(caption_of(node)) in _words().about[InterruptionKind.UPDATE] for node in pressable
        ):
            return Interruption(FORCED, text[:500])
    if not opened and kind in UNTOLD and len(pressable) == 1 and is_guide(window, turned=turned) and _only_turns(pressable[0]):
        return _found(InterruptionKind.GUIDE, text, pressable[0])
    pager = next((node for node in window.walk() if node.scrollable and "Pager" in node.class_name), None)
    if pager is not None and not pressable and pager.area > window.area * MODAL_SHARE:
        return Interruption(InterruptionKind.GUIDE, text[:500], "", pager.box, "swipe")
    return None


def _is_marked(window: Node) -> bool:
    """Whether a page calls itself an advert, in a line of its own."""
    marks = _words().about[InterruptionKind.ADVERT]
    return any(_bare(node.text or node.description) in marks for node in window.walk() if node.visible)


def _only_turns(node: Node) -> bool:
    """Whether the one control of a guide's page is its button, whatever it says: no promise, and no harm."""
    words = caption_of(node)
    return not promises_of(words, node.short_id) and not is_dangerous(words, node.short_id)


def _skipped(text: str) -> InterruptionKind:
    """What it is that has 跳过: a guide by its words, else an advert."""
    return InterruptionKind.GUIDE if kind_of(text) is InterruptionKind.GUIDE else InterruptionKind.ADVERT


def _is_field(node: Node) -> bool:
    return node.class_name.endswith("EditText")


def _ends_search(node: Node, fields: Sequence[Node]) -> bool:
    """Whether a no stands beside a field, to its right: it empties the search, and closes no page."""
    return any(
        field.bounds[1] < node.bounds[3] and field.bounds[3] > node.bounds[1] and field.bounds[0] < node.bounds[0] for field in fields
    )


def _found(kind: InterruptionKind, text: str, node: Node) -> Interruption:
    return Interruption(kind, text[:500], caption_of(node) or node.short_id, node.box)


def _text(node: Node) -> str:
    return " ".join(inner.text or inner.description for inner in node.walk() if inner.visible and (inner.text or inner.description))


def _bare(text: str) -> str:
    """Words alone, for comparison: no spaces, digits, signs."""
    return _FILE.pattern("signs").sub("", plain(text))
