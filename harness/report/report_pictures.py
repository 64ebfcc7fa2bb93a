"""Pictures of a report: those of a document have their marks drawn in, as Word draws none over a picture.

On a page each is embedded once, as large as the largest of its places, and shown wherever it is named. Marks are drawn
by the page over the picture, in the pixels of the original. So a picture with other marks costs nothing, and
the bytes of the screenshot are never mixed with what we say of it.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from harness.errors import FormatError, HarnessError
from harness.events import AdvertActed, AdvertLeft, FilmMoment, FilmTaken
from harness.events.durations import seconds_words
from harness.events.findings import Outcome
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.replay.popups import read_picture
from harness.vision.annotated_thumbnails import boxed, reduced

if TYPE_CHECKING:
    from harness.report.report_model import AppReport, Picture, VerdictView

ACCUSING, TELLING, SMALL = (540, 1280), (360, 860), (180, 430)
"""Most pixels along the shorter and the longer side: what accuses is read when enlarged, what acquits is recognised,
what stands in a map or a list is small."""
MOST_SMALL = 48
"""Pictures of a map: beyond, its rows have words only."""
ACCUSERS = (Outcome.VIOLATION, Outcome.SUSPECTED, Outcome.INCONCLUSIVE)


@dataclass(frozen=True, slots=True)
class EmbeddedPicture:
    """A picture of one app's part of a page: its number there, its data address, and the size of the original."""

    number: int
    address: str
    width: int
    height: int

    @property
    def lying(self) -> bool:
        """Whether it is wider than high."""
        return self.width > self.height


def with_pictures(app: AppReport, folder: Path) -> AppReport:
    """The same with every picture that its part of a page shows."""
    sizes = dict.fromkeys(_small(app), SMALL)
    return replace(app, pictures=plates(app.verdicts, folder, sizes))


def plates(verdicts: Iterable[VerdictView], folder: Path, others: dict[str, tuple[int, int]] | None = None) -> dict[str, EmbeddedPicture]:
    """Path -> picture, for all of some verdicts and the ``others`` by their size; one that is damaged is left out."""
    sizes: dict[str, tuple[int, int]] = {}
    for finding in (finding for verdict in verdicts for finding in verdict.findings):
        size = ACCUSING if finding.outcome in ACCUSERS else TELLING
        for picture in finding.pictures:
            sizes[picture.path] = max(size, sizes.get(picture.path, size))
    found: dict[str, EmbeddedPicture] = {}
    for path, (short, long) in ((others or {}) | sizes).items():
        try:
            frame = read_picture(folder, path)
        except FormatError:
            continue
        coded = base64.b64encode(reduced(frame, short=short, long=long)).decode("ascii")
        address = Markup("data:image/webp;base64,") + coded  # no text of an app: it is not cut
        found[path] = EmbeddedPicture(len(found) + 1, address, frame.shape[1], frame.shape[0])
    return found


def _small(app: AppReport) -> list[str]:
    """What the map of screens and the list of settings pages show."""
    walked = [row.picture for row in app.walk.rows if row.picture] if app.walk else []
    settings = [path for _, path in app.policies.pages] if app.policies else []
    return [*walked[:MOST_SMALL], *settings]


WIDE, LINE = 420, 160  # pixels: half of a page of A4, and a line of a list
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
        return boxed(read_picture(folder, path), (), width=LINE)
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


MOST_SHOWN = 4
"""Pictures of one act on a page; the film has all."""


class NewFrames(NamedTuple):
    """A picture of the run folder and what it is."""

    path: str
    words: Text


def new_frames(timeline: Timeline, acted: AdvertActed) -> Iterator[NewFrames]:
    """The first few pictures that an act brought up, in order; none where nobody filmed it."""
    shown = {moment.film for moment in timeline.of(FilmMoment)}  # of a film of the whole scenario there are none
    film = next((taken for taken in timeline.of(FilmTaken) if taken.film in shown and taken.begin <= acted.at <= taken.end), None)
    if film is None:
        return
    left = (one.at for one in timeline.of(AdvertLeft) if one.slot == acted.slot and one.at > acted.at)
    end = min(film.end, next(left, film.end))
    moments = (moment for moment in timeline.between(acted.at, end, FilmMoment) if moment.film == film.film and not moment.again)
    for moment, _number in zip(moments, range(MOST_SHOWN), strict=False):
        after, up = moment.at.seconds_since(acted.at), min(moment.until, end).seconds_since(moment.at)
        words = _("film: came up {after} after the act, for {up}", after=seconds_words(after), up=seconds_words(up))
        yield NewFrames(moment.screenshot, words)
