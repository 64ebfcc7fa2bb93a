"""The contracts of who may import whom bite: a copy of the product with forbidden imports in it breaks each of them."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("harness", "scenarios", "device_farm")
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"
BROKEN = {
    "harness/rules/__init__.py": ("scenarios", "tops"),
    "device_farm/virtual/spec.py": ("harness.rules", "virtual"),
    "scenarios/test_clock_shift.py": ("device_farm.samples.sample", "tops"),
    "harness/parsers/getprop.py": ("harness.dialogs.dialog_words", "rooms"),
    "harness/explorer/position.py": ("harness.explorer.app_walk", "walk"),
    "harness/detectors/asks.py": ("harness.session.session", "pure"),
    "harness/detectors/function_trials.py": ("harness.recording.journal", "pure"),
    "harness/detectors/request_context.py": ("harness.recording.recorder", "pure"),
    "harness/detectors/app_exits.py": ("os", "pure"),
    "harness/report/html.py": ("harness.device.adb", "recorded"),
    "harness/session/foreground_activity.py": ("uiautomator2", "phone-libraries"),
    "harness/commands/check.py": ("harness.plugin", "rooms"),
    "scenarios/test_self_start.py": ("pytest", "pytest"),
    "device_farm/virtual/device.py": ("harness.dialogs.dialog_words", "own-texts"),
    "device_farm/store/__init__.py": ("device_farm.web", "farm"),
    "device_farm/web/__init__.py": ("cv2", "farm-light"),
    "device_farm/virtual/framework/records/__init__.py": ("device_farm.virtual.framework.dumps", "framework"),
    "device_farm/virtual/framework/system.py": ("device_farm.virtual.shell", "framework-served"),
}
"""Module -> what it must not import, and the contract that forbids it."""
CONTRACTS = {
    contract["name"]: contract["id"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said under each broken contract, by its id, of a product with all of the forbidden imports."""
    copy = tmp_path_factory.mktemp("product")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for name in PRODUCT:
        shutil.copytree(ROOT / name, copy / name, ignore=lambda _, names: [n for n in names if "." in n and not n.endswith(".py")])
    for path, (module, _) in BROKEN.items():
        with (copy / path).open("a", encoding="utf-8") as file:
            file.write(f"\n\ndef broken() -> None:\n    import {module}\n")
    result = subprocess.run(
        [sys.executable, "-c", LINT, "--no-logo", "--no-cache"],
        cwd=copy, env=os.environ | {"COLUMNS": "999"}, capture_output=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    assert result.returncode == 1, result.stderr
    said = result.stdout.partition("Broken contracts")[2]
    parts = re.split(f"^({'|'.join(map(re.escape, CONTRACTS))})$", said, flags=re.MULTILINE)
    return {CONTRACTS[name]: text for name, text in zip(parts[1::2], parts[2::2], strict=True)}


@pytest.mark.parametrize("path", BROKEN)
def test_a_forbidden_import_breaks_its_contract(broken: dict[str, str], path: str) -> None:
    module, contract = BROKEN[path]
    importer = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    assert re.search(rf"\b{re.escape(importer)} -> {re.escape(module)} \(l\.\d+\)", broken[contract])


def test_each_contract_has_an_import_that_breaks_it() -> None:
    assert {contract for _, contract in BROKEN.values()} == set(CONTRACTS.values())


def test_no_module_of_the_product_is_longer_than_400_lines() -> None:
    lengths = {
        path.relative_to(ROOT): len(path.read_text("utf-8").splitlines()) for name in PRODUCT for path in (ROOT / name).rglob("*.py")
    }
    assert not {path: length for path, length in lengths.items() if length > 400}
    assert len(lengths) > 500
