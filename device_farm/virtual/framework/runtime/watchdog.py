"""Keeps the device's event loop alive when app code does not return.

``while True: pass`` in a callback, or in a file's body.

App code runs in the loop's own thread, so nothing there can interrupt it. One daemon thread for all devices looks after
the threads that run app code now; where one spends too much of its own processor time, an exception is raised into it
(PyThreadState_SetAsyncExc), at a moment when the innermost frame is the app's. App code that catches it is interrupted
again. What waits inside a C function (``sum(itertools.count())``) cannot be interrupted at all; the user is told.
"""

import ctypes
import logging
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from device_farm.virtual.framework.packages.app_manifest import camel

LIMIT = 2.0  # seconds of processor time that one message of an app may take on the host
_LOOK = 0.1  # seconds between two looks
_LIMIT_WAITING = 200  # looks, for what waits without computing: a host that stands still does not look
_GIVE_UP = 50  # interrupts after which the user is told that nothing helps
APP_MODULE = "app_file_"  # how the modules of app files are called (app_file.py)

_log = logging.getLogger(__name__)


class AppStuck(BaseException):
    """Raised into app code that did not return in time; app files do not catch it."""


@dataclass(slots=True)
class Watch:
    """A thread that runs app code. ``place`` is file and line where it was interrupted first, None if it was not."""

    thread: int
    looks: int = 0  # of the watchdog at this message
    cpu: float = 0.0  # seconds of processor time of the thread at the first look: taking the time costs the message
    place: tuple[str, int] | None = None
    interrupts: int = 0


class Watchdog:
    """Looks after threads that run app code."""

    def __init__(self) -> None:
        """Start without a thread of its own; the first watch makes it."""
        self._lock = threading.Lock()
        self._watches: dict[int, Watch] = {}
        self._thread: threading.Thread | None = None
        self._watching = threading.Event()

    def run(self, body: Callable[[], object]) -> tuple[str, int] | None:
        """Run app code; file and line where it had to be interrupted, None if it came back by itself.

        Exceptions of the app come out as they are.
        """
        me = threading.get_ident()
        outer = self._watches.get(me)
        watch = self._watches[me] = Watch(me)
        if not self._watching.is_set():
            self._start()
        try:
            body()
        except AppStuck:
            pass
        finally:
            ended = False
            while not ended:  # an interrupt may come until the lock is held
                with suppress(AppStuck):
                    ended = self._end(watch, outer)
        return watch.place

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._look_after, name="app watchdog", daemon=True)
            self._thread.start()
        self._watching.set()

    def _end(self, watch: Watch, outer: Watch | None) -> bool:
        """No interrupt comes after this: one that is under way comes now, and this is done again. True when it is done.

        Python can take one back, but it goes on looking for it at each call for as long as the process lives, and a
        traced call (a debugger's, Hypothesis' of a test that failed) never gets past that.
        """
        with self._lock:
            if outer is None:
                self._watches.pop(watch.thread, None)
            else:
                outer.looks = 0  # its own time begins anew
                self._watches[watch.thread] = outer
            if watch.interrupts:
                _comes_here()
        return True

    def _look_after(self) -> None:
        pause = threading.Event()  # never set: a wait that a thread of the host cannot end
        while self._watching.wait():
            pause.wait(_LOOK)
            with self._lock:
                for watch in list(self._watches.values()):
                    if _overdue(watch):
                        self._interrupt(watch)
                if not self._watches:
                    self._watching.clear()

    def _interrupt(self, watch: Watch) -> None:
        innermost = sys._current_frames().get(watch.thread)
        frame = _app_frame(innermost)
        if frame is None:
            return  # the framework's own work: it will return
        watch.place = watch.place or (frame.f_code.co_filename, frame.f_lineno)
        watch.interrupts += 1
        if watch.interrupts == _GIVE_UP:
            _log.error("%s:%d: app code cannot be interrupted here; this device does not answer any more", *watch.place)
        if frame is innermost:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(watch.thread), ctypes.py_object(AppStuck))


def _comes_here() -> None:
    """Python looks for interrupts as a function begins."""


def _overdue(watch: Watch) -> bool:
    cpu = _cpu_seconds(watch)
    if not watch.looks:
        watch.cpu = cpu
    watch.looks += 1
    return cpu - watch.cpu > LIMIT or watch.looks > _LIMIT_WAITING


def _cpu_seconds(watch: Watch) -> float:
    """Processor time of a running thread; where no thread can be asked (Windows, macOS), that of the looks at it."""
    if sys.platform == "linux":
        return time.clock_gettime(time.pthread_getcpuclockid(watch.thread))
    else:
        return watch.looks * _LOOK


def _app_frame(frame: FrameType | None) -> FrameType | None:
    """The innermost frame of an app file, from ``frame`` outwards."""
    while frame is not None and not str(frame.f_globals.get("__name__", "")).startswith(APP_MODULE):
        frame = frame.f_back
    return frame


def told(place: tuple[str, int], what: str) -> None:
    """Tell the person at the host where an app was stuck."""
    _log.warning("%s:%d: %s", Path(place[0]).name, place[1], what)


WATCHDOG = Watchdog()


_JAVA = {
    "KeyError": "java.util.NoSuchElementException",
    "IndexError": "java.lang.IndexOutOfBoundsException",
    "AttributeError": "java.lang.NullPointerException",
    "TypeError": "java.lang.ClassCastException",
    "ValueError": "java.lang.IllegalArgumentException",
    "ZeroDivisionError": "java.lang.ArithmeticException",
    "NotImplementedError": "java.lang.UnsupportedOperationException",
    "RecursionError": "java.lang.StackOverflowError",
    "MemoryError": "java.lang.OutOfMemoryError",
    "ActivityNotFoundException": "android.content.ActivityNotFoundException",
    "BadTokenException": "android.view.WindowManager$BadTokenException",
    "SecurityException": "java.lang.SecurityException",
    "IllegalStateException": "java.lang.IllegalStateException",
    "BackgroundServiceStartNotAllowedException": "android.app.BackgroundServiceStartNotAllowedException",
    "ForegroundServiceStartNotAllowedException": "android.app.ForegroundServiceStartNotAllowedException",
    "MissingForegroundServiceTypeException": "android.app.MissingForegroundServiceTypeException",
}
_TAIL = [  # what stands below every callback (android.os.Looper, android.app.ActivityThread, Android 13)
    "android.os.Handler.dispatchMessage(Handler.java:106)",
    "android.os.Looper.loopOnce(Looper.java:201)",
    "android.os.Looper.loop(Looper.java:288)",
    "android.app.ActivityThread.main(ActivityThread.java:7872)",
]
_MAX_MESSAGE = 4000


def as_java(error: Exception, package: str) -> tuple[str, str, list[str]]:
    """(class, message, frames innermost first); the frames of app files only, then the looper's."""
    own = str(Path(__file__).parents[2])
    frames = []
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.parent.name != "apps" and str(path).startswith(own):
            continue  # the framework's own Python
        method = camel(frame.name) if frame.name.isidentifier() else "lambda"
        frames.append(f"{package}.{path.stem.title().replace('_', '')}.{method}({path.name}:{frame.lineno})")
    name = type(error).__name__
    return _JAVA.get(name, "java.lang.RuntimeException"), str(error)[:_MAX_MESSAGE], frames + _TAIL
