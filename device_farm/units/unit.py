"""Unit: one app, one set of scenarios, one kind of phone. Submitted twice it is the same unit.

What makes it another unit is what could change its verdicts: the bytes of the app, the clauses and options, the
rules, what the phone must be, and the campaign, which is a day, a city or a batch. So nothing of one day is merged
with another.

Requirement: what a phone must be for a unit, as one canonical word that is also the name of a queue.

``any``, ``android=13``, ``android=13|rom=miui``: keys in alphabetical order. A phone takes every requirement that is a
subset of its labels, so a worker that listens to all subsets of its labels gets what it can do and nothing else.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from typing import Any

from harness import __version__
from harness.config import Config, current, once_a_config
from harness.config import Kind as FileKind
from harness.config.suppressions import NAME as SUPPRESSIONS
from harness.errors import ScenarioError
from harness.language import _
from harness.recording.canonical import canonical
from harness.rules.rule_files import ROOM

LABELS = ("abi", "android", "kind", "rom", "serial")
"""What phones differ in; ``kind`` is real, emulator or virtual, ``serial`` pins a unit to one phone."""
ANY = "any"
_VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,63}")


def requirement(labels: Mapping[str, str]) -> str:
    """The canonical form of ``labels``; raises ScenarioError for a label that no phone can have."""
    for name, value in labels.items():
        if name not in LABELS:
            raise ScenarioError(_("a phone has no label '{name}': it is one of {names}", name=name[:80], names=", ".join(LABELS)))
        if not _VALUE.fullmatch(value):
            raise ScenarioError(_("'{value}' cannot be a label: letters, digits and ._:+- only", value=value[:80]))
    return "|".join(f"{name}={labels[name]}" for name in sorted(labels)) or ANY


def read_requirement(text: str) -> str:
    """The canonical form of what somebody wrote, as ``rom=miui,android=13``; raises ScenarioError."""
    words = [word.strip() for word in re.split(r"[,|]", text) if word.strip() and word.strip() != ANY]
    pairs = [word.partition("=") for word in words]
    if bad := next((word for word, (_name, sign, _value) in zip(words, pairs, strict=True) if not sign), None):
        raise ScenarioError(_("'{word}' is no label: write name=value, as in android=13", word=bad[:80]))
    if len({name for name, _sign, _value in pairs}) < len(pairs):
        raise ScenarioError(_("'{text}' names a label twice", text=text[:80]))
    return requirement({name.strip(): value.strip() for name, _sign, value in pairs})


def labels_of(text: str) -> dict[str, str]:
    """The labels of a canonical requirement."""
    return {} if text == ANY else dict(pair.split("=", 1) for pair in text.split("|"))


def fits(needed: str, labels: Mapping[str, str]) -> bool:
    """Whether a phone with ``labels`` can take a unit that needs ``needed``."""
    return labels_of(needed).items() <= labels.items()


def queues(labels: Mapping[str, str]) -> Iterator[str]:
    """Every requirement that a phone with ``labels`` can take, the plain one first."""
    pairs = sorted(labels.items())
    for size in range(len(pairs) + 1):
        for some in combinations(pairs, size):
            yield requirement(dict(some))


IN_STORE = "artifact:"
"""What the place of an app begins with whose bytes are in the artifact store; its SHA-256 follows."""

_IDENTITY = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
"""On one line: the encoder of Python's own C, since a national list has 400,000 units."""


class UnitState(StrEnum):
    """The states of a unit; the last four are final."""

    WAITING = "waiting"
    QUEUED = "queued"  # handed to the dispatcher
    RUNNING = "running"
    DONE = "done"  # a try counts: there are results, or the app itself could not be tested
    GIVEN_UP = "given-up"  # tried too often: our side or the hosts failed
    QUARANTINED = "quarantined"  # it cost three phones their session
    CANCELLED = "cancelled"


ENDED = (UnitState.DONE, UnitState.GIVEN_UP, UnitState.QUARANTINED, UnitState.CANCELLED)


