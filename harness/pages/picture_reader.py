"""Read pictures where the view tree tells nothing.

The same reader for the live session and for the replay of its run.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from harness.dialogs.dialog_words import plain
from harness.dialogs.inaccessible_region import FILMS, silent_area, untold
from harness.dialogs.matcher import Dialog
from harness.dialogs.offers import tells_of_renewal
from harness.dialogs.pixel_dialog import alike, dialog_on_card, find_painted_dialog
from harness.dialogs.pixel_nodes import painted_nodes, with_painted, wordless_page
from harness.dialogs.skip_button import find_skip
from harness.dialogs.word_patterns import has_price
from harness.events.app_under_test import AppUnderTest
from harness.events.box import Box, intersection
from harness.pages.painted_marks import painted_marks
from harness.parsers.hierarchy import Node
from harness.vision.card_controls import find_close
from harness.vision.frame_checks import SAME_PICTURE, all_black, hamming, moved, page_rows, picture_hash
from harness.vision.luma_thumbnails import Frame, view
from harness.vision.ocr import TextLine, read_text, with_small_print
from harness.vision.picture_cache import PictureCache, picture_digest
from harness.vision.popup import Popup, find_popup
from harness.vision.text_controls import PaintedControl, page_controls

REST_SECONDS, MOST_REST_SECONDS = 2.0, 32.0
"""A page that does not come to rest (video, countdown) is read after so many seconds all the same, then after twice as
many, and so on [PROJECT]: reading takes a second."""

SMALL_PRINT = 5
"""Heights of a price, one of them above it, in which what it costs later may stand in small print [PROJECT]."""
REMEMBERED = 1024
"""Pictures of which is remembered what they say, more than a run has: the replay of a run that just ended reads none
again."""
TOAST_FROM = 0.6
"""How far down a picture a Toast stands, as a share of its height [PROJECT]."""
MOST_PAGES = 64
"""An animation has no end of pictures; a walk needs no more pages than this to tell them apart."""


@dataclass(frozen=True, slots=True)
class PictureReading:
    """The text and controls of one picture in the part of the app's window that the tree does not tell.

    ``roots`` is the tree with what was painted added to it. ``hidden`` is True where the area is black: FLAG_SECURE, or
    nothing drawn yet. Then nothing can be said of the screen. ``card`` is the pop-up that the picture shows, ``cross``
    what closes it, both also where it asks nothing.
    """

    area: Box
    roots: tuple[Node, ...]
    lines: tuple[TextLine, ...] = ()
    dialog: Dialog | None = None
    hidden: bool = False
    card: Box | None = None
    cross: Box | None = None


class _Picture:
    """A picture, its quarter plane, by which it is compared, and its digest, by which its lines are remembered."""

    def __init__(self, frame: Frame) -> None:
        self.frame, self.plane = frame, view(frame).v

    @cached_property
    def digest(self) -> bytes:
        return picture_digest(self.frame)

    def text(self, region: Box) -> tuple[TextLine, ...]:
        """The lines of a region (x, y, width, height); raises FormatError where text cannot be read."""
        return _texts.recall((self.digest, region), lambda: self._lines(region))

    def _lines(self, region: Box) -> tuple[TextLine, ...]:
        """Where a price is told and no renewal, what stands round the largest price is read once more, in full size."""
        lines = read_text(self.frame, region)
        prices = [line.box for line in lines if has_price(line.text)]
        if not prices or any(tells_of_renewal(line.text) for line in lines):
            return lines
        _x, y, _width, height = max(prices, key=lambda box: box[3])
        return with_small_print(self.frame, lines, intersection(region, (region[0], y - height, region[2], SMALL_PRINT * height)))


class _Page(NamedTuple):
    """What the lines of a picture are: a dialog, or a page with its controls, what closes it, and its marks."""

    dialog: Dialog | None
    controls: tuple[PaintedControl, ...]
    cross: Box | None
    marks: tuple[TextLine, ...]


_texts: PictureCache[tuple[TextLine, ...]] = PictureCache(REMEMBERED)
_popups: PictureCache[Popup] = PictureCache(REMEMBERED)
_pages: PictureCache[_Page] = PictureCache(REMEMBERED)


class PictureReader:
    """Reads the pictures of one app in their order; it remembers the one before and the dialog in it."""

    def __init__(self, app: AppUnderTest) -> None:
        """Read the windows of ``app`` only."""
        self._app = app
        self._read: _Picture | None = None  # the last one that was read
        self._other: _Picture | None = None  # and the last before it that was different
        self._taken: _Picture | None = None  # the last one that was looked at
        self._read_at = float("-inf")
        self._dialog: Dialog | None = None
        self._patience = REST_SECONDS
        self._runs = False  # whether the picture that was looked at last is one of a film
        self._pages: list[int] = []  # hashes of the pages without a word
        self._silent: tuple[Sequence[Node], Box | None] | None = None  # of the tree that was asked about last
        self.toast = ""
        """What the last Toast said, which stands for some seconds in pictures of whatever page comes then."""

    def silent(self, roots: Sequence[Node]) -> Box | None:
        """The part of the app's window (x, y, width, height) of which the tree tells nothing; None where none is."""
        if self._silent is None or self._silent[0] is not roots:
            self._silent = roots, silent_area(roots, self._app.package, self._app.grant_packages)
        return self._silent[1]

    def is_news(self, frame: Frame, now: float) -> bool:
        """Whether a picture taken at the uptime ``now`` must be read.

        It differs from the last that was, and has come to rest; on a page that the tree tells, a film that runs never
        does.
        """
        before, self._runs = self._taken, False
        self._taken = before if before is not None and before.frame is frame else _Picture(frame)  # a device may give it again
        if self._read is not None and not moved(self._read.plane, self._taken.plane):
            return False
        if before is None or not moved(before.plane, self._taken.plane):
            self._patience = REST_SECONDS
            self._runs = before is None and self._is_film()
            return not self._runs
        self._runs = self._is_film()
        if self._runs or now - self._read_at < self._patience:
            return False
        self._patience = min(2 * self._patience, MOST_REST_SECONDS)
        return True

    def read(self, frame: Frame, roots: Sequence[Node], now: float = 0.0) -> PictureReading | None:
        """What a picture says that was taken together with the tree ``roots``; None where the tree tells all itself.

        None too while a film runs on a page: its words are no controls. Raises FormatError where text cannot be read.
        """
        silent = self.silent(roots)
        if silent is None or self._runs:
            return None
        area = _between_bars(silent, frame)
        picture = self._taken if self._taken is not None and self._taken.frame is frame else _Picture(frame)
        if self._read is None or moved(self._read.plane, picture.plane):
            self._other, self._read = self._read, picture
        self._read_at = now
        if all_black(frame, area):
            self._dialog = None
            return PictureReading(area, tuple(roots), hidden=True)
        before = None if self._other is None or self._other.frame.shape != frame.shape else self._other
        popup = _popup(picture, before)
        owner = self._app.package
        # a card costs a quarter of a page, and nothing below it can be pressed
        lines = self._own(picture.text(intersection(popup.box, area)), roots, frame) if popup.box is not None else ()
        card = dialog_on_card(popup, lines, owner)
        if card is None:
            lines = self._own(picture.text(area), roots, frame)
        page = _page(picture, before, area, lines, owner, card)
        dialog = page.dialog
        if dialog is not None and self._dialog is not None and alike(dialog, self._dialog):
            dialog = self._dialog
        self._dialog = dialog
        controls = list(page.controls)
        lines = (*lines, *page.marks)
        if (skip := find_skip(lines, area)) and not any(skip.text == control.text for control in controls):
            controls.append(PaintedControl(skip.text, skip.box))
        nodes = painted_nodes(owner, lines, controls, page.cross, dialog)
        if not lines and any(root.package == owner and root.box == silent for root in roots):  # else the tree tells the page
            nodes = (*nodes, wordless_page(owner, area, self._number(frame)))
        return PictureReading(area, with_painted(roots, owner, nodes), lines, dialog, card=popup.box, cross=popup.close)

    def _own(self, lines: Iterable[TextLine], roots: Sequence[Node], frame: Frame) -> tuple[TextLine, ...]:
        """The lines that are the app's own, no text of the tree, and no Toast, which stands low on the screen."""
        low, said = frame.shape[0] * TOAST_FROM, plain(self.toast)
        own = untold(lines, roots, self._app.package)
        return tuple(line for line in own if not (said and plain(line.text) == said and line.centre[1] >= low))

    def _is_film(self) -> bool:
        """Whether what is silent is a part of a page that shows films or the camera."""
        roots, area = self._silent or ((), None)
        if any(root.box == area for root in roots):
            return False
        return any(node.box == area and node.class_name in FILMS for root in roots for node in root.walk())

    def _number(self, frame: Frame) -> int:
        """Which of the pages without a word that were seen so far a picture shows.

        Beyond MOST_PAGES the nearest of them.
        """
        seen = picture_hash(frame)
        apart = [hamming(seen, known) for known in self._pages]
        if apart and (min(apart) <= SAME_PICTURE or len(apart) >= MOST_PAGES):
            return apart.index(min(apart))
        self._pages.append(seen)
        return len(self._pages) - 1


