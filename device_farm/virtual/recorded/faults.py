"""What a recorded app asks for, and what the planted faults make of the answers, of time and of starts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from device_farm.virtual.recorded import prompts
from device_farm.virtual.recorded.planted import Ask, Planted, Refused
from device_farm.virtual.recorded.recording import Act, State

if TYPE_CHECKING:
    from device_farm.virtual.recorded.player import RecordedActivity, RecordedApp

AGREE, LATER = "去授权", "取消"
ALARM = "planted"
START_SECONDS = 0.5
"""From the start to a question of it: an activity that only leads on is closed by then."""
LOOP_SECONDS = 1.0
"""Between an answer and the same question: where Android answers for the user, the device would do nothing else."""


class Faults:
    """The asks of one process: those that were recorded, and those that were planted."""

    def __init__(self, app: RecordedApp) -> None:
        self._app = app
        self._open: tuple[Ask | None, Callable[[bool], None]] | None = None
        self._explained: tuple[Ask, Callable[[bool], None]] | None = None
        self._came: set[str] = set()  # adverts of this process

    @property
    def _planted(self) -> Planted:
        return self._app.recording.planted

    def started(self, activity: RecordedActivity) -> None:
        """The app was opened: what is planted at a start comes after its time."""
        for ask in self._planted.asks:
            if not ask.view and not ask.state:
                activity.post_delayed(partial(self._ask_in_front, ask), max(ask.after, START_SECONDS))
        if self._planted.self_start is not None:
            every = self._planted.self_start.every
            self._app.set_alarm(ALARM, after=every, every=every)

    def _ask_in_front(self, ask: Ask) -> None:
        if self._app.stack:
            self._ask(self._app.stack[-1], ask)

    def displayed(self, activity: RecordedActivity, state: State) -> None:
        """A screen came to the front: what is planted on it, and what was seen to follow by itself, comes in time."""
        for ask in self._planted.asks:
            if ask.state and not ask.view and self._is(ask.state, state):
                activity.post_delayed(partial(self._if_still, activity, state, partial(self._ask, activity, ask)), ask.after)
        for timed in self._planted.timed:
            if self._is(timed.state, state):
                activity.post_delayed(partial(self._if_still, activity, state, partial(self._move_on, activity, timed.to)), timed.after)
        if (later := self._app.moves.waited_for(state)) is not None:
            activity.post_delayed(partial(self._if_still, activity, state, partial(self._move_on, activity, later[0])), later[1])

    def _is(self, name: str, state: State) -> bool:
        """Whether a screen is the one of that name: itself, or another look at it, of the same classes and ids."""
        return state.name == name or self._app.recording.states[name].structure == state.structure

    def _if_still(self, activity: RecordedActivity, state: State, then: Callable[..., None]) -> None:
        if activity.state is state:
            then()

    def _move_on(self, activity: RecordedActivity, name: str) -> None:
        if name:
            activity.go(self._app.recording.states[name])
        else:
            activity.finish_affinity()

    def on_the_way(self, state: State) -> State:
        """The screen that comes instead: a planted advert before it."""
        for advert in self._planted.adverts:
            key = f"advert {advert.state} {advert.advert}"
            before = int(self._app.prefs.get(key, 0))
            left = before < advert.times if advert.times else advert.advert not in self._came
            if self._is(advert.state, state) and left:
                self._app.prefs[key] = before + 1
                self._came.add(advert.advert)
                return self._app.recording.states[advert.advert]
        return state

    # asking

    def asks_at(self, activity: RecordedActivity, number: int, then: Callable[[], None]) -> bool:
        """Whether a press on a view asks first; ``then`` is what it does once that is answered."""
        state = activity.state
        if state is None:
            return False
        view = state.views[number]
        for ask in self._planted.asks:
            named = ask.view and ask.view in (view.id, view.id.rpartition("/")[2], state.words(number))
            if named and (not ask.state or self._is(ask.state, state)) and self._left(ask):
                self._ask(activity, ask, lambda _granted: then())
                return True
        return False

    def recorded_prompt(self, activity: RecordedActivity, prompt: State) -> None:
        """The recording has a question of the system here: it is asked anew, and the answer leads where it led."""

        def go_on(granted: bool) -> None:
            for number in prompts.buttons(prompt, granted=granted):
                name = self._app.moves.after(prompt, Act.TOUCH, number)
                if name is not None:
                    activity.go(self._app.recording.states[name])
                    return

        permissions = prompts.asked_for(self._app.recording, prompt)
        missing = [each for each in permissions if not activity.check_self_permission(each)]
        if not missing:
            go_on(bool(permissions))
            return
        self._open = (None, go_on)
        activity.request_permissions(*missing)

    def _left(self, ask: Ask) -> bool:
        return not ask.times or int(self._app.prefs.get(self._key(ask), 0)) < ask.times

    def _key(self, ask: Ask) -> str:
        return f"ask {self._planted.asks.index(ask)}"

    def _ask(self, activity: RecordedActivity, ask: Ask, then: Callable[[bool], None] = lambda _granted: None) -> None:
        missing = [each for each in ask.permissions if not activity.check_self_permission(each)]
        if not missing or not self._left(ask):
            then(not missing)
            return
        self._app.prefs[self._key(ask)] = int(self._app.prefs.get(self._key(ask), 0)) + 1
        if ask.rationale:
            self._explained = (ask, then)
            activity.show_dialog("权限申请", ask.rationale, AGREE, LATER)
        else:
            self._ask_at_once(activity, ask, then)

    def pressed(self, activity: RecordedActivity, button: str) -> None:
        """A button of the app's own dialog: go on to the system's question, or take it as a no."""
        if self._explained is None:
            return
        (ask, then), self._explained = self._explained, None
        if button == AGREE:
            self._ask_at_once(activity, ask, then)
        else:
            self._refused(activity, ask, then)

    def answered(self, activity: RecordedActivity, *, granted: bool) -> None:
        """The user answered the system."""
        if self._open is None:
            return
        (ask, then), self._open = self._open, None
        if granted or ask is None:
            then(granted)
        else:
            self._refused(activity, ask, then)

    def _refused(self, activity: RecordedActivity, ask: Ask, then: Callable[[bool], None]) -> None:
        if ask.refused is Refused.EXIT:
            activity.exit(0)
        elif ask.refused is Refused.FINISH:
            activity.finish_affinity()
        elif ask.refused is Refused.DIALOG:
            activity.show_dialog("权限申请", ask.rationale or "请授予权限后继续使用", LATER)
        elif ask.refused is Refused.LOOP:
            activity.post_delayed(partial(self._ask_at_once, activity, ask, then), LOOP_SECONDS)
        else:
            then(False)

    def _ask_at_once(self, activity: RecordedActivity, ask: Ask, then: Callable[[bool], None]) -> None:
        self._open = (ask, then)
        activity.request_permissions(*ask.permissions)
