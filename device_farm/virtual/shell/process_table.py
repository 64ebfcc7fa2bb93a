"""Processes of the shell user: every shell and command while it runs, its id, and what a signal does to it.

A command runs in the task of the shell that waits for it, so a signal cancels that task and the command's own frame
turns the cancellation into an exit code; what is around it goes on.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from device_farm.virtual.kernel.device_clock import DeviceClock

# bionic signal numbers on arm64 (asm-generic/signal.h)
SIGNALS = {
    "HUP": 1, "INT": 2, "QUIT": 3, "ILL": 4, "TRAP": 5, "ABRT": 6, "BUS": 7, "FPE": 8, "KILL": 9, "USR1": 10, "SEGV": 11,
    "USR2": 12, "PIPE": 13, "ALRM": 14, "TERM": 15, "STKFLT": 16, "CHLD": 17, "CONT": 18, "STOP": 19, "TSTP": 20,
    "TTIN": 21, "TTOU": 22, "URG": 23, "XCPU": 24, "XFSZ": 25, "VTALRM": 26, "PROF": 27, "WINCH": 28, "IO": 29, "PWR": 30,
    "SYS": 31,
}  # fmt: skip
NAMES = {number: name for name, number in SIGNALS.items()}
_HARMLESS = frozenset(SIGNALS[name] for name in ("CHLD", "CONT", "URG", "WINCH"))  # ignored unless caught
NOT_STOPPABLE = frozenset(SIGNALS[name] for name in ("STOP", "TSTP", "TTIN", "TTOU"))  # stopping is not modelled
_FIRST_PID = 20011

Handler = Callable[[int], bool]
"""Takes a signal's number; True if the process lives on."""


def signal_number(text: str) -> int | None:
    """Number of ``HUP``, ``SIGHUP`` or ``1``; 0 is the null signal; None for what is no signal."""
    if text.isdigit():
        number = int(text[:4])
        return number if number in NAMES or number == 0 else None
    return SIGNALS.get(text.upper().removeprefix("SIG"))


@dataclass(slots=True, eq=False)
class ShellProcess:
    """One process. ``words`` are its command line; ``started`` is uptime."""

    pid: int
    parent: int
    uid: int
    words: tuple[str, ...]
    started: float
    handler: Handler | None = None
    signalled: int | None = None  # the signal that ends it
    replaced: bool = False  # a job of one command: the shell that forked for it is replaced by it (exec)
    task: asyncio.Task[object] | None = field(default=None, repr=False)


class ProcessTable:
    """The processes that run now, by id, and the tasks that outlive the client who started them."""

    def __init__(self, clock: DeviceClock) -> None:
        self._clock = clock
        self._next = _FIRST_PID
        self.alive: dict[int, ShellProcess] = {}
        self._tasks: set[asyncio.Task[int]] = set()

    def new(self, words: tuple[str, ...], *, parent: int, uid: int) -> ShellProcess:
        """Give a process its id; it is alive once it is ``run``."""
        process = ShellProcess(self._next, parent, uid, words, self._clock.uptime)
        self._next += 1
        return process

    async def run(self, process: ShellProcess, work: Awaitable[int]) -> int:
        """Await ``work`` as ``process`` and return its exit code: 128 and the number where a signal ended it."""
        task = process.task = asyncio.current_task()
        assert task is not None
        self.alive[process.pid] = process
        try:
            return await work
        except asyncio.CancelledError:
            if process.signalled is None or task.uncancel():
                raise
            return 128 + process.signalled
        finally:
            del self.alive[process.pid]

    def start(self, process: ShellProcess, work: Awaitable[int]) -> asyncio.Task[int]:
        """Run ``process`` beside its parent; it ends with the device at the latest."""
        task = asyncio.create_task(self.run(process, work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def signal(self, process: ShellProcess, number: int) -> None:
        """Send a signal: to the process's own handler, else it ends the process."""
        handler = self._handler(process)
        handled = handler is not None and number not in {SIGNALS["KILL"], SIGNALS["STOP"]} and handler(number)
        if number == 0 or handled or number in _HARMLESS or process.task is None or process.signalled is not None:
            return
        process.signalled = number
        process.task.cancel()

    def killed(self, task: asyncio.Task[object] | None) -> bool:
        """Whether a signal ends what runs in this task: the command, or the shell that it has replaced."""
        return any(process.signalled is not None for process in self.alive.values() if process.task is task)

    def _handler(self, process: ShellProcess) -> Handler | None:
        """Its own, or that of the command which it has become."""
        if process.handler is not None or not process.replaced:
            return process.handler
        inner = [other for other in self.alive.values() if other.task is process.task and other.pid > process.pid]
        return inner[0].handler if inner else None

    async def end_all(self) -> None:
        """End what runs beside its parents; returns when it has ended."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def kill_all(self) -> None:
        """End every process at once, as a reboot does."""
        for process in list(self.alive.values()):
            self.signal(process, SIGNALS["KILL"])
