"""What was seen to act in the user's name while one app was checked: such a control is pressed in no later scenario."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from harness.dialogs.act_likelihood import HARMLESS, MAIN, SOLD, is_harmless, likelihood
from harness.dialogs.continue_captions import is_step
from harness.dialogs.danger import is_dangerous
from harness.dialogs.dialog_words import plain
from harness.dialogs.pixel_nodes import PAINTED
from harness.dialogs.user_acts import does_less, echoes, is_all, is_count, is_toggle, names_done, only_shows, tells_of_act, turned, was_act
from harness.pages.act_bars import make_of
from harness.pages.controls import Control
from harness.pages.counted_acts import is_beside
from harness.pages.interruptions import only_confirms
from harness.pages.view_structure import STATUS_BAR, unnumbered
from harness.parsers.hierarchy import Node

TOAST_SECONDS = 3.5
"""How long a Toast is up at most (NotificationManagerService.LONG_DELAY); the next one waits for it."""
MOST_LINES = 5
"""Lines that come up with a press at most where they tell what it did [PROJECT]; more of them are a page."""
MOST_WAITING, MOST_TOLD = 30, 1000
"""Presses that a Toast which waited may be of, and acts that are kept with what was said, at most [PROJECT]."""
VERB = 2
"""Characters that a Chinese verb has, by which the rows of one list that do the same are known."""


@dataclass(slots=True)
class SeenActs:
    """The makes of controls of which one acted; ``silent`` are those of which one changed nothing when it was pressed.

    ``toast`` is what the app said last in a Toast, ``words`` are the captions of what acted on an advert. ``told`` are
    the controls that acted when they were pressed: caption (its id without one) -> what the app said. ``asking`` are
    the makes of controls at whose press a permission was asked for: they are pressed again for what they ask.
    ``lesser`` are captions that words of a lesser way answered: they are pressed again where permissions are allowed.
    ``ways`` are the makes of controls that opened what bears their caption as its title.
    """

    toast: str = ""
    words: set[str] = field(default_factory=set)
    told: dict[str, str] = field(default_factory=dict)
    silent: set[Hashable] = field(default_factory=set)
    asking: set[Hashable] = field(default_factory=set)
    lesser: set[str] = field(default_factory=set)
    ways: set[Hashable] = field(default_factory=set)
    _acted: set[Hashable] = field(default_factory=set)
    _captions: defaultdict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    _unanswered: Control | None = None  # what was pressed last, where nothing came of it yet
    _queued: bool = False  # whether a Toast was up then
    _until: float = 0.0  # device time until which it is up
    _paired: set[tuple[str, str]] = field(default_factory=set)
    _waiting: list[Control] = field(default_factory=list)  # what was pressed while Toasts were up: each of them may be of it

    def see(self, controls: Iterable[Control]) -> None:
        """Remember what each control is called: one that is 想要 here and 已想要 there acts."""
        for control in controls:
            view = control.id, control.node.class_name
            captions = self._captions[view]
            if control.id and control.text not in captions and not control.promises:
                if any(turned(one, control.text) or turned(control.text, one) for one in captions):
                    self._paired.add(view)
                captions.add(control.text)

    def begin(self, now: float) -> None:
        """A control is pressed at a device time: what was said meanwhile is of the press just before."""
        if self.toast and self._unanswered is not None and now < self._until + TOAST_SECONDS:
            self._heard(self._unanswered, now, changed=False)
        self.toast = ""

    def learn(
        self, control: Control, after: Sequence[Control], lines: Sequence[str], *, changed: bool, now: float, counted: bool = False
    ) -> None:
        """Learn from what followed a press: one more, 已关注, a Toast or lines that tell of it, or nothing.

        A Toast waits for the one before it, so it may be of the press before. ``counted``: the last line is the
        count beside it, one more.
        """
        queued = self._unanswered if self._queued and now < self._until + TOAST_SECONDS else None
        told = (*(line for line in lines if _tells_of(line, control)), *(lines[-1:] if counted else ()))
        if said := next(iter((*told, *(other.text for other in _shown_done(control, after)))), ""):
            self._add(control, said)
        self._waiting = [*self._waiting, control][-MOST_WAITING:] if now < self._until + TOAST_SECONDS else [control]
        answered = changed or (bool(self.toast) and queued is None)
        if self.toast:
            self._heard(queued or control, now, changed=changed and queued is None)
        self._unanswered, self._queued = (None, False) if answered else (control, now < self._until)
        self._until = max(self._until, now)
        if not (answered or self._queued):
            self.silent.add(make_of(control))

    def _heard(self, control: Control, now: float, *, changed: bool) -> None:
        """What was said is of the press of this control; one that may commit, and is answered by words alone, did."""
        odds = likelihood(control.text)
        only_says = not (changed or control.promises or only_shows(control.text)) and odds > HARMLESS
        if tells_of_act(self.toast):
            named = [one for one in self._waiting if _speaks_of(self.toast, one.text) and not is_harmless(one.text)]
            for one in named or [control]:
                if _tells_of(self.toast, one):
                    self._add(one, self.toast)
        elif is_all(self.toast) and (odds > MAIN or only_says):
            if odds <= MAIN and control.text and does_less(self.toast):
                self.lesser.add(control.text)
            else:
                self._acted |= _makes(control) if odds > MAIN else {make_of(control)}
        self.toast, self._unanswered, self._until = "", None, now + TOAST_SECONDS

    def _add(self, control: Control, said: str) -> None:
        self._acted |= _makes(control)
        if len(plain(control.text)) >= VERB:  # an advert of these words is another place of the same act
            self.words.add(control.text)
        if len(self.told) < MOST_TOLD:
            self.told.setdefault(control.text or control.id, said)

    def take_back(self, control: Control, answer: str, after: Sequence[Control]) -> None:
        """A second press took back what one had turned on, where the control says again what it did before."""
        if any(other.node.box == control.node.box and other.text == control.text for other in after):
            self.told[control.text or control.id] = f"{answer} → {control.text}"

    def learn_words(self, words: str) -> None:
        """Learn from what followed a press on an advert's button of unknown words, which is no control of a page."""
        if self.toast and words and tells_of_act(self.toast):
            self.words.add(words)
            self.told.setdefault(words, self.toast)

    def acts(self, control: Control, *, allowed: bool = False) -> bool:
        """Whether one of the make of a control acted, or it is what the app says of an act, read from a picture.

        ``allowed``: every permission is allowed now.
        """
        if control.node.class_name == PAINTED and tells_of_act(control.text):
            return True
        if make_of(control) in self.asking:
            return False
        if not allowed and control.text in self.lesser:
            return True
        return not self._acted.isdisjoint(_makes(control)) or (control.id, control.node.class_name) in self._paired


