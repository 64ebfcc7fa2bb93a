"""Contents and adverts that are chosen by personal data: what the app says of them, and what of that was not found.

c4-no-switch (scene 1.4-4), c4-not-told (1.4-1), c4-source-not-told (1.4-2), c4-not-labelled (1.4-3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.detectors.asks import SWITCH_SEGMENTS, undisturbed
from harness.detectors.asks_without_function import WALK, not_walked
from harness.detectors.policy_hard_to_find import ways_of
from harness.detectors.request_context import missing_streams
from harness.detectors.told_policy import ToldPolicy, told_policy
from harness.dialogs.dialog_words import groups_in
from harness.dialogs.folding import folded
from harness.dialogs.personalisation import CAPTION, Chosen, heads, marks, named, says
from harness.dialogs.purposes import tells_purpose
from harness.dialogs.walls import is_login
from harness.events import AdvertSeen, ConsentRefused, Event, FunctionUsed, PersonalSwitchSeen, ScreenSeen
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text, _, quoted
from harness.policies.told_choice import Said, ToldChoice, names_somebody, told_choice
from harness.rules import Rule

TITLES, TITLE_LENGTHS = 4, (8, 40)
"""Lines of such lengths on a page that make it one of contents [PROJECT]: titles of news, names of goods."""
_RECORD = re.compile(r"[0-9*]{4}|[0-9]-[0-9]+-[0-9]")
"""Numbers as orders, parcels, phones and days have them: a line with one is a record of the user's own, no title."""
LOGIN_LINES = 12
"""Lines of a page at most that is for logging in and nothing else [PROJECT]."""
LATE_SECONDS = 10.0
"""How long a press may take to lead to its page [PROJECT]."""
_WHAT = {Chosen.CONTENT: _("contents"), Chosen.ADVERTS: _("adverts")}


