"""c8-reward-for-identity: a reward for the number or picture of an ID card, or for a face (docs/verdicts.md 9.1)."""

import re
from collections.abc import Iterable, Iterator

from harness.detectors.request_context import missing_streams
from harness.dialogs.folding import folded
from harness.dialogs.walls import is_login
from harness.dialogs.word_patterns import WordFile
from harness.events import FunctionUsed, ScreenSeen
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.rules import Rule

_WORDS = WordFile("identity_rewards.toml")
_BREAK = re.compile(r"[\n\r]|(?<=[。！？；;!?])")
LONGEST = 40
"""Characters of an offer at most [PROJECT]: a longer sentence is one of a policy, which speaks of everything."""
ENTRY = 8
"""Characters of a control that leads to an identity at most [PROJECT]: a longer text speaks of one."""
MOST = 5
"""Offers that are told at most [PROJECT]."""


def reward_for_identity(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each offer in other words, else one for all pages that speak of an identity and offer nothing.

    What a control behind which an identity is wanted leads to, was not seen where that was not pressed; nor was what an
    entry of rewards offers to those of whom another page wants one.
    """
    pages = [page for page in timeline.of(ScreenSeen) if page.package == app.package and not is_policy(page)]
    offers: dict[str, ScreenSeen] = {}
    for page in pages:
        if (words := offered(page.text, fields=page.fields)) is not None:
            offers.setdefault(words, page)
    if offers:
        return [_offer(rule, words, page) for words, page in list(offers.items())[:MOST]]
    asking = [page for page in pages if _identifies(folded(page.text))]
    entries = ("leads", "offers") if asking else ("leads",)
    if (left := next(_left(timeline, pages, entries), None)) is not None:
        why = _("what stands behind '{words}' was not seen: an identity may be wanted there, and something offered for it", words=left[1])
        return [Finding(rule.id, Outcome.INCONCLUSIVE, "pages", why, left[:1])]
    if not asking:
        return []
    problem = missing_streams(timeline, rule, [(asking[0].at, asking[-1].at)])
    outcome = Outcome.INCONCLUSIVE if problem else Outcome.CLEAR
    reason = problem or _("of the pages seen, those that speak of an ID card or a face offer nothing for it")
    return [Finding(rule.id, outcome, "pages", reason, (asking[0],))]


def _left(timeline: Timeline, pages: list[ScreenSeen], entries: Iterable[str]) -> Iterator[tuple[ScreenSeen, str]]:
    """The controls that lead to an identity (实名认证) or a reward behind which nothing was seen, and their pages."""
    read = {folded(page.title) for page in pages}
    for use in timeline.of(FunctionUsed):
        until = next((later.at for later in timeline.of(FunctionUsed) if later.at > use.at), use.at.boot_end)
        seen = (page for page in timeline.between(use.at, until, ScreenSeen) if page in pages and page.screen != use.screen)
        if any(not (page.fields and is_login(page.title)) for page in seen):
            read.add(folded(use.text))
    patterns = [_WORDS.pattern(entry) for entry in entries]
    for page in pages:
        for line in map(str.strip, page.text.splitlines()):
            said = folded(line)
            if len(said) <= ENTRY and said not in read and any(each.fullmatch(said) for each in patterns):
                yield page, line


def offered(text: str, *, fields: int = 0) -> str | None:
    """The sentence of a page that offers a reward for an identity; None where there is none.

    On a page that has the field for it, the offer may stand in another sentence. What only the law or the service
    itself wants an identity for (money that is paid out, games, tickets) is no reward.
    """
    sentences = [sentence.strip() for sentence in _BREAK.split(text) if sentence.strip()]
    plain = {sentence: folded(sentence) for sentence in sentences if len(sentence) <= LONGEST}
    if any(_has(said, "lawful") for said in plain.values() if _identifies(said)):
        plain = {sentence: said for sentence, said in plain.items() if not _has(said, "lawful")}
    for sentence, said in plain.items():
        if _identifies(said) and _offers(said):
            return sentence
    asks = fields > 0 and any(_has(said, "number") for said in plain.values())
    whole = folded(text)
    if asks and not _has(whole, "lawful"):
        return next((sentence for sentence, said in plain.items() if _offers(said)), None)
    return None


def is_policy(page: ScreenSeen) -> bool:
    """Whether a page is the text of a policy, by its title."""
    return _has(folded(page.title), "policy")


def _identifies(said: str) -> bool:
    return _WORDS.pattern("identity").search(said) is not None


def _offers(said: str) -> bool:
    return _WORDS.pattern("offer").search(said) is not None


def _has(said: str, part: str) -> bool:
    return any(word in said for word in _WORDS.words(f"{part}.words"))


def _offer(rule: Rule, words: str, page: ScreenSeen) -> Finding:
    reason: Text = _("a reward is offered beside an ID card, its number or a face: {words}", words=words)
    return Finding(rule.id, Outcome.SUSPECTED, words[:60], reason, (page,))
