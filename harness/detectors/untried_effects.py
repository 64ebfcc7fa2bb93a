"""What loaded or opened outside every trial, while the app was walked or looked through, and never again on purpose.

Once seen is no silence: a rule about it is not clear by what was tried elsewhere.
"""

from collections.abc import Sequence
from dataclasses import replace

from harness.detectors.advert_loads import Arrivals, Content, arrivals, content_of, speak_of_one
from harness.detectors.advert_openings import opening_within
from harness.detectors.advert_trials import Promise, Trial, charge_of_opening, trials
from harness.detectors.request_context import in_order
from harness.dialogs.continue_captions import claims, cleans, does_else
from harness.dialogs.offers import promises_load
from harness.events import (
    ActivityStarted,
    AdvertAct,
    AdvertActed,
    AdvertSeen,
    AppLaunched,
    AppStopped,
    ControlRole,
    DownloadSeen,
    Event,
    FunctionUsed,
    InstallSeen,
    Instant,
    InterruptionClosed,
    KeyPressed,
    ScreenSeen,
    Tapped,
    Witness,
)
from harness.events.action_kinds import Purpose
from harness.events.app_under_test import AppUnderTest
from harness.events.box import Box, area, contains
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.pages.advert_words import role_of, says_goes
from harness.pages.view_structure import unnumbered
from harness.rules import Rule
from harness.starts.tester_causes import WALK_SECONDS, in_use, noticed

CLOSE_RULE, OTHER_WORDS, OTHER_APP = "c7-close-acts-as-confirm", "c7-disguised-download", "c7-not-the-promised-app"
UNTOLD = ("c7-download-without-notice", "c7-download-outside-button")
"""A touch on words that tell of no load: whether a button beside them did is tried on purpose only."""
_CLOSINGS = (AdvertAct.CLOSE, AdvertAct.BACK, AdvertAct.OUTSIDE)
_ACTS = (Tapped, KeyPressed, AppLaunched, AppStopped, InterruptionClosed)
MOST_VAIN, MOST_CAME = 3, 2
"""How often in a row Back leaves a page as it is [PROJECT]: the first page of many asks for a second Back. Of one that
came by itself a return counts, too."""
_LEADING_OUT = (ControlRole.OPEN, ControlRole.LOAD, ControlRole.FAST_LOAD)
AFTER_SECONDS = 5.0
"""How long after a closing, or a press, an opening is of it: a store opens in two."""


def with_untried_loads(timeline: Timeline, app: AppUnderTest, rule: Rule, found: list[Finding]) -> list[Finding]:
    """The findings of a rule, and one for each app that was loaded outside the trials and came at none of them."""
    done = trials(timeline, app)
    arrived = arrivals(timeline)
    left: list[Finding] = []
    for first, rest in arrived.begun:
        spoken = (first, *rest)
        if first.witness is Witness.BYTES or content_of(list(spoken), arrived.described) is not Content.APP:
            continue
        before = [act for act in timeline.between(first.at.boot_start, first.at, *_ACTS) if not _tidies(act)][-2:]
        walked = [act for act in timeline.between(first.at.boot_start, first.at, Tapped) if not _tidies(act)]
        if rule.id in _charged(before, walked) and not any(_is_of(trial, spoken, arrived) for trial in done):
            left.append(_said(rule, len(left) + 1, _loaded(spoken, before), first, *before[-1:]))
    return [*found, *left]


