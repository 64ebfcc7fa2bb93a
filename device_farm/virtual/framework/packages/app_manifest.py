"""The manifest of an app file: from an App class with its nested components to a Package.

Names follow PackageParser: a component is called after its class, in the app's package; those nested in an Sdk are in
the SDK's package; ``process=":push"`` is a private process of the app.
"""

from __future__ import annotations

import copy
import hashlib
from typing import TYPE_CHECKING, Any

from device_farm.virtual.framework.packages import certificates
from device_farm.virtual.framework.records.system_records import Component, ComponentKind, Package
from device_farm.virtual.vocabulary.components import Activity, App, Job, Provider, Receiver, Sdk, Service
from device_farm.virtual.vocabulary.icons import folder_of, icon_png

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    """Whether ``value`` is a component class."""
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
        signer=certificates.digest(signer),
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
