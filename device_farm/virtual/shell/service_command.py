"""The common part of the commands of Android's services: arguments, errors and exit codes.

``am``, ``pm``, ``settings``, ``wm``, ``input``, ``ime`` and ``appops`` are one-line scripts around ``cmd SERVICE``; a
service reads its arguments with BasicShellCommandHandler (frameworks/libs/modules-utils java/com/android/modules/utils/
BasicShellCommandHandler.java), whose rules are here: ``-Sx`` is ``-S x``, a missing argument is an
IllegalArgumentException, an exception is printed to standard error, -1 leaves the shell as 255.
"""

from collections.abc import Awaitable, Callable, Mapping

from device_farm.virtual.framework.records.system_records import Package
from device_farm.virtual.shell.call import Call, Command

FAILED = 255  # -1 as an exit code
SHELL_PACKAGE = "com.android.shell"
_FRAME = "\tat com.android.modules.utils.BasicShellCommandHandler.exec(BasicShellCommandHandler.java:97)"


class JavaError(Exception):
    """An exception that the service throws; ``java`` is its full class name."""

    def __init__(self, java: str, message: str) -> None:
        """Keep both; ``str`` is how Throwable.toString prints it."""
        self.java, self.message = java, message
        super().__init__(f"{java}: {message}")


def illegal_argument(message: str) -> JavaError:
    return JavaError("java.lang.IllegalArgumentException", message)


def security(message: str) -> JavaError:
    return JavaError("java.lang.SecurityException", message)


def caller_pid(call: Call) -> int:
    """A process id for the short-lived ``cmd`` process that asks; above those of the modelled processes."""
    return max(call.device.system.processes, default=1000) + 7


def require(call: Call, permission: str, refusal: str) -> None:
    """Raise a SecurityException with the text ``refusal`` where this ROM withholds a permission from shell.

    An option of the ROM gives it.
    """
    if not call.device.options.shell_holds(permission):
        raise security(refusal)


class Arguments:
    """The arguments of one command, read from left to right."""

    def __init__(self, words: list[str]) -> None:
        self._words, self._at = words, 0
        self._glued: str | None = None  # the x of -Sx

    def option(self) -> str | None:
        """Return the next word if it is an option, else None; ``--`` ends the options."""
        if self._glued is not None:
            raise illegal_argument(f'No argument expected after "{self._words[self._at - 1]}"')
        if self._at >= len(self._words) or not self._words[self._at].startswith("-"):
            return None
        word = self._words[self._at]
        self._at += 1
        if word == "--":
            return None
        if len(word) > 2 and word[1] != "-":
            self._glued = word[2:]
            return word[:2]
        return word

    def next(self) -> str | None:
        """Return the next word whatever it is, None at the end."""
        if self._glued is not None:
            word, self._glued = self._glued, None
            return word
        if self._at >= len(self._words):
            return None
        self._at += 1
        return self._words[self._at - 1]

    def required(self) -> str:
        """Return the next word; raises JavaError at the end."""
        word = self.next()
        if word is None:
            raise illegal_argument(f'Argument expected after "{self._words[self._at - 1] if self._words else ""}"')
        return word

    def number(self) -> int:
        """Return the next word as an int (decimal, 0x or octal as Integer.decode); raises JavaError."""
        word = self.required()
        try:
            return int(word, 0)
        except ValueError:
            raise JavaError("java.lang.NumberFormatException", f'For input string: "{word}"') from None

    def rest(self) -> list[str]:
        words = []
        while (word := self.next()) is not None:
            words.append(word)
        return words


Handler = Callable[["Call", Arguments], Awaitable[int]]
"""One command of a service."""


class Service:
    """What ``cmd SERVICE`` runs: handlers by command, and the commands that Android knows and we refuse."""

    def __init__(self, handlers: Mapping[str, Handler], unmodelled: str = "") -> None:
        """``unmodelled`` are words."""
        self.handlers = handlers
        self._unmodelled = frozenset(("", "help", "-h", "--help", *unmodelled.split()))

    async def __call__(self, call: Call, words: list[str]) -> int:
        """Run ``words`` as a command of the service."""
        name, *rest = words or [""]
        handler = self.handlers.get(name)
        if handler is None:
            if name in self._unmodelled:
                return await call.not_modelled()
            await call.print(f"Unknown command: {name}")
            return FAILED
        try:
            return await handler(call, Arguments(rest))
        except JavaError as error:
            await call.error(f"\nException occurred while executing '{name}':\n{error}\n{_FRAME}")
            return FAILED


def script(service: Callable[[Call, list[str]], Awaitable[int]]) -> Command:
    """A one-line script around ``cmd SERVICE``, as ``am`` is one around ``cmd activity``."""
    return lambda call: service(call, call.args)


def skip_user(arguments: Arguments, option: str) -> bool:
    """Whether ``option`` was ``--user``; its argument is read and ignored, there is one user."""
    if option != "--user":
        return False
    arguments.required()
    return True


async def user_alone(call: Call, arguments: Arguments) -> bool:
    """Skip ``--user``; False after another option was reported."""
    while (option := arguments.option()) is not None:
        if not skip_user(arguments, option):
            await call.error(f"Error: Unknown option: {option}")
            return False
    return True


def installed(call: Call, name: str) -> Package | None:
    return call.device.system.packages.get(name)
