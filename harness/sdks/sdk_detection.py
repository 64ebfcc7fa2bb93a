"""The SDKs in one APK: what proves each, and its version where that can be read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from harness.apk import Apk
from harness.apk.code import ApkCode
from harness.events.app_under_test import PackagedSdk
from harness.sdks import HARDENING, Sdk, SdkTable

_MOST_EVIDENCE = 20
_MOST_ANCESTORS = 20  # classes between a component and the one it comes from
_VERSION = re.compile(r"(?:^|\n)(?:version=)?(\d[\w.+-]*)\s*(?:\n|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SdkInventory:
    """All SDKs of an APK, by name, and what of the APK could not be seen: then the list may lack some."""

    sdks: tuple[PackagedSdk, ...]
    not_seen: tuple[str, ...]


@dataclass(slots=True)
class _Proofs:
    evidence: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    version: str | None = None


def inventory(apk: Apk, code: ApkCode, table: SdkTable) -> SdkInventory:
    found: dict[str, _Proofs] = {}
    for sdk, proof, version in (*_components(apk, code, table), *_libraries(apk, table)):
        proofs = found.setdefault(sdk.id, _Proofs())
        proofs.evidence.append(proof)
        proofs.version = proofs.version or version
    for name in code.superclasses:
        if sdk_of_class := table.of_class(name):
            found.setdefault(sdk_of_class.id, _Proofs()).classes.append(name)
    sdks = [_found(sdk, found[sdk.id], code) for sdk in table.sdks if sdk.id in found]
    return SdkInventory(sdks=tuple(sdks), not_seen=tuple(_not_seen(apk, code, sdks)))


def _components(apk: Apk, code: ApkCode, table: SdkTable) -> Iterator[tuple[Sdk, str, str | None]]:
    """Components of an SDK, and components of the app that extend one: the SDK works in these too."""
    for component in apk.components:
        if sdk := table.of_class(component.name):
            yield sdk, f"{component.kind} {component.name}", None
            continue
        if inherited := _inherited(component.name, code, table):
            sdk, ancestor = inherited
            yield sdk, f"{component.kind} {component.name} extends {ancestor}", None


def inherited_sdks(apk: Apk, code: ApkCode, table: SdkTable) -> Iterator[tuple[str, str]]:
    """(class, SDK) of each component whose name tells no SDK and whose class extends one's: the SDK works in it."""
    for component in apk.components:
        if table.of_class(component.name) is None and (inherited := _inherited(component.name, code, table)):
            yield component.name, inherited[0].name


def _inherited(name: str, code: ApkCode, table: SdkTable) -> tuple[Sdk, str] | None:
    """The SDK that a class comes from, and the nearest class of it."""
    for ancestor in ancestors(name, code):
        if sdk := table.of_class(ancestor):
            return sdk, ancestor
    return None


def ancestors(name: str, code: ApkCode) -> Iterator[str]:
    """What a class extends, nearest first; a circle, which only a forged file has, ends it."""
    for _ in range(_MOST_ANCESTORS):
        parent = code.superclasses.get(name)
        if parent is None:
            return
        yield parent
        name = parent


def _libraries(apk: Apk, table: SdkTable) -> Iterator[tuple[Sdk, str, str | None]]:
    for file_name in apk.native_libraries:
        if found := table.of_library(file_name):
            yield found[0], f"library {file_name}", found[1]


def _found(sdk: Sdk, proofs: _Proofs, code: ApkCode) -> PackagedSdk:
    evidence = list(proofs.evidence)
    if proofs.classes:
        there = [package for package in sdk.packages if any(f"{name}.".startswith(f"{package}.") for name in proofs.classes)]
        evidence.insert(0, f"{len(proofs.classes)} classes of {', '.join(there)}")
    version = proofs.version
    if sdk.version_file and (match := _VERSION.search(code.texts.get(sdk.version_file, ""))):
        version = match[1]
    return PackagedSdk(
        sdk=sdk.id,
        name=sdk.name,
        vendor=sdk.vendor,
        kind=sdk.kind,
        evidence=tuple(evidence[:_MOST_EVIDENCE]),
        proofs=len(evidence),
        version=version,
    )


def _not_seen(apk: Apk, code: ApkCode, sdks: list[PackagedSdk]) -> Iterator[str]:
    """A hardened app brings its classes with it in a form that only its own loader reads."""
    declared = {component.target_activity or component.name for component in apk.components}
    missing = declared - code.superclasses.keys()
    shells = [sdk.name for sdk in sdks if sdk.kind == HARDENING]
    if shells or apk.main_activity in missing:
        why = f"hardened by {', '.join(shells)}" if shells else "hardened, or loaded from elsewhere: its first screen is not there"
        yield (
            f"{why}; {len(missing)} of {len(declared)} declared components have no class in the APK, so SDKs without a "
            "component of their own, and what the app's components extend, cannot be seen"
        )
    yield from code.unreadable
