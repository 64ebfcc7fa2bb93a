"""The purpose of a control by its words, and where they tell nothing, by the result of pressing it.

An icon without words, and words that no list has (拍天空), are known by what they led to: the page that opened, its
activity, and the purpose that the app told when it asked. Any use of the control in the run may tell, one under Allow
in a control run too: that shows what the function is, and accuses nobody.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from harness.detectors.asks import Ask, every_ask
from harness.detectors.dialog_causes import ACT_SLACK, ACTS, DIRECTLY_SECONDS
from harness.detectors.function_trials import contents, page_before, shows_more
from harness.dialogs.dialog_words import groups_in, plain, words
from harness.dialogs.promises import may_ask_for, only_answers, only_leads, promises_of
from harness.dialogs.purposes import is_named_in, may_serve, passages_telling, serving, tells_purpose
from harness.dialogs.related import serves
from harness.events import ActivityCreated, ActivityResumed, DialogKind, DialogShown, FunctionUsed, Instant, ScreenSeen, Swiped, ToastShown
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline

_IDENTIFIER = re.compile(r"[a-z0-9]*(?:_[A-Za-z0-9]+|[A-Z][A-Za-z0-9]*|\d+)+|[a-z]+")
"""What a control without words is called by: its resource id, iv_0 or btnMore."""
SHARED = 3
"""Characters that a caption and a purpose share at least [PROJECT]."""
Control = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Meant:
    """What the uses of one control tell: groups of what it ``opened``, was ``told`` and ``asked`` for."""

    opened: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()


_KNOWN: WeakKeyDictionary[Timeline, dict[Control, _Meant]] = WeakKeyDictionary()


def purpose_of(timeline: Timeline, app: AppUnderTest, function: FunctionUsed) -> tuple[str, ...]:
    """The groups that a control may rightly ask for, by its words, by what it opened and by the purpose told for it."""
    found = _of(timeline, app, function)
    return tuple(sorted({*function.promises, *may_ask_for(function.text), *found.opened, *found.told}))


def opened_for(timeline: Timeline, app: AppUnderTest, function: FunctionUsed) -> frozenset[str]:
    """The groups that the pages are about which a control opened in any of its uses, under Allow too."""
    return _of(timeline, app, function).opened


def asked_by(timeline: Timeline, app: AppUnderTest, function: FunctionUsed) -> frozenset[str]:
    """The groups that a control means or has led straight to asks for: what a guide that names none is about."""
    return _of(timeline, app, function).asked.union(purpose_of(timeline, app, function))


def has_words(text: str) -> bool:
    """Whether a control is called by words that a user reads, not by its resource id."""
    return bool(text) and _IDENTIFIER.fullmatch(text) is None


def _of(timeline: Timeline, app: AppUnderTest, function: FunctionUsed) -> _Meant:
    if only_leads(function.text) or only_answers(function.text):
        return _Meant()
    known = _KNOWN.get(timeline)
    if known is None:
        known = _KNOWN[timeline] = _all(timeline, app)
    return known.get(_control(timeline, app, function), _Meant())


def _all(timeline: Timeline, app: AppUnderTest) -> dict[Control, _Meant]:
    asks = every_ask(timeline, app)
    found: dict[Control, _Meant] = {}
    used = [each for each in timeline.of(FunctionUsed) if not (only_leads(each.text) or only_answers(each.text))]
    keys = [_control(timeline, app, each) for each in used]
    for function, key in zip(used, keys, strict=True):
        around = {each.screen for each, other in zip(used, keys, strict=True) if other == key}
        before, new = found.get(key, _Meant()), _one_use(timeline, app, function, asks, around)
        found[key] = _Meant(before.opened | new.opened, before.told | new.told, before.asked | new.asked)
    return found


def _control(timeline: Timeline, app: AppUnderTest, function: FunctionUsed) -> Control:
    """A control by its words; one without words also by the activity it is on."""
    if has_words(function.text):
        return function.text, ""
    resumed = [event.component for event in timeline.between(function.at.boot_start, function.at, ActivityResumed)]
    return function.text, next((component for component in reversed(resumed) if app.owns(component)), "")


def _one_use(timeline: Timeline, app: AppUnderTest, function: FunctionUsed, asks: list[Ask], around: set[str]) -> _Meant:
    """What one use tells, until our next act that does more than answer.

    Pages ``around`` it, on which the control stands as well, it does not open: a drawer's button leads back, too.
    """
    last = function.at.boot_end
    acts = (act for act in timeline.between(function.at, last, *ACTS) if act.at > function.at)
    end = next((act.at for act in acts if not _answers(act)), last)
    page = page_before(timeline, app, function.at)
    since = function.at.earlier(ACT_SLACK)
    own = [ask for ask in asks if since <= ask.at <= end and ask.group is not None]
    purposes = {(ask.group or "", text) for ask in own for text in _new_texts(timeline, app, function, page, ask)}
    told = {group for group, text in purposes if serving(text, group) and _speaks_of(function.text, text, group)}
    told |= {ask.group for ask in own if ask.group and page is not None and _told_beside(page, function.text, ask.group)}
    pages = [seen for seen in contents(timeline, app, function.at, end) if shows_more(seen, page)]
    others = [seen for seen in pages if (page is None or seen.screen != page.screen) and seen.screen not in around]
    opened = {group for seen in others for group in seen.about}
    opened |= {group for group, text in purposes if any(_named(seen, text, group) for seen in others)}
    if not has_words(function.text):
        opened |= {group for group in _by_activity(timeline, app, function.at, end) if any(serves(group, each.group or "") for each in own)}
    return _Meant(frozenset(opened), frozenset(told), frozenset(ask.group or "" for ask in own))


def _answers(act: object) -> bool:
    return isinstance(act, Swiped) or (isinstance(act, FunctionUsed) and only_answers(act.text))


def _speaks_of(caption: str, purpose: str, group: str) -> bool:
    """Whether a purpose may be the control's own: it speaks of the same, or the control says nothing itself."""
    return not has_words(caption) or is_named_in(caption, purpose, group) or may_serve(caption, group) or _shares(caption, purpose)


