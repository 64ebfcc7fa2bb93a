"""AndroidManifest.xml as the facts that a check needs.

Follows frameworks/base ``services/core/java/com/android/server/pm/pkg/parsing/ParsingPackageUtils.java`` and
``component/*Utils.java`` of Android 13: how names are completed, when a component is exported, what a package may be
called (``FrameworkParsingPackageUtils.validateName``).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from harness.apk.axml import Element
from harness.apk.chunks import TYPE_BOOLEAN, TYPE_INT_FIRST, TYPE_INT_LAST, TYPE_STRING, Value
from harness.errors import FormatError
from harness.language import _

Resolve = Callable[[Value, str], Value | None]
Each = Callable[[Value], list[tuple[str, Value]]]

MAIN, LAUNCHER = "android.intent.action.MAIN", "android.intent.category.LAUNCHER"
_MAX_LABELS = 200  # languages
_MAX_LABEL = 1000  # PackageItemInfo.MAX_SAFE_LABEL_LENGTH
_MAX_NAME = 223  # what Android allows as a file name under /data/app
_PACKAGE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)+")
# dex format, SimpleName: letters, digits, $ - _ and most of what is not ASCII
_CLASS_NAME = re.compile(r"[A-Za-z0-9_$.\-\u00a1-\U0010ffff]+")
_KINDS = {"activity": "activity", "activity-alias": "activity", "service": "service", "receiver": "receiver", "provider": "provider"}


@dataclass(frozen=True, slots=True)
class IntentFilter:
    """One intent-filter of a component."""

    actions: tuple[str, ...]
    categories: tuple[str, ...]
    schemes: tuple[str, ...]
    hosts: tuple[str, ...]
    mime_types: tuple[str, ...]
    priority: int


@dataclass(frozen=True, slots=True)
class ApkComponent:
    """One component. ``kind`` is activity, service, receiver or provider; ``name`` is the full class name."""

    kind: str
    name: str
    process: str
    exported: bool
    enabled: bool
    permission: str | None
    authorities: tuple[str, ...]
    target_activity: str | None  # of an activity-alias
    filters: tuple[IntentFilter, ...]


@dataclass(frozen=True, kw_only=True)
class ManifestFacts:
    """The facts of a manifest that are facts of its APK.

    ``label`` is the default language's, ``label_zh`` the Chinese one where it differs. ``labels`` are (language,
    label), the default language empty. ``split`` is the name of a split, None for the base APK.
    """

    package: str
    label: str
    label_zh: str | None
    labels: tuple[tuple[str, str], ...]
    version_name: str | None
    version_code: int | None
    min_sdk: int | None
    target_sdk: int | None
    permissions: tuple[str, ...]
    components: tuple[ApkComponent, ...]
    queries: tuple[str, ...]
    test_only: bool
    split: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest(ManifestFacts):
    """One manifest; ``icons`` are the files of its icon, ``needs_splits`` says that it is no whole app."""

    icons: tuple[str, ...]
    needs_splits: bool

    @property
    def main_activity(self) -> str | None:
        """The first enabled activity that the launcher shows."""
        for component in self.components:
            if component.kind == "activity" and component.enabled:
                for each in component.filters:
                    if MAIN in each.actions and LAUNCHER in each.categories:
                        return component.name
        return None


def read_manifest(root: Element, resolve: Resolve, each: Each) -> Manifest:
    """Read a manifest; raises FormatError for one that lies.

    ``resolve(value, language)`` follows references, ``each(value)`` into every language and configuration.
    """
    return _Reader(root, resolve, each).manifest()


class _Reader:
    """Reads one manifest: the element tree and the package that all names are relative to."""

    def __init__(self, root: Element, resolve: Resolve, each: Each) -> None:
        if root.tag != "manifest":
            raise FormatError(_("the root of the manifest is {tag!r}, not 'manifest'", tag=root.tag[:40]))
        self._root, self._resolve, self._each = root, resolve, each
        package = root.attributes.get("package")
        self._package = (package.text if package else None) or ""
        if len(self._package) > _MAX_NAME or not _PACKAGE_NAME.fullmatch(self._package):
            raise FormatError(_("the manifest's package name {package!r} is not one that Android accepts", package=self._package[:80]))
        self._target_sdk: int | None = None

    def manifest(self) -> Manifest:
        root = self._root
        uses_sdk = root.first("uses-sdk")
        self._target_sdk = min_sdk = None
        if uses_sdk is not None:
            min_sdk = self._number(uses_sdk, "minSdkVersion")
            self._target_sdk = self._number(uses_sdk, "targetSdkVersion")
        application = root.first("application")
        names = [name for element in root.all("uses-permission", "uses-permission-sdk-23") if (name := self._text(element, "name"))]
        label, label_zh = self._label(application, "") or self._package, self._label(application, "zh")
        code, major = self._number(root, "versionCode"), self._number(root, "versionCodeMajor")
        return Manifest(
            package=self._package,
            label=label,
            label_zh=None if label_zh == label else label_zh,
            labels=self._labels(application),
            icons=self._icons(application),
            version_name=self._text(root, "versionName"),
            version_code=code if code is None or major is None else major << 32 | code,
            min_sdk=min_sdk,
            target_sdk=self._target_sdk,
            permissions=tuple(dict.fromkeys(names)),
            components=tuple(self._components(application)),
            queries=tuple(
                dict.fromkeys(
                    name for queries in root.all("queries") for element in queries.all("package") if (name := self._text(element, "name"))
                )
            ),
            split=(split.text if (split := root.attributes.get("split")) is not None else None) or None,
            needs_splits=self._flag(root, "isSplitRequired", False),
            test_only=application is not None and self._flag(application, "testOnly", False),
        )

    def _components(self, application: Element | None) -> list[ApkComponent]:
        if application is None:
            return []
        default_process = self._process(application, self._package)
        return [self._component(element, default_process) for element in application.all(*_KINDS)]

    def _component(self, element: Element, default_process: str) -> ApkComponent:
        kind = _KINDS[element.tag]
        filters = tuple(self._filter(each) for each in element.all("intent-filter"))
        open_by_default = bool(filters) or (kind == "provider" and (self._target_sdk or 1) < 17)
        target = self._text(element, "targetActivity")
        return ApkComponent(
            kind=kind,
            name=self._class_name(self._text(element, "name"), element.tag),
            process=self._process(element, default_process),
            exported=self._flag(element, "exported", open_by_default),
            enabled=self._flag(element, "enabled", True),
            permission=self._text(element, "permission"),
            authorities=tuple(part for part in (self._text(element, "authorities") or "").split(";") if part),
            target_activity=self._class_name(target, element.tag) if target else None,
            filters=filters,
        )

    def _filter(self, element: Element) -> IntentFilter:
        def texts(tag: str, attribute: str) -> tuple[str, ...]:
            return tuple(text for child in element.all(tag) if (text := self._text(child, attribute)))

        return IntentFilter(
            actions=texts("action", "name"),
            categories=texts("category", "name"),
            schemes=texts("data", "scheme"),
            hosts=texts("data", "host"),
            mime_types=texts("data", "mimeType"),
            priority=self._number(element, "priority") or 0,
        )

    def _class_name(self, name: str | None, tag: str) -> str:
        """Complete a class name as ParsingUtils.buildClassName does."""
        if not name or not _CLASS_NAME.fullmatch(name):
            raise FormatError(_("the manifest's {tag} {name!r} is not a class name", tag=tag, name=(name or "")[:80]))
        if name.startswith("."):
            return self._package + name
        return name if "." in name else f"{self._package}.{name}"

    def _process(self, element: Element, default: str) -> str:
        """Complete a process name: ``:name`` belongs to the package."""
        name = self._text(element, "process")
        if not name:
            return default
        return self._package + name if name.startswith(":") else name

    def _value(self, element: Element, attribute: str, language: str = "") -> Value | None:
        value = element.attributes.get(f"android:{attribute}")
        return None if value is None else self._resolve(value, language)

    def _text(self, element: Element, attribute: str) -> str | None:
        """A text; what cannot be printed is marked, because these texts reach terminals."""
        text = self._raw_text(element, attribute)
        if text is None or text.isprintable():
            return text
        return "".join(character if character.isprintable() else "\ufffd" for character in text)

    def _raw_text(self, element: Element, attribute: str, language: str = "") -> str | None:
        value = self._value(element, attribute, language)
        if value is None:
            return None
        if value.kind == TYPE_STRING:
            return value.text
        return str(value.data) if TYPE_INT_FIRST <= value.kind <= TYPE_INT_LAST else None

    def _label(self, application: Element | None, language: str) -> str | None:
        text = self._raw_text(application, "label", language) if application is not None else None
        return _safe_label(text)

    def _labels(self, application: Element | None) -> tuple[tuple[str, str], ...]:
        """The label of each language, the default's first; of several for one language the plainest."""
        value = application.attributes.get("android:label") if application is not None else None
        found: dict[str, str] = {}
        for language, each in self._each(value) if value is not None else ():
            label = _safe_label(each.text) if each.kind == TYPE_STRING else None
            if label and len(found) < _MAX_LABELS:
                found.setdefault(language, label)
        return tuple(found.items())

    def _icons(self, application: Element | None) -> tuple[str, ...]:
        """The names of the files that its icon is in one configuration or another."""
        value = application.attributes.get("android:icon") if application is not None else None
        found = (each.text for _language, each in self._each(value) if each.kind == TYPE_STRING) if value is not None else ()
        return tuple(dict.fromkeys(name for name in found if name))

    def _number(self, element: Element, attribute: str) -> int | None:
        """A number; None without one and for a preview's code name ("Tiramisu")."""
        value = self._value(element, attribute)
        if value is None:
            return None
        if TYPE_INT_FIRST <= value.kind <= TYPE_INT_LAST:
            return value.data - (1 << 32) if value.data >> 31 and attribute == "priority" else value.data
        return int(value.text) if value.text and value.text.isascii() and value.text[:18].isdigit() else None

    def _flag(self, element: Element, attribute: str, default: bool) -> bool:
        value = self._value(element, attribute)
        if value is None:
            return default
        if value.kind == TYPE_BOOLEAN or TYPE_INT_FIRST <= value.kind <= TYPE_INT_LAST:
            return value.data != 0
        return value.text == "true" if value.text in ("true", "false") else default


def _safe_label(text: str | None) -> str | None:
    """A label as PackageItemInfo.loadSafeLabel makes it: bounded, on one line, without control characters."""
    if text is None:
        return None
    clean = "".join(character if character.isprintable() else " " for character in text[:_MAX_LABEL])
    return " ".join(clean.split()) or None