class End(StrEnum):
    """The ends of a try; only ``DONE`` and ``APP_FAULT`` count as an answer."""

    DONE = "done"
    APP_FAULT = "app-fault"  # the app's doing: it cannot be installed, it is no APK; another phone changes nothing
    TOO_OLD = "too-old"  # the phone's Android, for the app: a phone of another kind is tried
    TOO_NEW = "too-new"  # the same
    OTHER_ABI = "other-abi"  # the phone's processor is none for which the app has code: the same
    DEVICE_FAULT = "device-fault"  # the phone's doing: another phone is tried
    TIMEOUT = "timeout"  # the hard limit: taken for a fault of the phone
    HOST_FAULT = "host-fault"  # the computer's, the disk's, adb's or ours
    ABSENT = "absent"  # the file is gone, or this phone does not have the package: nobody's fault, another one may
    LOST = "lost"  # whoever ran it is gone; its lease is over
    STOPPED = "stopped"  # whoever ran it was told to stop: it waits again, and nothing is held against it
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"  # it came back after it was given up as lost: kept as history, counts for nothing


INCOMPATIBLE = (End.TOO_OLD, End.TOO_NEW, End.OTHER_ABI)
"""No phone of that kind takes the app; it is nobody's fault."""
INTERRUPTED = tuple(end for end in End if end not in (End.DONE, End.APP_FAULT, *INCOMPATIBLE))
"""No answer came of these, whatever was recorded until then."""


class Kind(StrEnum):
    """The kinds of execution of a unit."""

    SINGLE = "single"
    NIGHT = "night"  # clause 6 in a shared night: many apps on one phone


@dataclass(frozen=True, slots=True)
class AppFile:
    """An app as submitted. ``sha256`` (hexadecimal) is of the file's bytes, ``signer`` of its certificate, or empty.

    ``place`` is a path, or a name in the artifact store (``artifact:SHA256``). An app file (.py) is for virtual
    devices.
    """

    sha256: str
    place: str
    size: int = 0
    package: str = ""
    label: str = ""
    version_name: str = ""
    version_code: int = 0
    signer: str = ""
    store: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan for each app of a submission."""

    clauses: tuple[int, ...]
    options: tuple[tuple[str, Any], ...] = ()
    """Fields of ``harness.session.check_options.Options`` that are not as by default, sorted by name."""
    requirement: str = ANY
    kind: Kind = Kind.SINGLE
    priority: int = 50
    """100: again after a correction; 50: tonight; 0: backlog."""
    limit_seconds: float = 0.0
    """Hard limit of a try; 0: by the clauses."""
    words: str = field(default="", compare=False)
    """The words of a complaint, for the reader."""


def unit_key(app_sha256: str, plan: Plan, *, campaign: str, rules: str) -> str:
    """The identity of a unit, 64 hexadecimal digits; ``rules`` is ``rules_mark()`` of the version that will judge."""
    said = {
        "app": app_sha256,
        "clauses": sorted(plan.clauses),
        "options": dict(plan.options),
        "requirement": plan.requirement,
        "kind": plan.kind.value,
        "campaign": campaign,
        "rules": rules,
    }
    return hashlib.sha256(_IDENTITY.encode(said).encode("utf-8", "backslashreplace")).hexdigest()


def rules_mark() -> str:
    """What the verdicts of this version rest on, as one word: its release, its rules and thresholds, the tester's own.

    A unit that was judged by other rules is another unit. Outside a release the code of a detector may have changed
    without it; a release never changes.
    """
    return _rules_mark(__version__)


@once_a_config
def _rules_mark(version: str) -> str:
    digest = hashlib.sha256()
    for folder in (ROOM, ROOM / "profiles"):
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(".toml"):
                digest.update(canonical([file.name, hashlib.sha256(file.read_bytes()).hexdigest()]))
    own = _own(current()) if current().files else ""
    return f"{version}:{digest.hexdigest()[:16]}" + (f":{own[:16]}" if own else "")


def _own(config: Config) -> str:
    """What the tester's own files say, without what they suppress: that changes no verdict, so none is done again."""
    told = []
    for file in config.files:
        kept = {name: value for name, value in file.data.items() if name != SUPPRESSIONS}
        data = json.dumps(kept, sort_keys=True, default=str) if file.kind is FileKind.CONFIG else file.sha256
        told.append([file.kind.value, file.name, data])
    return hashlib.sha256(canonical(told)).hexdigest()
