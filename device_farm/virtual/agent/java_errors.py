"""What the methods of the server share: their names, how they read arguments, and errors by their Java exception."""

import math
import re
from collections.abc import Callable


class JavaError(Exception):
    """An exception of the modelled Java code; ``data`` is its message or stack trace, as the server sends it."""

    def __init__(self, java_class: str, data: str) -> None:
        """``java_class`` is the full name."""
        super().__init__(f"{java_class}: {data}")
        self.java_class, self.data = java_class, data


class InvalidParams(Exception):
    """The parameters fit no overload of the method."""


def not_found(selector: object) -> JavaError:
    """A selector that matches nothing where one match is needed."""
    return JavaError("androidx.test.uiautomator.UiObjectNotFoundException", str(selector))


def injection_refused() -> JavaError:
    """Shell lacks INJECT_EVENTS until an option of the ROM gives it (IUiAutomationConnection.injectInputEvent)."""
    message = "Injecting to another application requires INJECT_EVENTS permission"
    trace = f"java.lang.SecurityException: {message}\n\tat android.os.Parcel.createException(Parcel.java)"
    return JavaError("java.lang.SecurityException", trace)


def not_connected() -> JavaError:
    """UiAutomation lost its connection to system_server (core/java/android/app/UiAutomation.java)."""
    trace = "java.lang.IllegalStateException: UiAutomation not connected!\n\tat com.wetest.uia2.stub.AutomatorServiceImpl"
    return JavaError("java.lang.IllegalStateException", trace)


def number(value: object) -> float:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise InvalidParams(f"not a number: {value!r}")
    return value


def integer(value: object) -> int:
    """A whole number; a float is cut off."""
    whole = int(number(value))
    if abs(whole) >= 1 << 63:
        raise InvalidParams("not a long")
    return whole


def text(value: object) -> str:
    if not isinstance(value, str):
        raise InvalidParams(f"not a string: {value!r}")
    return value


def flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise InvalidParams(f"not a boolean: {value!r}")
    return value


def point(value: object) -> tuple[float, float]:
    """A point ``{"x": 1, "y": 2}``."""
    if not isinstance(value, dict):
        raise InvalidParams(f"not a point: {value!r}")
    return number(value.get("x")), number(value.get("y"))


def by_name(*methods: Callable[..., object]) -> dict[str, Callable[..., object]]:
    """Methods by the server's own names, ``deviceInfo`` of device_info."""
    return {re.sub("_(.)", lambda found: found[1].upper(), method.__name__): method for method in methods}
