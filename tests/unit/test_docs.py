"""The pages for people name everything that there is, and link to nothing that there is not."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from device_farm import virtual
from device_farm.virtual.app_file import load_app_file
from harness import cli, plugin
from harness.commands.parse_file import FORMATS
from harness.events import Logged
from harness.parsers.dump_sections import Record
from harness.rules import load_rules

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ("docs/commands.md", "docs/zh/commands.md")
RESULTS = ("docs/results.md", "docs/zh/results.md")
MOST_WORDS = 1500  # of README.md
GENERATED = "docs/virtual-device.md"
PAGES = tuple(
    path.relative_to(ROOT).as_posix()
    for path in (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")))
    if path.relative_to(ROOT).as_posix() != GENERATED
)
ENGLISH = tuple(name for name in PAGES if not name.startswith("docs/zh/") and name != "README.zh-CN.md")
"""Chinese stands a paragraph a line: a line break would be seen as a blank between two signs."""
PROSE_WIDTH = 120
BESIDE = re.compile(r"`([\w./-]+\.py)`:((?:[\s,]+`[\w.]+`)+)")
"""A file of ours and the names to look for in it, as CONTRIBUTING.md writes them: a colon, then the names."""
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
        self.names += [name.replace("--apprights-", "--") for name in names]

    def addini(self, *_words: str, **_settings: Any) -> None:
        pass


def plugin_options() -> list[str]:
    options = _Options()
    plugin.pytest_addoption(options)  # type: ignore[arg-type] # all that it uses
    return options.names


@pytest.mark.parametrize("name", RESULTS)
def test_every_rule_has_its_line(name: str) -> None:
    assert [rule.id for rule in load_rules() if not is_named(rule.id, page(name))] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_on_its_page(name: str) -> None:
    group: Any = typer.main.get_command(cli.app)
    commands = {name: group.get_command(None, name) for name in group.list_commands(None)}
    assert {"check", "virtual", "demo"} <= set(commands)
    assert [command for command in commands if f"`{command}`" not in page(name)] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_the_plugin_is_on_the_page_of_commands(name: str) -> None:
    options = plugin_options()
    assert "--app" in options
    assert [option for option in options if not is_named(option, page(name))] == []


def test_every_name_of_an_app_file_is_in_its_page() -> None:
    text = page("docs/virtual-app.md")
    assert [name for name in (*virtual.__all__, *VOCABULARY) if not is_named(name, text)] == []


def test_the_example_of_the_app_page_is_an_app_file(tmp_path: Path) -> None:
    found = re.search(r"^```python\n(.*?)^```", page("docs/virtual-app.md"), re.DOTALL | re.MULTILINE)
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


def record_kinds(of: type[Record]) -> Iterator[str]:
    for record in of.__subclasses__():
        if hasattr(record, "kind"):
            yield record.kind
        yield from record_kinds(record)


def test_every_format_and_kind_of_parse_is_in_its_page() -> None:
    text = page("docs/parse.md")
    told = [re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__).lower() for kind in Logged.__subclasses__()]
    told += [*FORMATS, *record_kinds(Record)]
    assert [name for name in told if f"`{name}`" not in text] == []


def test_every_page_is_on_the_list_of_pages() -> None:
    pages = sorted(path.name for path in (ROOT / "docs").glob("*.md") if path.name != "README.md")
    english, chinese = page("docs/README.md"), page("docs/zh/README.md")
    assert [each for each in pages if f"({each})" not in english] == []
    assert [each for each in pages if f"({each})" not in chinese and f"(../{each})" not in chinese] == []


def test_the_readme_is_one_page() -> None:
    assert len(page("README.md").split()) <= MOST_WORDS


def paths_named(text: str) -> list[str]:
    """Files and folders of the project that stand in backticks.

    <a name to be chosen> may be any, raw/ is of a run folder.
    """
    spans = [re.sub(r"<[^>]*>", "*", span) for span in re.findall(r"`([^`\n]+)`", text)]
    spans = [span for span in spans if not span.startswith(("raw/", "screens/"))]
    return [
        span for span in spans if re.fullmatch(r"[\w.*-]+(/[\w.*-]+)*/?", span) and ("/" in span or span.endswith((".py", ".toml", ".md")))
    ]


def names_defined(source: str) -> set[str]:
    """Classes, functions and constants of a module, and the methods of its classes as Class.method."""
    found: set[str] = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{part.name}" for part in node.body if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)}
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def stray_names(text: str) -> list[str]:
    """The names beside a file that it does not define."""
    return [
        f"{path}: {name}"
        for path, names in BESIDE.findall(text)
        for name in re.findall(r"[\w.]+", names)
        if not (ROOT / path).exists() or name not in names_defined((ROOT / path).read_text(encoding="utf-8"))
    ]


def section(text: str, title: str) -> str:
    found = re.search(rf"^(#+) {re.escape(title)}\n(.*?)(?=^#{{1,3}} |\Z)", text, re.DOTALL | re.MULTILINE)
    assert found is not None, title
    return found[2]


def too_wide(text: str) -> list[str]:
    """Lines of prose over the width: not code, tables, nor a line that is long by the target of a link."""
    found, code = [], False
    for line in text.splitlines():
        if line.lstrip().startswith("```"):
            code = not code
        elif not code and not line.startswith("|") and len(re.sub(r"\]\([^)]*\)|https?://\S+", "", line)) > PROSE_WIDTH:
            found.append(line)
    return found


def test_every_path_of_the_guide_exists() -> None:
    named = paths_named(page("CONTRIBUTING.md"))
    assert len(named) > 60
    assert [name for name in named if not any(ROOT.glob(name.rstrip("/")))] == []


def test_every_path_of_the_design_exists() -> None:
    device = ROOT / "device_farm" / "virtual"
    roots = (ROOT, ROOT / "harness", device, device / "framework")
    code = [
        name
        for name in paths_named(page("docs/design.md"))
        if name.endswith(".py") or name.startswith(("harness/", "device_farm/", "tests/"))
    ]
    assert len(code) > 25
    assert [name for name in code if not any(any(root.glob(name.rstrip("/"))) for root in roots)] == []


def test_every_name_beside_a_file_is_in_that_file() -> None:
    assert stray_names(page("CONTRIBUTING.md")) == []
    assert stray_names("`harness/events/tester_actions.py`: `PermissionDenied`, `Tapped.purposes`") == [
        "harness/events/tester_actions.py: Tapped.purposes"
    ]


def test_the_walk_for_newcomers_names_files_and_what_is_in_them() -> None:
    text = section(page("CONTRIBUTING.md"), "A log line's way to a verdict")
    steps = re.findall(r"^\d+\. ", text, re.MULTILINE)
    assert 9 <= len(steps) <= 12
    assert len(BESIDE.findall(text)) >= len(steps)


def test_the_map_of_rooms_names_each_room_once() -> None:
    rooms = {path.parent.name for path in (ROOT / "harness").glob("*/__init__.py")}
    named = re.findall(r"^\| ((?:`[\w./]+`(?:, )?)+) \|", section(page("docs/design.md"), "Module map"), re.MULTILINE)
    words = [word for cell in named for word in re.findall(r"`([\w.]+)/`", cell)]
    assert sorted(word for word in words if word in rooms) == sorted(rooms)


@pytest.mark.parametrize("name", ENGLISH)
def test_prose_is_wrapped(name: str) -> None:
    assert too_wide(page(name)) == []


def test_what_is_too_wide_is_found() -> None:
    long = "word " * 30
    assert too_wide(f"{long}\n```\n{long}\n```\n| {long} |\n- {long}\n[a](https://{long.replace(' ', '/')})") == [long, f"- {long}"]


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
