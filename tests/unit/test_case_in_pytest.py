"""pytest-html's page begins with what the tester told of the case."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from harness import plugin
from harness.plugin.attachments import CASE, Page


def test_the_case_stands_above_the_table(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_text('client = "<b>某公司</b>"\n', "utf-8")
    config = SimpleNamespace(stash=pytest.Stash())
    plugin._keep_case(config, path)  # type: ignore[arg-type] # all that it uses
    prefix: list[str] = []
    Page().pytest_html_results_summary(prefix, SimpleNamespace(config=config))  # type: ignore[arg-type] # all that it uses
    assert "Client: &lt;b&gt;某公司&lt;/b&gt;" in prefix[0]
    assert "Developer: not provided" in prefix[0]


def test_without_a_case_file_nothing_is_said() -> None:
    config, prefix = SimpleNamespace(stash=pytest.Stash()), list[str]()
    plugin._keep_case(config, None)  # type: ignore[arg-type] # all that it uses
    Page().pytest_html_results_summary(prefix, SimpleNamespace(config=config))  # type: ignore[arg-type] # all that it uses
    assert CASE not in config.stash
    assert prefix == []
