"""What the policy tells beside what the run shows: a row for each information or permission, and one for each SDK."""

from collections.abc import Iterator
from dataclasses import dataclass

from harness.detectors.asks import asks
from harness.detectors.read_findings import Read, asked_for, reads
from harness.detectors.told_policy import ToldPolicy, named_in, told_policy
from harness.detectors.undeclared_reads import DATA
from harness.detectors.undeclared_sdks import at_work
from harness.events import Instant
from harness.events.app_under_test import AppUnderTest, PackagedSdk
from harness.events.permission_groups import group_name, group_of
from harness.events.personal_data import data_names
from harness.events.timeline import Timeline
from harness.language import Text, _, listed, pgettext, quoted, with_semicolons
from harness.policies.policy_lines import dense
from harness.policies.policy_table import Information, InformationRow, Party, PolicyTable, policy_table
from harness.policies.sdk_naming import proof_of
from harness.policies.sdk_records import SdkRow
from harness.sdks import load_sdks

GROUPS: dict[Information, tuple[str, ...]] = {
    Information.LOCATION: ("LOCATION",),
    Information.CONTACTS: ("CONTACTS",),
    Information.CAMERA: ("CAMERA",),
    Information.MICROPHONE: ("MICROPHONE",),
    Information.STORAGE: ("STORAGE", "READ_MEDIA_AURAL", "READ_MEDIA_VISUAL"),
    Information.PHONE_STATE: ("PHONE",),
    Information.SMS: ("SMS",),
    Information.CALL_LOG: ("CALL_LOG",),
    Information.CALENDAR: ("CALENDAR",),
    Information.SENSORS: ("SENSORS",),
    Information.INSTALLED_APPS: ("INSTALLED_APPS",),
    Information.BLUETOOTH: ("NEARBY_DEVICES",),
}
"""The groups of which a permission opens it; what is not here needs none, or is out of every app's reach."""
INFORMATION: dict[Information, Text] = {
    **{each: group_name(groups[0]) for each, groups in GROUPS.items()},
    Information.PHONE_STATE: _("state of the phone"),
    Information.SENSORS: _("sensors"),
    Information.BLUETOOTH: _("Bluetooth"),
    Information.CLIPBOARD: _("clipboard"),
    Information.IMEI: Text("IMEI"),
    Information.IMSI: Text("IMSI"),
    Information.ICCID: Text("ICCID"),
    Information.SERIAL: _("serial number of the phone"),
    Information.MAC: _("MAC address"),
    Information.ANDROID_ID: Text("Android ID"),
    Information.OAID: Text("OAID"),
    Information.WIFI: _("Wi-Fi in reach"),
    Information.IP: _("IP address"),
    Information.PHONE_NUMBER: _("telephone number"),
    Information.ID_NUMBER: _("ID number"),
    Information.FACE: pgettext("information", "face"),
}
"""What a report calls each."""


MOST_SDKS = 80
QUOTE_LENGTH = 120
NOT_TOLD, NOT_READ = _("not told"), _("reads were not looked at in this run")
NONE_READ, NO_TRACE = _("no read was seen"), _("a phone shows no read of it without root")
_PARTIES = {Party.APP: _("the app"), Party.SDK: _("an SDK"), Party.RECIPIENT: _("a recipient")}


@dataclass(frozen=True, slots=True)
class InformationView:
    """One information or permission: what the policy says of it, what the run shows of it, and the policy's words."""

    name: Text
    told: Text
    actual: Text
    evidence: str


@dataclass(frozen=True, slots=True)
class SdkView:
    """One SDK: what of it is in the package, what the policy says of it, and what it was seen to do."""

    name: str
    packaged: Text
    told: Text
    read: Text


@dataclass(frozen=True, slots=True)
class PolicyRecord:
    """Both tables, and the texts behind them: (title, signs, SHA-256). ``doubt`` is why nothing is compared."""

    information: tuple[InformationView, ...]
    sdks: tuple[SdkView, ...]
    sources: tuple[tuple[str, int, str], ...]
    doubt: Text | None
    more: int = 0


def policy_record(timeline: Timeline, app: AppUnderTest) -> PolicyRecord | None:
    """Return what there is of a policy that was read; None where none was."""
    policy = told_policy(timeline, app)
    if policy is None:
        return None
    table = policy_table(policy.text)
    sdks = list(_sdks(timeline, app, policy, table))
    return PolicyRecord(
        information=tuple(_information(timeline, app, table)),
        sdks=tuple(sdks[:MOST_SDKS]),
        sources=tuple((part.title, len(part.text), part.sha256) for part in policy.parts),
        doubt=policy.problem or policy.gap,
        more=max(0, len(sdks) - MOST_SDKS),
    )


