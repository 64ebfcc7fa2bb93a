"""Pictures of a finding for a document: JPEG, reduced, with their marks drawn in, as Word draws none over a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.errors import HarnessError
from harness.language import Text, _
from harness.replay.popups import read_picture
from harness.vision.annotated_thumbnails import boxed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from harness.report.report_model import Picture

WIDE, SMALL = 420, 160  # pixels: half of a page of A4, and a line of a list
TREE, PIXELS = (21, 101, 192), (198, 40, 40)  # RGB: what the view tree says, what the pixels say


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture of the evidence, reduced and with marks; ``picture`` names the original."""

    picture: Picture
    jpeg: bytes

    @property
    def caption(self) -> Text:
        """What it shows; the hash is that of the original, which is said."""
        path, digest = self.picture.path, self.picture.sha256[:16]
        return _("{caption} (reduced; original {path}, SHA-256 {digest}...)", caption=self.picture.caption, path=path, digest=digest)


def drawings(folder: Path, pictures: Sequence[Picture]) -> tuple[Drawn, ...]:
    """The pictures of a finding; one that is damaged is left out."""
    return tuple(_drawn(folder, pictures))


def small_drawing(folder: Path, path: str) -> bytes | None:
    """A picture as it stands in a list; None for one that is missing or damaged."""
    try:
        return boxed(read_picture(folder, path), (), width=SMALL)
    except HarnessError:
        return None


def _drawn(folder: Path, pictures: Sequence[Picture]) -> Iterator[Drawn]:
    for picture in pictures:
        marks = [(box, "", colour) for box, colour in ((picture.tree_box, TREE), (picture.pixel_box, PIXELS)) if box]
        try:
            frame = read_picture(folder, picture.path)
        except HarnessError:
            continue
        yield Drawn(picture, boxed(frame, marks, width=WIDE))
