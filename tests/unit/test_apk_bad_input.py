import random
import struct
import zipfile
from pathlib import Path

import pytest

from harness.apk import read_apk
from harness.apk.axml import parse_axml
from harness.dialogs.app_names import same_name
from harness.errors import FormatError
from tests.apk_builder import Node, Ref, axml, build_apk, manifest, resources, with_signing_block, zip_of


def refusal(folder: Path, data: bytes) -> str:
    path = folder / "bad.apk"
    path.write_bytes(data)
    with pytest.raises(FormatError) as error:
        read_apk(path)
    text = str(error.value)
    assert text.startswith("bad.apk: ")
    assert "\n" not in text
    return text


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"none\.apk: cannot be read"):
        read_apk(tmp_path / "none.apk")


@pytest.mark.parametrize("data", [b"", b"P", b"hello world" * 100])
def test_other_files_are_no_apk(tmp_path: Path, data: bytes) -> None:
    assert "not a zip file" in refusal(tmp_path, data)


def test_a_truncated_apk_is_called_truncated(tmp_path: Path) -> None:
    data = build_apk(**{"assets/big": random.Random(1).randbytes(5000)})
    assert "truncated" in refusal(tmp_path, data[: len(data) // 2])


def test_a_zip_without_a_manifest_says_what_it_is(tmp_path: Path) -> None:
    assert "AndroidManifest.xml is missing" in refusal(tmp_path, zip_of({"a.txt": b"x"}))
    assert "bundle of 2 APKs" in refusal(tmp_path, zip_of({"base.apk": b"x", "split_config.zh.apk": b"x"}))
    assert "Android App Bundle" in refusal(tmp_path, zip_of({"base/manifest/AndroidManifest.xml": b"x"}))


def test_a_split_is_named(tmp_path: Path) -> None:
    text = refusal(tmp_path, build_apk(manifest(split="config.zh")))
    assert "split 'config.zh' of com.example.small: give the base APK" in text


def test_a_text_manifest_is_refused(tmp_path: Path) -> None:
    text = b"\xef\xbb\xbf<?xml version='1.0'?><manifest/>"
    assert "XML as text" in refusal(tmp_path, zip_of({"AndroidManifest.xml": text}))


def test_a_zip_bomb_is_refused_before_anything_is_unpacked(tmp_path: Path) -> None:
    data = bytearray(zip_of({"AndroidManifest.xml": axml(manifest()), "assets/zeros": bytes(1_000_000)}))
    struct.pack_into("<I", data, data.rfind(b"PK\x01\x02") + 24, 0xF0000000)
    assert "zip bomb: 40265" in refusal(tmp_path, bytes(data))


def test_a_manifest_that_understates_its_size_is_not_unpacked_further(tmp_path: Path) -> None:
    data = bytearray(zip_of({"AndroidManifest.xml": bytes(4_000_000)}))
    for magic, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.find(magic) + at, 1000)
    assert "does not unpack to the 1000 bytes" in refusal(tmp_path, bytes(data))


def test_a_manifest_of_absurd_size_is_refused_by_its_claim(tmp_path: Path) -> None:
    assert "more than" in refusal(tmp_path, zip_of({"AndroidManifest.xml": bytes(20_000_000)}))


@pytest.mark.parametrize(
    "package", ["", "one", "com.a;rm -rf /", "../etc/passwd", "com.$(id)", "com..a", "com.中文", "a.b\n", "a." + "b" * 300]
)
def test_a_package_name_that_android_would_not_accept_is_refused(tmp_path: Path, package: str) -> None:
    assert "package name" in refusal(tmp_path, build_apk(manifest(package)))


@pytest.mark.parametrize("name", ["", ".A; reboot", "a.b/c", "`id`", "x y"])
def test_a_component_that_is_no_class_name_is_refused(tmp_path: Path, name: str) -> None:
    root = manifest()
    root.children[-1].children.append(Node("service", {"android:name": name}))
    assert "is not a class name" in refusal(tmp_path, build_apk(root))


def test_two_manifests_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.apk"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("AndroidManifest.xml", axml(manifest()))
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("AndroidManifest.xml", axml(manifest("com.example.other")))
    assert "is in it twice" in refusal(tmp_path, path.read_bytes())


def test_headers_that_disagree_about_the_name_are_refused(tmp_path: Path) -> None:
    data = zip_of({"AndroidManifest.xml": axml(manifest())}).replace(b"AndroidManifest.xml", b"AndroidManifest.xxx", 1)
    assert "two headers disagree" in refusal(tmp_path, data)


def test_an_unknown_compression_method_is_read_as_stored_and_reported(tmp_path: Path) -> None:
    path = tmp_path / "odd.apk"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("AndroidManifest.xml", axml(manifest()))
    data = bytearray(path.read_bytes())
    struct.pack_into("<H", data, data.find(b"PK\x01\x02") + 10, 0x4321)
    path.write_bytes(data)
    apk = read_apk(path)
    assert apk.package == "com.example.small"
    assert any("unknown compression method" in warning for warning in apk.warnings)


def test_a_reference_that_points_to_itself_ends(tmp_path: Path) -> None:
    loop = bytearray(resources({"": "x"}))
    at = loop.rfind(struct.pack("<HBB", 8, 0, 3))
    struct.pack_into("<HBBI", loop, at, 8, 0, 1, 0x7F010000)
    path = tmp_path / "loop.apk"
    path.write_bytes(build_apk(manifest(label=Ref(0x7F010000)), **{"resources.arsc": bytes(loop)}))
    assert read_apk(path).label == "com.example.small"


def test_elements_without_end_are_refused() -> None:
    root = Node("manifest")
    for _ in range(100):
        root = Node("manifest", {}, [root])
    with pytest.raises(FormatError, match="more elements or levels"):
        parse_axml(axml(root), "AndroidManifest.xml")


def test_a_damaged_signing_block_is_refused(tmp_path: Path) -> None:
    plain = zip_of({"AndroidManifest.xml": axml(manifest())})
    assert "signature is cut off" in refusal(tmp_path, with_signing_block(plain, {0x7109871A: b"\xff\xff\xff\x7f"}))
    broken = zip_of({"AndroidManifest.xml": axml(manifest()), "META-INF/A.RSA": b"\x30\x82\xff\xff"})
    assert "signature file is cut off" in refusal(tmp_path, broken)


def test_random_damage_never_raises_anything_else(tmp_path: Path) -> None:
    chance = random.Random(164)
    table = resources({"": "Shop", "zh": "小店"})
    contents = {"AndroidManifest.xml": axml(manifest(label=Ref(0x7F010000))), "resources.arsc": table}
    path = tmp_path / "fuzz.apk"
    refused = 0
    for _ in range(300):
        name = chance.choice(list(contents))
        damaged = bytearray(contents[name])
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF))
        kept = chance.choice((len(damaged), chance.randrange(len(damaged))))
        data = bytearray(zip_of({**contents, name: bytes(damaged[:kept])}))
        if chance.random() < 0.3:
            data[chance.randrange(len(data))] ^= 0xFF
        path.write_bytes(data)
        try:
            read_apk(path)
        except FormatError:
            refused += 1
    assert refused > 50


