"""Runs made of findings, without a device: what a comparison needs of them."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from harness.events import Event
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome, combine
from harness.events.timeline import Timeline
from harness.language import known
from harness.recording.run_folder import Difference
from harness.rectification.comparison_model import Run
from harness.report.report_builder import Judged, app_report
from harness.rules import Rule, load_rules
from harness.verdicts.analysis import Analysis
from harness.verdicts.judge import Verdict

RULES = {rule.id: rule for rule in load_rules()}
EXIT = "c5-exit-after-denial"
PACKAGE = "com.example.coupons"
DEVICE = {"manufacturer": "Google", "model": "Pixel 7", "rom": "aosp", "android": "13", "serial": "S1"}
OPTIONS = {"consent": "accept", "profile": "miit-164", "seed": 0, "minutes": 13.0, "steps": 600, "taps": []}
BAD, MAYBE, GOOD, UNSURE = Outcome.VIOLATION, Outcome.SUSPECTED, Outcome.CLEAR, Outcome.INCONCLUSIVE


def finding(rule: str, outcome: Outcome, part: str = "CAMERA", facts: tuple[Event, ...] = ()) -> Finding:
    return Finding(rule=rule, outcome=outcome, part=part, reason_zh=f"{part} 原因", reason_en=f"{part} reason", facts=facts)


def verdict(rule: str | Rule, *findings: Finding, outcome: Outcome | None = None, why: str = "why") -> Verdict:
    found = RULES[rule] if isinstance(rule, str) else rule
    return Verdict(found, outcome or combine(findings, needed=found.needed), known(f"{why} 中", why), findings)


class Maker:
    """Makes run folders that are all but empty, each later than the one before."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._made = folder, Counter[str]()

    def __call__(
        self,
        *verdicts: Verdict,
        version: str = "1.0",
        package: str = PACKAGE,
        events: Iterable[Event] = (),
        device: dict[str, str] | None = None,
        options: dict[str, Any] | None = None,
        permissions: tuple[str, ...] = ("android.permission.CAMERA",),
        altered: tuple[Difference, ...] = (),
        label: str = "券包",
    ) -> Run:
        self._made["run"] += 1
        number = self._made["run"]
        folder = self._folder / f"2026010{number}-{package}"
        folder.mkdir()
        app = AppUnderTest(
            package=package,
            uid=10101,
            label=label,
            version_name=version,
            version_code=int(float(version) * 10),
            permissions=permissions,
            certificates_sha256=("aa" * 32,),
        )
        run = {
            "app": app.to_json(),
            "device": {**DEVICE, **(device or {})},
            "options": {**OPTIONS, **(options or {})},
            "started": f"2026-01-0{number}T08:00:00+00:00",
            "harness": "0.2.0",
            "format": 2,
        }
        (folder / "run.json").write_text(json.dumps(run), encoding="utf-8")
        analysis = Analysis(run, app, Timeline(events), tuple(verdicts), folder=folder)
        return Run(Judged(analysis, altered), app_report(folder, analysis, 1, altered))
