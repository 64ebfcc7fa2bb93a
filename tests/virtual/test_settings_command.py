import re

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


SCAN = "content call --uri content://media --method scan_file --arg"


@pytest.mark.parametrize("android", ["11", "16"])
def test_a_file_is_scanned_by_its_path_since_11(android: str) -> None:
    device = new_device(android=android)
    device.files.write("/sdcard/Pictures/a.png", b"x")
    uri = r"content://media/external_primary/images/media/\d+"
    assert re.fullmatch(rf"Result: Bundle\[{{android\.intent\.extra\.STREAM={uri}}}\]\n", run(device, f"{SCAN} /sdcard/Pictures/a.png").out)
    assert run(device, f"{SCAN} /sdcard/none.png").out == "Result: Bundle[{android.intent.extra.STREAM=null}]\n"
    assert [line["content"] for line in device.truth if line["what"] == "media_added"] == ["content://media/external/images/media"]


def test_before_11_the_call_wants_what_no_command_line_can_give_and_the_broadcast_serves() -> None:
    device = new_device(android="8.1")
    assert run(device, f"{SCAN} /sdcard/Pictures/a.png").code == 127
    run(device, "am broadcast -a android.intent.action.MEDIA_SCANNER_SCAN_FILE -d file:///sdcard/Pictures/a.png")
    device.clock.skip(2)
    assert len([line for line in device.truth if line["what"] == "media_added"]) == 1
