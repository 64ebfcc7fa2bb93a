"""The pages for people name everything that there is, and link to nothing that there is not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from device_farm import virtual
from device_farm.virtual.app_file import load_app_file
from harness import cli, plugin
from harness.commands.parse_file import FORMATS
from harness.events import Logged
from harness.parsers.dump import Record
from harness.rules import load_rules

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh-CN.md")
PAGES = (*READMES, "CONTRIBUTING.md", "CHANGELOG.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")))
COMPONENTS = (virtual.App, virtual.Activity, virtual.Service, virtual.Receiver, virtual.Provider, virtual.Job)
VOCABULARY = sorted({name for cls in COMPONENTS for name in dir(cls) if not name.startswith("_")})


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def is_named(word: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None


class _Options:
    """Stands in for pytest's parser and keeps the names of the options."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def getgroup(self, _name: str, _description: str) -> _Options:
        return self

    def addoption(self, *names: str, **_settings: Any) -> None:
        self.names += names


def plugin_options() -> list[str]:
    options = _Options()
    plugin.pytest_addoption(options)  # type: ignore[arg-type] # all that it uses
    return options.names


@pytest.mark.parametrize("name", READMES)
def test_every_rule_is_in_the_readme(name: str) -> None:
    assert [rule.id for rule in load_rules() if not is_named(rule.id, page(name))] == []


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_in_the_readme(name: str) -> None:
    group: Any = typer.main.get_command(cli.app)
    commands = {name: group.get_command(None, name) for name in group.list_commands(None)}
    assert {"check", "virtual", "demo"} <= set(commands)
    assert [command for command in commands if not is_named(f"apprights {command}", page(name))] == []


@pytest.mark.parametrize("name", READMES)
def test_every_option_of_the_plugin_is_in_the_readme(name: str) -> None:
    options = plugin_options()
    assert "--app" in options
    assert [option for option in options if not is_named(option, page(name))] == []


@pytest.mark.parametrize("name", [*virtual.__all__, *VOCABULARY])
def test_every_name_of_an_app_file_is_in_its_page(name: str) -> None:
    assert is_named(name, page("docs/virtual-app.md"))


def test_the_example_of_the_app_page_is_an_app_file(tmp_path: Path) -> None:
    found = re.search(r"^```python\n(.*?)^```", page("docs/virtual-app.md"), re.DOTALL | re.MULTILINE)
    assert found is not None
    file = tmp_path / "shop.py"
    file.write_text(found[1], encoding="utf-8")
    assert [app.package for app in load_app_file(file)] == ["com.example.shop"]


@pytest.mark.parametrize("name", PAGES)
def test_links_to_files_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page(name))
    files = [link for link in links if "://" not in link]
    assert [link for link in files if not ((ROOT / name).parent / link).exists()] == []


@pytest.mark.parametrize("name", PAGES)
def test_no_page_names_a_place_of_one_machine(name: str) -> None:
    assert re.findall(r"(?:/home/|/root/|/Users/|/work/|[A-Z]:\\)\S*", page(name)) == []


def test_every_format_and_kind_of_parse_is_in_its_page() -> None:
    text = page("docs/parse.md")
    told = [re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__).lower() for kind in Logged.__subclasses__()]
    told += [*FORMATS, *(record.kind for record in Record.__subclasses__())]
    assert [name for name in told if f"`{name}`" not in text] == []


@pytest.mark.parametrize("name", READMES)
def test_every_page_of_the_docs_is_linked_from_the_readme(name: str) -> None:
    pages = sorted(path.name for path in (ROOT / "docs").glob("*.md"))
    assert [each for each in pages if f"(docs/{each})" not in page(name)] == []