def with_untried_closings(timeline: Timeline, app: AppUnderTest, rule: Rule, found: list[Finding]) -> list[Finding]:
    """The findings of a rule, and one for each closing in the walk at which another app opened, as at no trial."""
    tried = [trial for trial in trials(timeline, app) if trial.promise is Promise.CLOSES and trial.opening is not None]
    known = {package for trial in tried if trial.opening is not None for package in trial.opening.packages}
    left: list[Finding] = []
    for closed in timeline.of(InterruptionClosed):
        until = closed.at.later(AFTER_SECONDS)
        acts = timeline.between(closed.at, until, Tapped, KeyPressed, AppLaunched)
        following = [act.at for act in acts if act.at > closed.at][1:2]  # the first is the touch itself
        opening = opening_within(timeline, app, AdvertAct.BACK, (closed.at, min([until, *following])))
        if opening is None or known & set(opening.packages) or not opening.packages:
            continue
        known |= set(opening.packages)
        why = _(
            "in the walk '{button}' opened {package}, and it was not tried on purpose",
            button=closed.button[:40],
            package=opening.packages[0],
        )
        left.append(_said(rule, len(left) + 1, why, closed, *opening.facts))
    return [*found, *left]


def with_untried_touches(timeline: Timeline, app: AppUnderTest, rule: Rule, found: list[Finding]) -> list[Finding]:
    """The findings of a rule, and one for each advert whose picture, title or gap opened another app in the walk alone.

    At a touch on that very part: what other parts of it do, or did not, says nothing of it.
    """
    seen = [(advert, _page_at(timeline, advert.at)) for advert in timeline.of(AdvertSeen)]
    guilty = [trial for trial in trials(timeline, app) if trial.opening is not None]
    left: dict[str, Finding] = {}
    for tap in timeline.of(Tapped) if seen else ():
        page = _page_at(timeline, tap.at) if tap.purpose is Purpose.WALK else None
        advert = next((one for one, where in seen if page is not None and where == page and contains(one.box, (tap.x, tap.y))), None)
        part = _untold_part(advert, (tap.x, tap.y)) if advert is not None else None
        if advert is None or part is None or any(_touches(trial, advert.slot, part) for trial in guilty):
            continue
        following = timeline.between(tap.at, tap.at.later(AFTER_SECONDS), Tapped, KeyPressed, AppLaunched)[1:2]
        until = min([tap.at.later(AFTER_SECONDS), *(act.at for act in following)])
        opening = opening_within(timeline, app, AdvertAct.PICTURE, (tap.at, until))
        if opening is not None and opening.proved and opening.packages and not _unasked(timeline, app, opening.at):
            words, package = tap.text[:40], opening.packages[0]
            why = _("in the walk a touch on '{words}' opened {package}, and no touch on purpose did", words=words, package=package)
            left.setdefault(advert.slot, _said(rule, len(left) + 1, why, tap, *opening.facts))
    return [*found, *left.values()]


def with_untried_openings(timeline: Timeline, app: AppUnderTest, rule: Rule, found: list[Finding]) -> list[Finding]:
    """The findings of a rule, and one for each app that opened by itself outside the trials, and at none so."""
    lines = [line for line in timeline.of(ActivityStarted) if line.from_uid == app.uid or line.caller == app.package]
    done = trials(timeline, app) if lines else []
    known = {package for trial in done if trial.opening is not None and _by_itself_too(trial, rule) for package in trial.opening.packages}
    left: list[Finding] = []
    for line in lines:
        tried = any(trial.acted.at <= line.at <= trial.end for trial in done) or _is_moved(timeline, line.at)
        if tried or not in_use(timeline, line.at) or not _unasked(timeline, app, line.at):
            continue
        following = [act.at for act in timeline.between(line.at, line.at.later(AFTER_SECONDS), *_ACTS, AdvertActed)][:1]  # a motion, too
        opening = opening_within(timeline, app, AdvertAct.NOTHING, (line.at, min([line.at.later(AFTER_SECONDS), *following])))
        if opening is None or not opening.proved or known & {*opening.packages, opening.stopped_by}:
            continue
        name = (*opening.packages, opening.stopped_by)[0]
        known |= {name}
        why = _("with nothing pressed {package} opened by itself, and so it did in no trial", package=name)
        left.append(replace(_said(rule, len(left) + 1, why, *opening.facts), part=f"alone-{len(left) + 1}"))
    return [*found, *left]


