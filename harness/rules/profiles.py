"""Profiles: what a check holds an app to: its thresholds, and the texts by whose labels it is reported."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from harness.errors import CatalogueError
from harness.language import _
from harness.rules.custom_rules import with_own_thresholds
from harness.rules.rule import Threshold
from harness.rules.rule_files import ROOM, read

NOTICE = "miit-164"
"""The profile that is the default, and the id of the notice itself; it has every threshold, others what differs."""
PROFILES = (
    *(NOTICE, "store-strict", "store-huawei", "store-tencent", "store-honor", "store-xiaomi"),
    *("miit-26", "gbt-41391", "bulletins-2025", "bulletins-2026"),
    *("tc260-shake-2025", "gbt-45574", "cac-audit-2025", "cac-draft-2026"),
)


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile: whose demands it is, and the ``documents`` whose labels are its own."""

    id: str
    zh: str
    en: str
    documents: tuple[str, ...]


@cache
def profiles() -> Mapping[str, Profile]:
    return {id: _profile(id) for id in PROFILES}


def known_profile(id: str) -> Profile:
    """A profile by its id; raises CatalogueError for one that there is not."""
    if id not in PROFILES:
        raise CatalogueError(_("no profile '{profile}'; there is {known}", profile=id[:80], known=", ".join(PROFILES)))
    return profiles()[id]


@cache  # asked for by each rule
def _table(id: str) -> Mapping[str, Any]:
    return read(ROOM / "profiles" / f"{id}.toml")


def _profile(id: str) -> Profile:
    data = _table(id)["profile"]
    return Profile(id, data["zh"], data["en"], tuple(data["documents"]))


def thresholds(rule: str, profile: str) -> tuple[Threshold, ...]:
    """The thresholds of a rule in a profile, with the numbers of the tester's own."""
    known_profile(profile)
    tables = {name: _table(name) for name in dict.fromkeys((NOTICE, profile))}

    def merged(rule: str) -> dict[str, Threshold]:
        found: dict[str, Threshold] = {}
        for origin, table in tables.items():
            for name, entry in table.get(rule, {}).items():
                found[name] = merged(entry["as"])[name] if "as" in entry else Threshold(name, **entry, origin=origin)
        return {each.name: each for each in with_own_thresholds(rule, tuple(found.values()))}

    return tuple(merged(rule).values())
