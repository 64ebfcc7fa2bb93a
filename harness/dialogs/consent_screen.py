"""Consent to the privacy policy.

How a screen asks for it, by a dialog, by a box to tick, or by saying that going on is enough.

Judged with it are scenes 1.1-7 (no clear pair of agree and refuse) and 1.1-8 (ticked by default).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from harness.config import once_a_config
from harness.dialogs.close_marks import cross_of, is_close_mark
from harness.dialogs.dialog_buttons import Button
from harness.dialogs.dialog_words import CAPTIONS, halves, has_any, plain, words
from harness.dialogs.walls import is_login
from harness.dialogs.word_patterns import WORDS
from harness.events import ConsentForm, DialogKind
from harness.events.box import Box, encloses
from harness.parsers.hierarchy import Node
from harness.parsers.tree_cache import once_for_a_tree

if TYPE_CHECKING:
    from harness.dialogs.matcher import Dialog

LABEL_LENGTH, ENGLISH_LENGTH = 14, 30
"""The longest text of a button, in characters [PROJECT]: 不同意并退出应用 has eight; longer ones are sentences."""
TICK_SIDE = 160
"""The longest side, in pixels of a screen 1080 wide, of a picture that serves as a box to tick: 48 dp [PROJECT]."""
TEXT_LENGTH = 2000
PAGE_LENGTH = 1500
"""Characters of a page [PROJECT]: a login page has fewer, the text of a policy, which speaks of consent all along, has
more."""
SENTENCE_LENGTH = 80
NEAR = 160
"""Pixels between the middle of a sentence and that of the policy's name, where the two are views of their own: three
lines."""
_NAMED = re.compile("《([^《》]{1,40})》")
_BRACKETED = re.compile("[（(]([^（()）]{1,14})[)）]")


@dataclass(frozen=True, slots=True)
class Tick:
    """A box to tick with the sentence beside it; ``ticked`` is None where the tree does not tell (a picture)."""

    text: str
    ticked: bool | None
    box: Box


@dataclass(frozen=True, slots=True)
class Consent:
    """A screen that asks for consent.

    ``buttons`` have the roles accept, refuse, close and other; ``links`` name the texts. ``cut``: its yes moves with a
    page that goes on beyond what is in sight.
    """

    form: ConsentForm
    text: str
    box: Box
    buttons: tuple[Button, ...]
    ticks: tuple[Tick, ...]
    links: tuple[str, ...]
    cut: bool = False


def agrees(label: str) -> bool:
    """Whether the plain text of a button says yes to a policy."""
    return _says(label, "accept") or (_is_caption(label) and has_any(label, words()["consent"]["accept_says"]) and not refuses(label))


def refuses(label: str) -> bool:
    """Whether the plain text of a button says no to a policy, if only in brackets: 游客浏览（不同意）."""
    return _says(label, "refuse") or not set(_BRACKETED.findall(label)).isdisjoint(words()["consent"]["refuse"])


def asks_consent(sentence: str, labels: Sequence[str], *, permission: bool) -> bool:
    """Whether a dialog with these plain captions asks for consent: it names a policy, or insists on one a further time.

    Where nothing but a lone 同意并进入 can be read, the text is in a picture. What is about a ``permission`` insists
    on that. At the end of a long page the yes may be all that names it: 同意上述政策.
    """
    text = plain(sentence)
    if not text:
        return any(label in words()["consent"]["alone"] for label in labels)
    about = has_any(text, words()["consent"]["policy"]) or (not permission and WORDS.pattern("insists").search(text) is not None)
    yes = [label for label in labels if agrees(label)]
    about = about or any(has_any(label, words()["consent"]["above"]) for label in yes)
    return about and bool(yes or any(refuses(label) for label in labels))


@partial(once_a_config, most=CAPTIONS)
def _says(label: str, answer: str) -> bool:
    """Whether a caption is an answer, or a short one that begins like it, with or without who says so: 我不同意."""
    if any(_says(half, answer) for half in halves(label)):
        return True
    table = words()["consent"]
    speakers = (f"{who} " if who.isascii() else who for who in table["speakers"])
    bare = next((label[len(who) :] for who in speakers if label.startswith(who)), label)
    return not {label, bare}.isdisjoint(table[answer]) or (_is_caption(label) and bare.startswith(tuple(table[f"{answer}_begins"])))


def _is_caption(label: str) -> bool:
    return len(label) <= (ENGLISH_LENGTH if label.isascii() else LABEL_LENGTH)


def answers(nodes: Iterable[Node]) -> list[Button]:
    """The buttons that answer a policy, with the roles accept and refuse."""
    found: list[Button] = []
    hesitating: list[Button] = []
    for node in nodes:
        label = plain(node.text or node.description)
        if not node.pressable or node.checkable or not node.visible:
            continue
        if refuses(label):
            found.append(Button("refuse", node.text or node.description, node.box))
        elif agrees(label):
            found.append(Button("accept", node.text or node.description, node.box))
        elif label in words()["consent"]["hesitates"]:
            hesitating.append(Button("refuse", node.text or node.description, node.box))
    plainly = {button.role for button in found}  # beside 退出应用 it means to stay
    return [*found, *hesitating] if plainly == {"accept"} else found


def ticks(nodes: Sequence[Node]) -> list[Tick]:
    """Boxes to tick whose sentence is about agreeing: real check boxes, and pictures that stand for one."""
    table = words()["consent"]
    found: list[Tick] = []
    for node in nodes:
        if not (node.checkable or _may_be_a_tick(node)):
            continue
        label = node.text or _beside(node, nodes)
        called = node.checkable or has_any(plain(f"{node.short_id} {node.description}"), table["tick_ids"])
        if has_any(plain(label), table["tick"]) and (called or (_asks_for_a_tick(label) and _is_first(node, nodes))):
            found.append(Tick(label[:200], _state(node), node.box))
    return found


def find_consent(roots: Sequence[Node], app_package: str, dialog: Dialog | None) -> Consent | None:
    """How the app's windows ask for consent now; ``dialog`` is the dialog on top, as ``find_dialog`` found it."""
    return _consent_on(tuple(roots), app_package, dialog)


