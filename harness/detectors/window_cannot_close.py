"""c7-window-cannot-close: neither a control nor Back closes a window over the page (docs/verdicts.md 6.4)."""

import math
from dataclasses import dataclass, replace

from harness.detectors.advert_findings import KIND_WORDS, kind_words, of_kind, unpictured
from harness.detectors.advert_trials import CLOSING, Trial, last_pages, leaving_question, page_after, page_took, trials
from harness.detectors.closed_in_walk import LEADING, answered, closed_in_walk, led_to, never_tried, question_of, stands_yet
from harness.detectors.ends_by_itself import (
    LOOK_SECONDS,
    TREE_SECONDS,
    came_late,
    closable_once_over,
    closed_by,
    lasted_alone,
    opened_after,
    opens_the_app,
    over_by_itself,
)
from harness.detectors.leaves_app import brought_by_back, leaves_app, leaves_for_good, update_notice
from harness.detectors.request_context import in_order, missing_streams
from harness.detectors.untried_buttons import with_unmet
from harness.detectors.untried_effects import with_kept_in
from harness.detectors.untried_places import with_untried_places
from harness.dialogs.continue_captions import may_be_pressed
from harness.dialogs.offers import is_exit, is_update
from harness.events import AdvertAct, AdvertControl, AdvertKind, AdvertSeen, ControlRole, Event, ScreenSeen, Tapped
from harness.events.app_under_test import AppUnderTest
from harness.events.box import Box
from harness.events.durations import seconds_words
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text, _, listed
from harness.pages.advert_words import says, tells_reward
from harness.pages.adverts import BEHIND
from harness.rules import Rule

KINDS = (
    AdvertKind.SPLASH,
    AdvertKind.INTERSTITIAL,
    AdvertKind.FLOATING,
    AdvertKind.RED_PACKET,
    AdvertKind.INCENTIVE_VIDEO,
    AdvertKind.WINDOW,
)
"""What lies over the page by itself; a card in a list or a page that somebody opened need not be closed."""
OVER_PAGE = (AdvertKind.INTERSTITIAL, AdvertKind.WINDOW)
"""Of these, what keeps its user from the page as long as it stays."""
_WAYS_OUT = (*CLOSING, ControlRole.CONFIRM, ControlRole.OTHER)
"""Roles of controls that may close a window; one that leads on does something else."""
TREE = "tree"


@dataclass(frozen=True, slots=True)
class _Slot:
    """A window with everything that was tried to be rid of it."""

    seen: AdvertSeen
    kind: AdvertKind  # a splash where it is what the app begins with
    tried: tuple[Trial, ...]
    lasted: float | None  # seconds until it was gone by itself, None where it was not left alone or stayed
    countdown: float | None  # the most that it counted down from
    chosen: bool  # a press of ours led to it: nobody is held there
    contrasts: dict[Box, float]  # of its controls by their places, as the pictures of it show them

    def by(self, *acts: AdvertAct) -> list[Trial]:
        return [trial for trial in self.tried if trial.acted.act in acts]


