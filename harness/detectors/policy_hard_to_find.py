"""c1-policy-hard-to-find: more than four presses from the main page to the policy (191号 认定方法 一.3)."""

from collections import deque
from collections.abc import Iterator

from harness.detectors.asks import undisturbed
from harness.detectors.asks_without_function import WALK, not_walked
from harness.detectors.function_trials import contents
from harness.dialogs.consent_screen import is_policy_name, is_privacy_name
from harness.events import Event, FunctionUsed, ScreenSeen
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import _
from harness.policies.policy_document import has_policy
from harness.rules import Rule


def policy_hard_to_find(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """Return one finding where a walk came by the policy's name: by how few of its presses that is reached."""
    if not timeline.segments(WALK):
        return []
    ways, most, missing = ways_of(timeline, app), rule.threshold("presses"), not_walked(timeline, rule)
    named = list(_links(timeline, app))
    links = [(_presses(ways[screen], link), ways[screen], link) for screen, link in named if screen in ways]
    presses, way, link = min(links, key=lambda found: found[0], default=(0, (), None))
    if link is None and named:
        walked = any(start <= where.at <= end for _screen, where in named for _name, start, end in timeline.segments(WALK))
        why = (
            _("a page names the policy, and by which presses of the walk it is reached was not seen")
            if walked
            else _("only the first start named the policy: the walk from the main page saw its name nowhere")
        )
        said = why if missing is None else _("{reason}; {why}", reason=why, why=missing)
        return [Finding(rule.id, Outcome.INCONCLUSIVE, "policy", said, (named[0][1],))]
    if link is None:  # not found is not hard to find
        return []
    reason = _("{presses} press(es) lead from the main page to the policy; {most:g} are allowed", presses=presses, most=most)
    outcome = Outcome.CLEAR if presses <= most else Outcome.VIOLATION
    if missing is not None:
        outcome, reason = Outcome.INCONCLUSIVE, _("{reason}; {why}", reason=reason, why=missing)
    measured = {"presses": presses}
    return [Finding(rule.id, outcome, "policy", reason, (*way, link), measured=measured)]


def _presses(way: tuple[FunctionUsed, ...], link: Event) -> int:
    """The presses to the policy: the one on its name is the last, but where the page is called by it, it is there."""
    return max(1, len(way) + (not (isinstance(link, ScreenSeen) and is_privacy_name(link.title))))


def _links(timeline: Timeline, app: AppUnderTest) -> Iterator[tuple[str, Event]]:
    """Where the policy is named: the page, and the press on the name or the look at the page."""
    for used in undisturbed(timeline, timeline.of(FunctionUsed)):
        if used.screen and (is_privacy_name(used.text) or (is_policy_name(used.text) and _tells(timeline, app, used))):
            yield used.screen, used
    for page in undisturbed(timeline, timeline.of(ScreenSeen)):
        if page.package == app.package and any(map(is_privacy_name, page.text.splitlines())):
            yield page.screen, page


def _tells(timeline: Timeline, app: AppUnderTest, used: FunctionUsed) -> bool:
    """Whether the agreement that a press led to is about personal data, too."""
    until = next((use.at for use in timeline.of(FunctionUsed) if use.at > used.at), None)
    pages = (page for page in timeline.of(ScreenSeen) if used.at < page.at and (until is None or page.at < until))
    return any(has_policy(page.text) for page in pages if page.package == app.package and page.screen != used.screen)


def ways_of(timeline: Timeline, app: AppUnderTest) -> dict[str, tuple[FunctionUsed, ...]]:
    """Page -> the fewest presses of the walk that lead there from the page on which it began."""
    ways: dict[str, tuple[FunctionUsed, ...]] = {}
    led: dict[str, dict[str, FunctionUsed]] = {}
    for _name, start, end in timeline.segments(WALK):
        used = [use for use in timeline.between(start, end, FunctionUsed) if use.screen]
        ways |= {use.screen: () for use in used[:1]}
        ends = [use.at for use in used[1:]] + [end]
        for use, until in zip(used, ends, strict=False):
            pages = (page for page in contents(timeline, app, use.at, until) if page.screen != use.screen)
            if (page := next(pages, None)) is not None:
                led.setdefault(use.screen, {}).setdefault(page.screen, use)
    waiting = deque(ways)
    while waiting:
        at = waiting.popleft()
        for to, use in led.get(at, {}).items():
            if to not in ways:
                ways[to] = (*ways[at], use)
                waiting.append(to)
    return ways