def _information(timeline: Timeline, app: AppUnderTest, table: PolicyTable) -> Iterator[InformationView]:
    """What the policy tells of, and what the app declares a permission for."""
    taken = _reads(timeline, app)
    declared = {group_of(permission) for permission in app.permissions} - {None}
    asked = [ask.group for ask in asks(timeline, app)]
    for information in Information:
        rows, groups = table.of(information), GROUPS.get(information, ())
        mine = declared.intersection(groups)
        if not rows and not mine:
            continue
        count = sum(group in groups for group in asked)
        parts = [_("asked for {count} time(s)", count=count) if count else _("declared, not asked for")] if mine or count else []
        yield InformationView(
            name=INFORMATION[information],
            told=_told(rows) if rows else NOT_TOLD,
            actual=with_semicolons([*parts, _actual(information, taken)]),
            evidence=rows[0].quote[:QUOTE_LENGTH] if rows else "",
        )


def _reads(timeline: Timeline, app: AppUnderTest) -> list[Read] | None:
    """What the run saw the app read; None where it did not look."""
    if not asked_for(timeline):
        return None
    return reads(timeline, app, Instant(0, 0.0), max((event.at for event in timeline), default=Instant(0, 0.0)))


def _actual(information: Information, taken: list[Read] | None) -> Text:
    if taken is None:
        return NOT_READ
    if not (kinds := DATA.get(information, ())):
        return NO_TRACE
    own = [read for read in taken if read.what in kinds]
    if not own:
        return NONE_READ
    refused = sum(read.refused for read in own)
    return _("read {count} time(s), refused {refused}", count=len(own) - refused, refused=refused)


def _told(rows: tuple[InformationRow, ...]) -> Text:
    """By whom, what for, and how it is switched off, in the policy's own words."""
    parts = [listed(_PARTIES[party] for party in dict.fromkeys(row.party for row in rows))]
    if purpose := next((row.purpose for row in rows if row.purpose), ""):
        parts.append(quoted(purpose[:QUOTE_LENGTH]))
    if switch := next((row.switch for row in rows if row.switch), ""):
        parts.append(_("switch: {switch}", switch=quoted(switch[:QUOTE_LENGTH])))
    return with_semicolons(parts)


def _sdks(timeline: Timeline, app: AppUnderTest, policy: ToldPolicy, table: PolicyTable) -> Iterator[SdkView]:
    """Those of the package, then those that only the policy has."""
    known, left = load_sdks().by_id, list(table.sdks)
    for sdk in app.sdks or ():
        words = known[sdk.sdk].words if sdk.sdk in known else (sdk.name,)
        rows = [row for row in left if any(dense(word) in dense(f"{row.name} {row.firm}") for word in words)]
        quote = named_in(policy.text).quote(known[sdk.sdk]) if sdk.sdk in known else ""
        yield SdkView(
            name=" ".join(filter(None, (sdk.name, sdk.version))),
            packaged=proof_of(sdk),
            told=_row(rows[0]) if rows else quoted(quote[:QUOTE_LENGTH]) if quote else NOT_TOLD,
            read=_work(timeline, app, sdk),
        )
        left = [row for row in left if row not in rows]
    absent = _("not seen in the package") if app.sdks is not None else _("the package was not read")
    yield from (SdkView(row.name, absent, _row(row), Text("-")) for row in left)


def _work(timeline: Timeline, app: AppUnderTest, sdk: PackagedSdk) -> Text:
    """What names the SDK: a tag at a read, or a component that ran; without either nobody knows what it did."""
    if own := [read for read in _reads(timeline, app) or () if read.sdk == sdk.name]:
        return _("read by its tag: {what}", what=data_names(read.what for read in own))
    untagged = NOT_READ if not asked_for(timeline) else _("no read has its tag")
    return _("a component of it ran; {read}", read=untagged) if at_work(timeline, app, sdk) else untagged


def _row(row: SdkRow) -> Text:
    said = "；".join(filter(None, (row.firm, row.purpose, row.information)))
    return quoted(said[: 2 * QUOTE_LENGTH] or row.name)
