"""Pictures that are kept: the last few of all devices, each good as long as its screen shows the same."""

from PIL import Image

from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.screen.frames import Frame, Frames
from device_farm.virtual.spec import Spec


def frame(colour: str) -> Frame:
    return Frame(Image.new("RGB", (2, 1), colour))


def test_a_frame_is_good_for_its_signature_only() -> None:
    frames, red = Frames(), frame("#FF0000")
    frames.put(1, "a", red)
    assert frames.get(1, "a") is red
    assert frames.get(1, "b") is None
    assert frames.get(2, "a") is None
    assert red.raw() == b"\xff\x00\x00\xff" * 2
    assert red.png()[:4] == b"\x89PNG"
    assert red.bgr().tolist() == [[[0, 0, 255]] * 2]
    assert red.bgr() is red.bgr()  # who compares pictures knows it at once
    assert not red.bgr().flags.writeable


def test_the_one_that_was_not_used_for_longest_goes_first() -> None:
    frames = Frames(limit=2)
    kept = {owner: frame("#000000") for owner in range(3)}
    frames.put(0, "a", kept[0])
    frames.put(1, "a", kept[1])
    assert frames.get(0, "a") is kept[0]
    frames.put(2, "a", kept[2])
    assert [frames.get(owner, "a") for owner in range(3)] == [kept[0], None, kept[2]]


def test_an_unchanged_screen_is_drawn_once_and_another_devices_is_another() -> None:
    one, other = VirtualDevice(Spec()), VirtualDevice(Spec())
    first = one.screen.image()
    assert one.screen.image() is first
    assert other.screen.image() is not first
    one.system.windows[-1].revision += 1
    assert one.screen.image() is not first
