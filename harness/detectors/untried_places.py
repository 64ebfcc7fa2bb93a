"""Places, and parts of them, that were seen and never tried in the way that a rule is about.

What was never tried shows no fault: a rule is not clear by other places, or by another control of the same one.
"""

from bisect import bisect
from collections.abc import Callable, Iterator
from itertools import islice

from harness.detectors.advert_findings import kind_words, of_kind
from harness.detectors.advert_trials import LEAF, LOADING, LURE, Trial, title_of, trials
from harness.dialogs.continue_captions import may_be_pressed
from harness.events import AdvertAct, AdvertControl, AdvertKind, AdvertSeen, AppLaunched, ControlRole
from harness.events.app_under_test import AppUnderTest
from harness.events.box import Box, area, contains, intersection
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.pages.advert_words import loads
from harness.pages.adverts import is_cut
from harness.pages.view_structure import unnumbered
from harness.rules import Rule

CLOSERS = (ControlRole.CLOSE, ControlRole.SKIP)
BESIDE = (AdvertAct.PICTURE, AdvertAct.BESIDE, AdvertAct.OUTSIDE)
COVERING = (AdvertKind.SPLASH, AdvertKind.INTERSTITIAL, AdvertKind.INCENTIVE_VIDEO)
"""Kinds that are moved with the phone (harness/adverts/motion_trials.py)."""
MUST_CLOSE = (AdvertKind.SPLASH, AdvertKind.INTERSTITIAL, AdvertKind.RED_PACKET, AdvertKind.WINDOW)
AT_ONCE, MOST_PAIRS = 0.2, 400
"""Seconds within which adverts are written that one look shows, and pairs of looks at one place that are compared at
most [PROJECT]."""
_SHOWN = (ControlRole.PICTURE, ControlRole.TITLE)
_NO_ADVERTS = (LURE, LEAF, "page-", "start", "own-")
"""How the names of places begin that are acts of the looking-round, and no adverts."""


def with_untried_places(timeline: Timeline, app: AppUnderTest, rule: Rule, found: list[Finding]) -> list[Finding]:
    """The findings of a rule, and where they clear it, one for each place that has what the rule is about, untried.

    What closes may have come too late to be touched: that is told where nothing else is found, too.
    """
    if not any(finding.outcome is Outcome.CLEAR for finding in found) and (found or _NEEDS[rule.id] is not _to_close):
        return found
    accused = {finding.part.partition(" ")[0] for finding in found if finding.outcome is not Outcome.CLEAR}
    judged = {finding.part for finding in found}
    every: dict[str, list[Trial]] = {}
    for trial in trials(timeline, app):
        every.setdefault(trial.slot, []).append(trial)
    views: dict[str, list[AdvertSeen]] = {}
    for seen in timeline.of(AdvertSeen):
        if seen.words and not seen.slot.startswith(_NO_ADVERTS):
            views.setdefault(seen.slot, []).append(seen)
    tried = [trial.advert for done in every.values() for trial in done if trial.advert is not None]
    elsewhere: dict[str, list[Trial]] = {}
    for trial in (each for done in every.values() for each in done):
        elsewhere.setdefault(_make(trial.advert) if trial.advert is not None else "", []).append(trial)
    known = {name for seen in tried for name in (_make(seen), _titled(seen)) if name}
    left = []
    for slot, looks in views.items():
        done = every.get(slot, [])
        same = any(_make(seen) in known or _titled(seen) in known for seen in looks)
        if slot in accused or (not done and (slot in judged or same)):
            continue  # it was judged by what was done in the walk, or the very same advert was tried in another place
        if not done and is_cut(slot) and any(_make(looks[-1]) in make for make in known):
            continue  # a part of one that was tried whole
        alike = [trial for make in {_make(seen) for seen in looks} for trial in elsewhere.get(make, ()) if trial.slot != slot]
        if (why := _NEEDS[rule.id](looks, [*done, *alike])) is not None:
            reason = of_kind(kind_words(looks[-1]), why)
            left.append(Finding(rule.id, Outcome.INCONCLUSIVE, slot, reason, (looks[-1],)))
            continue
        for looks_of_row in _other_rows(timeline, looks, done, known):
            if (why := _NEEDS[rule.id](looks_of_row, [])) is not None:
                row = looks_of_row[-1]
                reason = of_kind(kind_words(row), _("of '{title}', another row of the list: {why}", title=title_of(row)[:40], why=why))
                left.append(Finding(rule.id, Outcome.INCONCLUSIVE, slot, reason, (row,)))
                break
    return [*(finding for finding in found if finding.part not in {one.part for one in left}), *left]


def _make(seen: AdvertSeen) -> str:
    """One advert may be taken for a splash at one look and for a film or an interstitial at the next."""
    return unnumbered(seen.words)


def _titled(seen: AdvertSeen) -> str:
    """The kind and title of an advert: a row of a shelf says other things once its app is loaded."""
    return f"{seen.advert.value} {title}" if (title := title_of(seen)) else ""


