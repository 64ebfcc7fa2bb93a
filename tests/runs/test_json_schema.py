"""What commands print for programs is as the published schema says, and the schema refuses what is not."""

import hashlib
import json
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from device_farm.samples.sample_check import check_sample, read_sample
from device_farm.virtual import apps
from harness.report import judged, write_report
from harness.report.exports.schema import schema_text
from harness.verdicts.analysis import examine
from harness.verdicts.analysis_json import analysis_json
from tests.plugin.conftest import apprights_here

DATA = Path(__file__).parents[1] / "data" / "old_runs"
SAMPLES = ("exit_by_finish", "consent_preticked", "close_acts_as_confirm")
CHECKS = Draft202012Validator(json.loads(schema_text()))


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Old run folders, and those of some samples."""
    folder = tmp_path_factory.mktemp("runs")
    for archive in DATA.glob("*.tar.xz"):
        with tarfile.open(archive) as file:
            file.extractall(folder, filter="data")
    for name in SAMPLES:
        check_sample(read_sample(Path(apps.__file__).parent / f"{name}.py"), folder)
    return sorted(path.parent for path in folder.glob("*/run.json"))


def told(runs: list[Path], folder: Path) -> Iterator[tuple[str, Any]]:
    """What commands print of them, and the file of a report."""
    for run in runs:
        yield f"examined {run.name}", json.loads(json.dumps(analysis_json(examine(run))))
    for words in (("analyse", runs[0]), ("verify", runs[0]), ("verify", *runs[:2])):
        said = apprights_here(*words, "--json", folder=folder)
        yield " ".join(map(str, words)), json.loads(said.out)
    write_report(runs, folder / "x.json")
    yield "report", json.loads((folder / "x.json").read_text(encoding="utf-8"))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(json.loads(schema_text()))


def test_everything_that_is_told_is_as_the_schema_says(runs: list[Path], tmp_path: Path) -> None:
    found = dict(told(runs, tmp_path))
    assert len(found) == len(runs) + 4
    assert {name: [error.json_path + " " + error.message[:200] for error in CHECKS.iter_errors(data)] for name, data in found.items()} == {
        name: [] for name in found
    }


def test_findings_name_their_facts_and_files_with_the_hashes_of_the_seal(runs: list[Path]) -> None:
    for run in runs:
        data = analysis_json(examine(run))
        sealed = {each["path"]: each["sha256"] for each in json.loads((run / "manifest.json").read_text("utf-8"))["files"]}
        assert data["root"] == json.loads((run / "manifest.json").read_text("utf-8"))["root"]
        hashes = {each["path"]: each["sha256"] for each in data["evidence"]}
        assert hashes
        assert hashes.items() <= sealed.items()
        named = {path for rule in data["rules"] for finding in rule["findings"] for path in finding["evidence"]}
        assert named == set(hashes)
        lines = {fact["ref"][0] for rule in data["rules"] for finding in rule["findings"] for fact in finding["facts"] if fact["ref"]}
        assert lines <= set(hashes)


def test_a_changed_file_has_the_hash_that_it_has_now(runs: list[Path], tmp_path: Path) -> None:
    run = shutil.copytree(runs[0], tmp_path / runs[0].name)
    path = next(each["path"] for each in analysis_json(examine(run))["evidence"] if each["path"].endswith(".png"))
    (run / path).write_bytes((run / path).read_bytes() + b" ")
    one = judged(run)
    told = {each["path"]: each["sha256"] for each in analysis_json(one.analysis, one.altered)["evidence"]}
    assert told[path] == hashlib.sha256((run / path).read_bytes()).hexdigest()


@pytest.mark.parametrize("wrong", ["outcome", "key", "sha256", "rules", "at"])
def test_the_schema_refuses_what_is_not_so(runs: list[Path], wrong: str) -> None:
    run = next(run for run in runs if analysis_json(examine(run))["rules"][0]["findings"])
    data = json.loads(json.dumps(analysis_json(examine(run))))
    finding = data["rules"][0]["findings"][0]
    match wrong:
        case "outcome":
            data["rules"][0]["outcome"] = "passed"
        case "key":
            finding["key"] = "1"
        case "sha256":
            data["evidence"][0]["sha256"] = "none"
        case "rules":
            del data["rules"]
        case "at":
            finding["facts"][0]["at"] = 3
    assert not CHECKS.is_valid(data)
