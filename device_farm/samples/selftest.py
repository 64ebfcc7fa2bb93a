"""``apprights selftest``: every sample must get the outcomes it expects. It proves a change, not a phone.

The state of a matrix is kept on disk, so that an interrupted one resumes.
"""

import hashlib
import json
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import typer

import device_farm
import harness
import scenarios
from device_farm.samples.sample import OWN_APPS, Checked, Sample, app_files
from device_farm.samples.worker_pool import Job, Workers, workers
from device_farm.virtual.roms.sold_pairs import find_pair, sold_pairs
from harness import console
from harness.errors import HarnessError
from harness.events.findings import Outcome
from harness.language import Text, _, pick, said

Row = dict[str, Any]

AS_EXPECTED, DIFFERENT, NOT_JUDGED = _("ok"), _("DIFFERS"), "-"


def show(rows: Sequence[Row], seconds: float) -> None:
    console.table(
        "",
        (*map(said, (_("app"), _("rule"), _("expected"), _("outcome"))), "Android", "ROM", said(_("assumed")), ""),
        [
            (
                row["app"],
                row["rule"],
                _word(row["expected"]),
                _outcome(row),
                row["android"],
                row["rom"],
                "?" if row["assumed"] is None else str(row["assumed"]),
                "" if _good(row) else said(DIFFERENT),
            )
            for row in rows
        ],
    )
    _sum(rows, seconds)


def show_matrix(rows: Sequence[Row], samples: Sequence[Sample], seconds: float) -> None:
    """Pairs down, samples across under their numbers; then what differs, and why; then what is judged nowhere else."""
    numbers = {sample.package: str(number) for number, sample in enumerate(samples, 1)}
    for package, number in numbers.items():
        console.out.print(f"{number:>3} {package}")
    pairs = [(pair.android, pair.rom) for pair in sold_pairs()]
    cells = [[f"{rom} {android}", *(_cell(rows, package, android, rom) for package in numbers)] for android, rom in pairs]
    console.table("", ("", *numbers.values()), cells)
    wrong = [row for row in rows if not _good(row)]
    if wrong:
        lines = [_differing(row) for row in wrong]
        head = (_("pair"), _("app"), _("rule"), _("expected"), _("outcome"), _("why"))
        console.table("", [said(word) for word in head], lines)
    for sample in samples:
        if sample.only():
            console.out.print(said(_("{name}: can be decided on {which} only", name=sample.package, which=sample.only())))
    _sum(rows, seconds)


def _differing(row: Row) -> tuple[str, ...]:
    why = pick(row["why_zh"], row["why"])
    return f"{row['rom']} {row['android']}", row["app"], row["rule"], _word(row["expected"]), _outcome(row), why


def _cell(rows: Sequence[Row], package: str, android: str, rom: str) -> str:
    found = [row for row in rows if (row["app"], row["android"], row["rom"]) == (package, android, rom)]
    if not found:
        return NOT_JUDGED
    return said(AS_EXPECTED if all(map(_good, found)) else DIFFERENT)


def _good(row: Row) -> bool:
    return bool(row["expected"] == row["outcome"])


def _outcome(row: Row) -> str:
    return _word(row["outcome"]) if row["outcome"] else said(row.get("problem") or _("not judged"))


def _word(outcome: str) -> str:
    """An outcome in the language of the run; what an app file expects may be none."""
    return pick(Outcome(outcome).label_zh, outcome) if outcome in set(Outcome) else outcome


def _sum(rows: Sequence[Row], seconds: float) -> None:
    wrong = sum(not _good(row) for row in rows)
    right, took = len(rows) - wrong, round(seconds)
    console.out.print(said(_("{right} as expected, {wrong} different, {seconds} s", right=right, wrong=wrong, seconds=took)))


CLAUSES = ("1", "3", "5", "6", "7")
ACCUSED = ("violation", "suspected")


def over_all_clauses(sample: Sample) -> Sample:
    """The same sample, to be checked under all clauses at once."""
    words = [*sample.options]
    while "--clause" in words:
        place = words.index("--clause")
        del words[place : place + 2]
    return replace(sample, options=(*words, *(word for clause in CLAUSES for word in ("--clause", clause))))


def of_sample(sample: Sample) -> dict[str, str] | None:
    """Scene -> violation or suspected, as ``scenes.toml`` has it for one of our samples; None for another."""
    name = sample.path.relative_to(OWN_APPS).with_suffix("").as_posix() if sample.path.is_relative_to(OWN_APPS) else ""
    return table().get(name)


