"""The signs in the views of a part of a screen by which an advert is told: marks, captions, ways out, pictures."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from harness.dialogs.close_marks import closes_nothing, names_close
from harness.dialogs.matcher import is_back
from harness.dialogs.offers import is_exit, leads_around
from harness.dialogs.pixel_nodes import PAINTED
from harness.dialogs.skip_button import in_corner, is_skip
from harness.dialogs.user_acts import unlocks
from harness.dialogs.word_patterns import has_price
from harness.events import ControlRole, InterruptionKind
from harness.events.box import Box, union
from harness.pages.advert_app_info import names_nothing, tells_of_app, told_in
from harness.pages.advert_parts import MARK_SHARE, id_words, is_picture, seen_in, wordless_strip, words_on
from harness.pages.advert_words import (
    ADVERTS,
    is_countdown,
    is_mark,
    is_wall,
    loaded,
    loads,
    names_app,
    names_what,
    of_contents,
    opened,
    role_of,
    says,
    seconds_in,
    source_of,
    urges,
    words_about,
    words_of,
)
from harness.pages.interruptions import kind_of
from harness.pages.page_layers import is_of_strip
from harness.parsers.hierarchy import Node

NAMED = 2
"""Signs of what a button loads that a sentence about the same has in it [PROJECT]."""
MOST_LINES, LINES_LENGTH = 40, 400
"""Lines round a caption, and characters of them, that say what it loads [PROJECT]."""
FUNCTION_LENGTH = 6
"""Characters of the name of a function at most [PROJECT]."""
HEAD_SHARE = 0.15
"""The head of a page, of its height [PROJECT]: there a countdown stands that is in no corner."""
LEADS = (ControlRole.OPEN, ControlRole.ACT)
OFFERS = (ControlRole.LOAD, ControlRole.FAST_LOAD, ControlRole.OPEN, ControlRole.ACT, ControlRole.PAUSE, ControlRole.RESUME)
_PICKERS = ("Picker", "CalendarView", "Spinner", "ProgressBar", "SeekBar")


@dataclass(frozen=True)
class Signs:
    """The signs in the views of a part as a whole."""

    part: Node
    place: Box | None = None

    @property
    def box(self) -> Box:
        """The place that it takes: its own, or that of the card that it holds."""
        return self.place or self.part.box

    @cached_property
    def nodes(self) -> list[Node]:
        """Return its visible views."""
        return seen_in(self.part)

    @cached_property
    def lines(self) -> list[str]:
        """Return the texts of its views, one a view."""
        return [words_on(node) for node in self.nodes if words_on(node)]

    @cached_property
    def text(self) -> str:
        """Return all texts of its views."""
        return " ".join(self.lines)[:4000]

    @cached_property
    def about(self) -> dict[str, bool]:
        """Which lures and offers that has words for."""
        return words_about(self.text)

    @cached_property
    def roles(self) -> Counter[ControlRole]:
        """The roles of what takes a press, and of captions that load or close whether they do or not."""
        found = ((node, role_of(words_on(node))) for node in self.nodes if words_on(node) and not of_contents(words_on(node)))
        always = (ControlRole.LOAD, ControlRole.FAST_LOAD, ControlRole.CLOSE, ControlRole.SKIP)
        return Counter(role for node, role in found if role is not None and (node.pressable or role in always))

    @cached_property
    def marked(self) -> bool:
        """Whether it calls itself an advert, or is made by an SDK of adverts."""
        return any(marks(node) for node in self.nodes)

    @cached_property
    def loading(self) -> bool:
        """Whether a caption in it loads an app."""
        return any(loads_app(node, self.lines) for node in self.nodes)

    @cached_property
    def controls(self) -> int:
        """How many outermost views take a press."""
        return sum(node.clickable and node is not self.part and (bool(words_on(node)) or not node.children) for node in self.nodes)

    @cached_property
    def functions(self) -> int:
        """How many controls have words that no advert's controls have: 寄件, 查件."""
        pressed = [node for node in self.nodes if node.pressable and not node.children and 0 < len(words_on(node)) <= FUNCTION_LENGTH]
        return sum(role_of(words_on(node)) is None and not is_mark(words_on(node)) for node in pressed)

    @cached_property
    def closes(self) -> bool:
        """Whether a cross or a way past it stands in a corner; in a marked advert also one without words and id."""
        corner = [node for node in self.nodes if in_corner(node.box, self.part.box)]
        return any(_leaves(node) for node in corner) or (self.marked and any(_is_mark_of_its_own(node, self.box) for node in corner))

    @cached_property
    def spread(self) -> float:
        """The share over which its mark, its ways out and what it leads to are spread: in a strip all are near."""
        ends = [node for node in self.nodes if not node.children and (_leaves(node) or is_mark(node.text) or _offers(node))]
        ends += [node for node in self.nodes if _is_mark_of_its_own(node, self.box)]
        _, _, width, height = union(node.box for node in ends)
        return width * height / max(self.part.area, 1)

    @cached_property
    def skips(self) -> bool:
        """Whether 跳过 or a countdown stands in a corner, or is all there is to press beside the picture of an advert.

        A guide has it as well: only what calls itself an advert, or wants the phone to be shaken, is one.
        """
        named = (node for node in self.nodes if is_skip(words_on(node)) or "skip" in id_words(node))
        found = [node for node in named if not is_of_strip(node, self.part)]
        told = self.marked or says(self.text, "lure", "shakes")
        alone = told and self.controls == 1 and any(map(is_picture, self.nodes)) and any(node.pressable for node in found)
        return any(in_corner(node.box, self.part.box) or (alone and _at_end(node, self.part)) for node in found)

    @cached_property
    def counts(self) -> bool:
        """Whether it tells of seconds in a corner, or in its head."""
        return bool(self._seconds)

    @cached_property
    def counts_down(self) -> bool:
        """Whether what tells of seconds there is a countdown, and no line about something that takes so long."""
        return any(is_countdown(words_on(node)) for node in self._seconds)

    @cached_property
    def _seconds(self) -> list[Node]:
        _, top, _, height = self.part.box
        shown = (node for node in self.nodes if words_on(node) and seconds_in(words_on(node)) is not None)
        small = (node for node in shown if node.box[3] < 0.1 * height)
        return [node for node in small if in_corner(node.box, self.part.box) or node.bounds[3] - top < HEAD_SHARE * height]

    @cached_property
    def picture(self) -> float:
        """The share that its largest picture takes; of what is painted, the highest strip without words.

        What reaches beyond its place shows nothing of it: touch_outside of a sheet.
        """
        _, _, width, height = self.box
        pictures = (node.area for node in self.nodes if is_picture(node) and node.area <= width * height)
        largest = max(pictures, default=0) / max(width * height, 1)
        painted = [node for node in self.nodes if node.class_name == PAINTED]
        gap = wordless_strip(painted, self.box) if painted else None
        return max(largest, gap[3] / max(height, 1) if gap is not None else 0)

    @cached_property
    def ends(self) -> bool:
        """Whether a control ends the app: 退出."""
        return any(is_exit(words_on(node)) for node in self.nodes if node.pressable and words_on(node))

    @property
    def offers(self) -> bool:
        """Whether something in it loads or leads out."""
        return any(self.roles[role] for role in (ControlRole.LOAD, ControlRole.FAST_LOAD, *LEADS))

    @cached_property
    def is_form(self) -> bool:
        """Whether something is to be entered, chosen from many or waited for: no advert."""
        return any(node.class_name.endswith(("EditText", *_PICKERS)) for node in self.nodes)

    @cached_property
    def is_page(self) -> bool:
        """Whether it has a way back in its head, as pages of the app's own have."""
        return any(is_back(words_on(node)) or "back" in id_words(node) for node in self.nodes if node.pressable)

    @cached_property
    def sells(self) -> bool:
        """Whether it sells what renews itself: told with a price, and with something to agree to or to pay by.

        Where it also leads to what ends a renewal only what buys one tells: 立即开通, ¥12 立即开通.
        """
        captions = [words_on(node) for node in self.nodes if node.pressable and words_on(node)]
        buys = self.roles[ControlRole.SUBSCRIBE] > 0 or any(has_price(one) and says(one, "subscribe", "words") for one in captions)
        ticks = any(node.checkable for node in self.nodes)
        return self.about["renewal"] and (buys or ((ticks or any(map(unlocks, captions))) and not self.about["managed"]))

    @cached_property
    def is_store(self) -> bool:
        """Whether it is a store's page about one app: two ways to load it, or what the law wants told of it.

        Where all of that is told its button may say anything: 打开, 立即体验.
        """
        told = dict(told_in(self.nodes))
        leads = self.roles[ControlRole.OPEN] > 0 or self.roles[ControlRole.ACT] > 0
        whole = leads and {"developer", "version"} <= told.keys() and bool({"permissions", "privacy"} & told.keys())
        return self.two_ways or (self.loading and len(told) > 1) or whole

    @cached_property
    def leads_around(self) -> bool:
        """Whether a control offers the contents without the app: a wall that is none, and to be told as such."""
        captions = (words_on(node) for node in self.nodes if node.pressable and words_on(node))
        return any(role_of(caption) in (None, ControlRole.ACT) and leads_around(caption) for caption in captions)

    @cached_property
    def shuts(self) -> bool:
        """Whether what is left of the contents is to be had where its one control loads NAME: 剩余 68%, 请到 NAME 阅读.

        What the page has and shows after that load is shut as well: 报告已生成, 下载 NAME 后可查看完整报告.
        Of a control that opens NAME one line must say all of it, and the control that it is for the contents: 打开 NAME
        alone may lead to a page of the app's own. Another control would be the way on; one whose words lead round it is
        tried with it, and the arrow in the head leaves the page.
        """
        captions = [node for node in self.nodes if node.pressable and words_on(node) and not is_back(words_on(node))]
        pressed = [node for node in captions if not leads_around(words_on(node))]
        opens = {opened(words_on(node)) for node in pressed if says(words_on(node), "wall", "shut")}
        names = {loaded(words_on(node))[:NAMED] for node in pressed if role_of(words_on(node)) is ControlRole.LOAD} | {
            name[:NAMED] for name in opens if len(name) > NAMED
        }
        if len(pressed) != 1 or not (name := next(iter(names), "")) or any(says(line, "wall", "own_use", "other") for line in self.lines):
            return False
        others = [line for line in self.lines if line != words_on(pressed[0])]
        leading = [line for line in others if line.find(name) > 0 and says(line, "wall", "goes_to")]
        told = not any(opens) and any(_shown_after_load(line, others) for line in leading)
        return told or (bool(leading) and any(says(line, "wall", "rest") for line in (leading if any(opens) else others)))

    @cached_property
    def two_ways(self) -> bool:
        """Whether 高速下载 stands beside a plain way to load, and what they load are no contents of the app's own."""
        both = self.roles[ControlRole.FAST_LOAD] > 0 and self.roles[ControlRole.LOAD] > 0
        return both and (tells_of_app(self.lines) or not any(map(of_contents, self.lines)))


