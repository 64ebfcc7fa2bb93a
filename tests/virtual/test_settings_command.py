from __future__ import annotations

import pytest

from tests.virtual.shell_calls import new_device, run


def test_put_get_delete() -> None:
    device = new_device()
    assert run(device, "settings get system nothing").out == "null\n"
    assert run(device, "settings put system pointer_location 1").out == ""
    assert run(device, "settings --user 0 get system pointer_location").out == "1\n"
    assert "pointer_location=1\n" in run(device, "cmd settings list system").out
    assert run(device, "settings delete system pointer_location").out == "Deleted 1 rows\n"
    assert run(device, "settings delete system pointer_location").out == "Deleted 0 rows\n"


def test_another_language_is_refused_by_name() -> None:
    device = new_device()
    now = run(device, "settings get system system_locales").out.strip()
    assert run(device, f"settings put system system_locales {now}").code == 0
    answer = run(device, "settings put system system_locales fr-FR")
    assert (answer.code, answer.err) == (127, "virtual: not modelled: settings put system system_locales fr-FR\n")
    assert run(device, "settings get system system_locales").out.strip() == now


def test_lists_are_sorted() -> None:
    lines = run(new_device(), "settings list secure").out.splitlines()
    assert lines == sorted(lines)
    assert len(lines) > 3


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("settings get galaxy x", "Invalid namespace 'galaxy'\n"),
        ("settings frobnicate", "Invalid command: frobnicate\n"),
        ("settings get global", "Bad arguments\n"),
        ("settings get global a b", "Too many arguments\n"),
        ("settings put global a", "Bad arguments\n"),
    ],
)
def test_wrong_arguments(line: str, message: str) -> None:
    answer = run(new_device(), line)
    assert (answer.code, answer.err) == (255, message)


def test_wm() -> None:
    device = new_device()
    assert run(device, "wm size").out == "Physical size: 1080x2400\n"
    assert run(device, "cmd window density").out == "Physical density: 420\n"
    assert run(device, "wm size 100x200").code == 127
    assert run(device, "wm size wide").err == "Error: bad size wide\n"
    assert run(device, "wm density 3").err == "Error: density must be >= 72\n"
