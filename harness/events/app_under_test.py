"""AppUnderTest: what the rules must know of the app and of the phone around it. Stored in run.json."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from harness.errors import FormatError
from harness.language import _


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagedSdk:
    """One SDK in an APK. ``evidence`` holds at most 20 proofs of ``proofs`` in all."""

    sdk: str
    name: str
    vendor: str
    kind: str
    evidence: tuple[str, ...]
    proofs: int
    version: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppUnderTest:
    """Identity of the app, and the names of the system parts that its behaviour is told apart from.

    ``home_packages`` are the launchers, ``grant_packages`` the packages that draw the system permission dialog,
    ``settings_packages`` those that draw the system settings. ``core_groups`` are permission groups that the app is
    about by the tester's word: an exit over one of them is suspected at most (docs/verdicts.md 3.1). ``functions`` are
    texts of functions with the groups that they rightly need, ``purposes`` groups with the purpose that the app
    declares, both by the tester's word too (app_profile.py). ``component_sdks`` are classes of components whose code is
    an SDK's by what they extend, with its name: only the APK tells. ``code_runs`` is False for an APK installed on the
    virtual device, which runs no APK code. ``recorded`` is True for a recording of an app that the virtual device
    plays: nothing is clear by it. ``activities`` and ``services`` are the declared ones (package/class), empty where
    the APK could not be read. ``sdks`` are those of its APK, None where that was not read; ``sdks_not_seen`` says what
    of it could not be seen, so that some may be missing. ``other_users`` are users and clones of the phone that have
    the app too.
    """

    package: str
    uid: int
    label: str = ""
    version_name: str | None = None
    version_code: int | None = None
    target_sdk: int | None = None
    main_activity: str | None = None
    permissions: tuple[str, ...] = ()
    certificates_sha256: tuple[str, ...] = ()
    apk_sha256: str | None = None
    home_packages: tuple[str, ...] = ()
    grant_packages: tuple[str, ...] = ()
    settings_packages: tuple[str, ...] = ("com.android.settings",)
    core_groups: tuple[str, ...] = ()
    functions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    purposes: tuple[tuple[str, str], ...] = ()
    component_sdks: tuple[tuple[str, str], ...] = ()
    code_runs: bool = True
    recorded: bool = False
    activities: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    sdks: tuple[PackagedSdk, ...] | None = None
    sdks_not_seen: tuple[str, ...] = ()
    other_users: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> AppUnderTest:
        """Read what ``to_json`` wrote; raises FormatError for a record without package or uid."""
        known = {f.name for f in fields(cls)} & set(data)
        values: dict[str, Any] = {key: _frozen(data[key]) for key in known}
        try:
            if values.get("sdks") is not None:
                values["sdks"] = tuple(PackagedSdk(**{key: _frozen(value) for key, value in sdk.items()}) for sdk in values["sdks"])
            return cls(**values)
        except (TypeError, AttributeError) as error:
            raise FormatError(_("run.json: the app record is incomplete ({error})", error=error)) from None

    def promised(self, text: str) -> tuple[str, ...]:
        """The groups that a function of this text rightly needs by the tester's word."""
        return tuple(sorted({group for name, groups in self.functions if name == text for group in groups}))

    @property
    def user(self) -> int:
        """The Android user it runs as (UserHandle.getUserId: uid / 100000)."""
        return self.uid // 100_000

    def owns(self, component: str | None) -> bool:
        """Whether a short component name (``package/.Class``) belongs to the app."""
        return component is not None and component.split("/", 1)[0] == self.package


def _frozen(value: Any) -> Any:
    """A value of run.json with its lists as tuples, at every depth."""
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
