"""Findings about acts on adverts, for all rules of clause 7: k of n, witnesses, what was not seen, the words."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from harness.detectors.advert_loads import SEEN_WORDS, Content, Load, Seen
from harness.detectors.advert_openings import Opening
from harness.detectors.advert_trials import LEAF, Promise, Trial, charge_of_load, charge_of_opening, trials
from harness.detectors.daily_motions import DAILY
from harness.detectors.request_context import in_order, missing_streams
from harness.events import AdvertAct, AdvertKind, AdvertSeen, ControlRole, DeliveryRemoved, DeliveryUnseen, Event, Witness
from harness.events.action_kinds import CLOSE_AFTER
from harness.events.app_under_test import AppUnderTest
from harness.events.durations import seconds_words
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text, _, known, listed, pgettext
from harness.pages.adverts import FILM, is_cut, is_cut_above
from harness.pages.adverts import LEAF as LEAVES
from harness.pages.view_structure import unnumbered
from harness.rules import Rule

KIND_WORDS = {
    AdvertKind.SPLASH: pgettext("advert", "the splash advert"),
    AdvertKind.INTERSTITIAL: pgettext("advert", "the interstitial"),
    AdvertKind.FEED_CARD: pgettext("advert", "the advert in the feed"),
    AdvertKind.BANNER: pgettext("advert", "the banner"),
    AdvertKind.FLOATING: pgettext("advert", "the floating advert"),
    AdvertKind.RED_PACKET: pgettext("advert", "the red packet"),
    AdvertKind.INCENTIVE_VIDEO: pgettext("advert", "the incentive video"),
    AdvertKind.WEB_PAGE: pgettext("advert", "the page with an offer"),
    AdvertKind.STORE_PAGE: pgettext("advert", "the page that offers an app"),
    AdvertKind.WALL: pgettext("advert", "the wall before the contents"),
    AdvertKind.SUBSCRIPTION: pgettext("advert", "the subscription page"),
    AdvertKind.WINDOW: pgettext("advert", "the window"),
}
_LEAF = pgettext("advert", "a page that was turned or pulled down")
_FILM = pgettext("advert", "the advert that filled a page in use")
_ANSWERED = pgettext("advert", "a question came of its button, and its yes was touched")
_WORDS_TOUCHED = pgettext("advert", "words on it were touched")
_BEGAN_ABOVE = _("the card began above the screen, and what stands there was not seen")
_WENT_ON = _("the card went on below the screen, and what stands there was not seen")
_ON_PAGE, _BARE_PAGE = _("a control of the page"), _("a page of the app")
_CLOSED = _("what was closed on the way to a page")
_UNPICTURED = _("no picture shows what was pressed")
_UNSHOWN = _("no picture shows what stood there before")
UNHEARD = _("the app listens to no sensor that moves with the phone")
_ACT_WORDS = {
    AdvertAct.NOTHING: pgettext("advert", "left alone"),
    AdvertAct.CLOSE: pgettext("advert", "its close control was touched"),
    AdvertAct.BACK: pgettext("advert", "Back was pressed"),
    AdvertAct.PICTURE: pgettext("advert", "its picture or title was touched"),
    AdvertAct.BESIDE: pgettext("advert", "a gap beside its button was touched"),
    AdvertAct.OUTSIDE: pgettext("advert", "the page beside it was touched"),
    AdvertAct.BUTTON: pgettext("advert", "its button was touched"),
    AdvertAct.SWIPE: pgettext("advert", "a finger was swiped over it"),
    AdvertAct.SCROLL: pgettext("advert", "the page was scrolled"),
    AdvertAct.MOTION: pgettext("advert", "the phone was moved"),
}
_BESIDE_WORDS = {
    ControlRole.TITLE: pgettext("advert", "its title was touched, beside its button"),
    ControlRole.PICTURE: pgettext("advert", "its picture was touched, beside its button"),
}
"""What lies at the place beside a button, where it is no gap."""
_WAYS = ((Witness.ROW, Witness.FILE, Witness.NOTIFICATION), (Witness.SESSION, Witness.PACKAGE))
"""Ways in which a load, and an install, shows; what cannot be read by most of them may have come unseen."""


def on_adverts(timeline: Timeline, app: AppUnderTest, tried: Callable[[Trial], bool]) -> dict[str, list[Trial]]:
    """The trials that count for a rule, by their slots; a page's own control counts where something came of it."""
    found: dict[str, list[Trial]] = {}
    for trial in trials(timeline, app):
        came = trial.load is not None or trial.opening is not None or not trial.of_page
        if came and tried(trial):
            found.setdefault(trial.slot, []).append(trial)
    return found