def _told_beside(page: ScreenSeen, caption: str, group: str) -> bool:
    """Whether a line of the page that the control stands on tells a purpose in the control's own words.

    相机权限用于拍摄行驶证 stands beside 拍行驶证: three characters in a row are no chance. Of the lines next to the
    control one sign of the use is enough (录制您的节目, 录一期), or a word of what the permission serves at all
    (计算路程, 离我多远), and a mere yes (开启) answers the line that names the permission.
    """
    lines = page.text.splitlines()
    telling = [line for line in lines if line != caption and tells_purpose(line, group) and serving(line, group)]
    if any(_shares(caption, line) for line in telling):
        return True
    near = [
        line
        for at in (at for at, line in enumerate(lines) if line == caption)
        for line in (*lines[max(at - 2, 0) : at], *lines[at + 1 : at + 2])
    ]
    if plain(caption) in words()["own"]["positive"]:
        return any(group in groups_in(line) for line in near)
    return any(is_named_in(caption, line, group, 1) or may_serve(caption, group) for line in near if line in telling)


def _shares(caption: str, line: str) -> bool:
    """Whether a part of a caption stands in a line."""
    words, text = plain(caption), plain(line)
    return any(words[at : at + SHARED] in text for at in range(len(words) - SHARED + 1))


def _named(seen: ScreenSeen, purpose: str, group: str) -> bool:
    """Whether a page that opened is what the purpose spoke of, by its title."""
    return bool(serving(purpose, group)) and is_named_in(seen.title, purpose, group)


def _new_texts(timeline: Timeline, app: AppUnderTest, function: FunctionUsed, page: ScreenSeen | None, ask: Ask) -> Iterator[str]:
    """The texts by which the purpose of an ask was told after the press; what stood on the page may be another's."""
    group = ask.group or ""
    until = ask.at.later(DIRECTLY_SECONDS)
    for shown in timeline.between(function.at, ask.at, DialogShown):
        if shown.dialog is not DialogKind.PERMISSION and tells_purpose(shown.text, group):
            yield shown.text
    yield from (toast.text for toast in timeline.between(function.at, ask.at, ToastShown) if tells_purpose(toast.text, group))
    known = set(page.text.splitlines()) if page is not None else set()
    for seen in timeline.between(function.at, until, ScreenSeen):
        if seen.package == app.package:
            new = [line for line in seen.text.splitlines() if line not in known]
            yield from passages_telling(new, group)


def _by_activity(timeline: Timeline, app: AppUnderTest, start: Instant, end: Instant) -> set[str]:
    """The groups that the class names of the activities promise which the app opened in a span: ScanActivity."""
    made = [event.component for event in timeline.between(start, end, ActivityCreated) if app.owns(event.component)]
    return {group for component in made for group in promises_of("", component.rpartition(".")[2])}
