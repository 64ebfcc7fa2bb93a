"""What is asked of a device before a session: its launchers, the app's own screen."""

import json
import re
from collections.abc import Sequence

import pytest

from harness.device.protocol import ShellResult
from harness.errors import ScenarioError
from harness.events.app_under_test import AppUnderTest
from harness.sdks import load_sdks
from harness.session.app_on_device import identify
from harness.starts.sdk_attribution import sdk_of
from tests.apk_builder import Node, build_apk, dex, manifest
from tests.run_together import together

# printed by PackageManagerShellCommand on a phone with two launchers and no default
CHOOSER = "priority=0 preferredOrder=0 match=0x0 specificIndex=-1 isDefault=false\nandroid/com.android.internal.app.ResolverActivity\n"
HOMES = """3 activities found:
  Activity #0:
    priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=true
    com.android.launcher3/.uioverrides.QuickstepLauncher
  Activity #1:
    priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=true
    com.teslacoilsw.launcher/.NovaLauncher
  Activity #2:
    priority=-1000 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=true
    com.android.settings/.FallbackHome
"""
TWO_ICONS = "2 activities found:\n  Activity #0:\n    com.example.shop/.Main\n  Activity #1:\n    com.example.shop/.Lite\n"
PACKAGE = """Packages:
  Package [com.example.shop] (1a2b3c):
    userId=10123
    versionCode=120 minSdk=21 targetSdk=33
    versionName=1.2.0
    User 0: ceDataInode=1 installed=true hidden=false suspended=false stopped=false notLaunched=false enabled=0 instant=false virtual=false
"""


class Phone:
    """Answers the commands of ``identify``."""

    serial = "phone"

    def __init__(self, package: str = PACKAGE) -> None:
        self.package = package

    def shell(self, command: str | Sequence[str], *, timeout: float = 30.0) -> ShellResult:
        return together(command, self.answer) if isinstance(command, str) else ShellResult(self.answer(list(command)), "", 0)

    def answer(self, words: list[str]) -> str:
        if words[0] == "dumpsys":
            return self.package
        if "android.settings.SETTINGS" in words:
            return "com.android.settings/.Settings\n"
        if "android.intent.category.HOME" in words:
            return HOMES if "query-activities" in words else CHOOSER
        if "android.intent.category.LAUNCHER" in words:
            return TWO_ICONS if "query-activities" in words else CHOOSER
        return ""


def test_all_launchers_are_home_and_the_settings_fallback_is_none() -> None:
    app = identify(Phone(), "com.example.shop", None, {})  # type: ignore[arg-type]
    assert app.home_packages == ("com.android.launcher3", "com.teslacoilsw.launcher")


def test_an_app_with_two_icons_is_started_by_its_first() -> None:
    assert identify(Phone(), "com.example.shop", None, {}).main_activity == "com.example.shop/.Main"  # type: ignore[arg-type]


class WholePhone(Phone):
    """Its commands know nothing of ``--brief``: each activity is a whole ResolveInfo."""

    def answer(self, words: list[str]) -> str:
        brief = super().answer(words)
        return re.sub(r"^( *)([\w.]+)/(\S+)$", _whole, brief, flags=re.MULTILINE) if "--brief" in words else brief


def _whole(found: re.Match[str]) -> str:
    """The lines of ResolveInfo.dump that say what it is, and one that has a slash."""
    indent, package, name = found.groups()
    lines = ("ActivityInfo:", f"  name={name}", f"  packageName={package}", "  enabled=true exported=true directBootAware=false",
             "  ApplicationInfo:", f"    packageName={package}", "    fullBackupContent=@xml/2132082688")  # fmt: skip
    return "\n".join(indent + line for line in lines)


def test_components_are_found_in_whole_answers_too() -> None:
    app = identify(WholePhone(), "com.example.shop", None, {})  # type: ignore[arg-type]
    assert app.home_packages == ("com.android.launcher3", "com.teslacoilsw.launcher")
    assert app.main_activity == "com.example.shop/.Main"
    assert app.settings_packages == ("com.android.settings",)


def test_an_absent_package_is_said_so() -> None:
    with pytest.raises(ScenarioError, match=r"com\.example\.shop is not installed on phone"):
        identify(Phone("Unable to find package: com.example.shop\n"), "com.example.shop", None, {})  # type: ignore[arg-type]


class PhoneWithApk(Phone):
    """Gives its installed APK out."""

    def __init__(self, apk: bytes) -> None:
        super().__init__()
        self.apk = apk

    def answer(self, words: list[str]) -> str:
        return "package:/data/app/shop/base.apk\n" if words[:2] == ["pm", "path"] else super().answer(words)

    def pull(self, path: str, *, limit: int) -> bytes:
        assert path == "/data/app/shop/base.apk"
        return self.apk


def test_a_component_of_the_app_is_laid_to_the_sdk_that_it_extends() -> None:
    """What only the APK tells is computed once, kept in run.json, and there for a replay years later."""
    sdk = next(sdk for sdk in load_sdks().sdks if "com.igexin" in " ".join(sdk.packages))
    root = manifest("com.example.shop")
    application = next(node for node in root.children if node.tag == "application")
    names = (".Wake", ".Own", "com.igexin.Api")
    application.children += [Node("receiver", {"android:name": name, "android:exported": True}) for name in names]
    classes = {
        "com.example.shop.Wake": "com.example.shop.BaseWake",
        "com.example.shop.BaseWake": "com.igexin.sdk.PushReceiver",
        "com.example.shop.Own": "android.content.BroadcastReceiver",
    }
    phone = PhoneWithApk(build_apk(root, **{"classes.dex": dex(classes)}))
    app = identify(phone, "com.example.shop", None, {})  # type: ignore[arg-type]
    assert app.component_sdks == (("com.example.shop.Wake", sdk.name),)
    replayed = AppUnderTest.from_json(json.loads(json.dumps(app.to_json())))
    found = [sdk_of(f"com.example.shop/{name}", replayed) for name in (".Wake", "com.example.shop.Wake", ".Own")]
    assert found == [sdk.name, sdk.name, None]
    assert sdk_of("com.example.friend/com.example.shop.Wake", replayed) is None
