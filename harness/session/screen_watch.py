"""Watch: let device time pass, say no to everything the app may be refused, and see what it does next."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from harness.dialogs.matcher import Dialog
from harness.errors import ScenarioError
from harness.events import DialogKind
from harness.events.action_kinds import Purpose
from harness.events.box import centre
from harness.language import _
from harness.pages.interruptions import FORCED, find_interruption
from harness.pages.look import Look
from harness.session.interruption_closing import close_interruption
from harness.session.policy_reading import read_policies
from harness.session.polling_interval import STEP_SECONDS
from harness.session.session import Session
from harness.session.view_actions import ViewActions
from harness.session.wakefulness import light_again

AFTER_LAST_DENIAL = 10.0
"""Seconds still watched once the last allowed denial was made: the time in which an exit counts."""
EXPLANATIONS = (DialogKind.RATIONALE, DialogKind.SETTINGS_GUIDE)
"""The app's own prompts; what of them leads to the settings and what to the system's dialog shows only when it is
pressed."""
AWAY_SECONDS = 5.0
"""How long an app may be away in a watch of it in front [PROJECT]: some come back by themselves."""
MOST_GONE_ON = 2
"""How often one explanation is gone past in a watch [PROJECT]: what stands there still is a page, or a loop of ours."""
MOST_CLOSED = 8
"""Interruptions closed in one watch at most [PROJECT]: an app that shows more of them floods."""
MOST_LIT = 3
"""How often the screen is lit again in one watch [PROJECT]: a phone that goes dark although it is kept on is broken."""
TOUCH_AFTER = 10.5
"""Seconds after a denial at which an empty spot of the page is touched, past the window in which an exit counts:
Android tells of a main thread that is blocked only when it does not take a touch (InputDispatcher, 5 s)."""
TOUCH_ANSWERED = 6.0


@dataclass(slots=True)
class Watch:
    """One watch of a session: how many denials were made, for which groups, and whether the app was seen to leave."""

    session: Session
    seconds: float
    most_denials: int = 5
    step: float = STEP_SECONDS
    touches: bool = True
    denials: int = 0
    until: Callable[[Dialog], bool] = lambda dialog: False
    groups: list[str | None] = field(default_factory=list)
    gone_on: Counter[str] = field(default_factory=Counter)
    closed: int = 0
    lit: int = 0
    forced: bool = False
    left_at: float | None = None
    """The uptime at which the app was seen to be away last."""
    in_front: bool = False
    """Whether only an app in front is worth watching: the watch ends AWAY_SECONDS after it left."""
    explained: bool = False
    """Whether the app's own explanations are gone past, so that the system asks and is refused."""
    telling: str = ""
    """The words of a dialog that only tells what was to be told: closing it refuses no group."""
    reading: float = 0.0
    """How many seconds the privacy prompt stays unanswered, as it does while a person reads it."""
    read_at: float | None = None
    """The uptime at which it may be answered, once it was seen."""

    def run(self) -> Dialog | None:
        """Watch until ``seconds`` of device time have passed since the last denial; deny ``most_denials`` at most.

        A dialog for which ``until`` is true is left unanswered and returned at once; None when there was none.
        """
        session = self.session
        deadline = session.uptime() + self.seconds
        session.run_progress.awaits(self.seconds)
        away = hidden = False
        touch = float("inf")
        look, spent = session.look(), session.way.spent
        while session.uptime() < deadline:
            if look.dialog is not None and self.until(look.dialog):
                return look.dialog
            if self.denials < self.most_denials and self._answer(look):
                now = session.uptime()
                deadline = now + (self.seconds if self.denials < self.most_denials else min(self.seconds, AFTER_LAST_DENIAL))
                session.run_progress.awaits(deadline - now)
                touch = now + TOUCH_AFTER
                look = session.look()
                continue
            left = bool(look.roots) and not look.shows((session.app.package, *session.app.grant_packages))
            if (left or session.screen.untold) and not hidden and self._lit_again():
                deadline = session.uptime() + self.seconds
                look = session.look()
                continue
            hidden = left or session.screen.untold
            if left and not away:
                session.picture("app-left")
                self.left_at = session.uptime()
            away = left
            if self.in_front and left and self.left_at is not None and session.uptime() > self.left_at + AWAY_SECONDS:
                break
            if self.touches and session.uptime() >= touch and look.dialog is None and not left:
                touch = float("inf")
                self._touch(look)
                deadline = max(deadline, session.uptime() + TOUCH_ANSWERED)
            now = session.uptime()
            if self.read_at is not None and now < self.read_at:
                deadline = max(deadline, self.read_at + self.seconds)
                session.run_progress.awaits(deadline - now)
            due = [at for at in (touch, self.read_at) if at is not None and at > now]
            if session.wait_for_change(min([deadline, *due]) - now, look, step=self.step):
                look = session.look()
            deadline, spent = deadline + session.way.spent - spent, session.way.spent  # what lay over the app is no watching
        if self.denials >= self.most_denials and look.dialog is not None and look.dialog.kind is not DialogKind.OTHER:
            self._flooded()
        session.picture("end-of-watch")
        session.read_state()
        return None

    def _flooded(self) -> None:
        """Say that more was asked than is refused: what lies behind it was not seen."""
        self.session.tell(_("the app goes on asking after {number} refusals: the rest was not answered", number=self.denials))

    def _lit_again(self) -> bool:
        """Whether the screen had gone dark and is lit again; what it hid is waited for anew."""
        if not light_again(self.session):
            return False
        self.lit += 1
        if self.lit > MOST_LIT:
            raise ScenarioError(_("the screen of {serial} goes dark again and again", serial=self.session.device.serial))
        return True

    def _answer(self, look: Look) -> bool:
        """Answer what the screen asks; True when it was an ask that we refused."""
        session, dialog = self.session, look.dialog
        if dialog is None or dialog.kind is DialogKind.OTHER:
            if look.shows(session.app.settings_packages) and not look.shows((session.app.package,)):
                session.answers.leave_settings()
                return self._refused(None)
            self._close(look)
            return False
        if dialog.kind is DialogKind.CONSENT:
            read_policies(session, dialog)
            if self._is_read():
                session.answers.answer_consent(dialog)
            return False
        if dialog.kind is DialogKind.PERMISSION:
            answered = session.answers.allow(dialog) if session.answers.allows else session.answers.deny(dialog)
            return answered and self._refused(dialog.group)
        leads_to_settings = dialog.kind is DialogKind.SETTINGS_GUIDE and self.denials > 0  # what the system was refused is only there
        explained = self.explained or session.answers.allows
        if explained and dialog.kind in EXPLANATIONS and not leads_to_settings and self.gone_on[dialog.text] < MOST_GONE_ON:
            self.gone_on[dialog.text] += 1
            if session.answers.go_on(dialog):
                return False
        session.answers.close_own(dialog)
        if self.telling and dialog.text == self.telling:
            self.denials += 1  # as often as others, and no group is asked for
            return True
        return self._refused(dialog.group)

    def _is_read(self) -> bool:
        """Whether a person would have read the privacy prompt by now; what the app does behind it meanwhile is seen."""
        if self.read_at is None:
            self.read_at = self.session.uptime() + self.reading
        return self.session.uptime() >= self.read_at

    def _refused(self, group: str | None) -> bool:
        self.denials += 1
        self.groups.append(group)
        return True

    def _close(self, look: Look) -> None:
        """Close an advert, a guide or an offer; an update that cannot be refused hides what is behind it."""
        found = find_interruption(look, self.session.app.package, turned=self.session.answers.turned)
        if found is None or self.forced or self.closed >= MOST_CLOSED:
            return
        if found.kind == FORCED:
            self.forced = True
            self.session.note(_("forced update, never accepted; what it hides was not seen: {text}", text=found.text[:80]), problem=True)
            return
        self.closed += 1
        if self.closed == MOST_CLOSED:
            self.session.note(_("{number} adverts, guides and offers were closed; what comes now stays open", number=MOST_CLOSED))
        close_interruption(ViewActions(self.session), found)

    def _touch(self, look: Look) -> None:
        """Touch a place of the app's page where nothing takes a press."""
        nodes = [node for root in look.roots if root.package == self.session.app.package for node in root.walk() if node.visible]
        presses = [node for node in nodes if node.pressable or node.scrollable or node.class_name.endswith("EditText")]
        calm = [node for node in nodes if node.text and not any(node.intersects(press) for press in presses)]
        if calm:
            self.session.tap(centre(calm[0].box), Purpose.TOUCH, calm[0].text[:40])
