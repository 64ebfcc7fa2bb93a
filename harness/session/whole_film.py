"""``--film``: a film of each scenario from its beginning to its end, in pieces, and the list that joins them.

First come the phone's own pages about itself and about its clock, so that a film alone tells which phone it is of and
when. A phone ends a film after three minutes, so the next piece is begun before the last one is ended, where its
encoder takes two; else the gap is told. Nothing is decoded: that is for whoever looks.
"""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from harness.errors import CommandFailed, DeviceLost, EvidenceError, HarnessError
from harness.events.film_events import FilmHow
from harness.language import Text, _, text_of
from harness.recording import steps
from harness.recording.film_recorder import begin_film
from harness.recording.film_sources import LONGEST_SECONDS, MovieFile, Recorded, Source, Wanted
from harness.restore.ledger import Change, Ledger
from harness.session.canary import in_front
from harness.session.filming import Film, film_size, film_step, fit_name, unused_name
from harness.session.session import Session

PIECE_SECONDS = LONGEST_SECONDS - 10.0
"""Of one piece [PROJECT]: the next one begins while a phone films still."""
HEAD_SECONDS = 2.0
"""For which each page about the phone is shown [PROJECT]: a person reads it, and a still frame has it."""
HEAD = ("android.settings.DEVICE_INFO_SETTINGS", "android.settings.DATE_SETTINGS")
"""Settings.java: about the phone; date and time."""
MOST_BYTES = 4 << 30
"""Of all pieces of a scenario [PROJECT]: two hours of a screen that never rests; of one that rests, days."""
LEAST_SPACE = 1 << 30
"""Bytes that a film leaves free on this computer [PROJECT]: a disk that is full costs the run, not the film alone."""
LEAST_GAP = 0.1
"""Seconds between two pieces that are told [PROJECT]: no window that a person sees is shorter."""
_POLL_SECONDS = 0.1
_AGAIN_SECONDS = 2.0  # until a phone that was away is asked for a film again
_END_SECONDS = 90.0  # a piece is pulled: at most MOST_BYTES of film_sources, through a slow cable
_ON_PHONE = "/data/local/tmp/apprights-film-"


@contextmanager
def filmed_throughout(session: Session, name: str) -> Iterator[None]:
    """Film the screen while the block runs. A phone that gives no film is told, and no error."""
    reel = Reel(session, name)
    undo = ("sh", "-c", f"rm -f {_ON_PHONE}{reel.name}-*")
    with Ledger(session.device).kept(Change(f"film {reel.name}", undo=undo)):
        reel.start()
        try:
            _show_phone(session)
            yield
        finally:
            reel.stop()


def _show_phone(session: Session) -> None:
    """Show what the phone says of itself and of its clock; each page is opened and left by us."""
    for action in HEAD:
        before, command = in_front(session.device), ["am", "start", "-a", action]
        result = session.device.shell(command)
        opened = result.code == 0 and "Error" not in result.stdout + result.stderr
        session.journal.write(steps.Command(command=" ".join(command), code=result.code))
        if not opened:
            session.note(_("the film shows no page of {action}: the phone has none", action=action))
            continue
        session.idle(HEAD_SECONDS)
        if in_front(session.device) != before:  # else Back would leave what was there before
            session.press("back")
    session.screen.forget()


