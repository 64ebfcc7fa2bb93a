"""One app checked on a virtual device of its own, and what its construction and the device's truth demand of the check.

The demand shares nothing with the harness: an innocent app is innocent because of how it was made, a guilty one because
the truth shows the act that was put in.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.samples.sample_check import check_device, read_sample
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.errors import HarnessError
from tests.generated.dangers import DANGER_TITLE
from tests.generated.fault import Generated
from tests.generated.truth import Truth

if TYPE_CHECKING:
    from tests.generated.cases import Case

ACCUSING = ("violation", "suspected")
NOT_WALKED = {"Welcome", "Opened", "Leave"}
"""Pages that no walk is asked to reach: of a first start, of what a permission is allowed for, behind 退出应用."""
EXACT, FOUND, CLEAR, SILENT, NOT_REACHED, BROKEN = "exact", "found", "clear", "silent", "not_reached", "broken"
ACCUSED, INNOCENT = "accused", "innocent"


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one app.

    ``result`` is its class: of a guilty one exact, found (in another degree), clear, silent (inconclusive or not
    exercised) or not_reached; of an innocent one innocent or accused; broken where there is no run.
    """

    seed: int
    scope: str
    fault: str
    rule: str
    demanded: str
    result: str
    got: str
    accused: dict[str, str]
    outcomes: dict[str, str]
    features: list[str]
    functions: tuple[int, int]  # asked for, there are
    pages: tuple[int, int]  # shown, there are
    dangers: int
    seconds: float
    package: str
    reasons: dict[str, str] = field(default_factory=dict)
    problem: str = ""

    @property
    def key(self) -> tuple[str, int, str]:
        """What it is a row of."""
        return self.scope, self.seed, self.fault

    def as_json(self) -> dict[str, Any]:
        """As one line of results."""
        return asdict(self)


def try_out(app: Generated) -> Row:
    """Check the app and compare. Nothing of it is left on disk."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="apprights-generated-") as folder:
        path = Path(folder) / f"s{app.recipe.seed}.py"
        path.write_text(app.text, encoding="utf-8")
        result = checked(path, app.recipe.android, app.recipe.rom, Path(folder) / "runs")
    return _compared(app, result, time.monotonic() - began)


def check_case(case: Case) -> str:
    """The outcome that a kept case gets; raises HarnessError where there is no run."""
    with tempfile.TemporaryDirectory(prefix="apprights-generated-") as folder:
        path = Path(folder) / "app.py"
        path.write_text(case.app.text, encoding="utf-8")
        result = checked(path, case.recipe.android, case.recipe.rom, Path(folder))
    if result.problem:
        raise HarnessError(result.problem)
    return result.outcomes[case.rule]


class Result(NamedTuple):
    """Outcomes and reasons by rule, the device's truth, and why there is no run."""

    outcomes: dict[str, str]
    reasons: dict[str, str]
    truth: list[dict[str, Any]]
    problem: str


def checked(path: Path, android: str, rom: str, runs: Path, *, clauses: Sequence[str] | None = None) -> Result:
    """Check an app file on a device in this process.

    ``clauses``: these instead of those that the file names; none are all.
    """
    sample = read_sample(path)
    if clauses is not None:
        named = (word for clause in clauses for word in ("--clause", clause))
        sample = replace(sample, options=(*_without_clauses(sample.options), *named))
    spec = Spec(android=android, rom=rom, apps=tuple(reversed(load_app_file(path))))  # the one under test is installed last
    with devices_in_thread([partial(VirtualDevice, spec)]) as thread:
        problem, rules = "", []
        try:
            rules = check_device(sample, InProcessDevice(thread), runs)["rules"]
        except HarnessError as error:
            problem = str(error)
        (virtual,) = thread.devices
        truth = thread.call(lambda: list(virtual.truth))
    outcomes, reasons = ({rule["rule"]: rule[key] for rule in rules} for key in ("outcome", "reason_en"))
    return Result(outcomes, reasons, truth, problem)


def _without_clauses(options: Iterable[str]) -> Iterator[str]:
    words = iter(options)
    for word in words:
        if word == "--clause":
            next(words)
        else:
            yield word


def _compared(app: Generated, result: Result, seconds: float) -> Row:
    recipe, fault = app.recipe, app.fault
    outcomes, reasons, problem, truth = result.outcomes, result.reasons, result.problem, Truth(result.truth, app.recipe.package)
    accused = {rule: outcome for rule, outcome in outcomes.items() if outcome in ACCUSING}
    rule = fault.rule if fault else ""
    demanded = fault.seen(truth, recipe) if fault else ""
    got = outcomes.get(rule, "")
    if problem:
        kind = BROKEN
    elif fault is None:
        kind = ACCUSED if accused else INNOCENT
    elif not demanded:
        kind = NOT_REACHED
    elif got in ACCUSING:
        kind = EXACT if got == demanded else FOUND
    else:
        kind = CLEAR if got == "clear" else SILENT
    entries = {row["title"] for row in truth.rows if row["what"] == "content_shown" and row["activity"].endswith("Entry")}
    declared = set(re.findall(r"class (\w+)\(Page\):", app.text)) - NOT_WALKED
    return Row(
        seed=recipe.seed,
        scope=recipe.scope,
        fault=recipe.fault,
        rule=rule,
        demanded=demanded,
        result=kind,
        got=got,
        accused=accused,
        outcomes=outcomes,
        features=list(recipe.features),
        functions=(sum(truth.asked(each.group) > 0 for each in recipe.functions), len(recipe.functions)),
        pages=(len(declared & truth.pages()) + len(entries), len(declared) + recipe.size),
        dangers=truth.dialogs(DANGER_TITLE),
        seconds=round(seconds, 1),
        package=recipe.package,
        reasons={name: reasons[name] for name in reasons if name in accused or name == rule},
        problem=problem,
    )