def scene_rows(checked: Checked) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each scene that is expected or accused: its number, the state that it must have, and what ``--json`` says of it.

    One that is not expected must only not be an accusation.
    """
    wanted = of_sample(checked.sample)
    if wanted is None:
        return
    found = {scene["id"]: scene for scene in (checked.result or {}).get("scenes", ())}
    accused = [id for id, scene in found.items() if scene["state"] in ACCUSED]
    for id in sorted({*wanted, *accused}):
        yield id, wanted.get(id, "not accused"), found.get(id, {})


@cache
def table() -> dict[str, dict[str, str]]:
    """All of them by the sample's place in the folder."""
    data: dict[str, dict[str, str]] = tomllib.loads((files("device_farm.samples") / "scenes.toml").read_text(encoding="utf-8"))
    return data


DEFAULT_PAIR = ("13", "aosp")
DIFFERS, UNREADABLE = 1, 3
MOST_WORKERS = 256


def _some(value: int | None) -> int | None:
    if value is not None and not 1 <= value <= MOST_WORKERS:
        raise typer.BadParameter(_("{value} is not between {least} and {most}", value=value, least=1, most=MOST_WORKERS))
    return value


def selftest(
    apps: Annotated[
        Path, typer.Option(metavar="FOLDER", show_default=False, help=_("a folder of app files, instead of the samples"))
    ] = OWN_APPS,
    matrix: Annotated[bool, typer.Option("--matrix", help=_("on every pair of Android version and ROM that was sold"))] = False,
    scenes: Annotated[
        bool, typer.Option("--scenes", help=_("under all clauses at once, and compare the scenes of the notice: hours of one core"))
    ] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help=_("do not go on with an interrupted matrix"))] = False,
    android: Annotated[str, typer.Option(metavar="N", help=_("Android version of the virtual devices"))] = "13",
    rom: Annotated[str, typer.Option(metavar="ROM", help=_("ROM of the virtual devices"))] = "aosp",
    count: Annotated[
        int | None, typer.Option("--workers", metavar="N", callback=_some, help=_("how many at once; default: one a core"))
    ] = None,
    json: Annotated[bool, typer.Option("--json", help=_("one JSON object a line"))] = False,
) -> None:
    """Check the sample apps on virtual devices and compare with what each must get."""
    began = time.monotonic()
    try:
        find_pair(android, rom)
    except ValueError as error:
        raise HarnessError(Text("{problem}", {"problem": error})) from None
    files = app_files(apps, twins=True)
    # The folder outlives the workers: one that still writes would have it "not empty" while it is taken away.
    with tempfile.TemporaryDirectory(prefix="apprights-selftest-", ignore_cleanup_errors=True) as runs, workers(count) as pool:
        samples, problems = pool.read_all(files)
        for problem in problems.values():
            console.progress(said(problem))
        if scenes:
            samples = [over_all_clauses(sample) for sample in samples]
        jobs = list(_jobs(samples, (android, rom), matrix=matrix))
        checked = _matrix(pool, jobs, samples, Path(runs), fresh=fresh) if matrix else pool.check_all(jobs, Path(runs))
    rows = [row for one in checked for row in (_scene_rows(one) if scenes else _rows(one))]
    if json:
        for path, problem in problems.items():
            console.print_json({"file": str(path), "error": problem})
        for row in rows:
            console.print_json(row)
    elif matrix:
        show_matrix(rows, samples, time.monotonic() - began)
    else:
        show(rows, time.monotonic() - began)
    if any(row["expected"] != row["outcome"] for row in rows):
        raise typer.Exit(DIFFERS)
    if problems:
        raise typer.Exit(UNREADABLE)


def _jobs(samples: list[Sample], pair: tuple[str, str], *, matrix: bool) -> Iterator[Job]:
    """One pair for each sample, or all; where a sample's expectation does not hold it is not run, and that is said.

    A sample that does not hold on the default pair goes to the first pair on which it does.
    """
    for sample in samples:
        sold = [(pair.android, pair.rom) for pair in sold_pairs()]
        fitting = [each for each in sold if sample.holds_on(*each)]
        one = [pair] if pair in fitting else fitting[:1] if pair == DEFAULT_PAIR else []
        held = fitting if matrix else one
        for android, rom in held:
            yield sample, android, rom
        if not held:
            console.progress(said(_("{name}: only for {which}, not judged", name=sample.path.name, which=sample.only())))


