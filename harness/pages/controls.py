"""The controls of a page, each with its words, its place, its kind and what it promises."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from harness.dialogs.act_likelihood import ALONE, likelihood
from harness.dialogs.close_marks import names_back, names_close
from harness.dialogs.danger import begins_anew, is_dangerous, only_tells, opens_editor
from harness.dialogs.dialog_words import plain
from harness.dialogs.matcher import is_back
from harness.dialogs.promises import names_column
from harness.dialogs.refusal import says_no
from harness.dialogs.spoken_labels import taken_apart
from harness.dialogs.user_acts import is_noun, is_order, leads_on, leads_to_order, says_nothing, sends_there
from harness.dialogs.word_patterns import WordFile, has_price
from harness.pages.act_bars import Place, is_act_there, is_called_tab, place_of, with_drawings
from harness.pages.agreement_boxes import words_beside
from harness.pages.control_promises import promised, told_alike, without_choices
from harness.pages.main_acts import commits
from harness.pages.view_structure import cell_of, cut_rows, drawn_id, id_parts, in_front, is_advert, is_list, rows_of, shape, unnumbered
from harness.parsers.hierarchy import Node
from harness.parsers.touch_order import covered, holds, is_behind, is_shut_off, middle, over
from harness.parsers.tree_cache import once_for_a_tree

WORDS_LENGTH = 40
TAB_SHARE = 0.86
"""What stands below this share of the window beside two of its like is a tab [PROJECT]."""
HEAD_SHARE = 0.2
"""The head of a page takes so much of its window [PROJECT]."""
BLANK_SHARE = 0.5
"""A web page that takes more than this share of its window is the page [PROJECT]."""
LEAST_SHAPES = 4
"""A skeleton has so many shapes at least [PROJECT]."""
TABS = 3
"""A tab bar has at least so many (Material Design: three to five destinations)."""
CONTROLS = WordFile("controls.toml")
_OUTSIDE = "outside"  # touch_outside: what lies behind a bottom sheet (design_bottom_sheet_dialog.xml)
_PROGRESS = re.compile(r"\D{0,4}\d{1,3}(\.\d+)?\s?%\D{0,2}")
_NUMBER_IDS = frozenset({"phone", "mobile", "tel", "code", "captcha", "number", "amount", "sms"})


class Kind(StrEnum):
    """The kind of a control."""

    BUTTON = "button"
    TAB = "tab"
    ROW = "row"
    FIELD = "field"
    SWITCH = "switch"
    BACK = "back"
    CLOSE = "close"


_PROMISELESS = (Kind.BACK, Kind.CLOSE, Kind.FIELD)


@dataclass(frozen=True, slots=True)
class Control:
    """A control of a page.

    ``key`` names it on its screen, also when its place or the numbers in its text change. ``text`` is its text, else
    its description, else the words inside it. ``rows`` names the list that a row is of, empty for all else. ``node`` is
    the view itself, ``centre`` where to tap: its middle, or another place of it where that belongs to another view.
    """

    key: str
    kind: Kind
    text: str
    id: str
    node: Node
    centre: tuple[int, int]
    promises: tuple[str, ...] = ()
    dangerous: bool = False
    checked: bool = False
    rows: str = ""

    @property
    def numeric(self) -> bool:
        """Whether a field wants digits, by its hint or id."""
        return bool(_NUMBER_IDS & id_parts(self.id)) or any(word in plain(self.text) for word in CONTROLS.words("field.numbers"))


def controls(roots: Sequence[Node], package: str) -> list[Control]:
    """The controls of the app's topmost window, in the order of the tree; of equal ones the first.

    Rows that differ in numbers alone are told apart where several are in sight.
    """
    return list(_controls_of(tuple(roots), package))


@once_for_a_tree
def _controls_of(roots: tuple[Node, ...], package: str) -> tuple[Control, ...]:
    window = in_front(roots, package)
    if window is None:
        return ()
    found: list[Control] = []
    whole: set[tuple[int, int, int, int]] = set()  # where views are that are a row, or most of one
    unnamed = fields = 0
    pressed = list(_pressable(window, window, "", ()))
    alike = told_alike(window)
    for node, rows, layers, row in pressed:
        pieces = _pieces(node)
        label = taken_apart(" ".join(pieces))
        words = (label.caption or (words_beside(node, window) if node.checkable else ""))[:WORDS_LENGTH]
        unnamed += not (words or node.short_id)
        place = _place(node, layers)
        if place is None:
            continue  # all of it is other controls, or lies below some: a press would be one of theirs
        kind = Kind.TAB if label.tab else _kind(node, words, rows, window)
        name = f"{unnumbered(node.short_id) if rows else node.short_id}|{unnumbered(words)}"
        if kind is Kind.FIELD:  # its words are what was typed
            name = f"{node.short_id}|{fields}"
        cell = row and cell_of(row, node, window)
        beside = _title(cell) if cell is not None and not words else ""
        if beside:  # the picture of a row is another one where the row says something else
            key = f"{kind}|{name if node.short_id else node.class_name}|{beside}"
        else:
            key = f"{kind}|{name}" if words or node.short_id else f"{kind}|{node.class_name}|{unnamed}"
        told = words and (kind is Kind.CLOSE or (kind is Kind.ROW and node.children and not says_nothing(words)))
        id = "" if told else node.short_id or drawn_id(node)  # a cross and a row are one whatever the id is about: gift_close
        said = "" if node.description in alike else words
        control = Control(
            key=key,
            kind=kind,
            text=words,
            id=node.short_id,
            node=node,
            centre=place,
            promises=promised(words if node.checkable else label.caption, node, window) if kind not in _PROMISELESS else (),
            dangerous=kind is not Kind.FIELD
            and (is_dangerous(said, id) or (len(pieces) > 1 and _has_order(node)) or _costs(node, words, rows, pressed)),
            checked=node.checked,
            rows=rows,
        )
        fields += kind is Kind.FIELD
        if cell is not None and 2 * node.area > cell.area:
            whole.add(node.bounds)
        found.append(control)
    placed = with_drawings(_placed(without_choices(found), window))
    texts = {(control.key, control.text) for control in placed if control.node.bounds in whole}
    numbered = Counter(key for key, _ in texts)  # 第 1 辑, 第 2 辑
    first: dict[str, Control] = {}
    for control in placed:
        told_apart = numbered[control.key] > 1 and control.node.bounds in whole
        key = f"{control.key}|{control.text}" if told_apart else control.key
        first.setdefault(key, replace(control, key=key))
    return tuple(_with_editors(list(first.values())))


def _placed(found: list[Control], window: Node) -> list[Control]:
    """The controls, each with what its place tells of it: 关注 among tabs is no act, a bar of acts no tab bar."""
    placed: list[Control] = []
    unknown: list[int] = []
    acts = {id(inner) for control in found if control.dangerous for inner in control.node.walk()}
    for at, control in enumerate(found):
        if says_nothing(control.text) and (id(control.node) in acts or _wraps(control.node, acts)):
            placed.append(replace(control, dangerous=True))  # a part of the control with the words, or only a frame round it
            continue
        if (field := _field_beside(control, found)) is not None:
            sends = (
                control.dangerous
                or is_order(control.text, control.promises)
                or sends_there(control.text, control.id, filled=_is_low(field, window) and (bool(control.text) or _is_filled(field)))
                or commits(control, found, window)
            )
            placed.append(replace(control, kind=Kind.BUTTON, dangerous=sends))
            continue
        tab = control.kind is Kind.TAB
        place = place_of(control, found, window, tab=tab) if tab or control.kind in (Kind.BUTTON, Kind.ROW) else Place.OPEN
        if place in (Place.ACT, Place.BESIDE_ACTS):
            placed.append(replace(control, kind=Kind.BUTTON if tab else control.kind, dangerous=place is Place.ACT))
        else:
            way = replace(control, promises=()) if names_column(control.text) else replace(control, dangerous=False)
            placed.append(way if place is Place.WAY else control)
            unknown += [at] if place is Place.OPEN and control.kind in (Kind.BUTTON, Kind.ROW) and not control.dangerous else []
    if any(control.dangerous != known.dangerous for control, known in zip(placed, found, strict=True)):
        for at in unknown:  # beside what its place made an act, as 排一首 beside 抱我上麦
            placed[at] = replace(placed[at], dangerous=is_act_there(placed[at], placed, window))
    return placed


def _wraps(node: Node, acts: set[int]) -> bool:
    """Whether all that a view shows are parts of acts."""
    leaves = [each for child in node.children for each in child.walk() if each.visible and each.area > 0 and not each.children]
    return bool(leaves) and all(id(each) in acts for each in leaves)


def _field_beside(control: Control, found: list[Control]) -> Control | None:
    """The field whose row a control ends, at its right: what stands there is no tab but does something to the text."""
    if control.kind not in (Kind.BUTTON, Kind.TAB):
        return None
    _, high = middle(control.node)
    row = [each for each in found if each.node.bounds[1] <= high < each.node.bounds[3]]
    if any(each.node.bounds[0] >= control.node.bounds[2] for each in row):
        return None
    fields = (each for each in row if each.kind is Kind.FIELD and each.node.bounds[2] <= control.node.bounds[0] + each.node.box[3] // 4)
    return next(fields, None)


def _is_low(field: Control, window: Node) -> bool:
    """Whether a field is for words, and no search, which stands in the head of its page."""
    return middle(field.node)[1] >= window.bounds[1] + window.box[3] * HEAD_SHARE and not field.numeric


def _is_filled(field: Control) -> bool:
    """Whether a field holds a text that somebody wrote to send it, so far as the dump tells a text from a hint."""
    node = field.node
    return bool(node.text) and node.text != node.hint and (bool(node.hint) or node.focused)


def _with_editors(found: list[Control]) -> list[Control]:
    """发布 beside the tabs of a page without a field, or with a plus or an arrow, opens the page where one writes."""
    written = min((control.node.bounds[1] for control in found if control.kind is Kind.FIELD), default=None)
    tabs = sum(control.kind is Kind.TAB for control in found) >= TABS

    def opens(control: Control) -> bool:
        if written is not None:
            return begins_anew(control.text) and control.node.bounds[3] <= written  # a comment
        leads = tabs or is_called_tab(control.node) or leads_on(control.text)
        return opens_editor(control.text) if leads else begins_anew(control.text)

    return [replace(control, dangerous=False) if opens(control) else control for control in found]


def is_loading(roots: Sequence[Node], package: str) -> bool:
    """Whether the page shows how far something has come, and has nothing to press but what leaves it.

    So are a blank web page and a skeleton, the shapes of what will stand there. It will go on by itself.
    """
    if _blank_web(roots, package):
        return True
    kinds = {control.kind for control in controls(roots, package)} - {Kind.BACK, Kind.CLOSE}
    return (not kinds and shows_progress(roots, package)) or (kinds <= {Kind.TAB} and _is_skeleton(roots, package))


def _is_skeleton(roots: Sequence[Node], package: str) -> bool:
    """Whether between head and foot of the topmost window stand several shapes, and not a word."""
    window = in_front(roots, package)
    if window is None:
        return False
    _, top, _, bottom = window.bounds
    head, foot = top + (bottom - top) * HEAD_SHARE, top + (bottom - top) * TAB_SHARE
    between = [node for node in window.walk() if node.visible and node.area > 0 and head <= middle(node)[1] < foot]
    shapes = sum(not node.children for node in between)
    return shapes >= LEAST_SHAPES and not any(node.text or node.description for node in between)


def _blank_web(roots: Sequence[Node], package: str) -> bool:
    """Whether most of the topmost window is a web page without a word and without a control: it is being loaded."""
    window = in_front(roots, package)
    if window is None:
        return False
    seen = [node for node in window.walk() if node.visible and node.area > 0]
    web = next((node for node in seen if node.class_name.endswith("WebView") and node.area > window.area * BLANK_SHARE), None)
    if web is None:
        return False
    says = (node for node in seen if node.area < web.area and (node.text or node.description or node.pressable))
    return not any(holds(web, middle(node)) for node in says)


def shows_progress(roots: Sequence[Node], package: str) -> bool:
    """Whether the page shows how far something has come, whatever can be pressed on it."""
    window = in_front(roots, package)
    if window is None:
        return False
    seen = [node for node in window.walk() if node.visible]
    moving = any(node.class_name.endswith("ProgressBar") for node in seen)
    texts = [plain(node.text) for node in seen if node.text and not node.pressable]  # 存 10% may be an answer
    return moving or any(_PROGRESS.fullmatch(text) or text.startswith(CONTROLS.words("loading.begins")) for text in texts)


def scrolling(roots: Sequence[Node], package: str) -> Node | None:
    """The largest part of the app's topmost window that a swipe moves up, None where there is none."""
    window = in_front(roots, package)
    parts = [node for node in window.walk() if node.visible and node.scrollable and node.box[3] > node.box[2] * 0.3] if window else []
    return max(parts, key=lambda node: node.area, default=None)