def marks(node: Node) -> bool:
    """Whether a view is the mark of an advert, or one that an SDK of adverts made.

    An id with the word in it makes none by itself: what it names must offer something, or be closed by its own cross.
    """
    if bool(node.text) and is_mark(node.text, painted=node.class_name == PAINTED):
        return True
    caption = bool(node.text) and not node.children and not (node.clickable and loads(node.text))
    named = bool(id_words(node) & set(words_of("mark", "ids"))) and not caption
    told = named and any(_offers(inner) or _leaves(inner) for inner in seen_in(node))
    return told or bool(source_of(node.resource_id, node.class_name))


def _shown_after_load(line: str, lines: Sequence[str]) -> bool:
    """Whether a line says that what another one tells of as there comes to view behind a load: 报告."""
    found = ADVERTS.pattern("seen_after_load").search(line)
    if found is None or of_contents(line[: found.start()]) or says(line[: found.start()], "wall", "after"):
        return False  # what is loaded are the contents themselves: 下载报告后可查看
    shown = found["shown"].rstrip("。！!")[-NAMED:]
    return len(shown) == NAMED and any(shown in other for other in lines if other != line)


def loads_app(node: Node, lines: Sequence[str]) -> bool:
    """Whether a caption loads an app by its own words, or by the lines round it.

    下载 alone may load anything: it needs a word for an app beside it, or its version and company; 立即下载 needs that
    nothing names contents, or a sentence that shuts them until an app is loaded. So does what pauses a running load.
    """
    words = words_on(node)
    role = role_of(words)
    runs = node.pressable and role in (ControlRole.PAUSE, ControlRole.RESUME)
    if not runs and role not in (ControlRole.LOAD, ControlRole.FAST_LOAD):
        return False
    others = [line for line in lines[:MOST_LINES] if line != words and not is_mark(line)]
    if role is ControlRole.LOAD:
        name = loaded(words)[:NAMED]
        if any(is_wall(line) and name in line for line in others) or tells_of_app(others):
            return True
    if not runs and not loads(words):
        return False
    around = " ".join(lines[:MOST_LINES])[:LINES_LENGTH]
    if runs or tells_of_app(lines[:MOST_LINES]):
        return tells_of_app(lines[:MOST_LINES])
    if names_nothing(others):
        return True
    if kind_of(around) is InterruptionKind.UPDATE and not names_app(words):
        return False
    if names_what(words):
        return names_app(around) and not of_contents(around)
    if names_app(words) or role is ControlRole.FAST_LOAD:
        return True
    return names_app(around) if not urges(words) else not of_contents(around) or names_app(around)


def _at_end(node: Node, part: Node) -> bool:
    """Whether a view is in the head or the foot of a part, however wide."""
    return in_corner((part.box[0], node.box[1], 0, node.box[3]), part.box)


def _leaves(node: Node) -> bool:
    words = words_on(node)
    if words:
        return role_of(words) in (ControlRole.CLOSE, ControlRole.SKIP)
    return (node.pressable or is_picture(node)) and names_close(node.resource_id, node.class_name)


def _is_mark_of_its_own(node: Node, box: Box) -> bool:
    """Whether a view is small, square, wordless, takes a press and is not known for anything else."""
    short, long = sorted(node.box[2:])
    small = 0 < long <= MARK_SHARE * box[2] and long <= 1.6 * short
    return small and node.clickable and not node.children and not words_on(node) and not closes_nothing(node.resource_id)


def _offers(node: Node) -> bool:
    return bool(words_on(node)) and role_of(words_on(node)) in OFFERS
