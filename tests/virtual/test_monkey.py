"""monkey opens an app; what is more is refused by name."""

import pytest

from tests.virtual.shell_calls import new_device, run


def test_it_leaves_the_rotation_to_the_accelerometer() -> None:
    device = new_device()
    run(device, "monkey -p com.example.shop -c android.intent.category.LAUNCHER 1")
    assert run(device, "settings get system accelerometer_rotation").out == "1\n"


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("monkey", 255, "** Error: Count not specified"),
        ("monkey x", 255, "** Error: Count is not a number"),
        ("monkey 500", 127, "virtual: not modelled: monkey 500"),
        ("monkey --port 1080", 127, "virtual: not modelled: monkey --port 1080"),
    ],
)
def test_what_is_wrong_or_not_modelled(line: str, code: int, message: str) -> None:
    answer = run(new_device(), line)
    assert answer.code == code
    assert message in answer.err
