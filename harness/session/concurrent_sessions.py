"""The sessions of the apps that are checked on one phone at once; an ordinary check has one.

What is done to the phone is done once, by ``phone``: a session that writes into the journals of all that take part.
What is done to an app is done by its own session, one app after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from harness.errors import DeviceLost, HarnessError

if TYPE_CHECKING:
    from harness.session.session import Segment, Session


class ConcurrentSessions:
    """Some sessions on one phone; each that takes part drops out where something goes wrong with its app."""

    def __init__(self, sessions: Collection[Session], phone: Session | None = None) -> None:
        """``phone`` writes for all of them; one alone is its own."""
        self.sessions = self.taking_part = tuple(sessions)
        self.phone = phone or self.sessions[0]
        self._open: dict[int, ExitStack] = {}
        self.dropped: dict[str, HarnessError] = {}
        """Package -> why its part of this driving broke off."""

    @property
    def alone(self) -> bool:
        """Whether it is an ordinary check of one app."""
        return len(self.sessions) == 1

    def begin(self) -> None:
        """All take part again: a driving ends for whom something went wrong, and the next one is tried."""
        self.taking_part, self.dropped = self.sessions, {}

    @contextmanager
    def only(self, sessions: Collection[Session]) -> Iterator[None]:
        """A block in which only these take part, as far as they do; the others are left alone."""
        waiting = [session for session in self.taking_part if session not in sessions]
        self.taking_part = tuple(session for session in self.taking_part if session in sessions)
        try:
            yield
        finally:
            self.taking_part = tuple(session for session in self.sessions if session in (*self.taking_part, *waiting))

    def each(self, act: Callable[[Session], object]) -> None:
        """Do something with one app after the other.

        An error ends the part of that app alone; the last one that is left, and a lost phone, end the driving.
        """
        for session in self.taking_part:
            try:
                act(session)
            except DeviceLost:
                raise
            except HarnessError as error:
                if len(self.taking_part) == 1:
                    raise
                self._drop(session, error)

    @contextmanager
    def parts(self) -> Iterator[None]:
        """A block in which ``enter`` begins a segment of one app; all of them end with the block."""
        self._open = {id(session): ExitStack() for session in self.taking_part}
        try:
            with ExitStack() as all_of_them:
                for session in reversed(self.taking_part):
                    all_of_them.push(self._open[id(session)])
                yield
        finally:
            self._open = {}

    def enter(self, session: Session, name: str) -> Segment:
        """End the segment that an app is in, and begin another one."""
        stack = self._open[id(session)]
        stack.close()
        return stack.enter_context(session.segment(name))

    def _drop(self, session: Session, error: HarnessError) -> None:
        self.taking_part = tuple(one for one in self.taking_part if one is not session)
        self.dropped[session.app.package] = error
        if (stack := self._open.get(id(session))) is not None:
            with suppress(HarnessError):  # its segment says why it ended, and raises again
                stack.__exit__(type(error), error, error.__traceback__)