def _by_itself_too(trial: Trial, rule: Rule) -> bool:
    """Whether an opening at a trial is charged to a rule, or needed no touch: that is judged there."""
    return charge_of_opening(trial) == rule.id or trial.acted.act is AdvertAct.NOTHING


def _is_moved(timeline: Timeline, at: Instant) -> bool:
    """Whether a motion of ours was the last thing done: it may outlast the watch of its trial."""
    acts = timeline.between(at.boot_start, at, *_ACTS, AdvertActed)[-1:]
    return any(isinstance(act, AdvertActed) and act.act is AdvertAct.MOTION for act in acts)


def _unasked(timeline: Timeline, app: AppUnderTest, at: Instant) -> bool:
    """Whether no press of ours led to what happens at a moment, but a start, or an own page that had come since.

    What a press promises to open may take its time; a page that came for a moment only was on the way.
    """
    last = next(reversed(timeline.between(at.boot_start, noticed(at), *_ACTS, FunctionUsed)), None)
    if last is None or isinstance(last, AppLaunched) or at.seconds_since(last.at) > AFTER_SECONDS:
        return True
    words = last.text if isinstance(last, Tapped | FunctionUsed) else ""
    if role_of(words) in _LEADING_OUT or says_goes(words):
        return False
    before, came = _page_at(timeline, last.at), timeline.between(last.at, at, ScreenSeen)
    own = (page for page in came if page.package == app.package and page.screen != before)
    return any(at.seconds_since(page.at) >= WALK_SECONDS for page in own)


def _page_at(timeline: Timeline, at: Instant) -> str | None:
    """The page that was in front at a moment, None where none is on record."""
    return next((page.screen for page in timeline.between(at.boot_start, at, ScreenSeen)[-1:]), None)


def _untold_part(advert: AdvertSeen, point: tuple[int, int]) -> Box | None:
    """The place of what an advert has at a point, its own where that is a gap; None where it promises something."""
    there = [one for one in advert.controls if contains(one.box, point)]
    part = min(there, key=lambda one: area(one.box), default=None)
    if part is None:
        return advert.box
    return part.box if part.role in (ControlRole.PICTURE, ControlRole.TITLE) else None


def _touches(trial: Trial, slot: str, part: Box) -> bool:
    return trial.slot == slot and contains(part, (trial.acted.x, trial.acted.y))


def with_kept_in(timeline: Timeline, app: AppUnderTest, rule: Rule, found: list[Finding]) -> list[Finding]:
    """The findings of a rule, and one for each page of the walk that Back did not leave, untried to close.

    Of what came where Back or a return led, new and with no line of the two pages before, two tries are enough.
    """
    closing = (trial for trial in trials(timeline, app) if trial.acted.act in _CLOSINGS)
    tried = {trial.page.screen for trial in closing if trial.page is not None}
    left: list[Finding] = []
    before: ScreenSeen | None = None  # the page on which Back was pressed, as long as nothing but Home was done besides
    page: ScreenSeen | None = None
    vain: list[Event] = []
    pages: dict[str, set[str]] = {}  # the lines of each page so far, the latest last
    came: set[str] = set()
    last: Event | None = None
    for event in timeline.of(ScreenSeen, KeyPressed, Tapped, AppLaunched, AppStopped):
        if isinstance(event, ScreenSeen):
            page = event if event.package == app.package else None
            if page is not None:
                lines = set(page.text.splitlines())
                if page.screen not in pages and _leads_back(last) and all(lines.isdisjoint(each) for each in [*pages.values()][-2:]):
                    came.add(page.screen)
                pages.pop(page.screen, None)
                pages[page.screen] = lines
            continue
        last = event
        stays = before is not None and page is not None and _is_still(before, page)
        if isinstance(event, AppLaunched) and not event.cold:
            vain = [*vain, event] if vain and before is not None and before.screen in came else vain
            continue  # come back to: what shows then tells whether the page stays
        vain = vain if stays else []
        most = MOST_CAME if before is not None and before.screen in came else MOST_VAIN
        if stays and len(vain) >= most and before is not None and before.screen not in tried:
            why = _("a page of the walk is not left by Back, and it was not tried: {text}", text=before.title[:40])
            left.append(_said(rule, len(left) + 1, why, before, *vain))
            tried.add(before.screen)
        if isinstance(event, KeyPressed) and event.key == "home":
            continue
        back = isinstance(event, KeyPressed) and event.key == "back"
        before = page if back else None
        vain = [*vain, event] if back else []
    return [*found, *left]


