"""What of a run is not AppRights' own: the tester's rules, numbers, words, dialogs and SDKs, each with its file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.config import Kind
from harness.detectors import ALL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.config import Config
    from harness.verdicts.analysis import Analysis

NAMES = {Kind.WORDS: ("词表", "words"), Kind.ROM: ("ROM 弹窗", "dialogs of a ROM"), Kind.SDKS: ("SDK 表", "SDKs")}


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
            zh, en = f"规则 {rule.id}：{rule.label_zh}", f"rule {rule.id}: {rule.label_en}"
            by = ("", "") if rule.judged_by in ALL else (f"，检测器 {rule.detector}", f", detector {rule.detector}")
            yield OwnPart("rule", rule.id, zh + by[0], en + by[1], rule.origin, hashes.get(rule.origin, ""))
        for each in rule.thresholds:
            if each.ours is not None:
                name = f"{rule.id}.{each.name}"
                zh = f"阈值 {name} = {each.value:g} {each.unit}（AppRights 为 {each.ours:g}；出处：{each.source}）"
                en = f"threshold {name} = {each.value:g} (AppRights has {each.ours:g})"
                yield OwnPart("threshold", name, zh, en, each.origin, hashes.get(each.origin, ""))
    for file in config.files:
        if file.kind in NAMES:
            zh, en = NAMES[file.kind]
            yield OwnPart(file.kind.value, file.stem, f"{zh} {file.stem}", f"{en} {file.stem}", file.name, file.sha256)
    in_files = {file.stem for file in config.of(Kind.ROM)}
    for rom in config.roms:
        if rom not in in_files:
            zh, en = NAMES[Kind.ROM]
            yield OwnPart(Kind.ROM.value, rom, f"{zh} {rom}", f"{en} {rom}", config.name, hashes.get(config.name, ""))
