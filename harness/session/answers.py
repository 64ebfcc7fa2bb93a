"""Answers: how a session answers what the screen asks, and how each answer is proved.

A denial is a press on the plain deny button of the system's dialog; what it did is read from the permission's flags.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.dialogs.consent_screen import find_consent
from harness.dialogs.danger import is_dangerous
from harness.dialogs.dialog_buttons import Button
from harness.dialogs.dialog_words import plain, words
from harness.dialogs.matcher import Dialog
from harness.events import DialogKind
from harness.events.action_kinds import BACK, ClosedBy, Proof, Purpose
from harness.events.box import centre, encloses
from harness.events.permission_groups import group_name, group_of
from harness.language import _
from harness.parsers.hierarchy import Node
from harness.recording import steps

if TYPE_CHECKING:
    from harness.session.session import Session

SETTLE_SECONDS = 3.0
"""How long a dialog may take to go after its button was pressed: the animation is 0.3 s, a slow phone takes 2 s."""
GONE_STEP = 0.2
AFTER_BACK_SECONDS = 0.5
MOST_NOES = 3
"""How often a plain no is pressed: one press may not be taken; a prompt that stands after three resists."""
MOST_IN_VAIN = 3
"""How often an answer is pressed that leaves a consent dialog as it was [PROJECT]; its boxes are ticked meanwhile."""
MOST_BACKED_OUT = 5
"""How often Back refuses one consent dialog [PROJECT]: at the first start, and at the cold starts after it."""


@dataclass(slots=True)
class Answers:
    """The answers of one session: to the system's dialogs, the app's own, and the privacy policy."""

    _session: Session
    allows: bool = False
    """Whether permissions are allowed for now, and not refused."""
    shut_by_no: set[str] = field(default_factory=set)  # the words of layers at whose no the app left
    led_on: Counter[str] = field(default_factory=Counter)
    """How often the control of a window of these words opened a page since the last cold start."""
    went_through: bool = False  # whether a layer was left by a control that is no no since then
    turned: bool = False  # whether a page of a guide was turned by a swipe since the last cold start
    _flags: dict[str, frozenset[str]] = field(default_factory=dict)
    _unanswered: set[str] = field(default_factory=set)  # consent dialogs without an answer that we know
    _in_vain: Counter[str] = field(default_factory=Counter)  # answers after which a consent dialog stayed
    _agreed: dict[str, float] = field(default_factory=dict)  # when the yes of a dialog that stays was pressed first
    _backed_out: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def allowing(self) -> Iterator[None]:
        """A part of the run in which every permission is allowed."""
        self.allows = True
        try:
            yield
        finally:
            self.allows = False

    def begin_anew(self) -> dict[str, frozenset[str]]:
        """Read the flags that the next answer is compared with; permission -> flags of the user's answer."""
        self._flags = self._session.read_flags()
        return self._flags

    def wait_gone(self, dialog: Dialog) -> bool:
        """Wait until the screen no longer shows this dialog; False when it still does after SETTLE_SECONDS."""
        deadline = self._session.uptime() + SETTLE_SECONDS
        looked = late = False
        while not late:
            changed, late = self._session.wait_for_change(GONE_STEP), self._session.uptime() >= deadline
            if changed or (late and not looked):
                look, looked = self._session.look(), True
                if look.roots and look.dialog != dialog:
                    return True
        return False

    def deny(self, dialog: Dialog) -> bool:
        """Press the plain deny button of the system dialog and prove what it did; False when it has none."""
        button = dialog.button("deny", "deny_again", "keep")
        if button is None:
            self._session.note(_("the permission dialog has no plain deny button: {text}", text=dialog.text[:80]), problem=True)
            return False
        self.denied(dialog, button, self._session.tap(button.centre, Purpose.DENY, button.text))
        return True

    def denied(self, dialog: Dialog, button: Button, tapped: float) -> None:
        """The deny button was pressed at a host time, by us or by a person: prove what it did."""
        gone, group, changed = self._effect(dialog)
        self._session.journal.write(
            steps.Denied(
                group=group,
                button=button.text,
                again=button.role == "deny_again",
                proof=Proof.FLAGS if changed else Proof.GONE if gone else Proof.NONE,
            ),
            host=tapped,
        )
        self._session.progress(
            _("{package}: denied {group} permission ({text})", package=self._session.app.package, group=group_name(group), text=button.text)
        )
        self._session.picture("after-denial")

    def allow(self, dialog: Dialog) -> bool:
        """Press the allow button of the system dialog, or the positive control of the app's own.

        That is for control runs only.
        """
        if (always := self._always()) is not None:
            self._allow_always(always, dialog)
            return True
        button = dialog.button("foreground", "allow", "one_time", "positive")
        if button is None:
            self._session.note(_("the permission dialog has no allow button: {text}", text=dialog.text[:80]))
            return False
        tapped = self._session.tap(button.centre, Purpose.ALLOW, button.text)
        _before, group, _after = self._effect(dialog)
        self._session.journal.write(steps.Granted(group=group, button=button.text), host=tapped)
        return True

    def _always(self) -> Node | None:
        """What allows it all the time, where the app's own request led to that page of the settings."""
        ids, session = words()["settings_page"]["always_ids"], self._session
        pages = [root for root in session.screen.roots if root.package in session.app.grant_packages]
        return next((node for root in pages for node in root.walk() if node.visible and node.short_id in ids), None)

    def _allow_always(self, choice: Node, dialog: Dialog) -> None:
        """Choose it, and go Back to the app: the page stays. The clearing after the run takes it back."""
        session = self._session
        if not choice.checked:
            tapped = session.tap(centre(choice.box), Purpose.ALLOW, choice.text)
            session.idle(AFTER_BACK_SECONDS)
            session.journal.write(steps.Granted(group=dialog.group, button=choice.text), host=tapped)
        session.press("back", Purpose.ALLOW)
        self.wait_gone(dialog)

    def _effect(self, dialog: Dialog) -> tuple[bool, str | None, bool]:
        """Return the effect of the answer to a dialog.

        It tells whether the dialog went, which group it was about, and whether the permission's flags changed.
        """
        before = self._flags
        gone = self.wait_gone(dialog)
        self._flags = self._session.read_flags()
        self._session.app_ops.read()
        changed = [p for p, flags in self._flags.items() if flags - before.get(p, frozenset())]
        groups = {group_of(permission) for permission in changed}
        return gone, dialog.group if dialog.group in groups or not changed else group_of(changed[0]), bool(changed)

    def go_on(self, dialog: Dialog) -> bool:
        """Press the positive control of the app's own explanation, to be asked by the system.

        False when it has none.
        """
        button = dialog.button("positive")
        if button is not None:
            self._session.tap(button.centre, Purpose.EXPLANATION, button.text)
            self.wait_gone(dialog)
        return button is not None

    def close_own(self, dialog: Dialog) -> None:
        """Press the negative control of the app's own modal, again if need be, its cross, or Back, until it goes.

        Its only button is pressed where it has no other. A plain no that leads nowhere is no reason to say yes.
        """
        says_no, cross, only = (dialog.button(role) for role in ("negative", "close", "positive"))
        plainly = says_no is not None and plain(says_no.text) in words()["own"]["negative"]
        again = (says_no,) * (MOST_NOES - 1) if plainly else ()
        for button in filter(None, (says_no, *again, cross, None if plainly else only)):
            explains = button.role == "positive"
            tapped = self._session.tap(button.centre, Purpose.EXPLANATION if explains else Purpose.CLOSE, button.text)
            gone = self.wait_gone(dialog)
            if gone and not explains:
                self.closed(tapped, dialog, button.text, ClosedBy.CONTROL)
            if gone:
                return
        tapped = self._session.press("back", Purpose.CLOSE)
        if self.wait_gone(dialog):
            self.closed(tapped, dialog, BACK, ClosedBy.KEY)
        else:
            self._session.journal.write(steps.Stuck(group=dialog.group, text=dialog.text[:500], screenshot=self._session.picture("stuck")))

    def closed(self, tapped: float, dialog: Dialog, button: str, by: ClosedBy) -> None:
        """The app's own dialog was closed at a host time, by us or by a person."""
        self._session.journal.write(steps.Closed(dialog=dialog.kind, group=dialog.group, button=button, by=by), host=tapped)

    def answer_consent(self, dialog: Dialog) -> None:
        """Accept or refuse the privacy policy, as the tester chose."""
        refuse = self._session.options.consent == "refuse"
        button = dialog.button("refuse") if refuse else dialog.button("accept") or self._only_other(dialog)
        if button is None and refuse and self._backed_out[dialog.text] < MOST_BACKED_OUT:
            self._backed_out[dialog.text] += 1
            self._back_out(dialog)
        elif button is None:
            if dialog.text not in self._unanswered:
                self._unanswered.add(dialog.text)
                self._session.note(
                    _("the consent dialog has no refuse button: {text}", text=dialog.text[:80])
                    if refuse
                    else _("the consent dialog has no accept button: {text}", text=dialog.text[:80])
                )
        else:
            self._press_consent(dialog, button, refuse=refuse)

    def _back_out(self, dialog: Dialog) -> None:
        """Back is all that a user has who wants to refuse what has no button for it."""
        self._session.app_ops.read_listeners()
        self._session.app_ops.read()
        pressed = self._session.press("back", Purpose.CONSENT_REFUSE)
        self._session.app_ops.again()
        if self.wait_gone(dialog):
            self._session.journal.write(steps.Consent(what=steps.ConsentAnswer.REFUSED, button=BACK), host=pressed)

    def _press_consent(self, dialog: Dialog, button: Button, *, refuse: bool) -> None:
        """Press the answer, and what must be ticked before a yes; what stays after it for good is pressed no more.

        Consent is given by the yes at which the dialog goes, and from the first such press on where it goes late.
        """
        vain = self._in_vain[dialog.text]
        if vain >= MOST_IN_VAIN:
            return
        boxes = [tick for tick in dialog.buttons if tick.role == "tick"] or (self._unticked(dialog) if vain else [])
        for box in [] if refuse else boxes:
            self._session.tap(box.centre, Purpose.CONSENT_TICK, box.text)
        if boxes and not refuse:
            self._agreed.pop(dialog.text, None)  # without them the yes before was none
            ticked = self._session.look().dialog
            dialog = ticked if ticked is not None and ticked.text == dialog.text else dialog
        self._session.app_ops.read_listeners()
        self._session.app_ops.read()
        tapped = self._session.tap(button.centre, Purpose.CONSENT_REFUSE if refuse else Purpose.CONSENT_ACCEPT, button.text)
        self._session.app_ops.again()
        gone = self.wait_gone(dialog)
        if refuse:
            self._session.journal.write(steps.Consent(what=steps.ConsentAnswer.REFUSED, button=button.text), host=tapped)
        elif (since := self._agreed.setdefault(dialog.text, tapped)) and gone:  # a yes that leads nowhere gives no consent
            self._session.journal.write(steps.Consent(what=steps.ConsentAnswer.GIVEN, button=button.text), host=since)
            del self._agreed[dialog.text]
        self._in_vain[dialog.text] = 0 if gone else vain + 1
        if self._in_vain[dialog.text] == MOST_IN_VAIN:
            self._session.note(_("the consent dialog stays whatever is answered: {text}", text=dialog.text[:80]), problem=True)

    def _unticked(self, dialog: Dialog) -> list[Button]:
        """The boxes of a dialog that are not ticked, whatever stands beside them: its yes alone led nowhere."""
        roots = [root for root in self._session.screen.roots if root.package == self._session.app.package]
        nodes = [node for root in roots for node in root.walk() if node.visible and node.checkable and not node.checked]
        return [Button("tick", node.text or node.short_id, node.box) for node in nodes if node.area and encloses(dialog.box, node.box)]

    def _only_other(self, dialog: Dialog) -> Button | None:
        """The one button of a consent dialog whose words say neither yes nor no, where it has one: 进入."""
        shown = find_consent(self._session.screen.roots, self._session.app.package, dialog)
        others = [button for button in shown.buttons if button.role == "other"] if shown else []
        return others[0] if len(others) == 1 and not is_dangerous(others[0].text) else None

    def leave_settings(self) -> None:
        """Back from the system settings to which the app jumped: a closing, as of its own modal."""
        tapped = self._session.press("back", Purpose.CLOSE)
        closed = steps.Closed(dialog=DialogKind.SETTINGS_GUIDE, group=None, button=BACK, by=ClosedBy.KEY)
        self._session.journal.write(closed, host=tapped)
        self._session.idle(AFTER_BACK_SECONDS)
