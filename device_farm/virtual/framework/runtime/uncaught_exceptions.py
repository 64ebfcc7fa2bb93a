"""An uncaught Python exception told as Android tells a Java one: class, message and stack frames."""

from __future__ import annotations

import traceback
from pathlib import Path

from device_farm.virtual.framework.packages.app_manifest import camel

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
