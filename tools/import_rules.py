"""Check who imports whom (docs/design.md, "Imports"); prints one line a breach and exits 1."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PURE = ("harness/parsers", "harness/detectors", "harness/rules", "harness/vision", "harness/dialogs", "harness/sdks")
PURE_FILES = ("harness/events/timeline.py", "harness/events/findings.py", "harness/verdicts/judge.py", "harness/events/app.py")
IMPURE = {"socket", "subprocess", "threading", "time", "requests", "harness.device.protocol", "harness.device.adb"}
PHONE_LIBRARIES = {"adbutils", "uiautomator2"}


def imports(path: Path) -> list[tuple[int, str]]:
    """(line, module) of every import that is executed; those for type checkers only do not count."""
    found: list[tuple[int, str]] = []

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            return
        if isinstance(node, ast.Import):
            found.extend((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append((node.lineno, node.module))
            found.extend((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(ast.parse(path.read_text(encoding="utf-8")))
    return found


def breach(name: str, module: str) -> str | None:
    """Why ``name`` (a path below the root) may not import ``module``; None if it may."""
    top = module.split(".")[0]
    if name.startswith("harness/") and top in ("device_farm", "scenarios"):
        return "harness knows no farm and no scenario"
    if name.startswith("scenarios/") and top == "device_farm":
        return "scenarios know no farm"
    if top in PHONE_LIBRARIES and not name.startswith("harness/adb"):
        return "only harness/adb*.py imports the phone libraries"
    if name.startswith("device_farm/virtual/") and module.startswith(("harness.parsers", "harness.dialogs")):
        return "the virtual device must not share its texts with the parsers that read them"
    if (name.startswith(PURE) or name in PURE_FILES) and (module in IMPURE or top in IMPURE):
        return "parsers, timeline, detectors, rules, dialogs and vision are pure"
    return None


def main() -> int:
    """Check every product file."""
    problems = []
    for folder in ("harness", "scenarios", "device_farm"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            for line, module in imports(path):
                if why := breach(name, module):
                    problems.append(f"{name}:{line}: imports {module}: {why}")
            if len(path.read_text(encoding="utf-8").splitlines()) > 400:
                problems.append(f"{name}: over 400 lines")
    print("\n".join(dict.fromkeys(problems)) or "import rules: clean")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
