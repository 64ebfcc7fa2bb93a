"""monkey: the numbers of java.util.Random, what it prints, where it may go and what stops it."""

import re
from itertools import islice

import pytest

from device_farm.virtual import Activity, App, Button, Column
from device_farm.virtual.shell.monkey_events import JavaRandom, Kind, Source, WeightsProblem, java_float, weights
from tests.virtual.shell_calls import Other, Shop, new_device, run

SHOP = "com.example.shop"


class Fragile(App):
    package = "com.example.fragile"

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Column(*(Button("press", id=f"b{n}") for n in range(14))))

        def on_click(self, id: str) -> None:
            raise ValueError("pressed")


def test_the_numbers_are_those_of_java() -> None:
    # what OpenJDK 17 prints for new Random(42) and new Random(0)
    random = JavaRandom(42)
    assert [random.below(100) for _ in range(5)] == [30, 63, 48, 84, 70]
    random = JavaRandom(0)
    assert [random.below(10) for _ in range(6)] == [0, 8, 9, 7, 5, 3]
    assert java_float(JavaRandom(0).single()) == "0.73096776"
    assert JavaRandom(0).flag()


def test_percentages_make_room_for_those_that_were_chosen() -> None:
    assert [java_float(value) for value in weights({})] == [
        "15.0", "10.0", "2.0", "15.0", "-0.0", "-0.0", "25.0", "15.0", "2.0", "2.0", "1.0", "13.0",
    ]  # fmt: skip
    only_touch = weights({0: 100})
    assert (float(only_touch[0]), float(sum(only_touch))) == (100.0, 100.0)
    with pytest.raises(WeightsProblem, match="> 100%"):
        weights({0: 60, 1: 50})
    with pytest.raises(WeightsProblem, match="!= 100%"):
        weights(dict.fromkeys(range(12), 1))


def test_a_seed_gives_the_same_events_each_time() -> None:
    def events(seed: int) -> list[str]:
        return [str(event) for event in islice(Source(JavaRandom(seed), weights({}), 3, 1080, 2400).events(), 500)]

    assert events(7) == events(7)
    assert events(7) != events(8)


def test_fingers_stay_on_the_screen_and_gestures_are_whole() -> None:
    down = False
    for event in islice(Source(JavaRandom(1), weights({1: 50, 2: 50}), 1, 1080, 2400).events(), 3000):
        if event.kind is Kind.TOUCH:
            assert all(0 <= x <= 1080 and 0 <= y <= 2400 for x, y in event.points)
            assert down is not (event.action == "ACTION_DOWN")
            down = event.action != "ACTION_UP"


def test_it_tells_what_it_does() -> None:
    answer = run(new_device(), f"monkey -p {SHOP} -s 42 -v 20")
    lines = answer.out.splitlines()
    assert answer.code == 0
    assert f":Monkey: seed=42 count=20\n:AllowPackage: {SHOP}\n:IncludeCategory: android.intent.category.LAUNCHER\n" in answer.out
    main = "android.intent.action.MAIN"
    launcher = "android.intent.category.LAUNCHER"
    assert f":Switch: #Intent;action={main};category={launcher};launchFlags=0x10200000;component={SHOP}/.Main;end" in lines
    assert f"    // Allowing start of Intent {{ act={main} cat=[{launcher}] cmp={SHOP}/.Main }} in package {SHOP}" in lines
    assert re.search(r"^:Sending (Touch|Trackball) \(ACTION_\w+\): 0:\(-?\d+\.\d+,-?\d+\.\d+\)$", answer.out, re.MULTILINE)
    assert lines[-5:-2] == [
        "Events injected: 20", ":Sending rotation degree=0, persist=false", ":Dropped: keys=0 pointers=0 trackballs=0 flips=0 rotations=0",
    ]  # fmt: skip
    assert lines[-1] == "// Monkey finished"


def test_it_leaves_the_rotation_to_the_accelerometer() -> None:
    device = new_device()
    run(device, f"monkey -p {SHOP} -c android.intent.category.LAUNCHER 1")
    assert run(device, "settings get system accelerometer_rotation").out == "1\n"


def test_other_packages_are_not_entered() -> None:
    device = new_device(Other, Shop)
    run(device, f"monkey -p {SHOP} 1")
    assert device.system.activity_controller is None
    refused = run(device, f"monkey -p {SHOP} -v -s 3 --pct-appswitch 100 10").out
    assert refused.count(":Switch: ") == 10
    assert f"component={SHOP}/.Main" in refused
    assert "com.example.other" not in refused
    assert run(device, "monkey -p com.example.none 1").out.endswith("** No activities found to run, monkey aborted.\n")


def test_a_crash_ends_it_unless_it_is_to_be_ignored() -> None:
    answer = run(new_device(Fragile), "monkey -p com.example.fragile -s 1 --pct-touch 100 --throttle 20 300")
    assert answer.code != 0
    assert "// CRASH: com.example.fragile (pid " in answer.err
    assert "// Short Msg: java.lang.IllegalArgumentException\n// Long Msg: java.lang.IllegalArgumentException: pressed\n" in answer.err
    injected = int(answer.out.split("** Monkey aborted due to error.\nEvents injected: ")[1].split()[0])
    assert f"** System appears to have crashed at event {injected} of 300 using seed 1" in answer.err
    ignoring = run(new_device(Fragile), "monkey -p com.example.fragile -s 1 --pct-touch 100 --ignore-crashes --throttle 20 60")
    assert "Events injected: 60" in ignoring.out
    assert ignoring.code == 0


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("monkey", 255, "** Error: Count not specified"),
        ("monkey -v x", 255, "** Error: Count is not a number"),
        ("monkey -s x 1", 255, "** Error: Seed is not a number"),
        ("monkey --pct-touch 60 --pct-motion 50 5", 251, "** Event weights > 100%"),
        ("monkey -v -v 5", 127, "virtual: not modelled: monkey -v -v 5"),
        ("monkey --port 1080", 127, "virtual: not modelled: monkey --port 1080"),
    ],
)
def test_what_is_wrong_or_not_modelled(line: str, code: int, message: str) -> None:
    answer = run(new_device(), line)
    assert answer.code == code
    assert message in answer.err