def _matrix(pool: Workers, jobs: list[Job], samples: list[Sample], runs: Path, *, fresh: bool) -> list[Checked]:
    """Check what the state on disk does not have yet; a matrix that was done to its end begins anew."""
    state = MatrixState(STATE, samples)
    if not fresh:
        state.load()
    if not state.left(jobs):
        state.found.clear()
    left = state.left(jobs)
    if len(left) < len(jobs):
        some, total = len(jobs) - len(left), len(jobs)
        console.progress(
            said(_("going on with {file}: {some} of {total} checks are done; --fresh begins anew", file=STATE, some=some, total=total))
        )
    state.start()
    pool.check_all(left, runs, done=state.add)
    return [state.found[(str(sample.path), android, rom)] for sample, android, rom in jobs]


def _rows(checked: Checked) -> Iterator[dict[str, Any]]:
    """One row a rule that the sample names."""
    verdicts = {rule["rule"]: rule for rule in (checked.result or {}).get("rules", ())}
    for rule, expected in sorted(checked.sample.expected.items()):
        verdict = verdicts.get(rule, {})
        yield _row(checked, rule, expected, verdict.get("outcome"), verdict)


def _scene_rows(checked: Checked) -> Iterator[dict[str, Any]]:
    """One row a scene that the sample must be accused of, or is."""
    for scene, expected, found in scene_rows(checked):
        yield _row(checked, scene, expected, found.get("state"), found)


def _row(checked: Checked, rule: str, expected: str, outcome: str | None, told: dict[str, Any]) -> dict[str, Any]:
    row = {
        "app": checked.sample.package,
        "rule": rule,
        "expected": expected,
        "outcome": outcome,
        "android": checked.android,
        "rom": checked.rom,
        "seconds": round(checked.seconds, 2),
        "assumed": checked.assumed,
        "why": told.get("reason_en", ""),
        "why_zh": told.get("reason_zh", ""),
    }
    return row | ({"problem": checked.problem} if checked.problem else {})


STATE = Path("reports") / "selftest-matrix.jsonl"
_RULES_ONLY = ("run", "rules")  # what is kept of a result


class MatrixState:
    """The file of one matrix."""

    def __init__(self, path: Path, samples: Sequence[Sample]) -> None:
        """Use ``path`` for the matrix of ``samples``.

        What an older version of the code found there counts as nothing.
        """
        self._path, self._key = path, _fingerprint(samples)
        self.found: dict[tuple[str, str, str], Checked] = {}
        self._by_name = {str(sample.path): sample for sample in samples}

    def load(self) -> None:
        """Read what was found; a line that was cut off in the middle is left out."""
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines()
        except OSError:
            return
        entries = [entry for line in lines if (entry := _entry(line)) is not None]
        if not entries or entries[0].get("state") != self._key:
            return
        for entry in entries[1:]:
            sample = self._by_name.get(entry.get("sample", ""))
            if sample is not None:
                self._remember(replace(Checked(**{**entry, "sample": sample})))

    def start(self) -> None:
        """Begin the file anew, with what is known."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lines = [json.dumps({"state": self._key}), *map(_line, self.found.values())]
        self._path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def add(self, checked: Checked) -> None:
        self._remember(checked)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(_line(checked) + "\n")

    def left(self, jobs: Sequence[Job]) -> list[Job]:
        return [job for job in jobs if (str(job[0].path), *job[1:]) not in self.found]

    def _remember(self, checked: Checked) -> None:
        self.found[(str(checked.sample.path), checked.android, checked.rom)] = checked


def _entry(line: str) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None


def _line(checked: Checked) -> str:
    result = None if checked.result is None else {key: checked.result[key] for key in _RULES_ONLY}
    return json.dumps(asdict(replace(checked, result=result)) | {"sample": str(checked.sample.path)}, ensure_ascii=False)


def _fingerprint(samples: Sequence[Sample]) -> str:
    """Of all code and data that a check depends on."""
    digest = hashlib.sha256()
    packages = [Path(package.__file__).parent for package in (device_farm, harness, scenarios) if package.__file__]
    files = [path for folder in packages for kind in ("*.py", "*.toml") for path in folder.rglob(kind)]
    for path in sorted({*files, *(sample.path.resolve() for sample in samples)}):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
