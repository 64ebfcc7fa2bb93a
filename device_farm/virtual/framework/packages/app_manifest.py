"""The manifest of an app file: from an App class with its nested components to a Package.

Names follow PackageParser: a component is called after its class, in the app's package; those nested in an Sdk are in
the SDK's package; ``process=":push"`` is a private process of the app.

The resources.arsc of a made-up APK: its label in each language, and where its icon is.

Layout: ResTable_* in frameworks/base libs/androidfw/include/androidfw/ResourceTypes.h.

Chunks of Android's binary resource files, and their pool of strings.

Layout: frameworks/base libs/androidfw/include/androidfw/ResourceTypes.h.
"""

import copy
import hashlib
import struct
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from device_farm.virtual.framework.packages import apk_signature
from device_farm.virtual.framework.records.system_records import Component, ComponentKind, Package
from device_farm.virtual.vocabulary.components import Activity, App, Job, Provider, Receiver, Sdk, Service
from device_farm.virtual.vocabulary.pen import folder_of, icon_png

MAIN, LAUNCHER = "android.intent.action.MAIN", "android.intent.category.LAUNCHER"
_KINDS: dict[type[Any], ComponentKind] = {
    Activity: ComponentKind.ACTIVITY,
    Service: ComponentKind.SERVICE,
    Job: ComponentKind.SERVICE,
    Receiver: ComponentKind.RECEIVER,
    Provider: ComponentKind.PROVIDER,
}
_EXTENDED: dict[type[Any], str] = {
    Activity: "android.app.Activity",
    Service: "android.app.Service",
    Job: "android.app.job.JobService",
    Receiver: "android.content.BroadcastReceiver",
    Provider: "android.content.ContentProvider",
}
"""What the class of each kind of component extends in Android."""


def component_classes(app: type[App]) -> Iterator[tuple[str, type[Any]]]:
    """Each nested component with its full class name, those of SDKs too."""
    for holder, package in _holders(app):
        for value in vars(holder).values():
            if is_component(value):
                yield f"{package}.{value.name or value.__name__}", value


def sdk_classes(app: type[App]) -> dict[type[Any], str]:
    """The name of the Sdk of each component class that is in one."""
    found: dict[type[Any], str] = {}
    for base in app.__mro__:
        for value in vars(base).values():
            if isinstance(value, type) and issubclass(value, Sdk):
                found.update({c: value.name or value.__name__ for c in vars(value).values() if is_component(c)})
    return found


def _sdks(app: type[App]) -> Iterator[type[Sdk]]:
    for base in reversed(app.__mro__):
        yield from (value for value in vars(base).values() if isinstance(value, type) and issubclass(value, Sdk))


def _classes(app: type[App]) -> dict[str, str]:
    """The classes of its APK: components, and an entry class of each Sdk."""
    found = {name: next(parent for kind, parent in _EXTENDED.items() if issubclass(cls, kind)) for name, cls in component_classes(app)}
    return found | {f"{_sdk_package(app, sdk)}.{sdk.__name__}": "java.lang.Object" for sdk in _sdks(app)}


def _version_files(app: type[App]) -> dict[str, bytes]:
    """What the builds of libraries leave in an APK, in the form of AndroidX: META-INF/group_artifact.version."""
    packages = {_sdk_package(app, sdk): sdk for sdk in _sdks(app) if sdk.version}
    return {
        f"META-INF/{package}_{sdk.artifact or package.rpartition('.')[2]}.version": f"{sdk.version}\n".encode()
        for package, sdk in packages.items()
    }


def _sdk_package(app: type[App], sdk: type[Sdk]) -> str:
    return sdk.package or f"{app.package}.{sdk.__name__.lower()}"


def is_component(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, tuple(_KINDS))


def _holders(app: type[App]) -> Iterator[tuple[type[Any], str]]:
    for base in reversed(app.__mro__):
        if issubclass(base, App) and base is not App:
            yield base, app.package
            for value in vars(base).values():
                if isinstance(value, type) and issubclass(value, Sdk):
                    yield value, _sdk_package(app, value)


def build_package(app: type[App], uid: int, now: float) -> Package:
    """The package that installing ``app`` gives; ``now`` is the wall clock in seconds."""
    signer, sdks = app.signer or app.package, sdk_classes(app)
    return Package(
        name=app.package,
        label=app.label or app.package,
        uid=uid,
        version_name=app.version_name,
        version_code=app.version_code,
        target_sdk=app.target_sdk,
        requested_permissions=list(app.permissions),
        components=[_component(app, name, cls, sdks.get(cls)) for name, cls in component_classes(app)],
        signer=apk_signature.digest(signer),
        developer=signer,
        icon=icon_png(app.icon, folder_of(app)),
        system=app.system,
        persistent=app.persistent,
        stopped=not app.system,
        not_launched=not app.system,
        code_path=f"/system/app/{app.__name__}" if app.system else _code_path(app.package),
        first_install=now,
        last_update=now,
        queries=list(app.queries),
        app_class=app,
        classes=_classes(app),
        files=_version_files(app),
    )


