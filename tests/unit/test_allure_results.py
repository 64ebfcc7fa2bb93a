"""allure-pytest gets of a verdict where it belongs, how heavy it is, the page, the reason and the pictures."""

import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import allure_commons
import pytest

from harness.plugin.attachments import keep
from harness.report.fragments import verdict_fragment
from harness.verdicts.analysis import Analysis, examine

ARCHIVE = Path(__file__).parents[1] / "data" / "old_runs" / "bank-lost-device.tar.xz"


class Listener:
    """What allure would have written."""

    def __init__(self) -> None:
        self.labels: list[tuple[str, str]] = []
        self.attached: list[tuple[str, Any, Any]] = []
        self.description = ""

    @allure_commons.hookimpl
    def add_label(self, label_type: str, labels: tuple[str, ...]) -> None:
        self.labels += [(str(label_type), str(each)) for each in labels]

    @allure_commons.hookimpl
    def add_description(self, test_description: str) -> None:
        self.description = test_description

    @allure_commons.hookimpl
    def attach_data(self, body: Any, name: str, attachment_type: Any, extension: Any) -> None:
        assert extension is None
        self.attached.append((name, attachment_type.mime_type, body))


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    allure_commons.plugin_manager.register(found)
    yield found
    allure_commons.plugin_manager.unregister(found)


@pytest.fixture(scope="module")
def analysis(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    folder = tmp_path_factory.mktemp("run")
    with tarfile.open(ARCHIVE) as file:
        file.extractall(folder, filter="data")
    return examine(folder / "bank-lost-device")


def test_a_violation_is_kept_with_its_pictures(listener: Listener, analysis: Analysis) -> None:
    found = next(each for each in analysis.verdicts if each.rule.id == "c5-asks-before-use")
    keep(found, verdict_fragment(analysis, found.rule.id, analysis.folder), analysis.folder)
    assert ("severity", "critical") in listener.labels
    assert ("tag", "clause-5") in listener.labels
    assert next(name for kind, name in listener.labels if kind == "feature").startswith("clause 3(2) 5")
    assert found.rule.clause.text_zh in listener.description
    names, kinds, bodies = zip(*listener.attached, strict=True)
    assert kinds[:2] == ("text/html", "text/plain")
    assert set(kinds[2:]) == {"image/png"}
    pictures = [path for finding in found.findings for fact in finding.facts if (path := getattr(fact, "screenshot", None))]
    assert list(names[2:]) == list(dict.fromkeys(pictures))
    assert [body == (analysis.folder / name).read_bytes() for name, body in zip(names[2:], bodies[2:], strict=True)] == [True] * len(
        names[2:]
    )


def test_a_picture_that_is_gone_takes_nothing_else_along(listener: Listener, analysis: Analysis, tmp_path: Path) -> None:
    found = next(each for each in analysis.verdicts if each.rule.id == "c5-asks-before-use")
    keep(found, "<p></p>", tmp_path)
    assert [kind for _name, kind, _body in listener.attached] == ["text/html", "text/plain"]
