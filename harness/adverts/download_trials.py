"""A download that began is paused, its app ended and opened again, the network taken away and given back.

What nothing pauses is cancelled. Nobody asks for it to go on: what loads after that, loads by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.adverts.ad_slots import AdSlot, Step
from harness.adverts.advert_actions import WATCH_SECONDS, ActionOutcome, AdvertActions
from harness.adverts.touch_points import TouchPoint
from harness.background.stimuli import ledger, run_command
from harness.device.network_address import over_network
from harness.dialogs.dialog_words import plain
from harness.errors import CommandFailed
from harness.events import AdvertAct, AdvertKind, ControlRole, DownloadState
from harness.events.action_kinds import Ending, Purpose
from harness.events.box import centre, contains
from harness.language import _
from harness.pages.advert_parts import words_on
from harness.pages.advert_words import role_of, words_of
from harness.pages.adverts import Advert
from harness.pages.download_prompt import cancel_button, pause_button
from harness.pages.view_structure import STATUS_BAR
from harness.recording import steps
from harness.restore.ledger import WIFI_OFF, Change

if TYPE_CHECKING:
    from harness.session.session import Session

RESUMES_SECONDS = 20.0
"""How long what was paused is watched after the pause, a new start, and the return of the network [PROJECT]."""
NAMES = {"wifi": "Wi-Fi", "data": "mobile data"}
"""How what is switched off stands in the ledger."""
RULE = "c7-download-resumes"


@dataclass(slots=True)
class DownloadTrials:
    """The trials of the downloads of one advert check; once is enough for each slot."""

    session: Session
    acts: AdvertActions
    _paused: tuple[int, int] = (0, 0)  # where the last pause was pressed, in the app

    def begin(self, name: str, load: Step) -> AdSlot | None:
        """Press what loads on the page in front, and yes where it asks; the place, None where nothing loads.

        That is the app's own business and nobody's trial: only what becomes of a pause is.
        """
        session, moves = self.session, self.acts.sightings.moves
        with session.segment(f"advert-{name}-{AdvertAct.BUTTON.value}-1"):
            found = next((control for control in moves.controls(session.look()) if control.text == load.text), None)
            if found is not None:
                self._press(TouchPoint(found.centre, words=found.text))
            comes = False
            for _turn in range(2):  # two readings: whether it grows
                session.idle(2.0)
                comes = any(one.state is DownloadState.RUNNING for one in self.acts.deliveries.read().loading)
        empty = Advert(slot=name, kind=AdvertKind.STORE_PAGE, box=(0, 0, 0, 0), words="")
        return AdSlot(name, (), empty) if comes else None

    def interrupt(self, slot: AdSlot) -> bool:
        """Pause or cancel what loads and see whether it stands still, in four ways; False where nothing does either."""
        session = self.session
        if not session.look().shows((session.app.package,)):
            session.launch(cold=False)
        at = self._pause_control()
        in_shade = at is None
        if at is None:
            run_command(session, ["cmd", "statusbar", "expand-notifications"])
            session.idle(1.0)
            session.screen.forget()
            at = self._pause_control()
        if at is None:
            self._close_shade()
            at, in_shade = self._cancel_control(), False
        if at is None:
            session.not_tried(RULE, _("not tried: nothing on the screen pauses or cancels the download"))
            return False
        self._paused = (0, 0) if in_shade else at.at
        self._tried(slot, AdvertAct.PAUSE, lambda: self._pictured_tap(at, in_shade=in_shade), at, seconds=RESUMES_SECONDS)
        self._without_network(slot)  # first: an app that goes by the network may know of its download in this process only
        for number, end in enumerate((self._kill, session.stop), 1):  # as for memory; then as a user who starts from its first page
            self._tried(slot, AdvertAct.KILL, end, number=number)
            came = self._tried(slot, AdvertAct.RELAUNCH, session.launch, number=number, seconds=RESUMES_SECONDS)
            if came.grown:
                break
        return True

    def resume(self, slot: AdSlot, *, shown: bool) -> None:
        """Let what was paused go on, where a page of the app's offers that: 继续, where 暂停 was pressed, does.

        Where the advert is ``shown``, its button leads to the page of its load once more: that is asked for as well.
        """
        at, again = self._resume_control(), self.acts.place(slot, AdvertAct.BUTTON) if shown else None
        if at is None and again is not None and again.role in (ControlRole.LOAD, ControlRole.FAST_LOAD):
            self._tried(slot, AdvertAct.RESUME, lambda: self._press(again, slot.name), again)
            at = self._resume_control()
        if at is not None:
            self._tried(slot, AdvertAct.RESUME, lambda: self.session.tap(at.at, Purpose.ADVERT, at.words), at, number=2)

    def _resume_control(self) -> TouchPoint | None:
        own = [root for root in self.session.look().roots if root.package == self.session.app.package]
        nodes = [node for root in own for node in root.walk() if node.visible and node.area > 0]
        node = next((node for node in nodes if role_of(words_on(node)) is ControlRole.RESUME), None)
        here = (node for node in nodes if node.pressable and contains(node.box, self._paused))
        node = node or next((node for node in here if plain(words_on(node)) in words_of("guide", "onward")), None)
        return TouchPoint(centre(node.box), ControlRole.RESUME, words_on(node)) if node is not None else None

    def _press(self, at: TouchPoint, slot: str = "") -> None:
        """Press what loads, and yes where it asks."""
        self.session.tap(at.at, Purpose.ADVERT, at.words)
        self.acts.sightings.moves.settle()
        if (yes := self.acts.agreeing(slot)) is not None:
            self.session.tap(yes.at, Purpose.ADVERT, yes.words)
            self.acts.sightings.moves.settle()

    def _tried(
        self,
        slot: AdSlot,
        act: AdvertAct,
        do: Callable[[], object],
        at: TouchPoint | None = None,
        *,
        number: int = 1,
        seconds: float = WATCH_SECONDS,
    ) -> ActionOutcome:
        told = at or TouchPoint((0, 0))
        step = steps.AdvertActed(slot=slot.name, act=act, number=number, role=told.role, words=told.words, x=told.at[0], y=told.at[1])
        return self.acts.tried(slot, step, do, seconds)

    def _pictured_tap(self, at: TouchPoint, *, in_shade: bool) -> None:
        self.session.picture(AdvertAct.PAUSE.value)  # what was pressed, with its words
        self.session.tap(at.at, Purpose.ADVERT, at.words)
        if in_shade:
            self._close_shade()

    def _close_shade(self) -> None:
        run_command(self.session, ["cmd", "statusbar", "collapse"])
        self.session.screen.forget()

    def _kill(self) -> None:
        """Leave the app and end it as Android does for memory."""
        self.session.press("home", Purpose.LEAVE)
        self.session.idle(1.0)
        self.session.journal.write(steps.Stop(how=Ending.KILL))
        self.session.device.shell(["am", "kill", self.session.app.package])

    def _without_network(self, slot: AdSlot) -> None:
        """Wi-Fi and mobile data off and on again, as far as they are on; not on a phone that is reached over it."""
        session = self.session
        if over_network(session.device.serial):
            session.note(_("the network was not taken away: the phone is reached over it"))
            return
        on = [name for name, row in (("wifi", "wifi_on"), ("data", "mobile_data")) if self._is_on(row)]
        if not on:
            session.note(_("the network was not taken away: there is none"))
            return
        try:
            with ExitStack() as stack:
                for name in on:
                    stack.enter_context(ledger(session).kept(Change(NAMES[name], ("svc", name, "enable"))))
                self._tried(slot, AdvertAct.NETWORK_OFF, lambda: [run_command(session, ["svc", name, "disable"]) for name in on])
                self._tried(
                    slot,
                    AdvertAct.NETWORK_ON,
                    lambda: [run_command(session, ["svc", name, "enable"]) for name in on],
                    seconds=RESUMES_SECONDS,
                )
        except CommandFailed as error:
            session.note(_("the network was not taken away: {error}", error=error))

    def _is_on(self, row: str) -> bool:
        said = self.session.device.shell(["settings", "get", "global", row]).stdout.strip()
        return said not in (*WIFI_OFF, "null", "")

    def _pause_control(self) -> TouchPoint | None:
        """What pauses, in the app or in its notification."""
        node = pause_button(self.session.look(), (self.session.app.package, STATUS_BAR))
        return TouchPoint(centre(node.box), ControlRole.PAUSE, words_on(node)) if node is not None else None

    def _cancel_control(self) -> TouchPoint | None:
        node = cancel_button(self.session.look(), self.session.app.package)
        return TouchPoint(centre(node.box), ControlRole.CANCEL, words_on(node)) if node is not None else None
