"""A film of what the screen shows while something is tried, and the moments at which something new came up in it.

For what is over in half a second: a page that jumps away, a window that closes itself. Acts on adverts are filmed;
whole scenarios only where the tester wants it (``whole_film``).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

from harness.errors import FormatError, HarnessError
from harness.events import Instant
from harness.events.film_events import FilmHow
from harness.language import Text, _, chinese, text_of
from harness.parsers.touch_order import screen_of
from harness.recording import steps
from harness.recording.film_file import frames_of
from harness.recording.film_recorder import begin_film
from harness.recording.film_sources import LONGEST_SECONDS, Source, Wanted
from harness.restore.ledger import Change, Ledger
from harness.session.session import Session
from harness.vision.film_stills import film_stills
from harness.vision.frame_checks import all_black
from harness.vision.luma_thumbnails import Frame

FILM_SECONDS = 60
"""The longest film of one act [PROJECT]."""
SHORT_SIDE = 720
"""Pixels of a film's shorter side at most [PROJECT]: words can be read, and any phone's encoder keeps up."""
NAME_LENGTH = 60  # of a film, in the names of its files
MOST_MOMENTS = 60
"""Pictures that are kept of one film [PROJECT]."""
_NEVER = Instant(0, 0.0)
_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")
_SIZE = re.compile(r"(?:Override|Physical) size: (\d{2,5})x(\d{2,5})")  # WindowManagerShellCommand.java, printInitialDisplaySize


@dataclass(frozen=True, slots=True)
class Moment:
    """A picture that stood still from ``at`` until ``until``; ``path`` in the run folder.

    ``again``: it was up earlier in the same film.
    """

    at: Instant
    until: Instant
    path: str
    again: bool


@dataclass(slots=True)
class Film:
    """A film; all but the name is known once its block is over."""

    name: str
    how: FilmHow = FilmHow.NONE
    path: str = ""
    begin: Instant = _NEVER
    end: Instant = _NEVER
    frames: int = 0
    note: Text | str = ""
    moments: tuple[Moment, ...] = ()

    @property
    def news(self) -> tuple[Moment, ...]:
        """The moments at which something came up that had not been up before in this film."""
        return tuple(moment for moment in self.moments[1:] if not moment.again)


@contextmanager
def filmed(session: Session, name: str, *, seconds: int = FILM_SECONDS) -> Iterator[Film]:
    """Film the screen while the block runs, ``seconds`` at most, and afterwards list what was up.

    A phone that gives no film, or breaks it off, is noted and no error. Raises DeviceLost where it is gone at the
    beginning.
    """
    film = Film(unused_name(session, fit_name(name)))
    wanted = Wanted(
        session.device,
        session.folder,
        film.name,
        min(max(1, seconds), LONGEST_SECONDS),
        film_size(session),
        lambda host: session.clock.at_host(host).uptime,
    )
    with Ledger(session.device).kept(Change(f"film {film.name}", undo=("rm", "-f", wanted.device_path))):
        source, film.note = begin_film(wanted)
        film.how = source.how if source is not None else FilmHow.NONE
        film.begin = session.now()
        session.journal.write(film_step(film, steps.Edge.START))
        try:
            yield film
        finally:
            _end(session, film, source)


def _end(session: Session, film: Film, source: Source | None) -> None:
    film.end = session.now()
    if source is not None:
        try:
            recorded = source.stop()
            film.path, film.frames, film.note = recorded.path, recorded.frames, recorded.note or film.note
            film.begin, film.end = (Instant(film.end.boot, uptime) for uptime in (recorded.begin, recorded.end))
            _look(session, film)
        except HarnessError as error:
            film.note = text_of(error)
        if not film.path:
            film.how = FilmHow.NONE
    session.journal.write(film_step(film, steps.Edge.END))
    for moment in film.moments:
        session.journal.write(
            steps.FilmMoment(
                name=film.name, path=moment.path, begin=round(moment.at.uptime, 3), end=round(moment.until.uptime, 3), again=moment.again
            )
        )


def _look(session: Session, film: Film) -> None:
    """Find the moments, each with its picture; what a damaged film still tells counts."""
    begin, moments, frames, black = film.begin, list[Moment](), 0, True

    def counted() -> Iterator[tuple[float, Frame]]:
        nonlocal frames
        for pair in frames_of(session.folder.inside(film.path)):
            frames += 1
            yield pair

    try:
        for shown in film_stills(counted(), film.end.uptime - begin.uptime):
            if len(moments) == MOST_MOMENTS:
                film.note = film.note or _("more came up than {count} pictures: the film has the rest", count=MOST_MOMENTS)
                break
            black = black and all_black(shown.frame, (0, 0, shown.frame.shape[1], shown.frame.shape[0]))
            at, until = (begin.later(seconds) for seconds in (shown.first, shown.last))
            moments.append(Moment(at, until, session.folder.save_screen(shown.frame), shown.again))
    except FormatError as error:
        film.note = text_of(error)
    if moments and black:
        film.note = film.note or _("the film is black: the screen was off, or its pictures may not be taken")
    film.frames, film.moments = max(frames, film.frames), tuple(moments)


def film_step(film: Film, what: steps.Edge) -> steps.Film:
    """The line of the journal by which a film begins or ends."""
    return steps.Film(
        what=what,
        name=film.name,
        how=film.how,
        path=film.path,
        begin=round(film.begin.uptime, 3),
        end=round(film.end.uptime, 3),
        frames=film.frames,
        note=str(film.note),
        note_zh=chinese(film.note),
    )


def fit_name(name: str) -> str:
    """The name as a part of names of files."""
    return _UNFIT.sub("-", name)[:NAME_LENGTH].strip(".-") or "film"


def unused_name(session: Session, name: str) -> str:
    """The name, with a number behind it where the run has such a film already."""
    numbers = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(each for each in numbers if not any(session.folder.raw.glob(f"film-{each}*")))


def film_size(session: Session) -> tuple[int, int] | None:
    """The screen's size made small, as the phone is held now; None where it is small already, or unknown."""
    found = _SIZE.findall(session.device.shell(["wm", "size"]).stdout)
    if not found:
        return None
    width, height = map(int, found[-1])  # an override stands behind
    right, bottom = screen_of(session.screen.roots)
    if right > bottom:
        width, height = max(width, height), min(width, height)
    scale = SHORT_SIDE / min(width, height)
    return (round(width * scale / 2) * 2, round(height * scale / 2) * 2) if scale < 1 else None
