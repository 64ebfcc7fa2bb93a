"""Facts that the session read: dialogs, pictures, dumps, and the canaries that prove a stream alive."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from harness.events.base import Event, Instant, JournalFact
from harness.events.permission_groups import group_of, group_of_op
from harness.language import Text, _


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogShown(Event):
    """A dialog in the view tree, or one that the app painted itself, in the pixels (see ``source``).

    ``dialog`` says whose: system permission dialog, the app's own, or another.
    ``owner`` is the package that draws it. ``permission_group`` is None where the dialog does not tell.
    ``buttons`` maps a role (deny, allow, one_time, foreground, negative, positive, close) to its text.
    ``box`` is x, y, width, height in screen pixels. ``screenshot`` is a path in the run folder.
    """

    dialog: DialogKind
    owner: str
    text: str
    permission_group: str | None
    box: tuple[int, int, int, int]
    buttons: tuple[tuple[str, str], ...] = ()
    screenshot: str | None = None


class DialogKind(StrEnum):
    """The owner of a dialog, and what it asks for."""

    PERMISSION = "permission"  # the system's or the ROM's own permission dialog
    RATIONALE = "rationale"  # the app's own modal that asks for a permission or explains one
    SETTINGS_GUIDE = "settings_guide"  # the app's own modal that sends the user to the settings
    CONSENT = "consent"  # privacy policy consent
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenSeen(Event):
    """A page in the view tree: what the front window shows, whoever draws it.

    ``screen`` is its identity by structure (``harness.pages.identity``), ``title`` its first short text, ``text`` all
    visible texts of the app's windows in tree order, one a line, 4,000 characters at most. ``promises`` are the
    permission groups whose use the page's controls promise, ``about`` those that the page itself does, by its title or
    its main words: a scanner, a map. ``fields`` counts its text fields.
    """

    screen: str
    package: str
    title: str
    text: str
    promises: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    fields: int = 0
    screenshot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalSwitchSeen(Event):
    """A switch of the app that turns the choice of contents or adverts by personal data on and off.

    ``text`` is its caption, ``chosen`` what that names (``content``, ``adverts``), ``screen`` the page that it is on.
    ``on``: such a choice is made, None where the view tree does not tell. ``box`` is x, y, width, height.
    """

    screen: str
    text: str
    chosen: tuple[str, ...]
    on: bool | None
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontWindowSeen(Event):
    """Whose window the view tree has in front, where it is not the app's; empty once it or the home screen is.

    ``window`` is its row in the table of foreign windows, empty where its words alone do not tell.
    """

    package: str
    window: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UidNamed(Event):
    """Whose uid that is which opened a window; the phone was asked."""

    package: str
    uid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AppCovered(Event):
    """A window of the system or of another app lies over the app ``until`` a moment, opened neither by it nor by us.

    What the app does meanwhile nobody sees, and what we press does not reach it. ``window`` is its row in the table of
    foreign windows, empty where it is in none.
    """

    package: str
    until: Instant
    window: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToastShown(JournalFact):
    """A Toast, as the accessibility events tell it; they do not name who showed it, so ``text`` is all there is."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogGone(Event):
    """A dialog seen before is no longer in the view tree."""

    dialog: DialogKind
    owner: str
    permission_group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PopupSeen(Event):
    """A pop-up in the pixels: the independent witness of DialogShown. ``alpha`` is the scrim's, None without scrim."""

    screenshot: str
    box: tuple[int, int, int, int]
    alpha: float | None
    confidence: float
    against: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSeen(Event):
    """The text of a picture, where the view tree of the app's window says nothing.

    ``lines`` are (text, box) in reading order, each box x, y, width, height in screen pixels: everything that the app
    shows there, a Toast as well, and nothing that the tree tells or another window shows; of a painted dialog those on
    its card, of a system dialog those round it. ``area`` is the part of which the tree tells nothing. ``picture_hash``
    is the picture's difference hash, 16 hexadecimal digits (:mod:`harness.vision.frame_checks`).
    """

    screenshot: str
    area: tuple[int, int, int, int]
    lines: tuple[tuple[str, tuple[int, int, int, int]], ...]
    picture_hash: str

    @property
    def text(self) -> str:
        """All lines, one a line."""
        return "\n".join(text for text, _ in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenshotTaken(Event):
    """A picture of the screen; ``why``: empty for a new dialog, after-denial, app-left, end-of-watch, stuck.

    Where our clock shift made the phone show another time: ``true_time`` is this computer's (ISO 8601, UTC), and
    ``shift`` the seconds by which the phone was ahead.
    """

    screenshot: str
    why: str = ""
    true_time: str = ""
    shift: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FocusSeen(Event):
    """Which activity was resumed when the session asked; None when nothing was."""

    package: str | None
    component: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessesSeen(Event):
    """The pids of the app under test when the session asked: ((pid, process), ...); empty when none lives."""

    package: str
    processes: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionFlagsRead(Event):
    """State of one runtime permission in ``dumpsys package``: granted, and flags such as USER_SET, USER_FIXED."""

    package: str
    permission: str
    granted: bool
    flags: tuple[str, ...]

    @property
    def permission_group(self) -> str | None:
        return group_of(self.permission)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppOpModeSeen(Event):
    """The mode of the app op of a permission (``dumpsys appops``), as it was read first and when it changed."""

    package: str
    op: str
    mode: str

    @property
    def permission_group(self) -> str | None:
        """The group of the permission that has this op (AppOpsManager.java, sOpPerms)."""
        return group_of_op(self.op)

    @property
    def granted(self) -> bool | None:
        """False where what it guards is held back; that it is let through tells nothing of the permission."""
        return False if self.mode in ("ignore", "deny") else None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppReplaced(Event):
    """From here on the app is not the one any more that the check began with: a store or somebody put another over it.

    ``before`` and ``after`` are version codes; the same one twice where only the time of the update or the certificate
    differs.
    """

    package: str
    before: int
    after: int

    @property
    def reason(self) -> Text:
        """What it makes of all that was seen later."""
        return _(
            "the app was replaced in the middle of the check (version code {before}, then {after}), so what came after that is not "
            "about the app that was checked",
            before=self.before,
            after=self.after,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentsSeen(Event):
    """The classes of the app that it enabled and disabled at run time, as ``dumpsys package`` has them.

    Clearing its data keeps them.
    """

    package: str
    enabled: tuple[str, ...]
    disabled: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CanarySeen(Event):
    """A known event that the harness caused came through on ``source``: the stream was alive at ``caused``.

    ``caused`` is the harness's own reckoning, so that it compares exactly with the ends of segments; ``at`` is the time
    that the log printed, which may differ by the uncertainty of the clock probes.
    """

    canary: str
    caused: Instant
