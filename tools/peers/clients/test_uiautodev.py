"""uiautodev (PyPI): its web server, asked as its page in the browser asks it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from uiautodev.app import app

APIS = "io.appium.android.apis"


@pytest.fixture(scope="module")
def page() -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


def command(page: TestClient, serial: str, name: str, **params: Any) -> Any:
    answer = page.post(f"/api/android/{serial}/command/{name}", json=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_devices(page: TestClient, serial: str) -> None:
    assert [(found["serial"], found["enabled"]) for found in page.get("/api/android/list").json()] == [(serial, True)]


def test_screenshot(page: TestClient, serial: str) -> None:
    answer = page.get(f"/api/android/{serial}/screenshot/0")
    assert (answer.status_code, answer.content[:3]) == (200, b"\xff\xd8\xff"), answer.text


def test_apps_and_hierarchy(page: TestClient, serial: str) -> None:
    command(page, serial, "appLaunch", package=APIS)
    assert page.get(f"/api/android/{serial}/command/currentApp").json()["package"] == APIS
    tree = page.get(f"/api/android/{serial}/hierarchy", params={"format": "xml"}).text
    assert "Accessibility" in tree
    nodes = page.get(f"/api/android/{serial}/hierarchy").json()
    assert nodes["children"]
    assert APIS in [each["packageName"] for each in command(page, serial, "appList")]


def test_tap(page: TestClient, serial: str) -> None:
    command(page, serial, "appLaunch", package=APIS)
    answer = page.post(f"/api/android/{serial}/command/tap", json={"x": 300, "y": 500, "isPercent": False})
    assert answer.json() == {"status": "ok"}
    command(page, serial, "back")
    command(page, serial, "home")
    command(page, serial, "appTerminate", package=APIS)


def test_shell(page: TestClient, serial: str) -> None:
    answer = page.post(f"/api/android/{serial}/shell", json={"command": "wm size"})
    assert answer.json()["output"] == "Physical size: 1080x2400"
