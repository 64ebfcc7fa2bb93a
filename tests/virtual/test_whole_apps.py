"""The whole sample apps are what they say.

Each screen they declare can be reached by its route, and no other is shown on the way.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from device_farm.virtual.app_file import load_app_file
from harness.events.permission_groups import group_of
from tests.virtual.whole_walk import Walker

FOLDER = Path(__file__).parent / "whole"
FILES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
RULES = {
    "c1-consent-preticked", "c1-consent-without-refusal", "c1-no-privacy-prompt", "c1-permission-before-consent",
    "c5-asks-again-in-session", "c5-asks-again-on-relaunch", "c5-asks-before-use", "c5-asks-within-48-hours",
    "c5-asks-without-function", "c5-bundled-request", "c5-denial-blocks-function", "c5-denial-blocks-login",
    "c5-dialog-loop", "c5-exit-after-denial", "c5-purpose-not-told",
}  # fmt: skip


def app_of(file: str) -> Any:
    """The app under test of a file; its ``screens``, ``routes`` and ``planted`` are the app file's own attributes."""
    return load_app_file(FOLDER / f"{file}.py")[0]


def whole_routes(routes: dict[str, list[str]]) -> list[list[str]]:
    """The routes that are not the beginning of another: who walks these walks all."""
    ways = sorted(routes.values())
    return [way for way, after in zip(ways, [*ways[1:], []], strict=True) if after[: len(way)] != way]


@pytest.mark.parametrize("file", FILES)
def test_every_declared_screen_is_reached_and_no_other(file: str) -> None:
    apps = load_app_file(FOLDER / f"{file}.py")
    app: Any = apps[0]
    walker = Walker(apps)
    missed = {}
    for route in whole_routes(app.routes):
        walker.device.truth.clear()
        walker.first_start()
        walker.follow(route)
        shown = walker.shown()
        passed = [screen for screen, way in app.routes.items() if route[: len(way)] == way]
        missed |= {screen: sorted(shown) for screen in passed if screen not in shown}
        assert shown <= set(app.screens), f"shown on the way {route}, but not declared"
    assert not missed
    assert "pressed_danger" not in walker.prefs


@pytest.mark.parametrize("file", FILES)
def test_what_it_declares_is_whole(file: str) -> None:
    app = app_of(file)
    assert 15 <= len(app.screens) <= 60
    assert len(set(app.screens)) == len(app.screens)
    assert list(app.routes) == app.screens
    assert 3 <= len(app.planted) <= 6
    groups = {group_of(permission) for permission in app.permissions}
    for rule, group in app.planted:
        assert rule in RULES
        assert group == "" or group in groups
    assert set(app.expected) <= RULES
    assert all(app.expected.get(rule, "violation") in ("violation", "suspected") for rule, _group in app.planted)


@pytest.mark.parametrize("file", FILES)
def test_a_pressed_danger_shows_in_the_apps_own_state(file: str) -> None:
    apps = load_app_file(FOLDER / f"{file}.py")
    app: Any = apps[0]
    assert app.dangers
    walker = Walker(apps)
    for word, route in app.dangers.items():
        walker.first_start()
        walker.follow(route)
        assert walker.prefs["pressed_danger"] == word


def test_every_rule_is_planted_in_some_app_and_every_app_is_half_innocent() -> None:
    """No app is guilty of all: each has rules whose outcome is known to be clear."""
    apps = [app_of(file) for file in FILES]
    assert len(apps) == 10
    assert {rule for app in apps for rule, _group in app.planted} == RULES
    assert all("clear" in app.expected.values() for app in apps)