def _code_path(package: str) -> str:
    """/data/app/~~random/package-random as on Android 11 and later, the same each time for a package."""
    word = hashlib.sha256(package.encode()).hexdigest()
    return f"/data/app/~~{word[:22]}==/{package}-{word[22:44]}=="


def _component(app: type[App], name: str, cls: type[Any], sdk: str | None) -> Component:
    kind = next(kind for base, kind in _KINDS.items() if issubclass(cls, base))
    launcher = getattr(cls, "launcher", False)
    return Component(
        kind=kind,
        package=app.package,
        class_name=name,
        process=_process_name(app.package, getattr(cls, "process", "")),
        exported=cls.exported or launcher,
        enabled=cls.enabled,
        permission=getattr(cls, "permission", None),
        actions=[*([MAIN] if launcher else []), *getattr(cls, "actions", [])],
        categories=[LAUNCHER] if launcher else [],
        data_schemes=dict(getattr(cls, "data_schemes", {})),
        authority=getattr(cls, "authority", None) or None,
        priority=getattr(cls, "priority", 0),
        sdk=sdk,
        python_class=cls,
    )


def _process_name(package: str, process: str) -> str:
    return package + process if process.startswith(":") else process or package


def new_object(cls: type[Any]) -> Any:
    """An object of ``cls`` with its own copy of each class attribute that could be changed in place."""
    made = cls()
    for base in reversed(cls.__mro__[:-1]):
        for name, value in vars(base).items():
            if isinstance(value, (list, dict, set)) and not name.startswith("__"):
                made.__dict__[name] = copy.deepcopy(value)
    return made


def camel(name: str) -> str:
    """``on_permission_result`` as a Java method would be called; used in stack traces."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


LABEL, ICON = 0x7F010000, 0x7F020000  # resource ids: the only entries of the types string and mipmap
ICON_PATH = "res/mipmap/ic_launcher.png"
_TABLE, _PACKAGE, _TYPE, _SPEC = 0x0002, 0x0200, 0x0201, 0x0202
_STRING = 0x03  # Res_value data type
_PACKAGE_HEADER = 288
_CONFIG_BYTES = 64
_LOCALE = 0x4  # ACONFIGURATION_LOCALE: what the entries of a type differ in


def resource_table(package: str, labels: Mapping[str, str]) -> bytes:
    """The table of a package; ``labels`` by language ("" is the default)."""
    values = [*labels.values(), ICON_PATH]
    types, keys = string_pool(["string", "mipmap"]), string_pool(["app_name", "ic_launcher"])
    body = types + keys
    body += chunk(_SPEC, struct.pack("<BBHI", 1, 0, 0, 1), struct.pack("<I", _LOCALE if len(labels) > 1 else 0))
    for number, language in enumerate(labels):
        body += _type(1, 0, number, language)
    body += chunk(_SPEC, struct.pack("<BBHI", 2, 0, 0, 1), struct.pack("<I", 0))
    body += _type(2, 1, len(labels), "")
    name = package.encode("utf-16-le")[:254].ljust(256, b"\0")
    places = struct.pack("<IIIII", _PACKAGE_HEADER, 0, _PACKAGE_HEADER + len(types), 0, 0)
    inside = chunk(_PACKAGE, struct.pack("<I", 0x7F) + name + places, body)
    return chunk(_TABLE, struct.pack("<I", 1), string_pool(values) + inside)


def _type(number: int, key: int, value: int, language: str) -> bytes:
    """The one entry of a type in one configuration: a string of the pool."""
    config = struct.pack("<I", _CONFIG_BYTES) + bytes(4) + language.encode("ascii", "replace")[:2].ljust(4, b"\0")
    config = config.ljust(_CONFIG_BYTES, b"\0")
    header = struct.pack("<BBHII", number, 0, 0, 1, 20 + len(config) + 4) + config
    entry = struct.pack("<HHI", 8, 0, key) + struct.pack("<HBBI", 8, 0, _STRING, value)
    return chunk(_TYPE, header, struct.pack("<I", 0) + entry)


_POOL = 0x0001


def chunk(kind: int, header: bytes, body: bytes = b"") -> bytes:
    """A chunk: its kind, the size of its header, the size of all of it."""
    return struct.pack("<HHI", kind, 8 + len(header), 8 + len(header) + len(body)) + header + body


def string_pool(strings: Iterable[str]) -> bytes:
    """The string pool in UTF-16, as aapt writes manifests."""
    offsets, data, count = b"", b"", 0
    for text in strings:
        offsets += struct.pack("<I", len(data))
        raw = text.encode("utf-16-le", "surrogatepass")[:0xFFFE]
        data += struct.pack("<H", len(raw) // 2) + raw + b"\0\0"
        count += 1
    data += b"\0" * (-len(data) % 4)
    return chunk(_POOL, struct.pack("<IIIII", count, 0, 0, 28 + len(offsets), 0), offsets + data)
