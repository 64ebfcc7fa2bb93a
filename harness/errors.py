"""The errors of AppRights, one class for each thing that the caller can do next.

::

    HarnessError              every error that a user can meet; its text is one line that says what to do
    ├── DeviceLost            the device is gone, offline or unauthorized: stop the scenario, keep what was recorded
    ├── DeviceBusy            another process uses the device: wait for it
    ├── DeviceTimeout         the device did not answer in time: may be tried again once
    ├── CommandFailed         a command ran and refused: carries command, exit code and output
    ├── FormatError           text, file or bytes are not what they claim to be: carries file and place
    ├── CatalogueError        our own data (rules, dialogs, profiles) is wrong: carries file and key
    ├── EvidenceError         a run folder cannot be written, or differs from its manifest
    ├── ScenarioError         a scenario cannot go on, e.g. the app does not start
    └── Disturbed             a window of others lay over the app: what was driven is done again
"""

import errno

from harness.language import Text, _, quoted

_REASONS = {
    errno.ENOENT: _("No such file or directory"),
    errno.EACCES: _("Permission denied"),
    errno.EPERM: _("Operation not permitted"),
    errno.EISDIR: _("Is a directory"),
    errno.ENOTDIR: _("Not a directory"),
    errno.EEXIST: _("File exists"),
    errno.ENOSPC: _("No space left on device"),
    errno.EROFS: _("Read-only file system"),
    errno.ENAMETOOLONG: _("File name too long"),
    errno.ELOOP: _("Too many levels of symbolic links"),
    errno.EMFILE: _("Too many open files"),
    errno.EIO: _("Input/output error"),
    errno.ECONNREFUSED: _("Connection refused"),
    errno.ECONNRESET: _("Connection reset by peer"),
    errno.EPIPE: _("Broken pipe"),
    errno.EADDRINUSE: _("Address already in use"),
}
"""What an operating system says of a file or a connection, so that it can be said in Chinese too."""


def why(error: OSError) -> Text | str:
    """Why the operating system refused, without the file's name; as it says it where we do not know it."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


class HarnessError(Exception):
    """Root of all errors raised on purpose; ``said(error)`` is one line for a user, ``str(error)`` it in English."""


class DeviceLost(HarnessError):
    """The device disappeared, went offline or refuses this computer's key."""


class DeviceBusy(HarnessError):
    """Another process of this user uses the device."""


class DeviceTimeout(HarnessError):
    """The device did not answer within the deadline."""


class CommandFailed(HarnessError):
    """A device command ended with a non-zero exit code or a refusal."""

    def __init__(self, command: str, code: int, output: str) -> None:
        """Keep the parts; ``output`` is shortened to its first 300 characters in the message."""
        self.command, self.code, self.output = command, code, output
        told = output if isinstance(output, Text) else quoted(" ".join(output.split())[:300])
        super().__init__(_("'{command}' failed with exit code {code}: {output}", command=command, code=code, output=told or _("no output")))


class FormatError(HarnessError):
    """A file, a dump or a message is not in the format it claims."""


class CatalogueError(HarnessError):
    """A rule, dialog table or profile of this project is wrong."""


class EvidenceError(HarnessError):
    """A run folder cannot be written or does not match its manifest."""


class ScenarioError(HarnessError):
    """The scenario cannot be carried out on this device or app."""


class Disturbed(HarnessError):
    """A window that is nobody's business lay over the app, and what is driven now may be done again from its start."""


class NotInstalled(ScenarioError):
    """The app is not on this device; another one may have it."""