def window_cannot_close(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each window that was tried to be closed."""
    found = []
    for slot in _slots(timeline, app):
        if not slot.by(AdvertAct.CLOSE, AdvertAct.BACK) and (slot.lasted is None or not _held(slot)):
            continue
        if not slot.by(AdvertAct.CLOSE) and any(page_took(timeline, trial) for trial in slot.by(AdvertAct.OUTSIDE)):
            continue
        found.append(_judged(timeline, app, rule, slot))
    found += [question_of(timeline, app, rule, left) for left in never_tried(timeline, rule, OVER_PAGE)]
    return with_unmet(timeline, rule, with_untried_places(timeline, app, rule, with_kept_in(timeline, app, rule, found)))


def _slots(timeline: Timeline, app: AppUnderTest) -> list[_Slot]:
    by_slot: dict[str, list[Trial]] = {}
    for trial in trials(timeline, app):
        by_slot.setdefault(trial.slot, []).append(trial)
    found = []
    for name in dict.fromkeys(seen.slot for seen in timeline.of(AdvertSeen) if seen.advert in KINDS):
        done = _without_the_next(timeline, app, by_slot.get(name, []))
        views = _as_tried(timeline, [seen for seen in timeline.of(AdvertSeen) if seen.slot == name], done)
        counts = [seen.countdown for seen in views if seen.countdown is not None]
        seen = _fullest(views)
        lasted = lasted_alone(timeline, app, done) if seen.advert is not AdvertKind.FLOATING else None  # a window may lie over it then
        chosen = name.startswith(BEHIND) or any(led_to(timeline, trial.acted.at) for trial in done)
        first = seen.advert is AdvertKind.INTERSTITIAL and not _closers(seen) and opens_the_app(timeline, views)
        kind, most = AdvertKind.SPLASH if first else seen.advert, max(counts, default=None)
        found.append(_Slot(seen, kind, done, lasted, most, chosen, _contrasts(views)))
    return found


def _without_the_next(timeline: Timeline, app: AppUnderTest, done: list[Trial]) -> tuple[Trial, ...]:
    """The trials, without what the page after a splash opened once that was over by itself: no touch on it did."""
    return tuple(replace(trial, opening=None) if opened_after(timeline, app, trial, done) else trial for trial in done)


def _contrasts(views: list[AdvertSeen]) -> dict[Box, float]:
    """The best contrast of each control at its place: not each look has a picture."""
    known = sorted((one.contrast, one.box) for seen in views for one in seen.controls if one.contrast is not None)
    return {box: contrast for contrast, box in known}


def _fullest(views: list[AdvertSeen]) -> AdvertSeen:
    """The look at it that shows the best way to close it."""
    return max(views, key=lambda seen: (len(_closers(seen)), -views.index(seen)))


def _held(slot: _Slot) -> bool:
    """Whether it is of a kind that goes by itself."""
    return slot.kind is AdvertKind.SPLASH and not slot.chosen


def _closers(seen: AdvertSeen) -> list[AdvertControl]:
    return [control for control in seen.controls if control.role in CLOSING]


def _judged(timeline: Timeline, app: AppUnderTest, rule: Rule, slot: _Slot) -> Finding:
    """The best way out of a window decides."""
    gone = [
        trial
        for trial in slot.by(AdvertAct.CLOSE, AdvertAct.BUTTON)
        if (_is_way_out(trial) or (trial.kind is AdvertKind.WINDOW and _leads_back(timeline, slot, trial)))
        and not leaves_for_good(slot.seen, trial)
        and _closed(timeline, slot, trial)
    ]
    first = [trial for trial in gone if trial.acted.number == 1 or trial.acted.act is AdvertAct.BUTTON]  # each at a showing of its own
    small, pale, measured = _measures(rule, slot, gone or slot.by(AdvertAct.CLOSE))
    limit = rule.threshold("seconds")
    long = _seconds(slot)
    over = _held(slot) and long is not None and long > limit + LOOK_SECONDS
    if slot.kind in OVER_PAGE and (late := came_late(timeline, slot.tried) or 0.0) > limit + TREE_SECONDS + LOOK_SECONDS:
        return _late(timeline, rule, slot, late)
    if first and not (small or pale or over):
        button = next((trial.acted.words[:40] for trial in first if trial.acted.act is AdvertAct.BUTTON and trial is first[0]), "")
        works = _("its button '{words}' closes it at the first touch", words=button)
        return _said(timeline, rule, slot, Outcome.CLEAR, works if button else _("its close control works at the first touch"), measured)
    if not over and long is not None and long <= limit + LOOK_SECONDS and _held(slot):
        went = _("it was gone by itself {seconds} after it was first seen", seconds=seconds_words(long))
        return _said(timeline, rule, slot, Outcome.CLEAR, went, measured)
    if gone:
        poor = _poor(slot, small=small, pale=pale, over=over, first=bool(first))
        return _said(timeline, rule, slot, Outcome.SUSPECTED, poor, measured)
    left = next((trial.acted.words[:40] for trial in slot.by(AdvertAct.CLOSE, AdvertAct.BUTTON) if leaves_app(timeline, app, trial)), None)
    if left is not None and (back := brought_by_back(timeline, slot.seen.slot)) is not None:
        why = _("Back brought it, and its button '{words}' leaves the app, as Back asked for", words=left)
        return _said(timeline, rule, slot, Outcome.CLEAR, why, measured, back)
    return _without_control(timeline, app, rule, slot, measured, left)


def _late(timeline: Timeline, rule: Rule, slot: _Slot, late: float) -> Finding:
    """Its first control that closes came too late: until then only Back may have closed it."""
    why = _("its first close control came only after {seconds}", seconds=seconds_words(late))
    back = slot.by(AdvertAct.BACK)
    if back and all(trial.still for trial in back):
        shut = _("{said}, and Back does not close it before", said=why)
        return _said(timeline, rule, slot, Outcome.VIOLATION, shut, ())
    return _said(timeline, rule, slot, Outcome.SUSPECTED, why, ())


def _is_way_out(trial: Trial) -> bool:
    """Whether what was touched may close: in an advert a button of unknown words leads on, in a mere window it may."""
    role = trial.acted.role
    return role in _WAYS_OUT and (role is not ControlRole.OTHER or trial.kind is AdvertKind.WINDOW)


def _leads_back(timeline: Timeline, slot: _Slot, trial: Trial) -> bool:
    """Whether a button, whatever it says, left the page below the window, or one that Back leads to too."""
    if trial.acted.act is not AdvertAct.BUTTON or trial.still is not False:
        return False
    known = {
        *last_pages(timeline, trial.acted.at)[1:],
        *(page_after(timeline, each) for each in slot.by(AdvertAct.BACK) if each.still is False),
    } - {""}
    return page_after(timeline, trial) in known and not trial.led_on


def _without_control(
    timeline: Timeline, app: AppUnderTest, rule: Rule, slot: _Slot, measured: tuple[tuple[str, float], ...], left: str | None
) -> Finding:
    """No control closed it: what Back and a touch beside it do; ``left`` are the words of what left the app."""
    if any(trial.opening is not None or trial.load is not None for trial in slot.by(AdvertAct.CLOSE, AdvertAct.BACK, AdvertAct.OUTSIDE)):
        why = _("closing it loaded or opened something, and nobody saw that it was closed, too")
        return _said(timeline, rule, slot, Outcome.INCONCLUSIVE, why, measured)
    if (pressed := closed_in_walk(timeline, slot.seen.slot)) is not None and not slot.by(AdvertAct.CLOSE):
        return _said(timeline, rule, slot, Outcome.CLEAR, _("its close control, pressed in the walk, closed it"), measured, pressed)
    asked = next((found for trial in slot.by(AdvertAct.CLOSE, AdvertAct.BACK) if (found := leaving_question(timeline, trial))), None)
    if asked is not None:
        return _asking(timeline, app, rule, slot, measured, asked)
    other = [trial for trial in slot.by(AdvertAct.BACK, AdvertAct.OUTSIDE) if _closed(timeline, slot, trial)]
    if other and (slot.kind is AdvertKind.INCENTIVE_VIDEO or led_to(timeline, other[0].acted.at)):
        return _said(timeline, rule, slot, Outcome.CLEAR, _("it can be left at any time"), measured)
    end = closable_once_over(timeline, slot.tried) if slot.kind is AdvertKind.INCENTIVE_VIDEO else None
    if end is not None and _wanted(timeline, slot):
        why = _("it was asked for, and once it is over it has a control that closes it")
        return _said(timeline, rule, slot, Outcome.CLEAR, why, measured, end)
    unknown = (trial for trial in slot.by(AdvertAct.BUTTON) if trial.acted.role in (*_WAYS_OUT, ControlRole.ACT) and not trial.opening)
    button = next((trial for trial in unknown if trial.load is None and _leads_back(timeline, slot, trial)), None)
    if other and button is not None:  # 再翻翻, 收下
        why = _("its button '{words}' leads back to the page below it, as does Back or a touch beside it", words=button.acted.words[:40])
        return _said(timeline, rule, slot, Outcome.CLEAR, why, measured)
    if other:
        why = _("only Back closes it") if other[0].acted.act is AdvertAct.BACK else _("only a touch beside it closes it")
        return _said(timeline, rule, slot, Outcome.SUSPECTED, why, measured)
    if left is not None and not is_update(slot.seen.words):
        why = _("only its button '{words}', which leaves the app, is a way out of it", words=left)
        return _said(timeline, rule, slot, Outcome.SUSPECTED, why, measured)
    tries = slot.by(AdvertAct.CLOSE, AdvertAct.BACK, AdvertAct.OUTSIDE)
    if (
        not tries
        or all(trial.still is None for trial in tries)
        or not any(_stayed(timeline, slot, trial) for trial in slot.by(AdvertAct.BACK))
    ):
        return _said(timeline, rule, slot, Outcome.INCONCLUSIVE, _("nobody could see whether it closed"), measured)
    if any(control.role is ControlRole.CONFIRM for control in slot.seen.controls) and not slot.by(AdvertAct.BUTTON):
        why = _("neither a close control nor Back closes it, and its yes was not pressed")
        return _said(timeline, rule, slot, Outcome.INCONCLUSIVE, why, measured)
    if is_update(slot.seen.words):
        return _said(timeline, rule, slot, Outcome.SUSPECTED, update_notice(slot.seen, slot.tried), measured)
    if (untouched := _untouched(slot)) is not None:
        why = _("neither a close control nor Back closes it, and its button '{words}' was not touched", words=untouched[:40])
        return _said(timeline, rule, slot, Outcome.INCONCLUSIVE, why, measured)
    why = _("no close control within {seconds:g} s, and Back does not close it", seconds=rule.threshold("seconds"))
    if _closers(slot.seen):
        why = _("its close control does nothing, nor does Back close it")
    if any(trial.led_on for trial in slot.by(AdvertAct.CLOSE)):
        why = _("its only button leads to another page, and Back does not close it")
    if not any(trial.pictured for trial in tries):
        return _said(timeline, rule, slot, Outcome.SUSPECTED, listed((why, unpictured(tries[-1]))), measured)
    return _said(timeline, rule, slot, Outcome.VIOLATION, why, measured)


def _asking(
    timeline: Timeline, app: AppUnderTest, rule: Rule, slot: _Slot, measured: tuple[tuple[str, float], ...], asked: ScreenSeen | AdvertSeen
) -> Finding:
    """Closing it brings a question: of what one chose that is fair, of all else the answer decides."""
    why = _("closing it asks first whether one is sure")
    answer = answered(timeline, app, asked, slot.seen.words)
    if answer is not None and answer.closed:
        sure = _("closing it asks first whether one is sure, and '{words}' then closed it", words=answer.words[:40])
        return _said(timeline, rule, slot, Outcome.CLEAR, sure, measured, asked, answer.press)
    if answer is not None:
        vain = _("closing it asks first whether one is sure, and '{words}' did not close it", words=answer.words[:40])
        return _said(timeline, rule, slot, Outcome.SUSPECTED, vain, measured, asked, answer.press)
    if slot.kind is AdvertKind.INCENTIVE_VIDEO:
        return _said(timeline, rule, slot, Outcome.CLEAR, why, measured, asked)
    if any(trial.still for trial in slot.by(AdvertAct.CLOSE, AdvertAct.BACK)):
        return _said(timeline, rule, slot, Outcome.SUSPECTED, why, measured, asked)
    why = _("closing it asks first whether one is sure, and what the answer does was not seen")
    return _said(timeline, rule, slot, Outcome.INCONCLUSIVE, why, measured, asked)


def _untouched(slot: _Slot) -> str | None:
    """A button of a mere window that nobody touched, which may close it: what costs something does not."""
    touched = {trial.acted.words for trial in slot.tried}
    buttons = (one for one in slot.seen.controls if slot.kind is AdvertKind.WINDOW and one.text and one.text not in touched)
    for one in buttons:
        says = one.role in (ControlRole.ACT, ControlRole.OTHER, ControlRole.CONFIRM) and may_be_pressed(one.text)
        if says or one.role is ControlRole.OPEN or is_exit(one.text):
            return one.text
    return None


def _as_tried(timeline: Timeline, views: list[AdvertSeen], done: tuple[Trial, ...]) -> list[AdvertSeen]:
    """The views of a window: of one that was tried as it came by itself, none of a page that a press of ours opened.

    Two pages that are adverts as a whole have one name: a splash, and a film once it is over.
    """
    if not done or any(led_to(timeline, trial.acted.at) for trial in done):
        return views
    return [seen for seen in views if not led_to(timeline, seen.at)] or views


def _wanted(timeline: Timeline, slot: _Slot) -> bool:
    """Whether the press that led to a film, or the film itself, tells of a reward for it."""
    presses = (timeline.between(trial.acted.at.boot_start, trial.acted.at, Tapped) for trial in slot.tried)
    led = (press for each in presses for press in each[-1:] if press.purpose in LEADING)
    return tells_reward(slot.seen.words) or any(says(press.text, "lure", "film") for press in led)


def _closed(timeline: Timeline, slot: _Slot, trial: Trial) -> bool:
    """Whether an act did away with it before it was over anyway; what a closing opens besides, others judge.

    A button that loads or opens something leads on, and so does what opened another page of the app's.
    """
    left = trial.still is not False and trial.opening is not None and trial.after is False
    leads_on = trial.acted.act is AdvertAct.BUTTON and (trial.load is not None or trial.opening is not None)
    gone = closed_by(timeline, trial, slot.lasted, slot.tried) or (left and not over_by_itself(timeline, trial, slot.lasted, slot.tried))
    changed = slot.kind is AdvertKind.INTERSTITIAL and stands_yet(timeline, trial)  # its cross came late: by that it is another place
    return gone and not changed and not leads_on and not trial.led_on and leaving_question(timeline, trial) is None


def _stayed(timeline: Timeline, slot: _Slot, trial: Trial) -> bool:
    """Whether it was there still after an act, or until it was over anyway."""
    return bool(trial.still) or (trial.still is False and over_by_itself(timeline, trial, slot.lasted, slot.tried))


def _seconds(slot: _Slot) -> float | None:
    """How long it holds the user: as it lasted, else as a splash counts down."""
    return slot.lasted if slot.lasted is not None or not _held(slot) else slot.countdown


def _measures(rule: Rule, slot: _Slot, touched: list[Trial]) -> tuple[bool, bool, tuple[tuple[str, float], ...]]:
    """Whether the control that was touched is too small or too pale, and the numbers that count.

    Of a painted control only the mark can be measured, not the area that takes the touch: its size says nothing.
    """
    measured: list[tuple[str, float]] = []
    if (seconds := _seconds(slot)) is not None:
        measured.append(("seconds", seconds))
    control = _touched_control(slot, touched)
    if control is None:
        return False, False, tuple(measured)
    dp, contrast = round(_touch_dp(control), 1), slot.contrasts.get(control.box)
    measured += [("dp", dp)] * (control.source == TREE)
    contrast = contrast if _is_mark(control) else None
    if contrast is not None:
        measured.append(("contrast", contrast))
    small = control.source == TREE and 0 < dp < rule.threshold("dp")
    pale = contrast is not None and contrast < rule.threshold("contrast")
    return small, pale, tuple(measured)


def _touch_dp(control: AdvertControl) -> float:
    """The side in dp of a square as large as the area that takes the touch: 跳过 is a line high and two signs wide.

    What is much longer than it is high counts as two of its heights long: a finger has to hit its height.
    """
    _x, _y, width, height = control.box
    length = max(width, height) / max(1, min(width, height))
    return control.dp * math.sqrt(min(length, 2.0))


def _is_mark(control: AdvertControl) -> bool:
    """Whether its box is that of its mark: of a wide face with a word on it the measure is of the face."""
    _x, _y, width, height = control.box
    return max(width, height) <= 2 * min(width, height)


def _touched_control(slot: _Slot, touched: list[Trial]) -> AdvertControl | None:
    """The control under the finger, by its place; else the largest that closes."""
    for trial in touched:
        for control in trial.advert.controls if trial.advert is not None else ():
            x, y, width, height = control.box
            named = control.role in CLOSING or trial.acted.act is AdvertAct.BUTTON
            if named and x <= trial.acted.x < x + width and y <= trial.acted.y < y + height:
                return control
    return max(_closers(slot.seen), key=lambda control: control.dp, default=None)


def _poor(slot: _Slot, *, small: bool, pale: bool, over: bool, first: bool) -> Text:
    """Why a control that works is not good enough."""
    notes = []
    if small:
        notes.append(_("its close control is too small"))
    if pale:
        notes.append(_("its close control is too pale"))
    if over:
        notes.append(_("it holds the user for at least {seconds} unless skipped", seconds=seconds_words(_seconds(slot) or 0.0)))
    if not first:
        notes.append(_("its close control does not work at the first touch"))
    return listed(notes)


def _said(
    timeline: Timeline, rule: Rule, slot: _Slot, outcome: Outcome, why: Text, measured: tuple[tuple[str, float], ...], *facts: Event
) -> Finding:
    if outcome is Outcome.CLEAR and (gaps := missing_streams(timeline, rule, [trial.span for trial in slot.tried])):
        outcome, why = Outcome.INCONCLUSIVE, gaps
    reason = of_kind(kind_words(slot.seen) if slot.kind is slot.seen.advert else KIND_WORDS[slot.kind], why)
    for name, value in measured:
        reason = _("{said}; {note}", said=reason, note=_figure(name, value))
    tried = [fact for trial in slot.tried for fact in (trial.acted, trial.left) if fact is not None]
    return Finding(rule.id, outcome, slot.seen.slot, reason, in_order(slot.seen, *tried, *facts), measured=measured)


def _figure(name: str, value: float) -> Text:
    """A number in words; of the seconds the first ones were not seen, and often not the last."""
    if name == "seconds":
        return _("it lasts at least {value}", value=seconds_words(value))
    return _("close control {value:.1f} dp", value=value) if name == "dp" else _("contrast {value:.1f}:1", value=value)
