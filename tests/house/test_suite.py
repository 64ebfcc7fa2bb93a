"""What the suite itself promises: the same examples however it is run, and quick folders only where they hold."""

import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def drawn() -> list[str]:
    """Texts of a property test, the same as long as it is the same test."""
    found: list[str] = []

    @settings(max_examples=300, derandomize=True, database=None)
    @given(text=st.text(max_size=12))
    def takes(text: str) -> None:
        found.append(text)

    takes()
    return found


def test_a_property_test_tries_the_same_whatever_other_modules_are_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = drawn()
    path = tmp_path / "constants_of_others.py"
    path.write_text(f"WORDS = {[f'word-{number}' for number in range(200)]}\n", "utf-8")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setitem(sys.modules, path.stem, module)
    assert drawn() == before
    assert len(set(before)) > 100


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no folder is in memory")
def test_tests_write_into_memory_only_where_they_fit_and_programs_can_run(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    plugins = pytestconfig.pluginmanager.get_plugins()
    (takes_tests,) = {plugin.takes_tests for plugin in plugins if hasattr(plugin, "takes_tests")}
    assert takes_tests(tmp_path, room=0)
    assert not takes_tests(tmp_path, room=1 << 60)
    assert not takes_tests(tmp_path / "none", room=0)