def no_switch(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """Return one finding for contents and one for adverts that the app says it chooses: was a switch met?"""
    policy, pages = told_policy(timeline, app), _Pages(timeline, app)
    told = _told(policy)
    found = []
    for kind in Chosen:
        shown = pages.feed if kind is Chosen.CONTENT and kind not in told.denied else None
        if kind in told.done or shown is not None:
            found.append(_switch_of(timeline, rule, kind, policy, pages, shown))
    return found or _unreadable(timeline, rule, policy)


def _switch_of(
    timeline: Timeline, rule: Rule, kind: Chosen, policy: ToldPolicy | None, pages: _Pages, feed: tuple[ScreenSeen, str] | None
) -> Finding:
    told = _told(policy)
    said = told.done.get(kind)
    grounds: tuple[Event, ...] = policy.parts[:1] if said is not None and policy is not None else ()
    grounds += feed[:1] if feed is not None else ()
    switches = timeline.of(PersonalSwitchSeen)
    met = next((seen for seen in switches if kind in seen.chosen), None)
    place = pages.place(kind, {folded(way[-1]) for way in told.ways if way})
    if met is not None:
        outcome, why = Outcome.CLEAR, _("a switch for it was met: '{switch}'", switch=met.text)
        grounds += (met,)
    elif place is not None:
        outcome, why = Outcome.INCONCLUSIVE, _("a page names it, '{words}', and no switch was recognised there", words=place[1])
        if kind not in named(place[1]):
            why = _("'{words}' may be it or lead to it, and no switch was recognised there", words=place[1])
        grounds += (place[0],)
    elif (doubt := _unseen(timeline, rule, policy if said else None, pages) or (None if feed else _refused(timeline))) is not None:
        outcome, why = Outcome.INCONCLUSIVE, _("no switch for it was met, which proves nothing: {why}", why=doubt)
    elif switches:
        outcome, why = (
            Outcome.SUSPECTED,
            _("the walk met only '{switch}': whether that turns it off too, a person has to try", switch=switches[0].text),
        )
        grounds += (switches[0],)
    else:
        outcome, why = _not_met(timeline, said, told, seen=feed is not None or bool(timeline.of(AdvertSeen)))
    shown = feed[1] if feed is not None else ""
    ground = _("the policy says: '{quote}'", quote=said.quote) if said else _("a page says '{words}'", words=shown)
    reason = _("{what}: {ground}; {why}", what=_WHAT[kind], ground=ground, why=why)
    return _finding(timeline, rule, kind.value, outcome, reason, grounds)


def _not_met(timeline: Timeline, said: Said | None, told: ToldChoice, *, seen: bool) -> tuple[Outcome, Text]:
    """What a walk that got to its end without meeting a switch comes to."""
    if said is None:
        return Outcome.SUSPECTED, _("the walk met no switch for it; whether personal data choose it is for a person to find out")
    if told.otherwise:
        quote = told.otherwise[0].quote
        return Outcome.SUSPECTED, _("the walk met no switch for it; the policy names another way: '{quote}'", quote=quote)
    if said.hedged and not seen:
        return Outcome.SUSPECTED, _("the walk met no switch for it; the policy only says that it may be, and nothing of it was seen")
    tried = _("the walk tried all that it reached, pages of settings among it, and met no switch for it by any known name")
    if told.ways and timeline.segments(f"{SWITCH_SEGMENTS}told-"):
        way = " > ".join(told.ways[0])
        tried = _("{tried}; nor did the way that the policy names, as far as its names were found: {way}", tried=tried, way=quoted(way))
    return Outcome.SUSPECTED if _refused(timeline) else Outcome.VIOLATION, tried


def _refused(timeline: Timeline) -> Text | None:
    """Why what is missing proves nothing where the policy was refused; None where it was not."""
    if not timeline.of(ConsentRefused):
        return None
    return _("the privacy policy was refused: what is then not chosen by personal data needs neither a switch nor a mark")


def _unseen(timeline: Timeline, rule: Rule, policy: ToldPolicy | None, pages: _Pages) -> Text | None:
    """Why a switch that was not met may be there all the same."""
    if (unwalked := not_walked(timeline, rule)) is not None:
        return unwalked
    if not any(says(page.title, "settings.main") for page in pages.seen):
        return _("no page of settings was seen")
    if (way := pages.login_behind_settings(own=bool(_told(policy).ways))) is not None:
        return _("'{way}' leads to a login", way=way)
    if (way := pages.nothing_behind_settings()) is not None:
        return _("'{way}' leads to a page on which no word could be read", way=way)
    cut = [part for part in policy.parts if part.unread] if policy is not None else []
    return _("the policy was not read to its end: {why}", why=cut[0].why_unread) if cut else None


def not_told(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """Return one finding where a page of the app says that it chooses by personal data: does the policy speak of it?"""
    policy, pages = told_policy(timeline, app), _Pages(timeline, app)
    if policy is None:
        return []
    told, found = _told(policy), []
    for kind in Chosen:
        switch = next((seen for seen in timeline.of(PersonalSwitchSeen) if kind in seen.chosen), None)
        shown = (switch, switch.text) if switch is not None else pages.feed if kind is Chosen.CONTENT else None
        if shown is None:
            continue
        said = told.done.get(kind) or told.denied.get(kind)
        if said is not None:
            outcome, why = Outcome.CLEAR, _("the policy speaks of it: '{quote}'", quote=said.quote)
        elif (doubt := policy.problem or policy.gap) is not None:
            outcome, why = Outcome.INCONCLUSIVE, doubt
        else:
            outcome, why = Outcome.SUSPECTED, _("the policy that was read does not speak of it in any words that are known")
        reason = _("{what}: the app says '{words}'; {why}", what=_WHAT[kind], words=shown[1], why=why)
        found.append(_finding(timeline, rule, kind.value, outcome, reason, (shown[0], *policy.parts)))
    return found


def source_not_told(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """Return one finding for each sentence of the policy that takes data of others for that: does it say whose?"""
    policy = told_policy(timeline, app)
    if policy is None or policy.problem is not None:
        return _unreadable(timeline, rule, policy)
    found = []
    for number, said in enumerate(_told(policy).sources, 1):
        quote = said.quote
        if names_somebody(said.quote):
            outcome, why = Outcome.CLEAR, _("the sentence names somebody")
        elif policy.gap is not None:
            outcome, why = Outcome.INCONCLUSIVE, policy.gap
        else:
            outcome, why = Outcome.SUSPECTED, _("the sentence names nobody; whether another place of the policy does, a person has to read")
        found.append(_finding(timeline, rule, f"source-{number}", outcome, _("'{quote}': {why}", quote=quote, why=why), policy.parts))
    return found


def not_labelled(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """Return one finding where the policy says that contents are chosen and lists of them were seen: are any marked?"""
    policy = told_policy(timeline, app)
    said = _told(policy).done.get(Chosen.CONTENT)
    if policy is None or said is None or not timeline.segments(WALK):
        return _unreadable(timeline, rule, policy)
    ways, pages = ways_of(timeline, app), _Pages(timeline, app)
    lists = [page for page in pages.contents if len(ways.get(page.screen, "far")) <= 1 and _has_titles(page)]
    if not lists:
        return []
    marked = next(((page, line) for page in pages.contents for line in page.text.splitlines() if pages.marks(page, line)), None)
    quote = said.quote
    if marked is not None:
        outcome, why, facts = Outcome.CLEAR, _("a page is marked: '{words}'", words=marked[1]), marked[:1]
    elif (doubt := not_walked(timeline, rule) or _refused(timeline)) is not None:
        outcome, why, facts = Outcome.INCONCLUSIVE, _("no page that was seen is marked; {why}", why=doubt), (lists[0],)
    else:
        count = len({page.screen for page in lists})
        outcome, facts = Outcome.SUSPECTED, (lists[0],)
        why = _("of the pages seen, {count} with lists of contents among them, none has a word that marks them as chosen", count=count)
    reason = _("the policy says: '{quote}'; {why}", quote=quote, why=why)
    return [_finding(timeline, rule, "pages", outcome, reason, (*policy.parts[:1], *facts))]


def _finding(timeline: Timeline, rule: Rule, part: str, outcome: Outcome, reason: Text, facts: tuple[Event, ...]) -> Finding:
    missing = missing_streams(timeline, rule, [(fact.at, fact.at) for fact in facts])
    if missing is not None and outcome is not Outcome.INCONCLUSIVE:
        outcome, reason = Outcome.INCONCLUSIVE, missing
    return Finding(rule.id, outcome, part, reason, facts)


def _unreadable(timeline: Timeline, rule: Rule, policy: ToldPolicy | None) -> list[Finding]:
    """One finding where what was read as the policy says nothing about this app; none where there is no such text."""
    if policy is None or policy.problem is None:
        return []
    return [_finding(timeline, rule, "policy", Outcome.INCONCLUSIVE, policy.problem, policy.parts)]


def _told(policy: ToldPolicy | None) -> ToldChoice:
    return told_choice(policy.text) if policy is not None and policy.problem is None else ToldChoice()


def chooses_contents(timeline: Timeline, app: AppUnderTest) -> bool:
    """Whether the policy that was read says that it chooses contents for its user."""
    return Chosen.CONTENT in _told(told_policy(timeline, app)).done


class _Pages:
    """The pages of the app but for texts of a policy: of settings, where captions name what is set, and of contents."""

    def __init__(self, timeline: Timeline, app: AppUnderTest) -> None:
        self._timeline = timeline
        self.seen = [page for page in timeline.of(ScreenSeen) if page.package == app.package and not says(page.title, "policy.words")]
        with_switch = {seen.screen for seen in timeline.of(PersonalSwitchSeen)}
        self._settings = {page.screen for page in self.seen if page.screen in with_switch or says(page.title, "settings.pages")}
        self.contents = [page for page in self.seen if page.screen not in self._settings]
        self._used = timeline.of(FunctionUsed)
        self._pressed = {use.text for use in self._used}

    @property
    def feed(self) -> tuple[ScreenSeen, str] | None:
        """The first page with contents that say for whom they were chosen, and how they say it.

        What a permission is for (位置信息用于为您推荐附近药店) chooses nothing by itself.
        """
        lines = ((page, line) for page in self.contents for line in _captions(page) if not _explains(line))
        return next(((page, line) for page, line in lines if heads(line) or self._is_label(line)), None)

    def place(self, kind: Chosen, told: set[str]) -> tuple[ScreenSeen, str] | None:
        """The first page that has an entry or a switch by its words, or what the policy ``told`` to be it."""
        lines = ((page, line) for page in self.seen for line in _captions(page))
        return next(((page, line) for page, line in lines if self._may_turn(page, line, kind) or self._is_told(line, told)), None)

    def login_behind_settings(self, *, own: bool = False) -> str | None:
        """The way to settings, or to the user's own pages, behind which a login came up; None where none did.

        With ``own`` a way from such a page counts, too: the policy names one, which may go on behind the login.
        """
        titles = {page.screen: page.title for page in self.seen} if own else {}
        for use, pages in self._led_to():
            leads = says(use.text, "settings.words") or says(titles.get(use.screen, ""), "settings.words")
            if len(use.text) <= CAPTION and leads and pages and _is_login(pages[0]):
                return use.text
        return None

    def nothing_behind_settings(self) -> str | None:
        """The way to settings that led to a page without a word, and to no other; None where none did."""
        ways = [
            (use.text, pages) for use, pages in self._led_to() if pages and len(use.text) <= CAPTION and says(use.text, "settings.pages")
        ]
        read = {text for text, pages in ways if any(page.text.strip() for page in pages)}
        return next((text for text, _pages in ways if text not in read), None)

    def _led_to(self) -> Iterator[tuple[FunctionUsed, list[ScreenSeen]]]:
        """Each press of the walk, and the other pages that were seen soon after it and before the next one."""
        used = undisturbed(self._timeline, self._used)
        for number, use in enumerate(used):
            until = min([use.at.later(LATE_SECONDS), *(after.at for after in used[number + 1 : number + 2])])
            later = self._timeline.between(use.at, until, ScreenSeen)
            yield use, [page for page in later if page.screen != use.screen]

    def _may_turn(self, page: ScreenSeen, line: str, kind: Chosen) -> bool:
        if page.screen in self._settings:
            return kind in named(line) or (says(line, "near.words") and not says(line, "looks.words") and not self._looked_behind(line))
        return kind in named(line) and self._is_entry(line)

    def _is_told(self, line: str, told: set[str]) -> bool:
        return folded(line) in told and not says(line, "settings.pages") and not self._looked_behind(line)

    def _looked_behind(self, line: str) -> bool:
        """Whether a row was pressed and what it opened has lines of its own, none of which may be such a switch."""
        for use in self._used:
            if not use.text.startswith(line):
                continue
            later = self._timeline.between(use.at, use.at.later(LATE_SECONDS), ScreenSeen)
            page = next((page for page in later if page.screen != use.screen and page in self.seen), None)
            lines = [each for each in page.text.splitlines() if each not in (line, page.title)] if page is not None else []
            if page is not None and any(len(each) > 1 for each in lines) and not _is_login(page):
                return not any(says(each, "near.words") for each in lines)
        return False

    def _is_label(self, line: str) -> bool:
        return says(line, "label.words") and line not in self._pressed

    def _is_entry(self, line: str) -> bool:
        return any(text.startswith(line) for text in self._pressed) and not heads(line)

    def marks(self, page: ScreenSeen, line: str) -> bool:
        """Whether a line marks contents: an entry that names the choice (个性化推荐 ›) leads to where it is made.

        A longer one explains them, where it does not speak of a policy to be agreed to.
        """
        policy = len(line) > CAPTION and says(page.text, "policy.words")
        return marks(line) and not policy and not (named(line) and self._is_entry(line) and self._leads(line))

    def _leads(self, line: str) -> bool:
        """Whether a press on a line showed another page at once; a heading among the rows of a list does not."""
        for use in self._used:
            if use.text.startswith(line):
                after = self._timeline.between(use.at, use.at.later(LATE_SECONDS), ScreenSeen)
                if after and after[0].screen != use.screen:
                    return True
        return False


def _explains(line: str) -> bool:
    return any(tells_purpose(line, group) for group in groups_in(line))


def _captions(page: ScreenSeen) -> Iterator[str]:
    return (line for line in page.text.splitlines() if len(line) <= CAPTION)


def _has_titles(page: ScreenSeen) -> bool:
    least, most = TITLE_LENGTHS
    lines = [line for line in page.text.splitlines() if least <= len(line) <= most]
    return sum(not (_RECORD.search(line) or _explains(line)) for line in lines) >= TITLES


def _is_login(page: ScreenSeen) -> bool:
    lines = page.text.splitlines()
    return len(lines) <= LOGIN_LINES and any(map(is_login, lines)) and (page.fields > 0 or sum(map(is_login, lines)) > 1)
