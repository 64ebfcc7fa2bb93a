"""Copies of a run with words blacked out: in texts a mark for each byte, in pictures a black box over each place.

The places in a picture come from two witnesses: the view trees of that moment, and the words that are read in it. What
neither of them shows stays: docs/evidence.md says what redaction cannot promise.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from harness.custody.redaction_comparison import LEFT_OUT, PICTURE, TEXT, goes_as_it_is, is_picture
from harness.custody.redaction_terms import RedactionTerms
from harness.custody.run_archive import Copy
from harness.errors import EvidenceError, FormatError, why
from harness.events.base import Step
from harness.events.box import Box
from harness.language import _
from harness.parsers.hierarchy import parse_hierarchy
from harness.recording.journal import JOURNAL, read_journal
from harness.recording.steps.screen_steps import Tree
from harness.vision.annotated_thumbnails import encode_png
from harness.vision.ocr import read_text

_MARGIN = 4  # pixels round a line that was read: its box is that of the ink
_LINE = 64 << 20  # bytes of a line that is looked through at a time
_HEAD = 8192  # bytes by which a text is told from anything else


class RunRedaction:
    """The copies of one run; ``told`` is called with the name of each picture before it is read.

    ``kept`` has what goes as it is although a word is in it or in its name: lists, and the name of the folder itself.
    """

    def __init__(self, folder: Path, words: RedactionTerms, told: Callable[[str], None] = lambda name: None) -> None:
        self._folder, self._words, self._told = folder, words, told
        self.kept: list[str] = [folder.name] if words.within(folder.name.encode()) else []
        self._trees = _trees_by_picture(folder)

    def copy(self, path: str) -> Copy | None:
        """The copy of a file, None where it goes as it is: lists hold hashes, and would prove nothing once changed."""
        listed = goes_as_it_is(path)
        try:
            if self._words.within(path.encode()) or (listed and self._has_word(path)):
                self.kept.append(path)
            if listed:
                return None
            with (self._folder / path).open("rb") as file:
                head = file.read(_HEAD)
            if is_picture(head):
                return self._picture(path)
            if b"\0" in head:
                return Copy(LEFT_OUT)
            return self._text(path)
        except OSError as error:
            raise EvidenceError(_("{path} cannot be read: {reason}", path=self._folder / path, reason=why(error))) from error

    def _text(self, path: str) -> Copy | None:
        place = self._folder / path

        def marked() -> Iterator[bytes]:
            return (self._words.marked(line) for line in _lines(place))

        if not self._has_word(path):
            return None
        return Copy(TEXT, place.stat().st_size, marked)

    def _has_word(self, path: str) -> bool:
        return any(self._words.within(line) for line in _lines(self._folder / path))

    def _picture(self, path: str) -> Copy | None:
        picture = cv2.imdecode(np.frombuffer((self._folder / path).read_bytes(), np.uint8), cv2.IMREAD_COLOR)
        if picture is None:
            return Copy(LEFT_OUT)
        self._told(path)
        pixels = np.asarray(picture, dtype=np.uint8)
        boxes = [*self._boxes_of_trees(path), *self._boxes_that_are_read(pixels)]
        if not boxes:
            return None
        data = encode_png(_blackened(pixels, boxes))
        return Copy(PICTURE, len(data), lambda: iter([data]))

    def _boxes_of_trees(self, path: str) -> Iterator[Box]:
        for xml in self._trees.get(path, ()):
            if not self._words.within(xml.encode("utf-8", "surrogatepass")):
                continue
            try:
                nodes = parse_hierarchy(xml)
            except FormatError:
                continue
            for node in (below for top in nodes for below in top.walk()):
                if any(self._words.said(text) for text in (node.text, node.description, node.hint)):
                    yield node.box

    def _boxes_that_are_read(self, picture: NDArray[np.uint8]) -> Iterator[Box]:
        for line in read_text(picture):
            if self._words.said(line.text):
                x, y, width, height = line.box
                yield x - _MARGIN, y - _MARGIN, width + 2 * _MARGIN, height + 2 * _MARGIN


def _blackened(picture: NDArray[np.uint8], boxes: Sequence[Box]) -> NDArray[np.uint8]:
    found = picture.copy()
    for x, y, width, height in boxes:
        found[max(y, 0) : max(y + height, 0), max(x, 0) : max(x + width, 0)] = 0
    return found


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while line := file.readline(_LINE):
            yield line


def _trees_by_picture(folder: Path) -> dict[str, list[str]]:
    """The view trees that may show what a picture shows: its own, else the last before it and the first after it."""
    found: dict[str, list[str]] = {}
    own: dict[str, list[str]] = {}
    before, waiting = "", set[str]()
    journal = folder / JOURNAL
    for entry in read_journal(journal) if journal.exists() else ():
        if isinstance(entry.step, Tree):
            before = entry.step.xml
            for path in waiting:
                found.setdefault(path, []).append(before)
            waiting.clear()
            if entry.step.screenshot:
                own.setdefault(entry.step.screenshot, []).append(before)
            continue
        for path in _pictures(entry.step):
            waiting.add(path)
            if before:
                found.setdefault(path, []).append(before)
    return found | {path: [*own[path], *found.get(path, [])] for path in own}


def _pictures(step: Step) -> Iterator[str]:
    """The pictures that a step names, whatever step it is."""
    named: list[Any] = [getattr(step, name, None) for name in ("path", "screenshot")]
    return (path for path in named if isinstance(path, str) and path.endswith(".png"))
