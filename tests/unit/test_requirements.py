"""The pinned requirements: what runs the project and what development adds are two lists without a common name."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def names(lines: list[str]) -> list[str]:
    found = (re.match(r"[A-Za-z0-9._-]+", line) for line in lines)
    return [re.sub(r"[-_.]+", "-", name[0]).lower() for name in found if name]


def pinned(file: str) -> list[str]:
    return names([line for line in (ROOT / file).read_text("utf-8").splitlines() if "==" in line and not line.startswith((" ", "#"))])


def test_every_dependency_is_pinned_once_in_the_list_of_its_use() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    runtime, added = pinned("requirements.txt"), pinned("requirements-dev.txt")
    assert len({*runtime, *added}) == len(runtime) + len(added)
    assert set(names(project["project"]["dependencies"])) <= set(runtime)
    assert set(names(project["build-system"]["requires"])) <= set(runtime)
    extras = [each for extra in project["project"]["optional-dependencies"].values() for each in extra]
    assert set(names(extras)) <= {*runtime, *added}