def load_findings(timeline: Timeline, app: AppUnderTest, rule: Rule, tried: Callable[[Trial], bool], nothing: Text) -> list[Finding]:
    """One finding for each kind of act on a slot that loaded, charged to this rule; else one for the slot."""
    found = []
    for slot, all_done in on_adverts(timeline, app, tried).items():
        done = _tries(timeline, all_done) or all_done
        guilty = [trial for trial in done if charge_of_load(trial) == rule.id]
        for act in dict.fromkeys(trial.acted.act for trial in guilty):
            of_act = [trial for trial in guilty if trial.acted.act is act]
            found.append(_load_finding(rule, slot, of_act, [trial for trial in done if _same_place(trial, of_act)]))
        if not guilty:
            said = acquitted(timeline, rule, slot, done, nothing, loads=True)
            found.append(said if _tries(timeline, done) else _vain(said, done[0]))
    return found


def _vain(said: Finding, trial: Trial) -> Finding:
    """What is said where each press may have found what it loads on the phone already."""
    why = _("a download stood there that could not be taken away: a press that loads nothing then proves nothing")
    return replace(said, outcome=Outcome.INCONCLUSIVE, reason=of_kind(place_words(trial), why))


def _tries(timeline: Timeline, done: Sequence[Trial]) -> list[Trial]:
    return [trial for trial in done if not _loaded_already(timeline, trial)]


def _loaded_already(timeline: Timeline, trial: Trial) -> bool:
    """Whether a press that brought nothing says that it loads, and a download stood there that was not removed."""
    left = (fact for fact in timeline.of(DeliveryRemoved) if fact.problem and fact.witness is Witness.ROW)
    return trial.load is None and trial.promise is Promise.LOADS and any(fact.at < trial.acted.at for fact in left)


def _same_place(trial: Trial, guilty: Sequence[Trial]) -> bool:
    """Whether a trial is of the same act; of another button, cross, title or row it is another one."""
    act, words, roles = guilty[0].acted.act, {_which(each) for each in guilty}, {each.acted.role for each in guilty}
    if trial.kind is AdvertKind.FEED_CARD and trial.title not in {each.title for each in guilty}:
        return False
    if act is AdvertAct.PICTURE:
        return trial.acted.act is act and trial.acted.role in roles
    return trial.acted.act is act and (act not in (AdvertAct.BUTTON, AdvertAct.CLOSE) or _which(trial) in words)


def _which(trial: Trial) -> tuple[str, bool]:
    """The control that was touched, by its words; of two that close the one of higher numbers is the second."""
    second = trial.acted.act is AdvertAct.CLOSE and trial.acted.number > CLOSE_AFTER
    return unnumbered(trial.acted.words), second


def _load_finding(rule: Rule, slot: str, guilty: list[Trial], done: list[Trial]) -> Finding:
    best = max(guilty, key=lambda trial: (_weight(trial.load), -done.index(trial)))
    load = best.load
    assert load is not None
    tries = _counted(done, guilty)
    witnesses = len(load.seen)
    sure = witnesses >= rule.threshold("witnesses") and load.content is Content.APP and best.pictured
    often = len(guilty) >= rule.threshold("times") or len(guilty) == tries
    notes = [] if load.content is Content.APP else [_("what came could not be read")]
    notes += [] if best.pictured else [unpictured(best)]
    above = is_cut_above(best.slot)
    part = above or (is_cut(best.slot) and best.acted.act is AdvertAct.PICTURE)  # what tells of the load may stand beyond
    notes += [_BEGAN_ABOVE if above else _WENT_ON] if part else []
    return Finding(
        rule.id,
        Outcome.VIOLATION if sure and often and not part else Outcome.SUSPECTED,
        f"{slot} {best.acted.act.value}",
        _noted(came_of(best, load), notes, len(guilty), tries),
        in_order(*(fact for trial in guilty for fact in facts_of(trial, *_came(trial.load)))),
        measured={"witnesses": witnesses, "times": len(guilty), "tries": tries, "seconds": max(0.0, load.at.seconds_since(best.acted.at))},
    )


def _weight(load: Load | None) -> tuple[bool, int]:
    return (load is not None and load.content is Content.APP, len(load.seen) if load is not None else 0)


def _counted(done: Sequence[Trial], guilty: Sequence[Trial]) -> int:
    """How many tries there were: one after a load that did not load again may have found it loaded already."""
    first = next((number for number, trial in enumerate(done) if trial in guilty), 0)
    return first + sum(trial in guilty for trial in done[first:])