SAME = [
    ("开心消消乐", "开心消消乐"),
    ("开心消消乐", "开心消消乐®"),
    ("消消乐", "开心消消乐"),
    ("下载开心消消乐领红包", "开心消消乐"),
    ("立即下载 抖音极速版", "抖音"),
    ("抖音", "抖音极速版"),
    ("抖音短视频", "抖音"),
    ("ＱＱ音乐", "QQ 音乐"),
    ("《王者荣耀》", "王者荣耀"),
    ("拼多多-拼着买才便宜", "拼多多"),
    ("小红书 – 你的生活兴趣社区", "小红书"),
    ("淘宝（官方版）", "手机淘宝"),
    ("WeChat", "微信"),
    ("bilibili", "哔哩哔哩"),
    ("WPS Office", "WPS"),
    ("高德地图 V12.3.1", "高德地图"),
    ("墨迹天气2026版", "墨迹天气"),
    ("Adobe Reader for Android", "adobe reader"),
    ("番茄免费小说App", "番茄小说"),
]
OTHER = [
    ("开心消消乐", "天天酷跑"),
    ("天气", "墨迹天气"),  # a common word is no app's name
    ("微信", "微信读书"),
    ("QQ", "QQ音乐"),
    ("支付宝", "支付宝红包助手"),
    ("美团", "美团外卖"),
    ("WiFi万能钥匙", "WiFi大师"),
    ("极速版", "抖音极速版"),
    ("下载", "下载大师"),
    ("", "抖音"),
    ("抖音", ""),
    ("!!!", "???"),
]


@pytest.mark.parametrize(("told", "label"), SAME)
def test_they_mean_one_app(told: str, label: str) -> None:
    assert same_name(told, [label])
    assert same_name(told, ["Other", label])


@pytest.mark.parametrize(("told", "label"), OTHER)
def test_they_are_two(told: str, label: str) -> None:
    assert not same_name(told, [label])


def test_without_a_label_nothing_is_the_same() -> None:
    assert not same_name("抖音", [])


def test_an_endless_name_costs_no_more_than_its_beginning() -> None:
    assert not same_name("极速版" * 100_000, ["抖音"])