def _pressable(
    node: Node, window: Node, rows: str, layers: tuple[Node, ...], within: str = "", row: Node | None = None
) -> Iterator[tuple[Node, str, tuple[Node, ...], Node | None]]:
    """Yield each view that takes a press, its list, what is drawn over it, and its row; adverts are left alone.

    What stands in a row is of the list of its like: all hearts of a feed are one kind, whatever their rows say.
    """
    if not node.visible or node.area <= 0 or is_advert(node, window):
        return
    held = node.held and not (node.scrollable or is_list(node))  # a list is held for its rows
    if node.enabled and (node.clickable or held or node.class_name.endswith("EditText")):
        part = unnumbered(node.short_id) or shape(node, window)[:40]
        yield node, rows or (f"{within}>{part}" if within else ""), layers, row
        rows, within = "", rows or within
    own_rows = {id(row): f"{node.short_id or node.class_name}/{shape(row, window)[:60]}" for row in rows_of(node, window)}
    cut = {id(row) for row in cut_rows(node)}
    for child in node.children:
        later = over(node, child)
        if id(child) in cut or is_behind(child, later, window) or is_shut_off(child, node):
            continue
        shape_of_row, own_row = own_rows.get(id(child), rows), child if id(child) in own_rows else row
        above = (*layers, *later)
        if id(child) in own_rows and is_list(node) and not _holds_press(child):
            yield child, shape_of_row, above, child  # a list takes the press for its row (AdapterView.OnItemClickListener)
        else:
            yield from _pressable(child, window, shape_of_row, above, within, own_row)


