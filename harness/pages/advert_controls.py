"""The controls of an advert or window: what can be touched on it, what each is, how large and how well to be seen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from harness.dialogs.close_marks import closes_nothing, is_close_mark
from harness.dialogs.dialog_words import plain
from harness.dialogs.matcher import is_back
from harness.dialogs.offers import tells_of_renewal
from harness.dialogs.pixel_nodes import PAINTED
from harness.dialogs.word_patterns import has_price
from harness.events import AdvertControl, ControlRole
from harness.events.box import Box, area, encloses, intersection
from harness.pages.advert_app_info import title_of
from harness.pages.advert_parts import MARK_SHARE, PICTURES, Views, id_words, is_picture, wordless_strip, words_on, words_seen
from harness.pages.advert_words import is_mark, loads, loads_anywhere, names_what, role_of, words_of
from harness.parsers.hierarchy import Node
from harness.parsers.touch_order import screen_of
from harness.vision.card_controls import find_close
from harness.vision.contrast import contrast_of, ink_height
from harness.vision.luma_thumbnails import Frame

SCREEN_DP = 412.0
"""How many dp wide a phone is taken to be where its density is not known [PROJECT]: they are 360 to 412, and the wider
one makes a control larger, in the app's favour."""
TICK_DP, CROSS_DP = 56.0, 64.0
"""The longest side of a picture that serves as a box to tick, and of a wordless cross with what takes its touch
[PROJECT]."""
PICTURE_SHARE, LARGEST = 0.12, 1.2
"""Of an advert, what a picture takes at least and at most [PROJECT]: less is an icon, more is the veil around it."""
ICON_HIGH = 0.6
"""Of a row's height, what the icon takes that is all it shows, at least [PROJECT]."""
MOST_CONTROLS = 16
"""Controls of one advert that are told at most [PROJECT]."""
SAID = (ControlRole.CLOSE, ControlRole.SKIP, ControlRole.LOAD, ControlRole.FAST_LOAD)
"""What is what its words say also where the tree does not call it clickable: a card takes the touch for it, or a
listener that the tree does not tell."""
OFFERING = (ControlRole.LOAD, ControlRole.FAST_LOAD, ControlRole.OPEN, ControlRole.ACT)
"""Roles of an advert's own button."""
CLOSING = (ControlRole.CLOSE, ControlRole.SKIP, ControlRole.CANCEL)
"""Roles of what leaves an advert."""


def pixels_per_dp(roots: Sequence[Node], density: float | None) -> float:
    """Return how many pixels a dp has."""
    return density or max(min(screen_of(roots)), 1) / SCREEN_DP


def controls_of(views: Views, box: Box, frame: Frame | None, scale: float, *, page: bool) -> tuple[AdvertControl, ...]:
    """The controls of what ``views`` show; ``box`` is the advert itself, ``page`` whether it fills its window.

    ``scale`` is how many pixels a dp has.
    """
    picture = _Picture(frame, box)
    found: dict[Box, tuple[ControlRole, Node]] = {}
    for node in views.nodes:
        role = _role(node, views, picture, scale, page=page)
        if role is not None and (node.box not in found or found[node.box][0] is ControlRole.OTHER):
            found[node.box] = role, node
    pressed = [(role, node) for role, node in found.values() if node.clickable]
    taken = [(role, node) for role, node in found.values() if node.clickable or not _repeats(role, node, pressed)]
    offered = any(role in OFFERING for role, _ in taken)
    title = title_of(views.nodes) if offered else None
    taken = [(ControlRole.TITLE if node is title and _is_line(role, node) else role, node) for role, node in taken]
    controls = [_control(role, node, views, frame, scale) for role, node in taken]
    if not any(control.role in CLOSING for control in controls) and (cross := picture.cross) is not None:
        dp = min(cross[2], cross[3]) / scale
        controls.append(AdvertControl(ControlRole.CLOSE, "", cross, "pixels", round(dp, 1), picture.contrast(cross)))
    controls += _seen(views, box, controls, frame, scale)
    return tuple(_plain_load(controls)[:MOST_CONTROLS])


def _is_line(role: ControlRole, node: Node) -> bool:
    """Whether a control of unknown words is a text that takes a press, and no button."""
    return role is ControlRole.OTHER and not node.class_name.endswith("Button")


@dataclass(frozen=True)
class _Picture:
    """The picture of the screen, where there is one, with the cross that it shows at the advert in ``box``."""

    frame: Frame | None
    box: Box

    @cached_property
    def cross(self) -> Box | None:
        return find_close(self.frame, self.box) if self.frame is not None and min(self.box[2:]) > 0 else None

    def contrast(self, box: Box) -> float | None:
        return contrast_of(self.frame, box) if self.frame is not None else None


