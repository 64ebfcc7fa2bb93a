"""Screen identity: which page of the app the view tree shows, by its structure.

Two trees are the same screen when their frames are (``page_frame``): they may differ in texts, numbers, the rows of a
list, badges, in what an advert shows, and in what lies below. Pages of one layout are told apart by their title, the
selected tab, the words of their own buttons and the heading of a web page.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from harness.dialogs.dialog_words import has_any, plain, words
from harness.dialogs.promises import promised_by_name, promises_of
from harness.dialogs.purposes import told_on_page
from harness.events.box import Box, encloses
from harness.pages.page_frame import TITLE_LENGTH, Frame, frame_of
from harness.pages.view_structure import own_windows, unnumbered
from harness.parsers.hierarchy import Node
from harness.parsers.tree_cache import once_for_a_tree

TEXT_LIMIT = 4000
MAIN_SHARE = 1 / 3
"""Of a page's headings, how many must promise a use for the page to be about it [PROJECT]: a scanner says so in its
title and its hint, a home page has one heading in ten about the shops nearby."""


@dataclass(frozen=True, slots=True)
class Page:
    """The page in front in one view tree; the first fields are those of the event ScreenSeen.

    What it promises is its own: not that of a window or a part below the one in front.

    ``skeleton`` is the identity of its layout alone: pages of one skeleton are made by the same code. ``bare`` is True
    where the tree holds neither texts nor anything to press, as of a page that an app draws itself.
    """

    screen: str
    package: str
    title: str
    text: str
    promises: tuple[str, ...]
    about: tuple[str, ...]
    fields: int
    skeleton: str
    bare: bool

    def fields_of_event(self) -> dict[str, Any]:
        """Return the keyword arguments of ScreenSeen."""
        return {name: getattr(self, name) for name in ("screen", "package", "title", "text", "promises", "about", "fields")}


def describe(roots: Sequence[Node], package: str, adverts: tuple[Box, ...] = ()) -> Page | None:
    """The page in front: the windows of ``package`` where it has any, else the last one but the status bar.

    What stands in the boxes of its ``adverts`` promises nothing of the app. None for an empty tree.
    """
    return _page_of(tuple(roots), package, adverts)


@once_for_a_tree
def _page_of(roots: tuple[Node, ...], package: str, adverts: tuple[Box, ...]) -> Page | None:
    own = own_windows(roots, package)
    if not own:
        return None
    frames = [frame_of(root) for root in own]
    nodes = [node for frame in frames for node in frame.shown]
    said = [node for node in nodes if not node.class_name.endswith("EditText")]  # the hint of a field, and what we typed, are no content
    texts = [node.text or node.description for node in said if node.text or node.description]
    front = frames[-1]
    apart = {id(node) for node in front.shown if any(encloses(box, node.box) for box in adverts)}
    usable = [node for node in front.shown if node.pressable and id(node) not in apart and not node.class_name.endswith("EditText")]
    promised = {group for node in usable for group in promises_of(node.text or node.description, node.short_id)}
    layout = "|".join(frame.outline for frame in frames)
    labels = sorted({label for frame in frames for label in frame.labels})
    return Page(
        screen=_digest(unnumbered(front.title), *labels, layout),
        package=own[-1].package,
        title=front.title or next((text for text in texts if len(text) <= TITLE_LENGTH), ""),
        text="\n".join(texts)[:TEXT_LIMIT],
        promises=tuple(sorted(promised)),
        about=_about(front.title, list(_headings(front, apart)), texts),
        fields=sum(node.class_name.endswith("EditText") for node in nodes),
        skeleton=_digest(layout),
        bare=not texts and not any(node.pressable for node in nodes),
    )


def _headings(frame: Frame, apart: set[int]) -> Iterator[str]:
    """The short texts that are neither a control nor a part of one or of a list: what the page says of itself.

    ``apart`` are the views that are not of the page.
    """
    above = set(apart)
    for node in frame.shown:
        if id(node) in above or node.pressable or node.scrollable:
            above.update(id(child) for child in node.children)
            continue
        text = node.text or node.description
        if text and len(text) <= TITLE_LENGTH:
            yield text


def _about(title: str, headings: list[str], texts: Sequence[str]) -> tuple[str, ...]:
    """The groups that the page as a whole promises a use of: by its title, or by a good part of its headings.

    What names a permission (您未授予电话权限) explains or refuses, and promises nothing; nor do the words by which a
    page tells what a permission is for (日历 / 用于添加行程提醒).
    """
    promising = [heading for heading in headings if not has_any(plain(heading), words()["own"]["permission"])]
    promised = [(heading, group) for heading in promising for group in promised_by_name(heading)]
    told = told_on_page(texts, {group for _, group in promised})
    counted = [(line, group) for line, group in promised if not told.explains(line, group, is_title=line == title)]
    often = Counter(group for _, group in counted)
    return tuple(sorted({g for line, g in counted if line == title or often[g] >= len(headings) * MAIN_SHARE}))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:12]
