"""c1-undeclared-reads: what was read, the app's policy does not tell of (164号 1, scene 1.1-3)."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from harness.detectors.first_runs import not_covered
from harness.detectors.never_asked import with_never_asked
from harness.detectors.read_findings import MOST_FACTS, Read, facts_of, named, reads
from harness.detectors.told_policy import ToldPolicy, told_policy
from harness.events import AppOpsRead, DataKind, Event, Instant
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.personal_data import data_name
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.policies.policy_lines import dense, has
from harness.policies.policy_table import Information, PolicyTable, policy_table, speaks_of
from harness.rules import Rule

_IDENTIFIERS = (DataKind.IDENTIFIERS, DataKind.PHONE_STATE)
DATA: dict[Information, tuple[DataKind, ...]] = {
    Information.LOCATION: (DataKind.LOCATION,),
    Information.CONTACTS: (DataKind.CONTACTS,),
    Information.CAMERA: (DataKind.CAMERA,),
    Information.MICROPHONE: (DataKind.MICROPHONE,),
    Information.STORAGE: (DataKind.STORAGE, DataKind.AUDIO, DataKind.PICTURES),
    Information.PHONE_STATE: (DataKind.PHONE, DataKind.PHONE_STATE),
    Information.SMS: (DataKind.SMS,),
    Information.CALL_LOG: (DataKind.CALL_LOG,),
    Information.CALENDAR: (DataKind.CALENDAR,),
    Information.SENSORS: (DataKind.SENSORS, DataKind.ACTIVITY),
    Information.CLIPBOARD: (DataKind.CLIPBOARD,),
    Information.IMEI: _IDENTIFIERS,
    Information.IMSI: _IDENTIFIERS,
    Information.ICCID: _IDENTIFIERS,
    Information.SERIAL: _IDENTIFIERS,
    Information.INSTALLED_APPS: (DataKind.INSTALLED_APPS,),
    Information.WIFI: (DataKind.WIFI,),
}
"""By which kinds of data a read of it is told; what is not here leaves no trace without root."""
_ALSO = {
    DataKind.CAMERA: (Information.FACE,),
    DataKind.PHONE: (Information.IMEI, Information.IMSI, Information.ICCID, Information.PHONE_NUMBER),
    DataKind.IDENTIFIERS: (Information.PHONE_STATE,),
    DataKind.PICTURES: (Information.CAMERA,),
    DataKind.WIFI: (Information.LOCATION,),
}
"""What else tells of a read, where a policy has no word for the thing itself."""
ACCOUNTS = "GET_ACCOUNTS"
"""Accounts of the phone: guarded with the contacts, and another thing in a policy."""
_GENERAL = (DataKind.PHONE, *_IDENTIFIERS)
"""What a policy may mean by the word "device information" alone."""


def undeclared_reads(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """Return one finding for each kind of data that was read; none where no policy was read, or nothing of the app.

    A policy that speaks of it without saying that it is taken is left to a person: it is no accusation.
    """
    policy = told_policy(timeline, app)
    if policy is None:
        return []
    by_kind: dict[DataKind, list[Read]] = {}
    for read in _taken(timeline, app):
        by_kind.setdefault(read.what, []).append(read)
    if by_kind:
        return with_never_asked(timeline, app, rule, [_finding(timeline, rule, policy, own) for own in by_kind.values()])
    refused = next((reading for reading in timeline.of(AppOpsRead) if reading.reason), None)
    return [] if refused is None else [_of(rule, Outcome.INCONCLUSIVE, "app-ops", refused.why, [refused])]


def _taken(timeline: Timeline, app: AppUnderTest) -> Iterator[Read]:
    """What was read, and not only tried, in the whole run."""
    boots = {event.at.boot for event in timeline.of(AppOpsRead)}
    for boot in sorted(boots):
        start = Instant(boot, 0.0)
        done = [read for read in reads(timeline, app, start, start.boot_end) if not read.refused]
        yield from (read for read in done if _tell(read.what) and read.facts[0].how != ACCOUNTS)


def _finding(timeline: Timeline, rule: Rule, policy: ToldPolicy, own: Sequence[Read]) -> Finding:
    what = own[0].what
    data, wanted = data_name(what), _tell(what)
    rows = [row for information in wanted for row in _table(policy.text).of(information)] if policy.problem is None else []
    told = [part.at for part in policy.parts] + [read.at for read in own]
    if (missing := not_covered(timeline, rule, min(told), max(told))) is not None:
        outcome, why = Outcome.INCONCLUSIVE, missing
    elif rows:
        outcome, why = Outcome.CLEAR, _("the policy tells of it: {quote}", quote=rows[0].quote[:120])
    elif (doubt := policy.problem or policy.gap) is not None:
        outcome, why = Outcome.INCONCLUSIVE, doubt
    elif (what in _GENERAL and has(dense(policy.text), "device.words")) or any(speaks_of(policy.text, each) for each in wanted):
        outcome, why = Outcome.INCONCLUSIVE, _("the policy speaks of it, and whether as of what is taken a person has to see")
    else:
        outcome, why = Outcome.SUSPECTED, _("the policy, read whole, does not tell of it")
    sdk = own[0].sdk if len({read.sdk for read in own}) == 1 else ""
    reason = named(_("read {data}: {why}", data=data, why=why), sdk)
    return _of(rule, outcome, what, reason, [*facts_of(own[:MOST_FACTS]), *policy.parts])


def _tell(what: DataKind) -> tuple[Information, ...]:
    """By which information of a policy a read is told: one of them is enough."""
    return (*(each for each, kinds in DATA.items() if what in kinds), *_ALSO.get(what, ()))


@lru_cache(maxsize=8)
def _table(text: str) -> PolicyTable:
    return policy_table(text)


def _of(rule: Rule, outcome: Outcome, part: str, reason: Text, facts: Sequence[Event]) -> Finding:
    return Finding(rule.id, outcome, part, reason, tuple(facts))
