"""Which phones there are: read from adb's own lists, told apart where they look alike, labelled for requirements."""

import pytest

from device_farm.phones import phone_inventory
from device_farm.phones.adb_listing import Listed, hub_of, parse_listing
from device_farm.phones.phone_inventory import Seen, describe
from device_farm.units.unit import LABELS, requirement
from tests.farm.phones.conftest import Answering

_RULES = "no permissions (user in plugdev group; are your udev rules wrong?); see [http://developer.android.com/tools/device.html]"
LISTING = f"""\
0123456789ABCDEF       device usb:1-2.1 product:mido model:Redmi_Note_4 device:mido transport_id:1
0123456789ABCDEF       device usb:1-2.2 product:mido model:Redmi_Note_4 device:mido transport_id:2
R5CT10ABCDE            unauthorized usb:3-1 transport_id:7
(no serial number)     {_RULES} usb:3-2 transport_id:9
10.0.0.7:5555          offline transport_id:12
emulator-5554          device product:sdk model:transport_id:3 device:generic transport_id:14
"""


def test_the_long_list_of_an_adb_server_is_read() -> None:
    assert parse_listing(LISTING) == [
        Listed("0123456789ABCDEF", "device", "usb:1-2.1", 1),
        Listed("0123456789ABCDEF", "device", "usb:1-2.2", 2),
        Listed("R5CT10ABCDE", "unauthorized", "usb:3-1", 7),
        Listed("(no serial number)", "no permissions", "usb:3-2", 9),
        Listed("10.0.0.7:5555", "offline", "", 12),
        Listed("emulator-5554", "device", "", 14),
    ]
    assert parse_listing("") == []
    assert [hub_of(place) for place in ("usb:1-2.3.4", "usb:1-2.1", "usb:3-1", "")] == ["usb:1-2.3", "usb:1-2", "usb:3", ""]


def test_phones_with_one_serial_are_known_by_where_they_hang() -> None:
    addresses = [address for _one, address in phone_inventory._addressed(parse_listing(LISTING))]
    assert addresses == ["usb:1-2.1", "usb:1-2.2", "R5CT10ABCDE", "usb:3-2", "10.0.0.7:5555", "emulator-5554"]
    twins = [Listed("S1", "device", "", 4), Listed("S1", "device", "", 5)]
    assert [address for _one, address in phone_inventory._addressed(twins)] == ["", ""]
    refused = [phone_inventory._seen(one, "", None, "desk") for one in twins]
    assert [one.address for one in refused] == ["S1#4", "S1#5"]
    assert all("adb does not tell where they hang" in str(one.problem) for one in refused)


def told_apart(**phones: tuple[str, str]) -> dict[str, str]:
    """The problem of each phone, by its identity and where it hangs."""
    seen = [Seen("desk", name, "device", facts={"usb": usb}, identity=identity) for name, (identity, usb) in phones.items()]
    return {one.address: str(one.problem) for one in phone_inventory._told_apart(seen)}


def test_a_phone_that_is_there_twice_is_used_once() -> None:
    both_ways = told_apart(usb=("S1/a", "usb:1-2"), wifi=("S1/a", ""), other=("S2/a", ""))
    assert both_ways == {"usb": "", "wifi": "is the same phone as usb", "other": ""}
    assert told_apart(one=("S1/a", ""), two=("S1/a", "")) == {"one": "", "two": "is the same phone as one"}


def test_two_phones_that_nothing_tells_apart_are_both_refused() -> None:
    problems = told_apart(one=("S1/a", "usb:1-2"), two=("S1/a", "usb:1-3"), wifi=("S1/a", ""))
    assert "has the same serial number and the same Android ID as two, wifi" in problems["one"]
    assert "has the same serial number" in problems["two"]
    assert problems["wifi"]


def test_cheap_phones_with_one_serial_number_are_told_apart_by_their_android_id() -> None:
    assert told_apart(one=("S1/a", "usb:1-2"), two=("S1/b", "usb:1-3")) == {"one": "", "two": ""}
    assert told_apart(one=("", "usb:1-2"), two=("", "usb:1-3")) == {"one": "", "two": ""}, "what they do not tell is no likeness"


def test_a_phone_tells_what_it_is(phone: Answering) -> None:
    told = describe(phone)
    assert (told.facts["android"], told.facts["rom"], told.facts["root"], told.facts["battery"]) == ("13", "aosp", "none", 100)
    assert told.facts["patch"] == "2023-09-05"
    assert told.labels == {"abi": "arm64-v8a", "android": "13", "kind": "virtual", "rom": "aosp"}
    assert told.identity == "", "virtual phones are known by their address"


def test_a_real_phone_is_known_by_its_serial_and_android_id(phone: Answering) -> None:
    phone.said["getprop"] = "[ro.serialno]: [R5CT]\n[ro.product.cpu.abi]: [armeabi-v7a]\n[ro.boot.qemu]: [1]\n[ro.debuggable]: [1]\n"
    phone.said["settings get secure android_id"] = "66d9"
    phone.said["pm list packages"] = "package:com.xiaomi.xmsf\npackage:com.huawei.hwid\npackage:com.topjohnwu.magisk\n"
    told = describe(phone)
    assert (told.identity, told.serial) == ("R5CT/66d9", "R5CT")
    assert (told.labels["kind"], told.labels["abi"]) == ("emulator", "armeabi-v7a")
    assert told.facts["push"] == ["com.huawei.hwid", "com.xiaomi.xmsf"]
    assert told.facts["root"] == "debuggable"


@pytest.mark.parametrize(
    ("props", "uid", "packages", "su", "root"),
    [
        ({}, "2000", set(), "", "none"),
        ({}, "0", set(), "", "adbd"),
        ({"ro.debuggable": "1"}, "2000", {"com.topjohnwu.magisk"}, "", "debuggable"),
        ({}, "2000", {"me.weishu.kernelsu"}, "", "me.weishu.kernelsu"),
        ({}, "2000", set(), "/system/xbin/su", "su"),
    ],
)
def test_the_state_of_root(props: dict[str, str], uid: str, packages: set[str], su: str, root: str) -> None:
    assert phone_inventory._root(props, uid, packages, su) == root


def test_labels_are_those_of_requirements(phone: Answering) -> None:
    labels = dict(describe(phone).labels) | {"serial": "127.0.0.1:5555"}
    assert set(labels) == set(LABELS)
    assert requirement(labels)
