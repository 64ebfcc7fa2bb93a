"""Deny what an app asks for on a walk, and watch it as long as the denial is worth."""

from collections import Counter
from dataclasses import dataclass, field

from harness.dialogs.dialog_words import asks_to_know
from harness.events import DialogKind
from harness.explorer.position import Position
from harness.maps.graph import BACK
from harness.maps.walk_end import WalkEnd
from harness.pages.look import Look
from harness.session.screen_watch import EXPLANATIONS, Watch

AFTER_FIRST, AFTER_GROUP, AFTER_OTHERS, AFTER_KNOWN = 30.0, 17.0, 11.0, 3.0
"""Seconds watched: after the system's first denial, in which a late exit is suspected; after the first of each further
group, in which an exit counts and Android tells of a blocked main thread (``harness.session.screen_watch``); after
others, in which an exit counts; and after what was refused in vain before: the settings of the system left as they
were, the app's own explanation at one control."""
MOST_EXPLAINED = 3
"""Times that the app's own explanation at one control is met before it is known."""
MOST_SAID, SYSTEM_ASKS = 2, 2
"""Times that it is met in the same words, at any control; and how often Android asks for a group at most."""
MOST_ASKS = 5
"""Asks that are refused one after the other before the app is started again."""


@dataclass(slots=True)
class PermissionDenials:
    """The denials of one walk.

    The groups ``asked`` for, the functions to use ``again``, and when a group was new last.
    """

    position: Position
    asked: set[str] = field(default_factory=set)
    again: list[tuple[str, str]] = field(default_factory=list)
    denials: int = 0
    latest: float = 0.0
    """The uptime at which a group was refused for the first time, or the walk began."""
    _counted: Counter[str] = field(default_factory=Counter)  # how often each group was refused
    _since_start: set[str] = field(default_factory=set)
    _watched: set[str | None] = field(default_factory=set)
    _explained: Counter[tuple[str, str]] = field(default_factory=Counter)  # how often the app's own was met
    _said: Counter[str] = field(default_factory=Counter)  # and in which words
    _settings_left: int = 0
    new_at: float | None = None
    """The uptime at which a group was refused for the first time on this walk, and by this start of the app."""

    def answer(self, look: Look) -> None:
        """Say no to an ask and watch; note on the map where it came from, and that the function is to be used again."""
        position = self.position
        group = look.dialog.group if look.dialog else None
        explained = self._goes_past(look)
        first = group not in self._watched and (explained or (look.dialog is not None and look.dialog.kind is DialogKind.PERMISSION))
        seconds = AFTER_OTHERS if not first else AFTER_GROUP if self._watched else AFTER_FIRST
        if self._explained[self._place(group)] > MOST_EXPLAINED or self._said_before(look, explained=explained):
            seconds = AFTER_KNOWN
        if first:
            self._watched.add(group)
        groups = self.watch(seconds, touches=first, explained=explained, telling=self._tells(look))
        looped = len(groups) >= MOST_ASKS
        if looped:
            position.end = WalkEnd.RESTART  # a loop of dialogs: only a new start leads out of it
        known = bool(groups) and {*groups} <= self.asked
        if not {*filter(None, groups)} <= self.asked:
            self.latest = position.session.uptime()
            self.new_at = self.latest if self.new_at is None else self.new_at
        self.asked.update(filter(None, groups))
        self._counted.update(filter(None, groups))
        self._since_start.update(filter(None, groups))
        if not groups or position.pressed is None:
            return
        screen, key = position.pressed
        action = position.graph.screen(screen).actions.get(key)
        if action is not None and key != BACK:
            if not action.asked and not looped and not known:
                self.again.append((screen, key))
            action.asked += [each or "" for each in groups]

    def start(self) -> None:
        """The app was started anew."""
        self._since_start.clear()
        self.new_at = None

    def waiting(self) -> frozenset[str]:
        """The groups that were refused once, and that by this start: the second time is worth a new start."""
        if self.position.session.answers.allows:
            return frozenset()
        return frozenset(group for group in self._since_start if self._counted[group] == 1)

    def leave_settings(self) -> None:
        """The app led to the settings of the system: leave them as they are."""
        self.watch(AFTER_KNOWN if self._settings_left else AFTER_OTHERS, touches=False)
        self._settings_left += 1

    def watch(self, seconds: float, *, touches: bool = True, explained: bool = False, telling: str = "") -> list[str | None]:
        """Let time pass and refuse what is asked for; the groups that were."""
        watch = Watch(self.position.session, seconds, MOST_ASKS, touches=touches, explained=explained, telling=telling)
        watch.run()
        self.denials += watch.denials
        if watch.left_at is not None and not self.position.session.look().shows((self.position.session.app.package,)):
            self.latest += self.position.session.uptime() - watch.left_at  # away is not in front
        return watch.groups

    def _tells(self, look: Look) -> str:
        """The words of a dialog that only tells what our press asked to be told, as the rules see it; else empty."""
        if look.dialog is None or look.dialog.kind not in EXPLANATIONS or self.position.pressed is None:
            return ""
        name, key = self.position.pressed
        screen = self.position.graph.screen(name)
        action = screen.actions.get(key)
        asks = asks_to_know(screen.title) or (action is not None and asks_to_know(action.text))
        return look.dialog.text if asks else ""

    def _said_before(self, look: Look, *, explained: bool) -> bool:
        """Whether the app's own explanation was met in the same words wherever it came from, and nothing followed.

        Refused, it is known after two; gone past, after the two times that the system may have asked behind it, too.
        """
        if look.dialog is None or look.dialog.kind not in EXPLANATIONS:
            return False
        self._said[look.dialog.text] += 1
        return self._said[look.dialog.text] > (MOST_SAID + SYSTEM_ASKS if explained else MOST_SAID)

    def _goes_past(self, look: Look) -> bool:
        """Whether to go past the app's own explanation, so that the system asks and is refused.

        Otherwise the explanation itself is refused.

        Each is done every second time. The system comes first, because some apps explain only once; but where the group
        was refused already, what speaks of the settings leads only there.
        """
        dialog = look.dialog
        if dialog is None or dialog.kind not in EXPLANATIONS:
            return False
        place = self._place(dialog.group)
        to_settings = dialog.kind is DialogKind.SETTINGS_GUIDE and dialog.group in self.asked
        met = self._explained[place]
        self._explained[place] += 1
        return met % 2 == (1 if to_settings else 0)

    def _place(self, group: str | None) -> tuple[str, str]:
        """Return the key of an explanation: its group and the control that led to it, on whichever page."""
        return group or "", self.position.pressed[1] if self.position.pressed else ""
