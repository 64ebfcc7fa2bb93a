"""App profile: what the tester tells of one app, as a TOML file (``check --profile app.toml``).

Login steps, functions to visit, functions that rightly need a permission, declared purposes, and what must not be
touched. A secret is never in the file's evidence: a step takes its text from an environment variable, and what was
typed is not recorded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from harness.errors import FormatError
from harness.events.permission_groups import GROUPS, group_of
from harness.language import _
from harness.toml_reader import read_toml

TABLES = {
    "": {"package", "core", "visit", "never_touch", "functions", "purposes", "login", "redact"},
    "login": {"tap", "field", "text", "env", "wait_for"},
    "redact": {"words"},
}


@dataclass(frozen=True, slots=True)
class LoginStep:
    """One step of a login: press ``tap``, or type into the text field ``field``, then wait for ``wait_for``.

    ``field`` is a part of the field's hint, text or resource id. ``text`` is typed, or the value of the environment
    variable ``env``, which is nowhere recorded.
    """

    tap: str = ""
    field: str = ""
    text: str = ""
    env: str = ""
    wait_for: str = ""


@dataclass(frozen=True, slots=True)
class AppProfile:
    """The tester's knowledge of the app; groups by their short names (CAMERA).

    ``redact`` are words (names, numbers, accounts) that ``pack --redact`` blacks out.
    """

    package: str = ""
    core: tuple[str, ...] = ()
    visit: tuple[str, ...] = ()
    never_touch: tuple[str, ...] = ()
    functions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    purposes: tuple[tuple[str, str], ...] = ()
    login: tuple[LoginStep, ...] = ()
    redact: tuple[str, ...] = ()

    def without_secrets(self) -> AppProfile:
        """The same without what its login types, and without what is to be blacked out: for the evidence."""
        return replace(self, login=tuple(replace(step, text="***" if step.text else "") for step in self.login), redact=())


def read_app_profile(path: Path) -> AppProfile:
    """Read a profile; raises FormatError that names the file, the entry and what it should be."""
    data = read_toml(path)
    try:
        return _profile(data)
    except FormatError as error:
        raise FormatError(_("{path}: {error}", path=path, error=error)) from None


def _profile(data: dict[str, Any]) -> AppProfile:
    _only(data, TABLES[""], "the profile")
    functions = _table(data, "functions")
    purposes = _table(data, "purposes")
    login = data.get("login", [])
    if not isinstance(login, list) or not all(isinstance(step, dict) for step in login):
        raise FormatError(_("login is a list of steps: write [[login]] before each"))
    return AppProfile(
        package=_text(data.get("package", ""), "package"),
        core=tuple(_group(name, "core") for name in _texts(data, "core")),
        visit=_texts(data, "visit"),
        never_touch=_texts(data, "never_touch"),
        functions=tuple((text, tuple(_group(name, f"functions.{text}") for name in _texts(functions, text))) for text in functions),
        purposes=tuple((_group(name, "purposes"), _text(text, f"purposes.{name}")) for name, text in purposes.items()),
        login=tuple(_step(step) for step in login),
        redact=_redact(_table(data, "redact")),
    )


def _redact(table: dict[str, Any]) -> tuple[str, ...]:
    _only(table, TABLES["redact"], "redact")
    return _texts(table, "words")


def _step(step: dict[str, Any]) -> LoginStep:
    _only(step, TABLES["login"], "a login step")
    found = LoginStep(**{name: _text(value, f"login.{name}") for name, value in step.items()})
    if not (found.tap or found.field or found.wait_for):
        raise FormatError(_("a login step needs tap, field or wait_for"))
    if found.field and not (found.text or found.env):
        raise FormatError(
            _("the login step for the field '{field}' needs text, or env with the name of an environment variable", field=found.field)
        )
    return found


def _only(table: dict[str, Any], known: set[str], what: str) -> None:
    if unknown := sorted(set(table) - known):
        raise FormatError(
            _("{what} has no entry '{unknown}'; there are {known}", what=what, unknown=unknown[0], known=", ".join(sorted(known)))
        )


def _table(data: dict[str, Any], name: str) -> dict[str, Any]:
    value = data.get(name, {})
    if not isinstance(value, dict):
        raise FormatError(_("{name} must be a table: write [{name}] and one entry a line below it", name=name))
    return value


def _texts(data: dict[str, Any], name: str) -> tuple[str, ...]:
    value = data.get(name, [])
    if not isinstance(value, list):
        raise FormatError(_('{name} is a list of texts: {name} = ["...", "..."]', name=name))
    return tuple(_text(item, name) for item in value)


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise FormatError(_("{name} is a text, not {value!r}", name=name, value=value))
    return value


def _group(name: str, where: str) -> str:
    """The group by its name, or by a permission of it."""
    group = name if name in GROUPS else group_of(name)
    if group is None:
        raise FormatError(
            _("{where}: '{name}' is no permission group; there are {groups}", where=where, name=name, groups=", ".join(GROUPS))
        )
    return group
