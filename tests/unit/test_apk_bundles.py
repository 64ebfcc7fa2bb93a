"""What is delivered as an app: an APK, a split, a bundle, and what only pretends to be one."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest
from cryptography.hazmat.primitives import serialization

from harness.apk import read_apk
from harness.apk.bundles import Delivered, read_delivered
from harness.errors import FormatError
from tests.apk_builder import Node, Ref, axml, build_apk, certificate, manifest, resources, signer_block, with_signing_block, zip_of


def delivered(data: bytes, name: str = "x.apk") -> Delivered:
    return read_delivered(PurePosixPath(name), io.BytesIO(data))


def stored(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


BASE = build_apk(manifest("com.game.fun", label="开心消消"))
SPLIT = build_apk(manifest("com.game.fun", split="config.zh"))


def test_an_apk_is_itself() -> None:
    found = delivered(BASE)
    assert (found.form, found.apk.package, found.apk.label, found.apk.split) == ("apk", "com.game.fun", "开心消消", None)


def test_a_split_is_told_apart_and_still_named() -> None:
    found = delivered(SPLIT)
    assert (found.form, found.apk.package, found.apk.split) == ("split", "com.game.fun", "config.zh")


@pytest.mark.parametrize("pack", [stored, zip_of])
@pytest.mark.parametrize(
    "names", [("base.apk", "split_config.zh.apk"), ("com.game.fun.apk", "config.zh.apk"), ("splits/base-master.apk", "a.apk")]
)
def test_the_base_of_a_bundle_is_found(pack: Callable[[dict[str, bytes]], bytes], names: tuple[str, str]) -> None:
    found = delivered(pack({names[1]: SPLIT, "manifest.json": b"{}", names[0]: BASE}), "x.xapk")
    assert (found.form, found.apk.package, found.apk.sha256) == ("bundle", "com.game.fun", hashlib.sha256(BASE).hexdigest())


def test_a_bundle_of_splits_alone_has_no_base() -> None:
    with pytest.raises(FormatError, match="without a base"):
        delivered(stored({"config.zh.apk": SPLIT}))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html>404</html>", "not a zip file"),
        (b"", "not a zip file"),
        (BASE[:-30], "directory is missing"),
        (BASE[: len(BASE) // 2], "directory is missing"),
        (stored({"readme.txt": b"x"}), "is missing"),
        (stored({"base.apk": b"<html>"}), "not a zip file"),
        (stored({"base.apk": BASE[:-30]}), "directory is missing"),
    ],
)
def test_what_is_none_is_refused_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(FormatError, match=words) as refused:
        delivered(data)
    assert "\n" not in str(refused.value)


def test_a_bomb_inside_of_a_bundle_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.apk.archive.BOMB_SIZE", 1 << 20)
    bomb = zip_of({"AndroidManifest.xml": axml(manifest()), "x": b"\0" * (8 << 20)})
    with pytest.raises(FormatError, match="zip bomb"):
        delivered(stored({"base.apk": bomb}))


def test_a_packed_inner_apk_that_claims_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.apk.bundles.MAX_INNER", 100)
    with pytest.raises(FormatError, match="claims"):
        delivered(zip_of({"base.apk": BASE}))


def test_only_a_few_inner_apks_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.apk.bundles.MAX_TRIED", 2)
    with pytest.raises(FormatError, match="3 APKs without a base"):
        delivered(stored({"a.apk": SPLIT, "b.apk": SPLIT, "zzz.apk": BASE}))


def test_labels_of_every_language_and_the_icon() -> None:
    table = resources({"": "Fun", "zh": "开心", "en": "Fun!"})
    root = manifest(label=Ref(0x7F010000))
    application = next(child for child in root.children if child.tag == "application")
    application.attributes["android:icon"] = "res/icon.png"
    apk = delivered(build_apk(root, **{"resources.arsc": table, "res/icon.png": b"PNG of an icon"})).apk
    assert apk.labels == (("", "Fun"), ("en", "Fun!"), ("zh", "开心"))
    assert (apk.icon, apk.icon_sha256) == ("res/icon.png", hashlib.sha256(b"PNG of an icon").hexdigest())


def test_an_icon_that_is_not_in_the_archive_is_none() -> None:
    root = Node("manifest", {"package": "com.a.b"}, [Node("application", {"android:label": "x", "android:icon": "res/no.png"})])
    apk = delivered(build_apk(root)).apk
    assert (apk.icon, apk.icon_sha256) == (None, None)


def test_the_signers_of_each_scheme_are_told_apart() -> None:
    """With v3.1 Android 13 sees the newer key, an older one that of v3."""
    new, old = (certificate(name).public_bytes(serialization.Encoding.DER) for name in ("new", "old"))
    data = with_signing_block(
        zip_of({"AndroidManifest.xml": axml(manifest())}),
        {0x1B93AD61: signer_block(new), 0xF05368C0: signer_block(old), 0x7109871A: signer_block(old)},
    )
    apk = delivered(data).apk
    hashes = {name: hashlib.sha256(der).hexdigest() for name, der in (("new", new), ("old", old))}
    assert [(signer.scheme, signer.certificate_sha256) for signer in apk.signers] == [
        ("v3.1", hashes["new"]), ("v3", hashes["old"]), ("v2", hashes["old"]),
    ]  # fmt: skip
    assert (apk.v31, apk.v3, apk.certificates_sha256) == (True, True, (hashes["new"],))


def test_apprights_apk_still_wants_the_base(tmp_path: Path) -> None:
    path = tmp_path / "split.apk"
    path.write_bytes(SPLIT)
    with pytest.raises(FormatError, match="give the base APK"):
        read_apk(path)