def _role(node: Node, views: Views, picture: _Picture, scale: float, *, page: bool) -> ControlRole | None:
    """What a view is as a control, None for what is none."""
    if node.checkable and not node.text.strip() and not node.class_name.endswith(("RadioButton", "Button")):
        return ControlRole.TICK
    words = words_on(node)
    if node.checkable and node.class_name.endswith(("CheckBox", "CheckedTextView", "Switch")):
        return ControlRole.TICK
    if words:
        role = role_of(words)
        if role is None and node.class_name.endswith(PICTURES):
            return None  # a picture with a description for those who cannot see it
        if page and role is None and (is_back(words) or words in words_of("close", "back")):
            role = ControlRole.CLOSE
        if role in SAID or node.pressable or (role is not None and node.class_name == PAINTED):
            return role or (ControlRole.OTHER if node.clickable else None)
        return role if _is_face(node, views) else None
    return _wordless(node, picture, scale)


def _is_face(node: Node, views: Views) -> bool:
    """Whether a text that is not clickable itself is the button's face of a card that is: by class or id."""
    named = {"btn", "button", "action", "download", "cta"} & id_words(node)
    return node.class_name.endswith("Button") or (bool(named) and any(outer.clickable for outer in views.around(node)))


def _wordless(node: Node, picture: _Picture, scale: float) -> ControlRole | None:
    """What a view without words is: by its id, else a cross by its shape and its place, seen in the picture too."""
    if any(words_on(inner) for inner in node.walk()):
        return None
    small = max(node.box[2], node.box[3]) <= CROSS_DP * scale
    parts = id_words(node)
    if small and (node.pressable or is_picture(node)):
        if parts & {"skip", "jump"}:
            return ControlRole.SKIP
        if is_close_mark(node):
            return ControlRole.CLOSE
        if max(node.box[2], node.box[3]) <= TICK_DP * scale and parts & {"check", "checkbox", "agree", "select", "tick", "cb"}:
            return ControlRole.TICK
    if not (small and node.clickable) or "back" in parts or closes_nothing(node.resource_id):
        return None
    short, long = sorted((node.box[2], node.box[3]))
    if long > 1.6 * short or not _in_corner(node.box, picture.box):
        return None
    seen = picture.frame is None or (picture.cross is not None and _meet(picture.cross, node.box))
    return ControlRole.CLOSE if seen else None


def _in_corner(spot: Box, box: Box) -> bool:
    """Whether a spot stands where a cross does: in an upper corner, or in the middle below a card."""
    x, y = spot[0] + spot[2] / 2 - box[0], spot[1] + spot[3] / 2 - box[1]
    width, height = box[2], box[3]
    high = -0.25 * height <= y <= 0.2 * height and not 0.2 * width < x < 0.8 * width
    below = height <= y and abs(x - width / 2) <= 0.1 * width
    return (high or below) and -0.1 * width <= x <= 1.1 * width


def _meet(one: Box, other: Box) -> bool:
    across = one[0] < other[0] + other[2] and other[0] < one[0] + one[2]
    return across and one[1] < other[1] + other[3] and other[1] < one[1] + one[3]


def _repeats(role: ControlRole, node: Node, pressed: Sequence[tuple[ControlRole, Node]]) -> bool:
    """Whether a text only says what a control beside it does: 领取红包 as a title, over the button of that word."""
    return any(same is role and not other.contains(node) for same, other in pressed)


def _control(role: ControlRole, node: Node, views: Views, frame: Frame | None, scale: float) -> AdvertControl:
    painted = node.class_name == PAINTED
    _, _, width, height = touch_area(node, views)
    # a picture that is no checkable view tells its state by ``selected`` alone, and few set that
    ticked = node.checked or node.selected or (False if node.checkable else None) if role is ControlRole.TICK else None
    text = words_seen(node) or (_beside(node, views) if role is ControlRole.TICK else "")
    seen = contrast_of(frame, node.box) if frame is not None else None
    dp = round(max(min(width, height), 0) / scale, 1)
    return AdvertControl(role, text[:200], node.box, "pixels" if painted else "tree", dp, seen, ticked)


def touch_area(node: Node, views: Views) -> Box:
    """The place that takes the touch for a view: its own, or that of a clickable view with nothing else in it."""
    if node.clickable:
        return node.box
    for outer in views.around(node):
        if outer is views.window or any(words_on(inner) and inner is not node for inner in outer.walk()):
            break
        if outer.clickable:
            return outer.box
    return node.box


def _beside(tick: Node, views: Views) -> str:
    """The texts in the line of a box to tick, from it to the right."""
    _, top, _, bottom = tick.bounds
    line = (node for node in views.nodes if node.text and node.bounds[1] < bottom and node.bounds[3] > top)
    return " ".join(node.text for node in line if node.bounds[2] > tick.bounds[0])


def _seen(views: Views, box: Box, controls: list[AdvertControl], frame: Frame | None, scale: float) -> Iterator[AdvertControl]:
    """The picture and the title: what an advert shows beside its controls."""
    taken = {control.box for control in controls}
    pictures = [node for node in views.nodes if is_picture(node) and node.box not in taken and _is_large(node, box)]
    largest = max(pictures, key=lambda node: (node.clickable, node.area), default=None)  # what takes the touch, not a blank beside it
    if largest is not None:
        yield AdvertControl(ControlRole.PICTURE, "", largest.box, "tree", round(min(largest.box[2:]) / scale, 1))
    elif (painted := [node for node in views.nodes if node.class_name == PAINTED]) and (gap := wordless_strip(painted, box))[3] >= (
        PICTURE_SHARE * box[3]
    ):
        yield AdvertControl(ControlRole.PICTURE, "", gap, "pixels", round(min(gap[2:]) / scale, 1))
    title = title_of(views.nodes)
    if title is not None and title.box not in taken:
        source = "pixels" if title.class_name == PAINTED else "tree"
        seen = contrast_of(frame, title.box) if frame is not None else None
        yield AdvertControl(ControlRole.TITLE, title.text[:200], title.box, source, round(min(title.box[2:]) / scale, 1), seen)


