"""View tree -> the dialog on top, whoever it belongs to.

System dialogs are told by the package that the device names for REQUEST_PERMISSIONS; inside, buttons are found by
resource id, then by text. The app's own dialogs use the same words, so they are looked for in other packages only.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from harness.dialogs.consent_screen import agrees, answers, asks_consent, ticks
from harness.dialogs.dialog_buttons import Button
from harness.dialogs.dialog_words import group_in, groups_in, has_any, plain, system_group_in, words
from harness.dialogs.purposes import tells_purpose, without_name
from harness.dialogs.refusal import is_no
from harness.dialogs.related import serves
from harness.dialogs.walls import declines_login, is_login
from harness.dialogs.word_patterns import WORDS
from harness.events import DialogKind
from harness.events.box import Box, union
from harness.events.permission_groups import group_of
from harness.parsers.hierarchy import Node
from harness.parsers.touch_order import screen_of, uncovered
from harness.parsers.tree_cache import once_for_a_tree

MODAL_SHARE = 0.85
"""An in-page card is taken for a modal when it covers less than this share of the screen [PROJECT]."""
HEAD_SHARE = 0.15
"""The head of a page, of its height at most [PROJECT]: status bar and title."""
MORE_TO_PRESS = 3
"""Controls besides its answers that make a card a part of the page [PROJECT]: a prompt has a link or two."""
LABEL_LENGTH = 20
"""Characters of a caption at most [PROJECT]; English ones are longer than Chinese."""
TAKEN = ("LOCATION", "CAMERA", "MICROPHONE", "CONTACTS", "CALENDAR", "CALL_LOG", "SENSORS", "ACTIVITY_RECOGNITION", "INSTALLED_APPS")
"""Groups whose names are hardly used for anything else: 获取短信验证码 and 读取文件 ask for no permission."""
WANTED = (*TAKEN, "READ_MEDIA_VISUAL")
"""Groups whose use an app asks leave for without a word for permission: 需要使用相机, 请允许读取照片."""
DENIAL_ROLES = ("deny", "deny_again", "keep")


@dataclass(frozen=True, slots=True)
class Dialog:
    """A dialog as the view tree shows it."""

    kind: DialogKind
    owner: str
    text: str
    group: str | None
    box: Box
    buttons: tuple[Button, ...]

    def button(self, *roles: str) -> Button | None:
        """The first button with one of the roles, in order of the roles."""
        for role in roles:
            for button in self.buttons:
                if button.role == role:
                    return button
        return None


def find_dialog(
    roots: Sequence[Node], app_package: str, grant_packages: Iterable[str], permissions: Iterable[str] = (), label: str = ""
) -> Dialog | None:
    """The dialog that asks something of the user now: the system's own first, then the app's.

    ``permissions`` are those of the app's manifest: of several groups that its own dialog names it asks for one of
    these. ``label`` is the app's name: an app 随手相机 that names itself speaks of no camera.
    """
    declared = frozenset(filter(None, map(group_of, permissions)))
    return _dialog_on(tuple(roots), app_package, tuple(grant_packages), declared, label)


@once_for_a_tree
def _dialog_on(
    roots: tuple[Node, ...], app_package: str, grant_packages: tuple[str, ...], declared: frozenset[str], label: str
) -> Dialog | None:
    system = {*grant_packages, *words()["permission"]["packages"]} - {app_package}
    for root in reversed(roots):
        if root.package in system and (dialog := _permission_dialog(root, label)):
            return dialog
    width, height = screen_of(roots)
    screen = width * height
    for root in reversed(roots):
        if root.package == app_package and (dialog := _own_dialog(root, screen, label)):
            return replace(dialog, group=_declared(dialog, declared, label))
    return None


def _declared(dialog: Dialog, declared: frozenset[str], label: str) -> str | None:
    """The first group that an own dialog names and the app can be given at all; where none is, the first of all."""
    if dialog.group is None:
        return None
    able = (
        group
        for group in groups_in(without_name(dialog.text, label))
        if any(serves(group, other) and serves(other, group) for other in declared)
    )
    return next(able, dialog.group)


def _permission_dialog(root: Node, name: str) -> Dialog | None:
    table = words()["permission"]
    nodes = [node for node in root.walk() if node.visible]
    roles = {name: role for role, names in table["ids"].items() for name in names}
    texts = {text: role for role, entries in table["texts"].items() for text in entries}
    told = [(roles[node.short_id], node) for node in nodes if node.short_id in roles and node.enabled and node.area > 0]
    buttons = [Button((role == "allow" and _bound(node)) or role, node.text, node.box) for role, node in told]
    if not any(button.role in DENIAL_ROLES for button in buttons):
        known = {button.box for button in buttons}
        said = ((texts.get(plain(node.text)) or _bound(node), node) for node in nodes if node.box not in known and node.enabled)
        buttons += [Button(role, node.text, node.box) for role, node in said if role]
    buttons = [b for b in buttons if plain(b.text) not in table["texts"]["never"]]
    if not any(button.role in (*DENIAL_ROLES, "allow", "foreground", "one_time") for button in buttons):
        return None
    messages = [node.text for node in nodes if node.short_id in table["message_ids"] and node.text]
    labels = {button.text for button in buttons}
    sentence = messages[0] if messages else " ".join(n.text for n in nodes if n.text and n.text not in labels)
    boxes = [node.box for node in nodes if node.short_id in table["box_ids"]]
    box = boxes[0] if boxes else union([button.box for button in buttons] + [n.box for n in nodes if n.text])
    return Dialog(DialogKind.PERMISSION, root.package, sentence, system_group_in(without_name(sentence, name)), box, tuple(buttons))


def _bound(node: Node) -> str | None:
    """What the yes of a control is bound to, however it is worded and named: one time, or the use of the app.

    A maker's 仅使用期间允许 has the id of a whole yes (public GKD rules for com.android.permissioncontroller).
    """
    label = plain(node.text)
    if not (node.pressable and _is_caption(label)):
        return None
    return next((role for role in ("one_time", "foreground") if WORDS.pattern(role).search(label)), None)


def _own_dialog(root: Node, screen: int, name: str) -> Dialog | None:
    """The innermost part of the app's window that asks something: a dialog window, or a card over the page."""
    whole = root.area >= screen * MODAL_SHARE
    for card in _innermost_first(root):
        inside = [node for node in card.walk() if node.visible and node.area > 0 and not (whole and _is_arrow(node, root))]
        buttons = _buttons(inside)
        if len(buttons) < 2:
            buttons = _worded_otherwise(inside, name, guesses_no=not whole or _covers_texts(root, card)) or buttons
        if not buttons:
            continue
        labels = {button.text for button in buttons}
        sentence = " ".join(node.text for node in inside if node.text and node.text not in labels)
        about = without_name(sentence, name)
        kind = kind_of(about, [plain(button.text) for button in buttons])
        if kind is None or (len(buttons) == 1 and _has_more(root, card)):
            continue
        if kind is not DialogKind.CONSENT and _only_buttons(inside, single=kind is DialogKind.OTHER):
            continue  # the row of buttons alone: what they answer stands above it
        if kind is DialogKind.CONSENT and any(node.class_name.endswith("EditText") or _logs_in(node) for node in inside):
            continue  # a login page with a line about the policy
        if kind is DialogKind.CONSENT and not plain(about) and _names_policy(root):
            continue  # the row of its buttons alone
        if kind is DialogKind.CONSENT:
            unticked = [Button("tick", tick.text, tick.box) for tick in ticks(inside) if not tick.ticked]
            return Dialog(kind, root.package, sentence, None, card.box, (*answers(root.walk()), *unticked))
        if _is_modal(root, card, screen, buttons):
            return Dialog(kind, root.package, sentence, group_in(about), card.box, tuple(_told_apart(buttons)))
    return None