def _popup(picture: _Picture, before: _Picture | None) -> Popup:
    """The pop-up in a picture, with the picture before it as the second witness."""
    earlier = [] if before is None else [before]
    key = (picture.digest, *(each.digest for each in earlier))
    return _popups.recall(key, lambda: find_popup(picture.frame, [each.frame for each in earlier]))


def _page(picture: _Picture, before: _Picture | None, area: Box, lines: tuple[TextLine, ...], owner: str, card: Dialog | None) -> _Page:
    """What the lines that the app ``owner`` painted in an area are.

    ``card`` is the dialog that a pop-up is, if one is.
    """

    def work_out() -> _Page:
        frame, earlier = picture.frame, None if before is None else before.frame
        dialog = card or find_painted_dialog(frame, lines, owner, _popup(picture, before), earlier)
        cross = find_close(frame, area) if dialog is None else None
        controls = page_controls(frame, lines)
        marks = painted_marks(frame, area, lines, controls) if dialog is None else ()
        return _Page(dialog, tuple(controls), cross, marks)

    return _pages.recall((picture.digest, before and before.digest, area, lines, owner, card), work_out)


def _between_bars(area: Box, frame: Frame) -> Box:
    """Return the part of an area between the system bars.

    Their clock is not the app's, and a page that is as before reads the same.
    """
    top, bottom = page_rows(frame.shape[0])
    x, y, width, height = area
    upper, lower = min(max(y, top), bottom), min(max(y + height, top), bottom)
    return x, upper, width, lower - upper
