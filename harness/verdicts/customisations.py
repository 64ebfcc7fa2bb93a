"""What is the tester's own: rules, numbers, words, dialogs and SDKs of a run, and suppressions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from harness.config import Config, Kind
from harness.config.suppressions import Suppression, suppressed
from harness.config.table_validation import today
from harness.detectors import ALL
from harness.events.findings import Outcome
from harness.language import Text, _, both
from harness.verdicts.analysis import Analysis


@dataclass(frozen=True, slots=True)
class OwnPart:
    """One thing of the tester's own, in words; ``sha256`` is of the ``file`` that it stands in."""

    kind: str
    name: str
    zh: str
    en: str
    file: str
    sha256: str


def own_parts(analysis: Analysis) -> tuple[OwnPart, ...]:
    """All that the tester brought to a run and that may have changed what is said of it."""
    return tuple(_parts(analysis.config, analysis))


def _parts(config: Config, analysis: Analysis) -> Iterator[OwnPart]:
    hashes = {file.name: file.sha256 for file in config.files}
    for verdict in analysis.verdicts:
        rule = verdict.rule
        if rule.origin:
            told = _("rule {id}: {label}", id=rule.id, label=rule.label)
            if rule.judged_by not in ALL:
                told = _("{said}, detector {name}", said=told, name=rule.detector)
            yield OwnPart("rule", rule.id, *both(told), rule.origin, hashes.get(rule.origin, ""))
        for each in rule.thresholds:
            if each.ours is not None:
                name = f"{rule.id}.{each.name}"
                values = {"name": name, "value": each.value, "unit": each.unit, "ours": each.ours, "source": each.source}
                told = _("threshold {name} = {value:g} {unit} (AppRights has {ours:g}; source: {source})", **values)
                yield OwnPart("threshold", name, *both(told), each.origin, hashes.get(each.origin, ""))
    for file in config.files:
        if (named := _named(file.kind, file.stem)) is not None:
            yield OwnPart(file.kind.value, file.stem, *both(named), file.name, file.sha256)
    in_files = {file.stem for file in config.of(Kind.ROM)}
    for rom in config.roms:
        if rom not in in_files:
            yield OwnPart(Kind.ROM.value, rom, *both(_("dialogs of a ROM {name}", name=rom)), config.name, hashes.get(config.name, ""))


def _named(kind: Kind, name: str) -> Text | None:
    """A file of the tester's own in words; None for one that is told by what is in it."""
    match kind:
        case Kind.WORDS:
            return _("words {name}", name=name)
        case Kind.ROM:
            return _("dialogs of a ROM {name}", name=name)
        case Kind.SDKS:
            return _("SDKs {name}", name=name)
    return None


if TYPE_CHECKING:
    from harness.verdicts.judge import Verdict

FAILING = (Outcome.VIOLATION, Outcome.SUSPECTED)
"""What can be suppressed: nothing else is held against an app."""


def suppression_of(package: str, verdict: Verdict, on: date | None = None) -> Suppression | None:
    """The suppression in force for a verdict on a day, today's where none is given; None where it fails nothing."""
    return suppression_for(package, verdict.rule.id, verdict.outcome, on)


def suppression_for(package: str, rule: str, outcome: Outcome, on: date | None = None) -> Suppression | None:
    """The same of a verdict of which no more is known than its rule and outcome."""
    return suppressed(package, rule, on or today()) if outcome in FAILING else None