def came_of(trial: Trial, load: Load) -> Text:
    """Say what was touched and what came of it."""
    seconds = seconds_words(max(0.0, load.at.seconds_since(trial.acted.at)))
    values: dict[str, object] = {"touched": touched(trial), "seconds": seconds, "witnesses": witnesses_of(load.seen)}
    if not load.size:
        what = _("the download '{name}'", name=load.name) if load.name else _("a download")
        return _("{touched}; after {seconds} {what} was seen (witnesses: {witnesses})", what=what, **values)
    values["size"] = f"{load.size / 1e6:.1f}"
    if load.name:
        return _("{touched}; after {seconds} {size} MB of '{name}' were loaded (witnesses: {witnesses})", name=load.name, **values)
    return _("{touched}; after {seconds} {size} MB were loaded (witnesses: {witnesses})", **values)


def witnesses_of(seen: Collection[Seen]) -> Text:
    """What a download was seen by, in words."""
    return listed(SEEN_WORDS[each] for each in Seen if each in seen)


def touched(trial: Trial) -> Text:
    """What was done to which advert, with the words under the finger."""
    kind = place_words(trial)
    act = _ACT_WORDS.get(trial.acted.act, known(trial.acted.act.value, trial.acted.act.value))
    if trial.acted.act is AdvertAct.BUTTON and trial.acted.role is ControlRole.OTHER and trial.promise is Promise.NOTHING:
        act = _WORDS_TOUCHED if trial.acted.words else act  # what takes them for a button is their looks
    act = _BESIDE_WORDS.get(trial.acted.role, act) if trial.acted.act is AdvertAct.BESIDE else act
    act = _ANSWERED if _is_answer(trial) else act
    words = trial.acted.words[:40]
    if trial.acted.act is AdvertAct.MOTION and (daily := DAILY.get(words)) is not None:
        return of_kind(kind, daily.words)
    return of_kind(kind, _("{act} ('{words}')", act=act, words=words) if words else act)


def _is_answer(trial: Trial) -> bool:
    """Whether the words of what was pressed stood on a question behind the advert's button, not on the advert."""
    acted, seen = trial.acted, trial.advert
    if acted.act is not AdvertAct.BUTTON or seen is None or trial.of_page or not (seen.words and acted.words):
        return False
    return acted.role is ControlRole.LOAD and acted.words not in seen.words and all(acted.words != one.text for one in seen.controls)


def place_words(trial: Trial) -> Text:
    """What an act was done to: an advert of its kind, a control of a page, what was closed before one, or a page."""
    if trial.of_page and trial.acted.act is AdvertAct.CLOSE:
        return _CLOSED
    if trial.of_page:
        return _ON_PAGE
    return kind_words(trial.advert) if trial.advert is not None else _BARE_PAGE


def kind_words(seen: AdvertSeen) -> Text:
    """What a place is called: by its kind, but for a leaf of a pager and what comes behind a press, and at no start."""
    if seen.slot.startswith((LEAF, LEAVES)):
        return _LEAF
    return _FILM if seen.slot.startswith(FILM) else KIND_WORDS[seen.advert]


def unpictured(trial: Trial) -> Text:
    """Why nobody can look at what an act was done to; a swipe and a motion press nothing."""
    pressed = trial.acted.act not in (AdvertAct.SWIPE, AdvertAct.SCROLL, AdvertAct.MOTION, AdvertAct.BACK)
    return _UNPICTURED if pressed else _UNSHOWN


def of_kind(kind: Text, what: Text) -> Text:
    return _("{kind}: {what}", kind=kind, what=what)


def _noted(reason: Text, notes: Iterable[Text], times: int, tries: int) -> Text:
    """A reason with what makes it weaker, and how often it came out so."""
    for note in notes:
        reason = _("{said}, {note}", said=reason, note=note)
    return _("{said}; {times} of {tries} times", said=reason, times=times, tries=tries) if tries > 1 else reason


def opened_by(trial: Trial, opening: Opening) -> Text:
    """What was touched and which apps came of it, in words."""
    seconds, count = seconds_words(max(0.0, opening.at.seconds_since(trial.acted.at))), len(opening.packages)
    if opening.stopped_by:
        return _(
            "{touched}; after {seconds} {package} asked whether another app may open, and was not told yes",
            touched=touched(trial),
            seconds=seconds,
            package=opening.stopped_by,
        )
    names = listed(opening.packages[:5])
    if count > 5:
        names = _("{names} and {more} more", names=names, more=count - 5, count=count)
    by = _("log and view tree") if opening.witnesses > 1 else _("one witness")
    return _("{touched}; after {seconds} {apps} opened ({by})", touched=touched(trial), seconds=seconds, apps=names, by=by)


