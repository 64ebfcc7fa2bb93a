"""Errors as the server reports them, by the Java exception that a phone would throw."""

from __future__ import annotations


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


def illegal_state(message: str) -> JavaError:
    """IllegalStateException with a stack trace as data."""
    trace = f"java.lang.IllegalStateException: {message}\n\tat com.wetest.uia2.stub.AutomatorServiceImpl"
    return JavaError("java.lang.IllegalStateException", trace)


def injection_refused() -> JavaError:
    """Shell lacks INJECT_EVENTS on this ROM until an option is switched on.

    Source: IUiAutomationConnection.injectInputEvent.
    """
    message = "Injecting to another application requires INJECT_EVENTS permission"
    trace = f"java.lang.SecurityException: {message}\n\tat android.os.Parcel.createException(Parcel.java)"
    return JavaError("java.lang.SecurityException", trace)


def not_connected() -> JavaError:
    """UiAutomation lost its connection to system_server (core/java/android/app/UiAutomation.java)."""
    return illegal_state("UiAutomation not connected!")
