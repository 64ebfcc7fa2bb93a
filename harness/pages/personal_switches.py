"""The switches of a page that turn the choice of contents or adverts by a person's data on and off."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.dialogs.personalisation import Chosen, button_of, named, option_of, state_told, turns_off
from harness.events.box import Box
from harness.pages.view_structure import own_windows
from harness.parsers.hierarchy import Node

WIDER = 1.3
"""A switch that is only a picture is so much wider than high [PROJECT]; an arrow is not."""


@dataclass(frozen=True, slots=True)
class PersonalSwitch:
    """A switch by its caption; ``on``: contents are chosen by personal data, None where the tree does not tell."""

    text: str
    chosen: tuple[Chosen, ...]
    on: bool | None
    box: Box


def personal_switches(roots: Sequence[Node], package: str) -> list[PersonalSwitch]:
    """The switches on the app's topmost window, each caption once."""
    own = own_windows(roots, package)
    if not own or own[-1].package != package:
        return []
    found: dict[str, PersonalSwitch] = {}
    for text, parents in _captions(own[-1], ()):
        words = text.text or text.description
        if (control := _control(text, parents)) is not None:
            node, on = control
            on = not on if on is not None and turns_off(words) else on
        elif text.pressable and (button := button_of(words)) is not None:
            node, (words, on) = text, button
        else:
            continue
        found.setdefault(words, PersonalSwitch(words, tuple(sorted(named(words))), on, node.box))
    return list(found.values())


def _captions(node: Node, parents: tuple[Node, ...]) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """The views that name such a choice, each with the views that it lies in, the innermost last."""
    if not node.visible or node.area <= 0:
        return
    if named(node.text or node.description):
        yield node, parents
    for child in node.children:
        yield from _captions(child, (*parents, node))


def _control(text: Node, parents: tuple[Node, ...]) -> tuple[Node, bool | None] | None:
    """What a caption is the caption of: the view to press, and whether it is turned on."""
    if _is_switch(text):
        return text, text.checked
    for row in reversed(parents):
        inside = [row, *(each for each in row.walk() if each.visible and each.area > 0 and each is not text)]
        switches = [each for each in inside if _is_switch(each) and not each.text and _in_line(each, text)]
        if switches:
            switch = min(switches, key=lambda each: _away(each, text))
            return switch, switch.checked
        told = (state_told(each.text) for each in inside if each.text and _in_line(each, text))
        if (on := next((state for state in told if state is not None), None)) is not None:
            return row, on
        pictures = (each for each in inside if each.clickable and not each.children and not (each.text or each.description))
        beside = (each for each in pictures if _in_line(each, text) and each.box[0] >= text.bounds[2])
        if (choice := _choice(inside)) is not None:
            return choice
        if (picture := next((each for each in beside if each.box[2] >= WIDER * each.box[3]), None)) is not None:
            return picture, None
    return None


def _choice(inside: Sequence[Node]) -> tuple[Node, bool] | None:
    """Of two boxes of which one is to be chosen, 开启 and 关闭, that which is not, and whether it is on."""
    boxes = [(each, option_of(each.text)) for each in inside if each.checkable and each.text]
    on, off = ([each for each, option in boxes if option is wanted] for wanted in (True, False))
    if len(on) != 1 or len(off) != 1 or on[0].checked == off[0].checked:
        return None
    return (off[0], True) if on[0].checked else (on[0], False)


def _is_switch(node: Node) -> bool:
    return node.checkable and not node.class_name.endswith("RadioButton")


def _away(node: Node, text: Node) -> int:
    return abs(node.bounds[1] + node.bounds[3] - text.bounds[1] - text.bounds[3])


def _in_line(node: Node, text: Node) -> bool:
    """Whether a view stands beside a text, or in the two lines of which the text is one."""
    return _away(node, text) <= node.box[3] + 2 * text.box[3]