def _is_still(before: ScreenSeen, page: ScreenSeen) -> bool:
    """Whether a page is the one before, and not the step before it of one make: half of its lines are there still."""
    old, new = (set(map(unnumbered, each.text.splitlines())) for each in (before, page))
    return page.screen == before.screen and 2 * len(old & new) >= len(old)


def _leads_back(act: Event | None) -> bool:
    """Whether an act only leads back to where one was: Back, or a return from the home screen."""
    return (isinstance(act, KeyPressed) and act.key == "back") or (isinstance(act, AppLaunched) and not act.cold)


def _is_of(trial: Trial, spoken: tuple[DownloadSeen | InstallSeen, ...], arrived: Arrivals) -> bool:
    """Whether what came is what came at a trial, then or before, or is installed from it."""
    keys = trial.load.keys if trial.load is not None else frozenset()
    packages = {each.package for each in arrived.described if (each.witness, each.key) in keys} - {""}
    if any(isinstance(fact, InstallSeen) and fact.package in packages for fact in spoken):
        return True
    told = [fact for fact in trial.load.facts if isinstance(fact, DownloadSeen | InstallSeen)] if trial.load is not None else []
    within = trial.acted.at <= spoken[0].at <= trial.end
    return within or any(speak_of_one(one, other) for one in told for other in spoken if one.witness is not Witness.BYTES)


def _charged(before: list[Event], walked: Sequence[Tapped]) -> tuple[str, ...]:
    """The rules that a load outside the trials may be about, by the last act before it.

    How it came, unless a caption told it, and what came. What is seen only after a stop came of some press of the
    scenario before, one of those that ``walked``.
    """
    if any(isinstance(act, InterruptionClosed) for act in before):
        return (CLOSE_RULE, OTHER_APP)
    last = before[-1] if before else None
    if walked and isinstance(last, AppStopped):
        return (*UNTOLD, OTHER_APP, OTHER_WORDS) if any(_of_other_words(tap.text) for tap in walked) else (*UNTOLD, OTHER_APP)
    if not isinstance(last, Tapped):
        return ()
    if promises_load(words := last.text):
        return (OTHER_APP,) if last.purpose is not Purpose.ADVERT else ()  # that was a trial, whose load came late
    return (OTHER_WORDS, OTHER_APP) if _of_other_words(words) else (*UNTOLD, OTHER_APP)


def _tidies(act: Event) -> bool:
    """Whether a touch took away what had been loaded: that begins nothing."""
    return isinstance(act, Tapped) and act.purpose is Purpose.TAKE_AWAY


def _of_other_words(words: str) -> bool:
    """Whether a caption tells of something else than a load."""
    return any(told(words) for told in (claims, cleans, does_else))


def _loaded(spoken: tuple[DownloadSeen | InstallSeen, ...], before: list[Event]) -> Text:
    names = [fact.name if isinstance(fact, DownloadSeen) else fact.package or "" for fact in spoken]
    name = next((name[:60] for name in names if name), "?")
    words = next((act.text[:40] for act in reversed(before) if isinstance(act, Tapped) and act.text), "")
    if words:
        return _("in the walk '{name}' was loaded after '{words}', and not again on purpose", name=name, words=words)
    return _("in the walk '{name}' was loaded, and not again on purpose", name=name)


def _said(rule: Rule, number: int, reason: Text, *facts: Event) -> Finding:
    return Finding(rule.id, Outcome.INCONCLUSIVE, f"walk-{number}", reason, in_order(*facts))
