"""``getevent``: a finger of both multi-touch protocols, keys, other devices, and lines that are none of it."""

import pytest

from harness.parsers.getevent import KeyDown, Touch, TouchPanel, TouchReader, panels

# the layout of toolbox/getevent.c print_possible_events, as Linux phones print it
POSSIBLE = """add device 1: /dev/input/event3
  name:     "gpio-keys"
  events:
    KEY (0001): 0072  0073  0074
  input props:
    <none>
add device 2: /dev/input/event2
  name:     "fts_ts"
  events:
    KEY (0001): 014a
    ABS (0003): 002f  : value 0, min 0, max 9, fuzz 0, flat 0, resolution 0
                0035  : value 0, min 0, max 10799, fuzz 0, flat 0, resolution 0
                0036  : value 0, min 0, max 23999, fuzz 0, flat 0, resolution 0
                0039  : value 0, min 0, max 65535, fuzz 0, flat 0, resolution 0
  input props:
    INPUT_PROP_DIRECT
"""
PANEL = TouchPanel("/dev/input/event2", (0, 10799), (0, 23999))


def read(text, device="/dev/input/event2"):
    reader = TouchReader(device)
    return [found for line in text.strip().splitlines() if (found := reader.feed(line)) is not None]


def test_the_panel_is_the_device_with_both_axes():
    assert panels(POSSIBLE) == [PANEL]
    assert panels("") == []
    assert panels("could not open /dev/input/event2, Permission denied") == []


def test_a_tap_of_protocol_b_on_a_terminal():
    found = read(
        "[   12345.100000] /dev/input/event2: 0003 0039 00000041\r\n"
        "[   12345.100000] /dev/input/event2: 0003 0035 00001518\r\n"
        "[   12345.100000] /dev/input/event2: 0003 0036 00002ee0\r\n"
        "[   12345.100000] /dev/input/event2: 0001 014a 00000001\r\n"
        "[   12345.100000] /dev/input/event2: 0000 0000 00000000\r\n"
        "[   12345.180000] /dev/input/event2: 0003 0039 ffffffff\r\n"
        "[   12345.180000] /dev/input/event2: 0001 014a 00000000\r\n"
        "[   12345.180000] /dev/input/event2: 0000 0000 00000000\r\n"
    )
    assert found == [Touch("/dev/input/event2", (5400, 12000), (5400, 12000), 12345.1, 12345.18)]


def test_a_swipe_and_a_second_finger_that_is_not_followed():
    (touch,) = read(
        "[ 1.000000] /dev/input/event2: 0003 0039 00000001\n[ 1.000000] /dev/input/event2: 0003 0035 00000064\n"
        "[ 1.000000] /dev/input/event2: 0003 0036 000000c8\n[ 1.000000] /dev/input/event2: 0000 0000 00000000\n"
        "[ 1.100000] /dev/input/event2: 0003 002f 00000001\n[ 1.100000] /dev/input/event2: 0003 0039 00000002\n"
        "[ 1.100000] /dev/input/event2: 0003 0035 00002000\n[ 1.100000] /dev/input/event2: 0000 0000 00000000\n"
        "[ 1.200000] /dev/input/event2: 0003 002f 00000000\n[ 1.200000] /dev/input/event2: 0003 0036 00001000\n"
        "[ 1.200000] /dev/input/event2: 0000 0000 00000000\n[ 1.300000] /dev/input/event2: 0003 0039 ffffffff\n"
        "[ 1.300000] /dev/input/event2: 0000 0000 00000000"
    )
    assert (touch.start, touch.end) == ((100, 200), (100, 4096))


def test_a_tap_of_protocol_a_ends_with_an_empty_report():
    (touch,) = read(
        "[ 2.000000] /dev/input/event2: 0003 0035 0000000a\n[ 2.000000] /dev/input/event2: 0003 0036 00000014\n"
        "[ 2.000000] /dev/input/event2: 0000 0002 00000000\n[ 2.000000] /dev/input/event2: 0000 0000 00000000\n"
        "[ 2.090000] /dev/input/event2: 0000 0002 00000000\n[ 2.090000] /dev/input/event2: 0000 0000 00000000"
    )
    assert (touch.start, touch.down, touch.up) == ((10, 20), 2.0, 2.09)


def test_keys_come_from_any_device_and_only_when_they_go_down():
    pressed = "[ 3.000000] /dev/input/event3: 0001 009e 00000001\n[ 3.100000] /dev/input/event3: 0001 009e 00000000"
    assert read(pressed) == [KeyDown("back", 3.0)]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "add device 1: /dev/input/event2",
        "[ x] /dev/input/event2: 0003",
        "\x00" * 50,
        "[ 1.000000] /dev/input/event4: 0003 0035 0000000a",
    ],
)
def test_what_is_no_touch_is_passed_over(line):
    assert read(line) == []


@pytest.mark.parametrize(
    ("rotation", "size", "pixels"),
    [(0, (1080, 2400), (270, 600)), (1, (2400, 1080), (600, 810)), (2, (1080, 2400), (810, 1800)), (3, (2400, 1080), (1800, 270))],
)
def test_units_become_pixels_of_the_turned_screen(rotation, size, pixels):
    assert PANEL.scaled(2700, 6000, *size, rotation) == pixels
