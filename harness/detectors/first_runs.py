"""First runs: when consent was asked for and given, what every rule of clause 1 counts.

Only who cleared the app's data knows that it carries no consent from before, so nothing is said of a time before that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from weakref import WeakKeyDictionary

from harness.detectors.asks import undisturbed
from harness.detectors.picture_boxes import empty_at_first, following, page_of
from harness.dialogs.consent_screen import is_policy_name, refuses
from harness.dialogs.dialog_words import plain, words
from harness.events import (
    AppLaunched,
    AppStopped,
    ConsentForm,
    ConsentGiven,
    ConsentShown,
    FunctionUsed,
    Instant,
    KeyPressed,
    Source,
    Tapped,
)
from harness.events.action_kinds import ERASES, Purpose
from harness.events.findings import Outcome
from harness.events.streams import incomplete
from harness.events.timeline import Timeline
from harness.language import Text
from harness.rules import Rule

USES = (Purpose.FUNCTION, Purpose.WALK, Purpose.FIND_FUNCTION, Purpose.PERSON)
"""Touches that use the app; to answer its prompts is none."""


FIRST_PAGES = "walk-first"
"""The segment in which the pages of a first start are gone through."""


@dataclass(frozen=True, slots=True)
class FirstRun:
    """The first start of the app after its data was cleared, until the segment in which it was started ends."""

    launch: AppLaunched
    end: Instant


def first_runs(timeline: Timeline) -> list[FirstRun]:
    """One for each time that the app was cleared and started after it, but for control runs.

    None where that never was.
    """
    cleared = [stop.at for stop in timeline.of(AppStopped) if stop.how in ERASES]
    launches = undisturbed(timeline, timeline.of(AppLaunched))
    firsts = [next((launch for launch in launches if launch.at > clear), None) for clear in cleared]
    return [FirstRun(launch, _end(timeline, launch)) for launch in dict.fromkeys(filter(None, firsts))]


def _end(timeline: Timeline, launch: AppLaunched) -> Instant:
    return next((end for _, start, end in timeline.segments() if start <= launch.at <= end), launch.at)


def only_goes_on(timeline: Timeline, used: FunctionUsed) -> bool:
    """Whether a press turned a page of the first start, or chose on it, and promises nothing: no use of a function."""
    return not used.promises and any(start <= used.at <= end for _name, start, end in timeline.segments(FIRST_PAGES))


def at_first_start(timeline: Timeline, at: Instant) -> bool:
    """Whether a moment lies in a first start: the data was cleared, it was started once since, and not used."""
    cleared = [stop.at for stop in timeline.of(AppStopped) if stop.how in ERASES and stop.at <= at]
    if not cleared:
        return False
    starts = timeline.between(cleared[-1], at, AppLaunched)
    used = any(tap.purpose in USES for tap in timeline.between(cleared[-1], at, Tapped))
    left = any(key.key in ("home", "recent") for key in timeline.between(cleared[-1], at, KeyPressed))
    return len(starts) == 1 and not used and not left and not timeline.between(cleared[-1], at, FunctionUsed)


def consents_shown(timeline: Timeline) -> list[ConsentShown]:
    """Every time the screen asked for consent, but for control runs: they only repeat what was seen before.

    What our press on the name of a policy opened is that policy, and asks for nothing.
    """
    return [shown for shown in undisturbed(timeline, timeline.of(ConsentShown)) if not _looked_up(timeline, shown)]


def _looked_up(timeline: Timeline, shown: ConsentShown) -> bool:
    """Whether our last act before it, but for swipes through its text, was to open a policy."""
    acts = timeline.between(shown.at.boot_start, shown.at, Tapped, KeyPressed, AppLaunched, AppStopped)
    last = acts[-1] if acts else None
    return isinstance(last, Tapped) and (last.purpose is Purpose.POLICY or (last.purpose in USES and is_policy_name(last.text)))


def asked_by_dialog(timeline: Timeline) -> list[ConsentShown]:
    """The dialogs and pages that had to be answered."""
    return [shown for shown in consents_shown(timeline) if shown.form is ConsentForm.DIALOG]


def agreed(timeline: Timeline, at: Instant) -> bool | None:
    """Whether the app has our consent at a moment: given, and its data not cleared since.

    None where a page was left whose box is a picture, and nothing shows whether it was ticked.
    """
    cleared = [stop.at for stop in timeline.of(AppStopped) if stop.how in ERASES and stop.at <= at]
    known = [sure for given, sure in _given(timeline).items() if given <= at and (not cleared or given > cleared[-1])]
    return any(known) or (None if known else False)


_GIVEN: WeakKeyDictionary[Timeline, dict[Instant, bool]] = WeakKeyDictionary()


def consents_given(timeline: Timeline) -> tuple[Instant, ...]:
    """When consent was given, or may have been.

    A yes was pressed, or a control that led on from a page whose box is ticked or a picture.
    """
    return tuple(sorted(_given(timeline)))


def _given(timeline: Timeline) -> dict[Instant, bool]:
    """When consent was given -> whether that is sure."""
    if timeline not in _GIVEN:
        _GIVEN[timeline] = dict(_past_boxes(timeline)) | dict.fromkeys(agreements(timeline), True)
    return _GIVEN[timeline]


def agreements(timeline: Timeline) -> Iterator[Instant]:
    """The presses that agree: one whose words do not say so, and that only leads to the next question, does not."""
    given = timeline.of(ConsentGiven)
    for press, after in zip_longest(given, given[1:]):
        between = timeline.between(press.at, after.at, AppLaunched, AppStopped, FunctionUsed) if after is not None else [press]
        if between or _says_yes(press.button):
            yield press.at


def _says_yes(button: str) -> bool:
    said, consent = plain(button), words()["consent"]
    return said in consent["accept"] or said.startswith(tuple(consent["accept_begins"]))


def _past_boxes(timeline: Timeline) -> Iterator[tuple[Instant, bool]]:
    shown = timeline.of(ConsentShown)
    uses: list[FunctionUsed | Tapped] = [*timeline.of(FunctionUsed)]
    uses += [
        tap for tap in timeline.of(Tapped) if tap.purpose in (Purpose.INTERRUPTION, Purpose.WALK)
    ]  # of who walks through a first start
    for used in uses if any(each.form is ConsentForm.TICK for each in shown) else ():
        last = next((each for each in reversed(shown) if each.at <= used.at), None)
        if last is None or last.form is not ConsentForm.TICK or any(ticked is False for _text, ticked in last.ticks):
            continue
        page = page_of(timeline, last, used)
        own = any(used.text == text for text, _ticked in last.ticks) or is_policy_name(used.text) or refuses(plain(used.text))
        if page is None or own:
            continue
        then = following(timeline, page, used)
        if then.screen != page.screen and not is_policy_name(then.title):
            yield used.at, all(ticked for _text, ticked in last.ticks) or empty_at_first(timeline, last) is not None


def capped(outcome: Outcome, shown: ConsentShown) -> Outcome:
    """What was read in the pixels only is for a person to confirm: a custom-drawn dialog may have been misread."""
    return Outcome.SUSPECTED if outcome is Outcome.VIOLATION and shown.source is Source.PIXELS else outcome


def not_covered(timeline: Timeline, rule: Rule, start: Instant, end: Instant) -> Text | None:
    """Why nothing can be said of a span; None when each stream that the rule needs covers it."""
    missing = [source for source in rule.needs if not timeline.covered(source, start, end)]
    return incomplete(missing) if missing else None
