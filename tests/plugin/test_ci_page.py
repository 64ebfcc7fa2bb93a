"""The recipes of docs/ci.md: what is typed in them is what the commands take, and the short forms run."""

import re
import shlex
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from tests.plugin.conftest import PROJECT, apprights_here

PAGE = (PROJECT / "docs/ci.md").read_text(encoding="utf-8")
APP = PROJECT / "device_farm" / "virtual" / "apps" / "exit_by_finish.py"
JOB_KEYS = {
    *("stage", "image", "tags", "script", "before_script", "after_script", "rules", "variables", "artifacts", "extends"),
    *("timeout", "resource_group", "allow_failure", "needs", "retry", "cache", "services", "environment"),
}
TOP_KEYS = {"stages", "default", "include", "variables", "workflow", "image", "services", "before_script", "after_script", "cache"}
ARTIFACT_KEYS = {"when", "expire_in", "paths", "reports", "name", "exclude", "expose_as", "untracked"}


def blocks(language: str) -> list[str]:
    """What stands in the page's code blocks of a language."""
    return [text for found, text in re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL) if found == language]


def recipe() -> dict[str, Any]:
    """The file of GitLab."""
    (text,) = blocks("yaml")
    read = yaml.safe_load(text)
    assert isinstance(read, dict)
    return read


def commands() -> list[list[str]]:
    """Every call of ours in the page, as words."""
    plain = [line for block in blocks("") for line in block.splitlines()]
    (pipeline,) = blocks("groovy")
    quoted: list[str] = re.findall(r"'([^']*)'", pipeline)
    jobs = [line for job in recipe().values() if isinstance(job, dict) for key in ("script", "after_script") for line in job.get(key, [])]
    found = [shlex.split(line) for line in (*plain, *quoted, *jobs) if "apprights " in line and "pip install" not in line]
    return [[word for word in words[1:] if word not in ("--lang", "zh")] for words in found]


def test_the_commands_of_the_page_are_ours() -> None:
    found = commands()
    assert {words[0] for words in found} == {"check", "report", "verify", "restore"}
    assert len(found) >= 9


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_of_the_page_is_taken(words: list[str], tmp_path: Path) -> None:
    """With ``--help`` behind its options: a misspelt one is an error before it."""
    typed = [word for word in words if not word.startswith(("$", "|")) and word != "true"]
    said = apprights_here(*typed, "--help", folder=tmp_path)
    assert said.code == 0, said


def test_gitlab_knows_the_keys_of_the_recipe() -> None:
    read = recipe()
    jobs = {name: job for name, job in read.items() if name not in TOP_KEYS}
    assert set(jobs) == {".report", "phones", "virtual"}
    for name, job in jobs.items():
        assert set(job) <= JOB_KEYS, name
        assert set(job.get("artifacts", {})) <= ARTIFACT_KEYS, name
        assert job.get("extends", ".report") in jobs, name
        assert job.get("stage", "check") in read["stages"]
    artifacts = jobs[".report"]["artifacts"]
    assert artifacts["reports"] == {"junit": "report.xml"}
    assert artifacts["when"] == "always"


@pytest.mark.parametrize("name", ["phones", "virtual"])
def test_what_is_kept_is_what_is_written(name: str) -> None:
    read = recipe()
    written = {
        words[place + 1]
        for line in read[name]["script"]
        for words in [shlex.split(line)]
        for place, word in enumerate(words)
        if word == "-o"
    }
    kept = {*read[".report"]["artifacts"]["paths"], read[".report"]["artifacts"]["reports"]["junit"]}
    assert written == {path for path in kept if not path.endswith("/")}


def test_the_pipeline_of_jenkins_closes_what_it_opens_and_keeps_what_it_writes() -> None:
    (pipeline,) = blocks("groovy")
    plain = re.sub(r"'[^']*'|\"[^\"]*\"", "''", pipeline)
    for opened, closed in ("{}", "()"):
        depths = [plain[:place].count(opened) - plain[:place].count(closed) for place in range(len(plain) + 1)]
        assert min(depths) == depths[-1] == 0
    assert "testResults: 'report.xml'" in pipeline
    assert "reports/runs/**" in pipeline
    assert [name for name in ("pipeline", "agent", "stages", "post", "always") if f"{name} " not in pipeline] == []


def test_the_recipe_for_virtual_devices_runs_and_its_exit_code_is_that_of_the_page(tmp_path: Path) -> None:
    """The job ``virtual`` line by line, with an app in ``apps/``."""
    (tmp_path / "apps").mkdir()
    (tmp_path / "apps" / APP.name).write_bytes(APP.read_bytes())
    codes = []
    for line in recipe()["virtual"]["script"]:
        words = [name for word in shlex.split(line)[1:] for name in (sorted(tmp_path.glob(word)) if "*" in word else [word])]
        codes.append(apprights_here(*words, folder=tmp_path).code)
    assert codes == [1, 0]
    assert "): 0 passes, 1 fails" in PAGE
    suites = ElementTree.parse(tmp_path / "report.xml").getroot()
    assert len(suites) == 1
    assert int(suites.get("failures", "0")) > 0
    assert {path.name for path in tmp_path.iterdir()} == {"apps", "report.xml", "report.html", "report.xlsx", "reports"}