class Reel:
    """The pieces of one scenario, filmed by a thread of its own: no judgement waits for a film."""

    def __init__(self, session: Session, name: str) -> None:
        """Nothing is filmed yet."""
        self._session = session
        self.name = unused_name(session, fit_name(name))
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reel", daemon=True)
        self._begun = threading.Event()
        self._size = film_size(session)
        self._pieces: list[Film] = []
        self._number = self._bytes = 0

    def start(self) -> None:
        """Begin, and wait until the first piece has begun or cannot."""
        self._thread.start()
        self._begun.wait(_END_SECONDS)

    def stop(self) -> None:
        """End the last piece and write the list of all."""
        self._over.set()
        self._thread.join(_END_SECONDS)
        taken = [piece for piece in self._pieces if piece.path]
        if taken:
            lines = [line for before, piece in zip([None, *taken], taken, strict=False) for line in _listed(before, piece)]
            with suppress(EvidenceError):  # a full disk of ours: the pieces have their times in the journal
                self._session.folder.write(f"raw/film-{self.name}.m3u", ("#EXTM3U\n" + "".join(lines)).encode())

    def _run(self) -> None:
        try:
            self._film()
        except HarnessError as error:  # a full disk of ours costs the film alone
            with suppress(EvidenceError):
                self._session.tell(_("no film, or none from here on: {reason}", reason=text_of(error)))
        finally:
            self._begun.set()

    def _film(self) -> None:
        running: tuple[Film, Source] | None = None
        while not self._over.is_set():
            running = running or self._begin()
            self._begun.set()
            if running is None:
                self._over.wait(_AGAIN_SECONDS)
                continue
            piece, source = running
            while not self._over.wait(_POLL_SECONDS) and self._goes_on(piece, source):
                pass
            full = self._full()
            running = None if full or self._over.is_set() else self._begin_beside(source)
            self._end(piece, source)
            if full:
                raise EvidenceError(full)
        if running is not None:
            self._end(*running)

    def _full(self) -> Text | None:
        """Why no more is filmed, None where there is room."""
        if self._bytes > MOST_BYTES:
            return _("the film was ended at {size} MB", size=MOST_BYTES >> 20)
        free = shutil.disk_usage(self._session.folder.path).free
        return None if free >= LEAST_SPACE else _("the film was ended before it fills the disk of this computer")

    def _goes_on(self, piece: Film, source: Source) -> bool:
        now = self._session.now()
        return not source.over and now.boot == piece.begin.boot and now.uptime - piece.begin.uptime < PIECE_SECONDS

    def _begin(self) -> tuple[Film, Source] | None:
        """Begin a piece in the best way that works; raises HarnessError where there is no film to be had."""
        wanted, piece = self._wanted()
        try:
            source, piece.note = begin_film(wanted)
        except DeviceLost:
            return None
        if source is None:
            raise EvidenceError(piece.note)
        return self._started(piece, source)

    def _begin_beside(self, running: Source) -> tuple[Film, Source] | None:
        """Begin a piece while another is filmed still; None where the phone does not film two at a time."""
        if running.how is not FilmHow.MP4:
            return None
        wanted, piece = self._wanted()
        source = MovieFile(wanted)
        try:
            source.start()
        except HarnessError:
            return None
        return self._started(piece, source)

    def _wanted(self) -> tuple[Wanted, Film]:
        session, self._number = self._session, self._number + 1
        piece = Film(f"{self.name}-{self._number:03d}")

        def at(host: float) -> float:
            return session.clock.at_host(host).uptime

        return Wanted(session.device, session.folder, piece.name, LONGEST_SECONDS, self._size, at), piece

    def _started(self, piece: Film, source: Source) -> tuple[Film, Source]:
        piece.how, piece.begin = source.how, self._session.now()
        self._session.journal.write(film_step(piece, steps.Edge.START))
        return piece, source

    def _end(self, piece: Film, source: Source) -> None:
        boot = piece.begin.boot
        piece.end = self._session.now()
        try:
            recorded = source.stop()
            if piece.end.boot != boot:
                raise CommandFailed("screenrecord", 1, _("the phone restarted meanwhile"))
            self._take(piece, recorded)
            self._session.device.shell(["rm", "-f", f"{_ON_PHONE}{piece.name}.mp4"])
        except HarnessError as error:
            piece.note = text_of(error)
        if not piece.path:
            piece.how = FilmHow.NONE
        self._session.journal.write(film_step(piece, steps.Edge.END))
        self._pieces.append(piece)

    def _take(self, piece: Film, recorded: Recorded) -> None:
        begin, end = (type(piece.begin)(piece.begin.boot, uptime) for uptime in (recorded.begin, recorded.end))
        before = next((one for one in reversed(self._pieces) if one.path), None)
        gap = begin.seconds_since(before.end) if before is not None and before.end.boot == begin.boot else 0.0
        told = _("{seconds} s after the end of the piece before it, which nobody filmed", seconds=round(gap, 1)) if gap > LEAST_GAP else ""
        piece.path, piece.frames, piece.begin, piece.end = recorded.path, recorded.frames, begin, end
        piece.note = told or recorded.note or piece.note
        path = self._session.folder.inside(piece.path)
        self._bytes += sum(each.stat().st_size for each in (path.iterdir() if path.is_dir() else [path]))


def _listed(before: Film | None, piece: Film) -> Iterator[str]:
    """A piece as a player of lists takes it, and what nobody filmed before it."""
    if before is not None and (gap := piece.begin.uptime - before.end.uptime) > LEAST_GAP:
        yield f"# not filmed: {gap:.1f} s\n"
    yield f"#EXTINF:{piece.end.uptime - piece.begin.uptime:.0f},{piece.name}\n{piece.path.removeprefix('raw/')}\n"
