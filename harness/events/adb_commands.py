"""Commands over adb: those that we sent, those that the phone itself logged, and those of neither."""

from dataclasses import dataclass

from harness.events.base import Event, JournalFact


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandSent(JournalFact):
    """A shell command that this computer sent to the phone, whatever it is for."""

    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdbCommandLogged(Event):
    """A line of the phone's own log of adb commands; a command of several lines is as many events.

    ``interactive``: a shell was opened, and what is typed there is not logged.
    """

    command: str
    interactive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignCommand(Event):
    """A command that the phone logged and this computer did not send: somebody else drove the phone meanwhile.

    ``acts``: it may change what happens, and not only read.
    """

    command: str
    acts: bool