def _logs_in(node: Node) -> bool:
    """Whether a control is a way to log in, and no answer to a policy: 手机号登录, and not 同意并登录."""
    label = plain(node.text)
    names = has_any(label, words()["consent"]["policy"]) or WORDS.pattern("terms").search(node.text) is not None
    way = node.pressable and not node.checkable and not names and is_login(label)
    return way and not agrees(label) and not declines_login(label)


def _names_policy(root: Node) -> bool:
    policy = words()["consent"]["policy"]
    return any(node.visible and has_any(plain(node.text), policy) for node in root.walk())


def _is_arrow(node: Node, root: Node) -> bool:
    """Whether it is the way back in the head of a page: an answer to nothing, and a sign that the page is one."""
    high = node.bounds[3] <= root.bounds[1] + root.box[3] * HEAD_SHARE
    return high and is_back(node.text or node.description)


def _only_buttons(nodes: Sequence[Node], *, single: bool) -> bool:
    """Return whether all texts are captions.

    One text alone in a clickable card may be its sentence, unless ``single`` counts too.
    """
    said = [node for node in nodes if node.text]
    captions = (node.pressable and _is_caption(plain(node.text)) and not _names_permission(node.text) for node in said)
    return all(captions) and (single or len(said) > 1)


def _names_permission(text: str) -> bool:
    """Whether a text says which permission it is about: in an obscured app the sentence takes a press like a button."""
    return has_any(plain(text), words()["own"]["permission"]) and group_in(text) is not None