def _place(node: Node, layers: Sequence[Node]) -> tuple[int, int] | None:
    """Where a press is taken by the view itself: its middle, a text in it, or near a corner.

    None where controls inside it, or the layers over it, take all.
    """
    inner = [each for child in node.children for each in child.walk() if each.visible and each.clickable and each.area > 0]
    if not inner and not covered(middle(node), layers):
        return middle(node)
    texts = [middle(each) for child in node.children for each in child.walk() if each.visible and each.text and not each.clickable]
    x, y, width, height = node.box
    corners = [(x + width * across // 20, y + height * down // 20) for down in (1, 19) for across in (1, 19)]
    free = (place for place in (middle(node), *texts, *corners) if not any(holds(each, place) for each in inner))
    return next((place for place in free if not covered(place, layers)), None)


def _title(row: Node) -> str:
    """The longest text of a row, without its numbers: what it is about."""
    texts = (unnumbered(each.text) for each in row.walk() if each.visible and each.text)
    return max(texts, key=len, default="")[:WORDS_LENGTH]


def _holds_press(node: Node) -> bool:
    """Whether something in a row takes the press itself: a control, or rows of its own in a page of ViewPager2."""
    return any(inner.clickable or inner.held or is_list(inner) for inner in node.walk())


def _pieces(node: Node) -> list[str]:
    """The text or description of a view, else the words of the views inside it that take no press of their own.

    The words of an icon and its caption, as 赞 and 赞, are one piece.
    """
    if node.text or node.description:
        return [node.text or node.description]
    pieces: list[str] = []
    for inner in _worded(node):
        words = inner.text or inner.description
        if not any(plain(words).startswith(plain(piece)) for piece in pieces):
            pieces.append(words)
        if len(pieces) == 3:
            break
    return pieces


def _worded(node: Node) -> Iterator[Node]:
    """The views with words inside a view that take no press of their own."""
    waiting = list(reversed(node.children))
    while waiting:
        inner = waiting.pop()
        if inner.clickable or not inner.visible:
            continue
        if inner.text or inner.description:
            yield inner
        waiting.extend(reversed(inner.children))


def _costs(node: Node, words: str, rows: str, pressed: Sequence[tuple[Node, *tuple[object, ...]]]) -> bool:
    """Whether a button, or a word outside of lists, has its price on it; a row of goods leads to their page."""
    if not has_price(words) or leads_to_order(words):
        return False
    like = (each for each, *_ in pressed if each is not node and each.bounds[::2] == node.bounds[::2])
    listed = bool(rows) or any(each.class_name == node.class_name for each in like)
    return node.class_name.endswith("Button") or (node.class_name.endswith("TextView") and not node.children and not listed)


def _has_order(node: Node) -> bool:
    """Whether what stands in one line with other words of a control is an order: 直播 19:40 立即预约."""
    line = [each.text or each.description for each in _worded(node) if each.bounds[1] <= middle(node)[1] < each.bounds[3]]
    arrow = next((each for each in line if says_nothing(each) and leads_on(each)), "")  # 联系电话 with one leads to a page of numbers
    return len(line) > 1 and any(is_dangerous(each + arrow) and not (is_noun(each) or only_tells(each)) for each in line)


def _kind(node: Node, words: str, rows: str, window: Node) -> Kind:
    parts = id_parts(node.resource_id)
    if node.class_name.endswith("EditText"):
        return Kind.FIELD
    if node.checkable and not node.class_name.endswith("RadioButton"):
        return Kind.SWITCH
    if is_back(words) or (not words and names_back(node, window)):
        return Kind.BACK
    no = not words or (says_no(words) and likelihood(words) <= ALONE)  # 取消本次服务 closes nothing, though its id is btn_cancel
    if plain(words) in CONTROLS.words("close.words") or (no and (_OUTSIDE in parts or names_close(node.resource_id))):
        return Kind.CLOSE
    if rows:
        return Kind.ROW
    low = node.bounds[1] >= window.bounds[1] + window.box[3] * TAB_SHARE
    narrow = node.box[2] <= window.box[2] * 0.34
    if (low and narrow) or node.class_name.endswith(("RadioButton", "TabView")) or {"tab"} & parts:
        return Kind.TAB
    return Kind.BUTTON