def _tells_of(said: str, control: Control) -> bool:
    """Whether what was said tells that a control acted; an echo of a caption that is no act does not.

    单曲循环 says 已循环, 暗夜紫 已换上暗夜紫, and 狗 in a game 配对成功; the last step of a counted task 搭好了.
    """
    words = plain(control.text)
    if is_step(words):
        return names_done(said)
    tame = bool(words) and not words.isascii() and not is_dangerous(words) and likelihood(words) <= MAIN
    return names_done(said) if tame and (len(words) == 1 or echoes(said, words)) else tells_of_act(said)


def _speaks_of(said: str, caption: str) -> bool:
    """Whether a Toast has two signs of a caption in a row, or one of what may be an act: 已开启自动购买, 往后都买."""
    words = plain(caption)
    pairs = (words[at : at + VERB] for at in range(len(words) - 1))
    verbs = words if likelihood(caption) > MAIN or is_dangerous(caption) else ""
    return any(pair in said for pair in pairs if pair.isalpha()) or any(sign in said for sign in verbs if sign.isalpha())


def turned_on(control: Control, after: Sequence[Control], *, counted: bool = False) -> Control | None:
    """The control in its place, where it shows that it acted, and a second press takes that back: a like, 关注.

    It is lit now, or its word is one of those; what only counts on may be given again with each press.
    """
    here = [other for other in after if counted and other.node.box == control.node.box]
    for other in here or _shown_done(control, after):
        lit = other.checked or any(each.selected for each in other.node.walk())
        if is_toggle(control.text) or (lit and not (control.checked or any(each.selected for each in control.node.walk()))):
            return other
    return None


def _shown_done(control: Control, after: Sequence[Control]) -> list[Control]:
    """What stands in the place of a control after a press and says that it acted: one more, 已关注."""
    return [other for other in after if other.node.box == control.node.box and was_act(control.text, other.text)]


def lines_said(before: Sequence[Node], after: Sequence[Node]) -> list[str]:
    """The lines that a press brought onto a page that stays, or in a layer with nothing to do but to say yes to it.

    A page that stays keeps its first line; one that has some of the words of the other page was opened.
    """
    earlier, texts = list(_texts(before)), list(_texts(after))
    old = {text for text, _ in earlier}
    fresh = [(text, pressed) for text, pressed in texts if text not in old]
    stays = earlier[:1] == texts[:1] and 2 * sum(text in old for text, _ in texts) >= len(old)
    only_says = [text for text, pressed in fresh if pressed]
    tells = stays or (len(only_says) == 1 and only_confirms(only_says[0]))
    said = [text for text, pressed in fresh if not pressed]  # a button's caption says what it will do
    return said if tells and len(fresh) <= MOST_LINES else []


def counted_on(control: Control, before: Sequence[Node], after: Sequence[Node]) -> list[str]:
    """The count beside a control, in a view of its own, where it is one more and all other texts of the page stay.

    What only shows, chooses or asks for a permission counts pages, pieces and choices on.
    """
    if control.promises or only_shows(control.text) or is_harmless(control.text):
        return []
    old, new = ([node for root in roots for node in root.walk() if node.visible and node.text] for roots in (before, after))
    fresh = [pair for pair in zip(old, new, strict=False) if pair[0].text != pair[1].text] if len(old) == len(new) else []
    if len(fresh) != 1:
        return []
    one, more = fresh[0]
    own = one.clickable or one.bounds != more.bounds or not is_beside(control.node, one)
    return [] if own or not is_count(one.text) or not was_act(one.text, more.text) else [more.text]


def opened_its_own(before: Sequence[Node], after: Sequence[Node], caption: str) -> bool:
    """Whether the first line now is the caption of what was pressed, which then names a page or a layer: 通用."""
    return bool(caption) and [text for text, _ in _texts(after)][:1] == [caption] and [text for text, _ in _texts(before)][:1] != [caption]


def _texts(roots: Iterable[Node]) -> Iterator[tuple[str, bool]]:
    windows = (root for root in roots if root.package != STATUS_BAR)
    return ((node.text, node.clickable) for root in windows for node in root.walk() if node.visible and node.text)


def _makes(control: Control) -> set[Hashable]:
    """The make of a control, and how it begins, of a row with its list: 支持红队, 支持蓝队; 08:00 余 2, 10:00 余 1.

    Elsewhere a beginning that acted once tells of others only where their score does not deny it: 扩散一下, 扩散给邻居.
    """
    verb, makes = unnumbered(plain(control.text))[:VERB], {make_of(control)}
    if len(verb) == VERB:
        makes |= {(control.rows, verb)} if control.rows else set()
        makes |= {verb} if not control.promises and likelihood(control.text) > SOLD else set()
    return makes
