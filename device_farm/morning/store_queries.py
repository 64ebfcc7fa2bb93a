"""Queries of the farm's pages: each function takes a session and returns plain data.

SQLite and PostgreSQL alike. Lists come in pages (``Page``): give ``place=page.next`` back for the next one.
"""

from __future__ import annotations

from device_farm.morning.app_history import app_history
from device_farm.morning.app_rows import app_rows, apps, find_apps, untested
from device_farm.morning.deadlines import deadlines, tell
from device_farm.morning.finding_queries import clauses, findings, findings_of, sdks
from device_farm.morning.page_labels import ADVICE, CHANGE, PHONE, SICK, WHY, clause_words, rule_words, state_words
from device_farm.morning.page_model import (
    AppHistory,
    AppRow,
    AttemptRow,
    CampaignCount,
    CampaignRow,
    Change,
    ChangedFinding,
    ClauseCount,
    Deadline,
    EvidenceRow,
    FindingLine,
    Page,
    PhoneRow,
    QueueRow,
    RefusedRow,
    ResultRow,
    RuleCount,
    RunningRow,
    SdkCount,
    Tonight,
    UnitView,
    UntestedRow,
    VersionRow,
    Why,
    Words,
)
from device_farm.morning.tonight import campaign, campaign_named, campaigns, counted, phones, refused, running, tonight
from device_farm.morning.unit_queue import queue
from device_farm.morning.unit_view import unit_view

__all__ = [
    "ADVICE",
    "CHANGE",
    "PHONE",
    "SICK",
    "WHY",
    "AppHistory",
    "AppRow",
    "AttemptRow",
    "CampaignCount",
    "CampaignRow",
    "Change",
    "ChangedFinding",
    "ClauseCount",
    "Deadline",
    "EvidenceRow",
    "FindingLine",
    "Page",
    "PhoneRow",
    "QueueRow",
    "RefusedRow",
    "ResultRow",
    "RuleCount",
    "RunningRow",
    "SdkCount",
    "Tonight",
    "UnitView",
    "UntestedRow",
    "VersionRow",
    "Why",
    "Words",
    "app_history",
    "app_rows",
    "apps",
    "campaign",
    "campaign_named",
    "campaigns",
    "clause_words",
    "clauses",
    "counted",
    "deadlines",
    "find_apps",
    "findings",
    "findings_of",
    "phones",
    "queue",
    "refused",
    "rule_words",
    "running",
    "sdks",
    "state_words",
    "tell",
    "tonight",
    "unit_view",
    "untested",
]