def _is_caption(label: str) -> bool:
    """Whether a text that takes a press is a button's caption, no sentence."""
    return len(label) <= LABEL_LENGTH and not label.endswith((".", "?", "？", "!", "！"))


def is_back(text: str) -> bool:
    """Whether the words or the description of a control say that it leads back: ‹, 返回, ‹ 返回."""
    words = plain(text)
    bare = words.lstrip("".join(WORDS.words("back.arrows")))
    return bare in WORDS.words("back.captions") or (not bare and bool(words))


def _told_apart(buttons: Sequence[Button]) -> list[Button]:
    """Of two that say yes, 去设置 and 知道了, the one that only takes note closes the dialog."""
    notes = [button for button in buttons if plain(button.text) in words()["own"]["noted"]]
    if len(buttons) == 2 and len(notes) == 1 and {button.role for button in buttons} == {"positive"}:
        return [Button("negative", each.text, each.box) if each in notes else each for each in buttons]
    return list(buttons)


def _innermost_first(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield from _innermost_first(child)
    if node.visible and node.children:
        yield node


def _is_modal(root: Node, card: Node, screen: int, buttons: Sequence[Button]) -> bool:
    """Whether the card blocks the page: a window of its own, something lying over the page, or all there is to press.

    A banner in the flow of the page covers nothing and leaves the page usable: it is no ask (docs/verdicts.md 1.3).
    As little is a whole page, of a function that says what it needs, with more to press than these buttons: its
    arrow back, its tabs.
    """
    if root.area < screen * MODAL_SHARE:
        return True
    answers = {button.box for button in buttons}
    below = (node for child in card.children for node in child.walk())  # a scrim takes every touch, and is no control
    if card.area >= screen * MODAL_SHARE and any(n.pressable and n.box not in answers for n in below if n.visible and n.area):
        return False
    inside = {id(node) for node in card.walk()}
    others = _outside(root, card)
    free = list(uncovered(root))
    if not any(node.box in answers or any(inner.box in answers for inner in node.walk()) for node in free):
        return False  # something lies over its answers
    if any(node.clickable for node in others) and all(id(node) in inside or node.contains(card) for node in free):
        return True  # what is below can be seen and not pressed: a scrim takes the touch
    if sum(bool(node.text) and node.pressable and node.box not in answers for node in card.walk()) >= MORE_TO_PRESS:
        return False  # a part of a page with its own controls
    covers = _covers_texts(root, card)
    takes_touches = card.clickable and card.area >= screen * MODAL_SHARE
    if covers and (takes_touches or not _is_strip(card, answers)):
        return True
    return not _is_strip(card, answers) and not any(node.pressable for node in others)


def _outside(root: Node, card: Node) -> list[Node]:
    """The views of a window beside a card and what it is in."""
    inside = {id(node) for node in card.walk()}
    return [node for node in root.walk() if node.visible and id(node) not in inside and not node.contains(card)]


def _covers_texts(root: Node, card: Node) -> bool:
    """Whether a card lies over texts of the page."""
    return any(node.text and node.intersects(card) for node in _outside(root, card))


def _is_strip(card: Node, answers: set[Box]) -> bool:
    """Whether what the card says and its buttons stand in one row.

    A bar that floats over the page, whose rest can be used.
    """
    said = [node.box for node in card.walk() if node.visible and node.text and node.box not in answers]
    return bool(said) and all(_beside(one, other) for one in answers for other in said)


def _beside(one: Box, other: Box) -> bool:
    """Whether two boxes share a line of pixels from left to right, and none from top to bottom."""
    level = one[1] < other[1] + other[3] and other[1] < one[1] + one[3]
    return level and not (one[0] < other[0] + other[2] and other[0] < one[0] + one[2])


def _has_more(root: Node, card: Node) -> bool:
    """Whether buttons that may belong to the card stand outside of it: then a larger part is the dialog."""
    inside = {id(node) for node in card.walk()}
    return bool(_buttons(n for n in root.walk() if n.visible and id(n) not in inside))


def _buttons(nodes: Iterable[Node]) -> list[Button]:
    own = words()["own"]
    found: list[Button] = []
    for node in nodes:
        if node.checkable or not (node.pressable and node.enabled):
            continue
        label = plain(node.text)
        if is_no(label):
            found.append(Button("negative", node.text, node.box))
        elif label in own["positive"] or agrees(label):
            found.append(Button("positive", node.text, node.box))
        elif not label and plain(node.description) in own["close_descriptions"]:
            found.append(Button("close", node.description, node.box))
    return found


def _worded_otherwise(nodes: Sequence[Node], name: str, *, guesses_no: bool) -> list[Button]:
    """The two answers of a card about a permission whose captions only begin like a no and a yes.

    None where either is missing.

    Of two captions one may be unknown: it is the other answer, but for one beside a mere 我知道了, which may be a link,
    and for one beside the yes of a page (not ``guesses_no``), which may lead anywhere.
    """
    own = words()["own"]
    found: list[Button] = []
    unknown: list[Node] = []
    for node in nodes:
        if node.checkable or not (node.pressable and node.enabled):
            continue
        label = plain(node.text)
        if not label or len(label) > LABEL_LENGTH:
            continue
        if _names_permission(node.text):
            continue  # the sentence itself takes a press: it explains, and answers nothing
        if label in own["negative"] or label.startswith(tuple(own["negative_begins"])):
            found.append(Button("negative", node.text, node.box))
        elif label in own["positive"] or label.startswith(tuple(own["positive_begins"])):
            found.append(Button("positive", node.text, node.box))
        else:
            unknown.append(node)
    guesses = guesses_no or any(button.role == "negative" for button in found)
    if guesses and len(found) == len(unknown) == 1 and plain(found[0].text) not in own["noted"]:
        other = "negative" if found[0].role == "positive" else "positive"
        found.append(Button(other, unknown[0].text, unknown[0].box))
    captions = {button.text for button in found}
    sentence = " ".join(node.text for node in nodes if node.text and node.text not in captions)
    asks = kind_of(without_name(sentence, name), [plain(caption) for caption in captions]) in (
        DialogKind.RATIONALE,
        DialogKind.SETTINGS_GUIDE,
    )
    return found if asks and {button.role for button in found} == {"negative", "positive"} else []


def kind_of(sentence: str, labels: Sequence[str]) -> DialogKind | None:
    """What an app's own dialog with these plain captions asks for; None when it says nothing."""
    text, own = plain(sentence), words()["own"]
    about_permission = has_any(text, own["permission"]) or group_in(sentence) is not None
    if asks_consent(sentence, labels, permission=about_permission):
        return DialogKind.CONSENT
    if has_any(text, words()["consent"]["policy"]) and all(label in (*own["noted"], *own["close_descriptions"]) for label in labels):
        return DialogKind.OTHER  # a policy to read, with nothing to say yes to
    if about_permission and (has_any(text, own["settings"]) or any(label in own["settings"] for label in labels)):
        return DialogKind.SETTINGS_GUIDE
    borrowed = group_in(sentence) is not None and any(label in own["borrowed"] for label in labels)
    leave = _wants(sentence) or (len(labels) > 1 and _explains(sentence, own["wants_to"]))  # 使用相机扫描条形码
    if has_any(text, own["permission"]) or borrowed or _explains(sentence, own["takes"]) or (leave and _says_yes(labels)):
        return DialogKind.RATIONALE
    return DialogKind.OTHER if text else None


def _explains(sentence: str, verbs: Iterable[str]) -> bool:
    """Whether it tells what something that a permission guards is taken for, by these verbs, no word for permission."""
    own, group = words()["own"], group_in(sentence)
    if group not in TAKEN:
        return False
    names = words()["groups"][group]
    taken = [verb + (" " if verb.isascii() else "") + name for verb in verbs for name in names]
    taken += [name + (" " if verb.isascii() else "") + verb for verb in own["taken"] for name in names]
    return has_any(plain(sentence), taken) and tells_purpose(sentence, group)


def _wants(sentence: str) -> bool:
    """Whether it says that a group is to be used (需要使用相机), whatever its answers are called: 继续 and 取消."""
    own, group = words()["own"], group_in(sentence)
    if group not in WANTED:
        return False
    begins, verbs, names = ("|".join(map(re.escape, table)) for table in (own["wants"], own["wants_to"], words()["groups"][group]))
    whose = WORDS.pattern("whose").pattern
    return re.search(f"(?:{begins}){whose}(?:{verbs}){whose}(?:{names})", plain(sentence)) is not None


def _says_yes(labels: Sequence[str]) -> bool:
    """Whether one of the captions is a yes: a choice of 拍照 and 从相册选择 above 取消 asks for nothing."""
    own = words()["own"]
    yes = (label in own["positive"] or label.startswith(tuple(own["positive_begins"])) for label in labels)
    return any(yes) or (len(labels) == 2 and sum(label in own["negative"] for label in labels) == 1)