@once_for_a_tree
def _consent_on(roots: tuple[Node, ...], app_package: str, dialog: Dialog | None) -> Consent | None:
    nodes = [node for root in roots if root.package == app_package for node in root.walk() if node.visible and node.area > 0]
    if dialog is not None and dialog.kind is DialogKind.CONSENT:
        return _in_dialog(dialog, nodes)
    if dialog is not None:  # a welcome page with one button is one: what it says of the policy counts, what lies behind does not
        nodes = [node for node in nodes if encloses(dialog.box, node.box)] if dialog.kind is DialogKind.OTHER else []
    boxes = tuple(ticks(nodes) or _drawn_ticks(nodes))
    about = [node for node in nodes if node.text and _names_text(node.text, ticked=bool(boxes))]
    if not about:
        return None
    text = " ".join(node.text for node in about)[:TEXT_LENGTH]
    if sum(len(node.text) for node in nodes) > PAGE_LENGTH:
        return None
    if not boxes and not _implies(nodes, about):
        return None
    form = ConsentForm.TICK if boxes else ConsentForm.IMPLIED
    return Consent(form, text, about[0].box, tuple(answers(nodes)), boxes, _links(about))


def is_policy_name(caption: str) -> bool:
    """Whether a control is called by a policy and opens that: 《隐私政策》, and not 同意《隐私政策》并登录."""
    said = plain(caption)
    return _names_text(caption, ticked=False) and not has_any(said, words()["consent"]["tick"]) and not is_login(caption)


def is_privacy_name(caption: str) -> bool:
    """Whether a control or a page is called by a privacy policy: 隐私政策, and not 用户协议."""
    return is_policy_name(caption) and has_any(plain(caption), words()["consent"]["privacy"])


def _names_text(text: str, *, ticked: bool) -> bool:
    """Whether a text names a policy; beside a box to tick, any text in 《》 that is agreed to."""
    return has_any(plain(text), words()["consent"]["policy"]) or (ticked and WORDS.pattern("terms").search(text) is not None)


def _implies(nodes: Sequence[Node], about: Sequence[Node]) -> bool:
    """Whether a short sentence takes going on for consent and names the policy, itself or in a view beside it."""
    sentences = [node for node in nodes if 0 < len(node.text) <= SENTENCE_LENGTH and _takes_for_consent(plain(node.text))]
    return any(abs(_middle(sentence) - _middle(name)) <= NEAR for sentence in sentences for name in about)


