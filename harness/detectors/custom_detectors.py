"""Detectors that are not ours: found by their names, and their findings looked through before they are judged.

A name is one of ours, an entry point of the group ``apprights.detectors``, or ``module:function``. The last is run only
where a rule of the present config names it: what stands in somebody's run folder runs no code of its own choice.
"""

import hashlib
import inspect
import sys
import traceback
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import module_from_spec, spec_from_file_location
from math import isfinite
from pathlib import Path
from types import ModuleType
from typing import Any

from harness.config import current
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.rules import Rule

GROUP = "apprights.detectors"
LONGEST = 500
"""Characters of what code of others says."""


@dataclass(frozen=True, slots=True)
class Found:
    """A detector by its name: the function, or why there is none; ``sha256`` is of the source of its module."""

    function: Callable[..., Any] | None
    problem: Text = field(default_factory=lambda: Text(""))
    sha256: str = ""


def find_own(name: str) -> Found:
    """The detector of this name that is not ours; it is imported here."""
    config = current()
    return _find(name, config.code if name in config.trusted else None, name in config.trusted)


@cache
def _find(name: str, code: Path | None, trusted: bool) -> Found:
    try:
        if ":" not in name:
            entry = next((each for each in entry_points(group=GROUP) if each.name == name), None)
            if entry is None:
                return Found(None, _("the detector {name} is not installed here", name=name[:80]))
            return _function(entry.load(), name)
        if not trusted:
            return Found(None, _("the detector {name} is named by no rule of an apprights.toml here, so it was not run", name=name[:80]))
        module, _colon, function = name.partition(":")
        return _function(getattr(_module(module, code), function, None), name)
    except (Exception, SystemExit) as error:  # code of others, run by its import
        return Found(None, _("the detector {name} cannot be loaded: {reason}", name=name[:80], reason=_said(error)))


def _module(name: str, code: Path | None) -> ModuleType:
    """A module of the folder that the config gives for code, else one that is installed."""
    file = code / f"{name}.py" if code is not None and name.isidentifier() else None
    if file is None or not file.is_file():
        return import_module(name)
    own = f"apprights_own_{hashlib.sha256(str(file).encode()).hexdigest()[:8]}_{name}"  # shadows nothing that is installed
    spec = spec_from_file_location(own, file)
    assert spec is not None, file
    assert spec.loader is not None, file
    module = module_from_spec(spec)
    sys.modules[own] = module
    spec.loader.exec_module(module)
    return module


def _function(found: object, name: str) -> Found:
    if not callable(found):
        return Found(None, _("the detector {name} is no function", name=name[:80]))
    try:
        source = Path(inspect.getsourcefile(found) or "").read_bytes()
    except (TypeError, OSError):
        source = b""
    return Found(found, sha256=hashlib.sha256(source).hexdigest() if source else "")


def own_findings(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding] | Text:
    """What a detector that is not ours finds; why nothing can be said, where it is missing or at fault."""
    found = find_own(rule.detector)
    if found.function is None:
        return found.problem
    try:
        given = found.function(timeline, app, rule)
    except (Exception, SystemExit) as error:  # code of others: whatever goes wrong in it is no verdict on the app
        return _("the detector {name} failed: {reason}", name=rule.detector[:80], reason=_said(error))
    known = {id(event) for event in timeline}
    if not isinstance(given, list) or not all(_sound(each, rule, known) for each in given):
        return _("the detector {name} gave something else than a list of findings of its rule", name=rule.detector[:80])
    return given


def _sound(finding: object, rule: Rule, known: Collection[int]) -> bool:
    """Whether it is a finding of this rule, in words and with numbers, that rests on facts of this timeline."""
    if not isinstance(finding, Finding) or finding.rule != rule.id:
        return False
    outcome: Any = finding.outcome
    words: list[Any] = [finding.part, finding.reason_zh, getattr(finding.reason, "template", None)]
    facts: Any = finding.facts
    measured: Any = finding.measured
    return (
        isinstance(outcome, Outcome)
        and all(isinstance(each, str) for each in words)
        and isinstance(facts, tuple)
        and all(id(fact) in known for fact in facts)
        and isinstance(measured, tuple)
        and all(_is_measure(each) for each in measured)
        and not finding.tried_again  # a control run knows the refusals of our detectors only
    )


def _is_measure(each: Any) -> bool:
    named = isinstance(each, tuple) and len(each) == 2 and isinstance(each[0], str)
    return named and isinstance(each[1], float | int) and isfinite(each[1])


def _said(error: BaseException) -> str:
    """An error of others' code on one line, with its place."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return " ".join(f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})".split())[:LONGEST]