def opening_findings(
    timeline: Timeline,
    app: AppUnderTest,
    rule: Rule,
    tried: Callable[[Trial], bool],
    nothing: Text,
    weak: Callable[[Trial], Text | None] = lambda trial: None,
) -> list[Finding]:
    """Return findings like ``load_findings`` for opened apps; ``weak`` says why a trial is suspected at most."""
    found = []
    for slot, done in on_adverts(timeline, app, tried).items():
        guilty = [trial for trial in done if charge_of_opening(trial) == rule.id]
        for act in dict.fromkeys(trial.acted.act for trial in guilty):
            of_act = [trial for trial in guilty if trial.acted.act is act]
            tries = sum(_same_place(trial, of_act) for trial in done)
            found.append(_opening_finding(rule, slot, of_act, tries, weak))
        if not guilty:
            found.append(acquitted(timeline, rule, slot, done, nothing))
    return found


def _opening_finding(rule: Rule, slot: str, guilty: list[Trial], tries: int, weak: Callable[[Trial], Text | None]) -> Finding:
    best = max(guilty, key=lambda trial: (weak(trial) is None, _proof(trial.opening)))
    opening = best.opening
    assert opening is not None
    sure = opening.witnesses >= rule.threshold("witnesses") and opening.proved and weak(best) is None and best.pictured
    often = len(guilty) >= rule.threshold("times") or len(guilty) == tries
    notes = [] if opening.proved else [_("no line tells who opened it")]
    notes += [note for note in (weak(best), None if best.pictured else unpictured(best)) if note is not None]
    return Finding(
        rule.id,
        Outcome.VIOLATION if sure and often else Outcome.SUSPECTED,
        f"{slot} {best.acted.act.value}",
        _noted(opened_by(best, opening), notes, len(guilty), tries),
        in_order(*(fact for trial in guilty for fact in facts_of(trial, *_came(trial.opening)))),
        measured={
            "witnesses": opening.witnesses,
            "times": len(guilty),
            "tries": tries,
            "seconds": max(0.0, opening.at.seconds_since(best.acted.at)),
            "apps": len(opening.packages),
        },
    )


def _came(what: Load | Opening | None) -> tuple[Event, ...]:
    """What tells of a load or an opening: of each try, so that k of n can be looked at."""
    return what.facts if what is not None else ()


def _proof(opening: Opening | None) -> tuple[bool, int]:
    return (opening.proved, opening.witnesses) if opening is not None else (False, 0)


def acquitted(timeline: Timeline, rule: Rule, slot: str, done: Sequence[Trial], nothing: Text, *, loads: bool = False) -> Finding:
    """What a slot says on which nothing was held against the app: clear, where it was seen whole."""
    told = missing_streams(timeline, rule, [trial.span for trial in done])
    facts: Iterable[Event] = (done[0].advert is not None and (done[0].advert,)) or ()
    outcome = Outcome.CLEAR if told is None else Outcome.INCONCLUSIVE
    if loads and told is None and (hidden := unread(timeline)):
        told = _("this phone does not let downloads and installs be read: that none was seen proves nothing")
        outcome, facts = Outcome.INCONCLUSIVE, hidden
    if (
        loads
        and told is None
        and (loose := [trial.bytes for trial in done if trial.bytes and trial.kind is not AdvertKind.INCENTIVE_VIDEO])
    ):
        size = sum(fact.bytes or 0 for fact in loose) / 1e6
        told = _("after the act the app received {size:.1f} MB, and nothing that can be read tells what all of it is", size=size)
        outcome, facts = Outcome.INCONCLUSIVE, loose
    return Finding(
        rule.id,
        outcome,
        slot,
        of_kind(place_words(done[0]), told or nothing),
        in_order(*facts, *(trial.acted for trial in done)),
        measured={"tries": len(done)},
    )


def unread(timeline: Timeline) -> list[DeliveryUnseen]:
    """The ways of loading or installing that this phone does not let us read, where too few are left to prove a no."""
    shut = {fact.witness: fact for fact in timeline.of(DeliveryUnseen)}
    for ways in _WAYS:
        if len(ways) - sum(way in shut for way in ways) < max(1, len(ways) - 1):
            return [shut[way] for way in ways if way in shut]
    return []


def facts_of(trial: Trial, *facts: Event) -> tuple[Event, ...]:
    """The advert, the act, what came and the end of the watch, in time order."""
    return in_order(*(each for each in (trial.advert, trial.acted, trial.left) if each is not None), *facts)