def _other_rows(timeline: Timeline, looks: list[AdvertSeen], done: list[Trial], known: set[str]) -> Iterator[list[AdvertSeen]]:
    """The looks at each row of a list that has the place of one that was tried, and was tried nowhere.

    Rows are scrolled past each other, so within one start they stood apart, or one that is neither moved from the one
    look to the other. What a place shows in turn stands where the last one stood.
    """
    starts = [launch.at for launch in timeline.of(AppLaunched) if launch.cold]
    rows: dict[str, list[AdvertSeen]] = {}
    for seen in looks:
        if (title := _titled(seen)) and seen.advert is AdvertKind.FEED_CARD:
            rows.setdefault(title, []).append(seen)
    if not done or len(rows) < 2:
        return
    once = {(bisect(starts, seen.at), _titled(seen), seen.box): seen for seen in looks}
    for title, shown in rows.items():
        told = {_make(seen) for seen in shown}
        if title in known or any(make in one for make in told for one in known):
            continue  # it was tried, whole or in another part of the page
        pairs = ((one, other) for one in shown for (_, name, _), other in once.items() if name != title)
        if any(bisect(starts, a.at) == bisect(starts, b.at) and _scrolled(timeline, a, b) for a, b in islice(pairs, MOST_PAIRS)):
            yield shown


def _scrolled(timeline: Timeline, one: AdvertSeen, other: AdvertSeen) -> bool:
    """Whether two looks show a list at two heights."""
    if not area(intersection(one.box, other.box)):
        return True
    beside = [
        {_titled(seen): seen.box for seen in timeline.between(at.earlier(AT_ONCE), at.later(AT_ONCE), AdvertSeen)}
        for at in (one.at, other.at)
    ]
    return any(not area(intersection(beside[0][title], beside[1][title])) for title in beside[0].keys() & beside[1].keys() if title)


def _to_close(looks: list[AdvertSeen], done: list[Trial]) -> Text | None:
    """A control that closes: each of those that stand beside each other at one look."""
    if looks[-1].advert is AdvertKind.SUBSCRIPTION:
        return None
    at = [(trial.acted.x, trial.acted.y) for trial in done]
    pressed = {trial.acted.words for trial in done}
    for seen in looks:
        closers = list(apart(one for one in seen.controls if one.role in CLOSERS))
        for one in closers:
            alone = len(closers) == 1 and any(trial.acted.act is AdvertAct.CLOSE for trial in done)  # it moves, or has other words now
            if not (alone or any(contains(one.box, point) for point in at) or (one.text and one.text in pressed)):
                return _("its close control '{words}' was not touched", words=one.text[:40]) if one.text else _UNTOUCHED
    return None


def apart(controls: Iterator[AdvertControl]) -> Iterator[AdvertControl]:
    """Controls that do not lie in each other: a cross and the view round it are one."""
    taken: list[Box] = []
    for one in controls:
        if not any(area(intersection(one.box, box)) for box in taken):
            taken.append(one.box)
            yield one


def _to_be_closed(looks: list[AdvertSeen], done: list[Trial]) -> Text | None:
    if looks[-1].advert not in MUST_CLOSE or any(trial.acted.act in _ENDED for trial in done):
        return None
    return _NEVER if not done else _("nothing was tried to close it")


def _to_load(looks: list[AdvertSeen], done: list[Trial]) -> Text | None:
    """A button that says that it loads; the app's own update is never pressed."""
    told = [one for seen in looks for one in seen.controls if one.role in LOADING and (not one.text or loads(one.text))]
    pressed = any(trial.acted.role in LOADING or trial.acted.act is AdvertAct.BUTTON for trial in done)
    return _("its button '{words}' was not pressed", words=told[0].text[:40]) if told and not pressed else None


def _to_touch_beside(looks: list[AdvertSeen], done: list[Trial]) -> Text | None:
    """Its picture, title or a gap beside a button that loads."""
    told = any(one.role in LOADING for seen in looks for one in seen.controls)
    shows = any(one.role in _SHOWN for seen in looks for one in seen.controls)
    if not (told and shows) or looks[-1].whole_card or any(trial.acted.act in BESIDE for trial in done):
        return None
    return _("nothing beside its button was touched")


def _to_be_moved(looks: list[AdvertSeen], done: list[Trial]) -> Text | None:
    moved = looks[-1].advert not in COVERING or any(trial.acted.act is AdvertAct.MOTION for trial in done)
    return None if moved else _("the phone was not moved while it was up")


def _to_be_tried(looks: list[AdvertSeen], done: list[Trial]) -> Text | None:
    return None if done or looks[-1].advert is AdvertKind.SUBSCRIPTION else _NEVER


def _to_take(looks: list[AdvertSeen], done: list[Trial]) -> Text | None:
    """A button of other words: 领取红包, 开始游戏."""
    acts = [one.text for seen in looks for one in seen.controls if one.role is ControlRole.ACT and may_be_pressed(one.text)]
    pressed = {trial.acted.words for trial in done}
    words = next((words for words in acts if words and words not in pressed), None)
    none = not any(trial.acted.act is AdvertAct.BUTTON for trial in done)
    return _("its button '{words}' was not pressed", words=words[:40]) if words is not None and none else None


_UNTOUCHED, _NEVER = _("one of its close controls was not touched"), _("it was seen and not tried")
_ENDED = (AdvertAct.CLOSE, AdvertAct.BACK, AdvertAct.NOTHING)
"""Acts that tell how a window ends."""
_NEEDS: dict[str, Callable[[list[AdvertSeen], list[Trial]], Text | None]] = {
    "c7-close-acts-as-confirm": _to_close,
    "c7-window-cannot-close": _to_be_closed,
    "c7-download-without-notice": _to_load,
    "c7-not-the-promised-app": _to_load,
    "c7-download-outside-button": _to_touch_beside,
    "c7-disguised-download": _to_take,
    "c7-shake-jump": _to_be_moved,
    "c7-jump": _to_be_tried,
}
"""By rule, what of a place was left untried, None where nothing was."""
