"""The threads of an app's process: a main looper with its queue of messages, and further threads.

App code is plain Python that may call ``block_main_thread`` anywhere. It therefore runs in greenlets: a message that
blocks switches back to whoever ran the device's clock, and is switched into again when its time has come. Nothing here
waits, so the event loop of the device never does. Named after android.os.Looper.
"""

from collections import deque
from collections.abc import Callable

from greenlet import getcurrent, greenlet

from device_farm.virtual.framework.runtime.watchdog import WATCHDOG
from device_farm.virtual.kernel.device_clock import DeviceClock, Timer
from device_farm.virtual.vocabulary.bound import ProcessExit

Callback = Callable[[], None]


BURST, PAUSE = 50, 0.05  # messages of a process that run at one moment of the device's clock; seconds until more do
MAX_QUEUE, MAX_THREADS = 20_000, 1_000  # waiting messages and threads, beyond which the process is out of memory


class Looper:
    """The threads of one process.

    ``on_crash`` gets each exception that app code does not catch, ``on_stuck`` file and line of app code that does not
    return.
    """

    def __init__(self, clock: DeviceClock, on_crash: Callable[[Exception], None], on_stuck: Callable[[tuple[str, int]], None]) -> None:
        """Start idle, on the timers of ``clock``."""
        self._clock = clock
        self._on_crash = on_crash
        self._on_stuck = on_stuck
        self._queue: deque[Callback] = deque()
        self._main: greenlet | None = None  # the message in progress
        self._blocked: dict[greenlet, Timer | None] = {}
        self._thawing: list[greenlet] = []  # threads whose sleep ended while the process was frozen
        self._moment, self._ran = -1.0, 0  # an uptime, and how many messages ran at it
        self._paused = False  # more wait than may run at one moment
        self.frozen = False
        self.dead = False

    @property
    def busy(self) -> bool:
        """Whether the main thread is inside a message, blocked included."""
        return self._main is not None

    def post(self, callback: Callback, delay: float = 0.0) -> Timer:
        """Run ``callback`` on the main thread in ``delay`` seconds, after all that was queued for an earlier time."""
        return self._clock.call_later(delay, lambda: self._deliver(callback))

    def start_thread(self, callback: Callback) -> None:
        """Run ``callback`` on a thread of its own. Raises MemoryError for more threads than a process may have."""
        if len(self._blocked) >= MAX_THREADS:
            raise MemoryError("pthread_create (1040KB stack) failed: Try again")
        delay = PAUSE if self._is_busy_now() else 0.0
        self._clock.call_later(delay, lambda: None if self.dead else self._enter(greenlet(self._guarded), callback))

    def freeze(self) -> None:
        """No thread runs until ``thaw`` (cgroup.freeze); what falls due meanwhile waits."""
        self.frozen = True

    def thaw(self) -> None:
        self.frozen = False
        woken, self._thawing = self._thawing, []
        for thread in woken:
            self._clock.call_later(0.0, lambda thread=thread: self._wake(thread))  # type: ignore[misc]
        self._clock.call_later(0.0, self._drain)

    def sleep(self, seconds: float | None) -> None:
        """Block the calling thread for ``seconds``, None for ever."""
        thread = getcurrent()
        hub = thread.parent
        if hub is None:
            raise RuntimeError("only app code can block")
        if self.dead:
            raise ProcessExit
        if seconds is not None and self._is_busy_now():
            seconds = max(seconds, PAUSE)
        self._blocked[thread] = None if seconds is None else self._clock.call_later(seconds, lambda: self._wake(thread))
        hub.switch()
        if self.dead:
            raise ProcessExit

    def kill(self) -> None:
        """End every thread; the one that calls this must raise ProcessExit itself."""
        self.dead = True
        self._queue.clear()
        blocked, self._blocked = self._blocked, {}
        for thread, timer in blocked.items():
            if timer is not None:
                timer.cancel()
            if not thread.dead and thread is not getcurrent():
                thread.parent = getcurrent()
                thread.throw(ProcessExit)

    def _wake(self, thread: greenlet) -> None:
        if self.frozen:
            self._thawing.append(thread)
        elif self._blocked.pop(thread, None) is not None:
            self._enter(thread)
            self._drain()

    def _deliver(self, callback: Callback) -> None:
        if self.dead:
            return
        self._queue.append(callback)
        if len(self._queue) > MAX_QUEUE:
            self._queue.clear()
            self._on_crash(MemoryError("Failed to allocate a 24 byte allocation with 0 free bytes"))
            return
        self._drain()

    def _drain(self) -> None:
        while self._queue and self._main is None and not self.dead and not self.frozen:
            if self._is_busy_now():
                if not self._paused:
                    self._paused = True
                    self._clock.call_later(PAUSE, self._go_on)
                return
            self._main = greenlet(self._guarded)
            self._enter(self._main, self._queue.popleft())

    def _go_on(self) -> None:
        self._paused = False
        self._drain()

    def _is_busy_now(self) -> bool:
        """Whether so much ran at this very moment that the clock has to move first: messages take time on a phone."""
        if self._clock.uptime != self._moment:
            self._moment, self._ran = self._clock.uptime, 0
        self._ran += 1
        return self._ran > BURST

    def _enter(self, thread: greenlet, *arguments: Callback) -> None:
        thread.parent = getcurrent()
        place = WATCHDOG.run(lambda: thread.switch(*arguments))
        if place is not None and not self.dead:
            self._on_stuck(place)
            if thread is self._main:
                return  # as if it were still in that message: busy for ever
        if thread.dead and thread is self._main:
            self._main = None

    def _guarded(self, callback: Callback) -> None:
        try:
            callback()
        except ProcessExit:
            pass
        except Exception as error:  # the top of an app's thread: its uncaught exception handler
            if not self.dead:
                self._on_crash(error)
