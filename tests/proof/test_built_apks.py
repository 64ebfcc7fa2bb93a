"""The APKs that ``apprights prove`` installs do what their app files do: nobody here can run them, so they are read."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from device_farm.proof.proof_apps import APKS, PROOF_APPS
from device_farm.virtual import App
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.coded_apks import PROOF_APPS as APP_FILES
from device_farm.virtual.framework.packages.app_manifest import component_classes
from harness.apk import read_apk
from tools import proof

LARGEST = 20_000  # bytes
CALLS = {
    "Activity;.checkSelfPermission": "check_self_permission", "Activity;.requestPermissions": "request_permissions",
    "Activity;.finish": "finish", "Handler;.postDelayed": "post_delayed", "Toast;.makeText": "toast", "Activity;.setContentView": "show",
    "AlertDialog$Builder;.show": "show_dialog", "AlarmManager;.setExact": "set_alarm", "ContentResolver;.query": "query_provider",
    "SharedPreferences;.getBoolean": "get", "SharedPreferences$Editor;.putBoolean": "put",
}  # fmt: skip
"""What an app does of which the phone sees something: Android's method, and what the app file calls it."""
CALLBACKS = {
    "onCreate": "on_create",
    "onClick": "on_click",
    "onRequestPermissionsResult": "on_permission_result",
    "onReceive": "on_receive",
}
NAMES = [*(app.name for app in PROOF_APPS), "partner"]
_METHOD = re.compile(r"name          : '(\w+)'")
_INVOKE = re.compile(r"invoke-\w+(?:/range)? \{.*?\}, L([\w/$]+;\.\w+):")
built = pytest.mark.skipif(bool(proof.missing()), reason="Debian's tools for APKs are not installed")


def file_of(name: str) -> Path:
    """The app file with the behaviour of an APK; the partner stands in that of the app that wakes it."""
    return APP_FILES / f"{'wakes' if name == 'partner' else name}.py"


def app_of(name: str) -> type[App]:
    return next(app for app in load_app_file(file_of(name)) if app.package.endswith(f".{name}"))


def said_by(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def called_by_dex(name: str) -> dict[str, list[str]]:
    """The calls of each callback in the order of the code, what its own methods call in their place."""
    bodies: dict[str, list[str]] = {}
    for line in said_by("dexdump", "-d", str(APKS / f"{name}.apk")).splitlines():
        if method := _METHOD.search(line):
            own = bodies.setdefault(method[1], [])
            own.clear()  # the class of the app comes after the one that it extends
        elif found := _INVOKE.search(line):
            own.append(found[1])

    def calls(method: str) -> Iterator[str]:
        for target in bodies.get(method, ()):
            callee = target.rpartition(".")[2]
            if target.startswith("org/apprights") and callee != "<init>":
                yield from calls(callee)
            elif known := CALLS.get(target.rpartition("/")[2]):
                yield known
                if known == "post_delayed":
                    yield from (f"later {one}" for one in calls("run") if one != "post_delayed")

    return {ours: found for theirs, ours in CALLBACKS.items() if (found := [*calls(theirs)])}


def called_by_app_file(name: str) -> dict[str, list[str]]:
    """The same of the App class under test."""
    named = app_of(name).__name__
    app = next(node for node in ast.parse(file_of(name).read_text("utf-8")).body if isinstance(node, ast.ClassDef) and node.name == named)
    methods = {node.name: node for node in ast.walk(app) if isinstance(node, ast.FunctionDef)}

    def calls(method: str) -> Iterator[str]:
        placed = [node for node in ast.walk(methods[method]) if isinstance(node, ast.expr | ast.stmt)]
        for node in sorted(placed, key=lambda node: (node.lineno, node.col_offset)):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
                yield "put"
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in methods:
                yield from calls(node.func.attr)
            elif node.func.attr in CALLS.values():
                yield node.func.attr
                if node.func.attr == "post_delayed" and isinstance(node.args[0], ast.Attribute):
                    yield from (f"later {one}" for one in calls(node.args[0].attr) if one != "post_delayed")

    return {ours: found for ours in CALLBACKS.values() if ours in methods and (found := [*calls(ours)])}


@built
@pytest.mark.parametrize("name", NAMES)
def test_the_code_calls_what_the_app_file_calls_in_its_order(name: str) -> None:
    assert called_by_dex(name) == called_by_app_file(name)


@built
@pytest.mark.parametrize("name", NAMES)
def test_components_and_texts_are_those_of_the_app_file(name: str) -> None:
    app = app_of(name)
    manifest = said_by("aapt2", "dump", "xmltree", "--file", "AndroidManifest.xml", str(APKS / f"{name}.apk"))
    named = re.findall(r"E: (?:activity|receiver|provider|service) .*?\n.*?name\(0x01010003\)=\"\.(\w+)\"", manifest)
    assert {*named} == {component.__name__ for _name, component in component_classes(app)}
    code = file_of(name).read_text("utf-8").partition("class Main")[2].partition("class Partner")[0]
    strings = said_by("dexdump", "-d", str(APKS / f"{name}.apk"))
    assert name == "partner" or all(text in strings for text in re.findall(r'"([^"]*[\u4e00-\u9fff][^"]*)"', code))


@pytest.mark.parametrize("name", NAMES)
def test_the_manifest_says_what_the_app_file_says(name: str) -> None:
    app = app_of(name)
    apk = read_apk(APKS / f"{name}.apk")
    assert (apk.package, apk.label, apk.target_sdk, list(apk.permissions)) == (
        app.package,
        app.label,
        app.target_sdk,
        list(app.permissions),
    )


@pytest.mark.parametrize("name", NAMES)
def test_an_apk_is_small(name: str) -> None:
    assert (APKS / f"{name}.apk").stat().st_size <= LARGEST


@pytest.mark.skipif(bool(proof.missing()) or not proof.of_debian_13(), reason="Debian's tools for APKs are not those of Debian 13")
@pytest.mark.parametrize("name", NAMES)
def test_the_sources_give_the_committed_bytes(name: str, tmp_path: Path) -> None:
    proof.build(name, tmp_path / "built.apk")
    assert (tmp_path / "built.apk").read_bytes() == (APKS / f"{name}.apk").read_bytes()
    assert "Verifies" in said_by("apksigner", "verify", "--verbose", str(tmp_path / "built.apk"))