def _takes_for_consent(sentence: str) -> bool:
    return has_any(sentence, words()["consent"]["implied"]) or WORDS.pattern("implied").search(sentence) is not None


def _middle(node: Node) -> int:
    return (node.bounds[1] + node.bounds[3]) // 2


def _in_dialog(dialog: Dialog, nodes: list[Node]) -> Consent:
    """What a consent dialog offers; its buttons with a meaning that we do not know have the role other."""
    known = [button for button in dialog.buttons if button.role != "tick"]
    inside = [node for node in nodes if encloses(dialog.box, node.box)]
    policy, boxes = words()["consent"]["policy"], {button.box for button in known}
    cross = cross_of(inside)
    for node in inside:
        label = plain(node.text)
        if not node.clickable or node.checkable or node.box in boxes:
            continue
        if node is cross or is_close_mark(node):
            known.append(Button("close", node.description or node.short_id, node.box))
        elif label and _is_caption(label) and not _NAMED.search(node.text) and not has_any(label, policy):
            known.append(Button("other", node.text, node.box))
    texts = [node for node in inside if node.text]
    moves = [node.box for node in nodes if node.scrollable]
    cut = any(encloses(box, button.box) for box in moves for button in known if button.role == "accept")
    return Consent(ConsentForm.DIALOG, dialog.text[:TEXT_LENGTH], dialog.box, tuple(known), tuple(ticks(inside)), _links(texts), cut)


def _drawn_ticks(nodes: Sequence[Node]) -> list[Tick]:
    """Sentences that take the touch, are no button and say that somebody has agreed: their box is drawn beside them."""
    said = [node for node in nodes if node.pressable and not node.class_name.endswith("Button")]
    return [Tick(node.text, None, node.box) for node in said if says_agreed(node.text)]


def says_agreed(sentence: str) -> bool:
    """Whether a sentence speaks as a user who has agreed to a policy that it names: 已阅读并同意《隐私政策》."""
    begins = plain(sentence).startswith(tuple(words()["consent"]["tick_done"]))
    return begins and len(sentence) <= SENTENCE_LENGTH and _asks_for_a_tick(sentence)


def _may_be_a_tick(node: Node) -> bool:
    """A small view without text that takes the touch: its name, or where it stands, says what it is for."""
    return not node.text and node.pressable and not node.children and 0 < max(node.box[2], node.box[3]) <= TICK_SIDE


def _asks_for_a_tick(label: str) -> bool:
    """Whether a sentence speaks as the user does who ticks a box, and names what they agree to."""
    said = plain(label)
    return said.startswith(tuple(words()["consent"]["tick_begins"])) and _names_text(label, ticked=True) and not _takes_for_consent(said)


def _is_first(node: Node, nodes: Sequence[Node]) -> bool:
    """Whether a view without a name stands right before its line, which is no title and has no other box to tick."""
    if node.description or is_close_mark(node) or not any(each.text and each.bounds[3] <= node.bounds[1] for each in nodes):
        return False
    line = [each for each in nodes if each.bounds[1] < node.bounds[3] and each.bounds[3] > node.bounds[1] and each is not node]
    first = min((each.bounds[0] for each in line if each.text), default=0)
    return -TICK_SIDE // 4 <= first - node.bounds[2] <= TICK_SIDE and not any(each.checkable for each in line)


def _state(node: Node) -> bool | None:
    """Ticked or not; a picture tells only that it is selected, never that it is not."""
    if node.checkable:
        return node.checked
    return True if node.selected or node.checked else None


def _beside(box: Node, nodes: Sequence[Node]) -> str:
    """The texts in the line of a box, from it to the right."""
    _, top, _, bottom = box.bounds
    line = [n for n in nodes if n.text and n.bounds[1] < bottom and n.bounds[3] > top and n.bounds[2] > box.bounds[0]]
    return " ".join(node.text for node in line)


def _links(nodes: Sequence[Node]) -> tuple[str, ...]:
    """The texts that are named in 《》."""
    return tuple(dict.fromkeys(name for node in nodes for name in _NAMED.findall(node.text)))
