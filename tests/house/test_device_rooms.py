"""The rooms of the virtual device's framework: which there are, and that none leads back to itself."""

import ast
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FRAMEWORK = ROOT / "device_farm" / "virtual" / "framework"
NAME = "device_farm.virtual.framework"
BESIDE = {
    "shell",
    "adbd",
    "agent",
    "device",
    "device_server",
    "command",
    "control_port",
    "app_file",
}  # they use the framework, it knows none of them


@cache
def imported(path: Path) -> set[str]:
    """The modules that a file imports to run; import-linter looks at those for type checkers too."""
    found = set()
    waiting: list[ast.AST] = [ast.parse(path.read_text("utf-8"))]
    while waiting:
        node = waiting.pop()
        only_types = isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        waiting += [] if only_types else ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


@cache
def rooms() -> dict[str, set[str]]:
    """Room -> the rooms that it imports; a flat module is a room of its own."""
    graph: dict[str, set[str]] = {}
    for path in FRAMEWORK.rglob("*.py"):
        room = path.relative_to(FRAMEWORK).with_suffix("").parts[0]
        if room != "__init__":
            others = {name.split(".")[3] for name in imported(path) if name.startswith(NAME + ".")}
            graph.setdefault(room, set()).update(others - {room})
    return graph


def circles(graph: dict[str, set[str]]) -> set[str]:
    """The rooms that lead back to themselves."""

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            new = graph.get(waiting.pop(), set()) - seen
            seen |= new
            waiting += new
        return seen

    return {room for room in graph if room in reached(room)}


def test_a_circle_is_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == {"b", "c"}


def test_no_room_leads_back_to_itself() -> None:
    assert circles(rooms()) == set()


def test_only_a_handful_of_modules_is_in_no_room() -> None:
    assert {path.stem for path in FRAMEWORK.glob("*.py")} == {
        "__init__",
        "system",
        "system_service",
        "text_formats",
        "device_options",
        "permission_policy",
    }


def test_the_records_and_the_narrator_know_no_service() -> None:
    graph = rooms()
    assert graph["records"] == set()
    assert graph["narrator"] <= {"records", "text_formats"}


def test_what_the_layers_may_ignore_is_imported_for_type_checkers_only() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (ignored,) = [contract["ignore_imports"] for contract in contracts if contract["id"] == "framework"]
    for line in ignored:
        importer, target = line.split(" -> ")
        paths = FRAMEWORK.rglob("*.py") if importer.endswith("**") else [ROOT / f"{importer.replace('.', '/')}.py"]
        assert not [path for path in paths for name in imported(path) if name.startswith(f"{target}.")], line


def test_nothing_in_it_knows_the_shell_adb_or_the_whole_device() -> None:
    assert len(rooms()) > 10
    for room in rooms():
        paths = [*FRAMEWORK.glob(f"{room}.py"), *FRAMEWORK.glob(f"{room}/*.py")]
        names = [name.split(".") for path in paths for name in imported(path)]
        known = {name[2] for name in names if name[:2] == ["device_farm", "virtual"] and len(name) > 2}
        assert known & BESIDE == set(), room
