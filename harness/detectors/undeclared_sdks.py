"""c1-undeclared-sdks, c3-recipient-not-told: an SDK in the app and not in its policy (scenes 1.1-6, 1.3-1, 1.3-2)."""

from collections.abc import Iterator

from harness.detectors.first_runs import not_covered
from harness.detectors.told_policy import ToldPolicy, named_in, told_policy
from harness.events import DataRead, Event, ProcessStarted, ServiceCreated, ServiceSeen
from harness.events.app_under_test import AppUnderTest, PackagedSdk
from harness.events.findings import Finding, Outcome
from harness.events.personal_data import data_names
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.policies.sdk_naming import proof_of
from harness.rules import Rule
from harness.sdks import Sdk, load_sdks
from harness.starts.sdk_attribution import sdk_of, sdk_of_tag

INERT = ("hardening", "system", "plugin", "hotfix", "webview")
"""Kinds of SDKs that serve the app's own code and are the policy's matter only where they take something."""


def undeclared_sdks(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """Return one finding for each SDK of the APK that may take personal data; none where no policy or APK was read."""
    policy = told_policy(timeline, app)
    if policy is None:
        return []
    findings = [_undeclared(timeline, app, rule, policy, found, sdk) for found, sdk in _packaged(app)]
    if findings and app.sdks_not_seen:
        hidden = _("not all of the APK could be seen ({what}): it may hold further SDKs", what=app.sdks_not_seen[0])
        findings.append(Finding(rule.id, Outcome.INCONCLUSIVE, "apk", hidden, policy.parts[:1]))
    return findings


def recipient_not_told(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """Return one finding for each SDK that was seen at work in the app: is it or its firm named as who gets data?"""
    policy = told_policy(timeline, app)
    if policy is None:
        return []
    found = [(sdk, known, facts) for sdk, known in _packaged(app) if (facts := at_work(timeline, app, sdk))]
    return [_recipient(timeline, app, rule, policy, *each) for each in found]


def at_work(timeline: Timeline, app: AppUnderTest, sdk: PackagedSdk) -> tuple[Event, ...]:
    """The first facts that name an SDK in the app: a read with its tag, else a component of it that ran."""
    own = [read for read in timeline.of(DataRead) if read.package == app.package and read.attribution]
    if tagged := [read for read in own if sdk_of_tag(read.attribution or "") == sdk.name]:
        return tuple(tagged[:2])
    facts: list[ProcessStarted | ServiceSeen] = [*timeline.of(ProcessStarted), *timeline.of(ServiceSeen)]
    parts: list[tuple[Event, str | None]] = [(fact, fact.component) for fact in facts if fact.package == app.package]
    parts += [(fact, _of_name(fact.service, app)) for fact in timeline.of(ServiceCreated) if fact.uid == app.uid]
    return tuple(fact for fact, component in parts if sdk_of(component, app) == sdk.name)[:2]


def _of_name(name: str, app: AppUnderTest) -> str | None:
    """The one declared service that ends so: of a service that came up the log prints no more (.PushService)."""
    same = [service for service in app.services if service.endswith(name)]
    return same[0] if len(same) == 1 else None


def _packaged(app: AppUnderTest) -> Iterator[tuple[PackagedSdk, Sdk]]:
    known = load_sdks().by_id
    yield from ((sdk, known[sdk.sdk]) for sdk in app.sdks or () if sdk.sdk in known and sdk.kind not in INERT)


def _undeclared(timeline: Timeline, app: AppUnderTest, rule: Rule, policy: ToldPolicy, found: PackagedSdk, sdk: Sdk) -> Finding:
    quote = named_in(policy.text).quote(sdk) if policy.problem is None else ""
    version = f" {found.version}" if found.version else ""
    if quote:
        outcome, why = Outcome.CLEAR, _("the policy names it: {quote}", quote=quote)
    elif (doubt := policy.problem or policy.gap) is not None:
        outcome, why = Outcome.INCONCLUSIVE, doubt
    elif firm := named_in(policy.text).firm_alone(sdk):
        outcome, why = Outcome.INCONCLUSIVE, _("the policy names its firm and not it, which a person has to see: {quote}", quote=firm)
    else:
        outcome, why = Outcome.SUSPECTED, _("the policy does not name it; it is there by {proof}", proof=proof_of(found))
    reason = _("{sdk} ({firm}): {why}", sdk=f"{found.name}{version}", firm=found.vendor, why=why)
    return _finding(timeline, rule, policy, found, outcome, reason)


def _recipient(
    timeline: Timeline, app: AppUnderTest, rule: Rule, policy: ToldPolicy, found: PackagedSdk, sdk: Sdk, facts: tuple[Event, ...]
) -> Finding:
    named = policy.problem is None and (named_in(policy.text).quote(sdk) or named_in(policy.text).firm(sdk))
    if named:
        outcome, why = Outcome.CLEAR, _("the policy names it or its firm")
    elif (doubt := policy.problem or policy.gap) is not None:
        outcome, why = Outcome.INCONCLUSIVE, doubt
    else:
        outcome = Outcome.SUSPECTED
        why = _("the policy names neither it nor its firm; what it sent, no log tells")
    taken = [fact.what for fact in facts if isinstance(fact, DataRead)]
    if taken:
        read = data_names(taken)
        reason = _("{sdk} ({firm}) read {what} by its attribution tag: {why}", sdk=found.name, firm=found.vendor, what=read, why=why)
    else:
        reason = _("{sdk} ({firm}) was at work in the app: {why}", sdk=found.name, firm=found.vendor, why=why)
    return _finding(timeline, rule, policy, found, outcome, reason, facts)


def _finding(
    timeline: Timeline, rule: Rule, policy: ToldPolicy, found: PackagedSdk, outcome: Outcome, reason: Text, facts: tuple[Event, ...] = ()
) -> Finding:
    told = (*policy.parts, *facts)
    missing = not_covered(timeline, rule, min(fact.at for fact in told), max(fact.at for fact in told))
    if missing is not None and outcome is not Outcome.INCONCLUSIVE:
        outcome, reason = Outcome.INCONCLUSIVE, missing
    return Finding(rule.id, outcome, found.name, reason, (*facts, *policy.parts))