def _is_large(picture: Node, box: Box) -> bool:
    """Whether a picture is what an advert shows: most of it, or most of the height of its row, and no veil."""
    _, _, width, height = picture.box
    whole = max(box[2] * box[3], 1)
    large = picture.area >= PICTURE_SHARE * whole or (height >= ICON_HIGH * box[3] and 2 * width >= height)
    return large and picture.area <= LARGEST * whole


def lines_of_sale(views: Views, controls: Sequence[AdvertControl], frame: Frame | None, scale: float) -> tuple[AdvertControl, ...]:
    """The lines that tell the price and the renewal, which are no controls: how large and how pale each is counts."""
    taken = {control.box for control in controls}
    lines = [node for node in views.nodes if node.text]
    telling = [node for node in lines if node.box not in taken and (has_price(node.text) or tells_of_renewal(node.text))]
    found = []
    for node in telling[:MOST_CONTROLS]:
        one, part = _control(ControlRole.OTHER, node, views, frame, scale), _apart_from(node.box, [each.box for each in lines])
        found.append(one._replace(contrast=contrast_of(frame, part)) if frame is not None and part != node.box else one)
    return tuple(found)


def inked(controls: tuple[AdvertControl, ...], frame: Frame | None, scale: float) -> tuple[AdvertControl, ...]:
    """What is sold, with the height of the words in place of that of the touch, where a picture tells."""
    high = [ink_height(frame, each.box) if frame is not None and each.text else None for each in controls]
    return tuple(each._replace(dp=round(ink / scale, 1)) if ink else each for each, ink in zip(controls, high, strict=True))


def _apart_from(box: Box, others: Sequence[Box]) -> Box:
    """What of a line no larger line reaches into: small print right below a price has its strokes in the box."""
    x, top, width, height = box
    bottom = top + height
    for other in others:
        if other[3] > height and area(intersection(box, other)):
            top, bottom = (max(top, other[1] + other[3]), bottom) if other[1] < box[1] else (top, min(bottom, other[1]))
    return (x, top, width, bottom - top) if 3 * (bottom - top) >= height else box


def _plain_load(controls: list[AdvertControl]) -> list[AdvertControl]:
    """高速下载 is another way to load only where a plain one stands beside it, 继续 resumes only beside 暂停."""
    if any(control.role is ControlRole.PAUSE for control in controls):
        onward = words_of("guide", "onward")
        controls = [each._replace(role=ControlRole.RESUME) if plain(each.text) in onward else each for each in controls]
    if any(control.role is ControlRole.LOAD for control in controls):
        return controls
    return [control._replace(role=ControlRole.LOAD) if control.role is ControlRole.FAST_LOAD else control for control in controls]


def loads_whole(part: Node, nodes: Sequence[Node]) -> bool:
    """Whether an advert is one control whose own words say that it loads."""
    if any(loads_anywhere(words_on(node)) for node in nodes if words_on(node)):
        return True
    large = [node for node in nodes if node.clickable and max(node.box[2:]) > MARK_SHARE * part.box[2]]  # no cross
    clickable = [node for node in large if role_of(words_on(node)) is not ControlRole.CLOSE]
    if part.clickable and len(clickable) > 1:
        return False
    if not part.clickable and not (len(clickable) == 1 and _holds_all(clickable[0], nodes)):
        return False
    own = part if part.clickable else clickable[0]
    if words_on(own):
        return loads(words_on(own)) or loads(words_on(own).split()[0])
    lines = [words_on(node) for node in nodes if words_on(node)]
    texts = [line for line in lines if not is_mark(line) and role_of(line) is not ControlRole.CLOSE]
    if len(texts) == 1 and (loads(texts[0]) or role_of(texts[0]) is ControlRole.LOAD):
        return True
    return any(names_what(line) and loads(line) and not _is_button(line, nodes) for line in texts)


def _holds_all(control: Node, nodes: Sequence[Node]) -> bool:
    """Whether a control has all of an advert on it, but for a mark or a cross that stands beside it."""
    shown = [node for node in nodes if is_picture(node) or (words_on(node) and not is_mark(words_on(node)))]
    return all(encloses(control.box, node.box) or role_of(words_on(node)) is ControlRole.CLOSE for node in shown)


def _is_button(words: str, nodes: Sequence[Node]) -> bool:
    """Whether the view of these words is a button by its class or id."""
    return any(words_on(node) == words and (node.class_name.endswith("Button") or id_words(node) & {"btn", "button"}) for node in nodes)
