import hashlib
import json
import os
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7

from harness.apk import apk_json, read_apk
from tests.apk_builder import Node, Ref, axml, build_apk, certificate, manifest, resources, signer_block, with_signing_block, zip_of

CAPTURES = Path(os.environ.get("APPRIGHTS_CAPTURES", Path(__file__).parents[3] / "shared" / "captures")) / "apk"


def write(folder: Path, data: bytes) -> Path:
    path = folder / "app.apk"
    path.write_bytes(data)
    return path


def captured() -> list[dict[str, object]]:
    listing = CAPTURES / "expected.json"
    return json.loads(listing.read_text(encoding="utf-8")) if listing.exists() else []


@pytest.mark.skipif(not captured(), reason="no real captures beside this project")
def test_real_apks_are_what_they_are() -> None:
    for expected in captured():
        apk = read_apk(CAPTURES / str(expected["file"]))
        seen = {
            "file": apk.file, "sha256": apk.sha256, "package": apk.package, "versionName": apk.version_name,
            "versionCode": str(apk.version_code), "label": apk.label, "main": apk.main_activity,
            "minSdk": None if apk.min_sdk is None else str(apk.min_sdk),
            "targetSdk": None if apk.target_sdk is None else str(apk.target_sdk),
            "v1": apk.v1, "v2": apk.v2, "v3": apk.v3, "cert_sha256": list(apk.certificates_sha256),
            "n_perms": len(apk.permissions), "receivers": len(apk.of_kind("receiver")),
            "services": len(apk.of_kind("service")),
        }  # fmt: skip
        assert seen == expected


def test_the_json_of_an_apk_is_plain_data(tmp_path: Path) -> None:
    data = json.loads(json.dumps(apk_json(read_apk(write(tmp_path, build_apk())))))
    assert data["package"] == "com.example.small"
    assert data["version_code"] == 7
    assert data["min_sdk"] == 21
    assert data["target_sdk"] == 33
    assert data["permissions"] == ["android.permission.CAMERA"]
    assert data["main_activity"] == "com.example.small.Main"
    assert data["components"][0]["filters"][0]["categories"] == ["android.intent.category.LAUNCHER"]


@pytest.mark.parametrize("utf8", [True, False])
def test_chinese_names_survive_both_string_encodings(tmp_path: Path, utf8: bool) -> None:
    long_label = "附近的小店" * 40
    data = zip_of({"AndroidManifest.xml": axml(manifest(label=long_label), utf8)})
    assert read_apk(write(tmp_path, data)).label == long_label


def test_labels_come_by_language(tmp_path: Path) -> None:
    table = resources({"zh": "小店", "": "Shop", "fr": "Magasin"})
    apk = read_apk(write(tmp_path, build_apk(manifest(label=Ref(0x7F010000)), **{"resources.arsc": table})))
    assert (apk.label, apk.label_zh) == ("Shop", "小店")


def test_a_label_without_its_resource_is_the_package(tmp_path: Path) -> None:
    apk = read_apk(write(tmp_path, build_apk(manifest(label=Ref(0x7F010000)))))
    assert (apk.label, apk.label_zh) == ("com.example.small", None)


def test_a_label_is_one_line_without_control_characters(tmp_path: Path) -> None:
    apk = read_apk(write(tmp_path, build_apk(manifest(label="\x1b[31m<b>小店</b>\n; rm -rf /"))))
    assert apk.label == "[31m<b>小店</b> ; rm -rf /"


def test_a_version_name_cannot_reach_into_the_terminal(tmp_path: Path) -> None:
    apk = read_apk(write(tmp_path, build_apk(manifest(**{"android:versionName": "1.0\x1b]0;x\x07"}))))
    assert apk.version_name == "1.0\ufffd]0;x\ufffd"


def test_components_follow_androids_defaults(tmp_path: Path) -> None:
    root = manifest()
    application = root.children[-1]
    application.children += [
        Node("service", {"android:name": "Push", "android:process": ":push"}),
        Node("receiver", {"android:name": "com.sdk.Boot"}, [Node("intent-filter")]),
        Node("provider", {"android:name": ".Data", "android:authorities": "a.b;c.d"}),
        Node("activity", {"android:name": ".Hidden", "android:enabled": False}),
    ]
    apk = read_apk(write(tmp_path, build_apk(root)))
    service, boot, data = apk.of_kind("service")[0], apk.of_kind("receiver")[0], apk.of_kind("provider")[0]
    assert (service.name, service.process) == ("com.example.small.Push", "com.example.small:push")
    assert not service.exported
    assert (boot.name, boot.exported) == ("com.sdk.Boot", True)
    assert (data.authorities, data.exported) == (("a.b", "c.d"), False)
    assert not apk.of_kind("activity")[1].enabled


def test_a_long_version_code_has_two_halves(tmp_path: Path) -> None:
    apk = read_apk(write(tmp_path, build_apk(manifest(code=5, **{"android:versionCodeMajor": 2}))))
    assert apk.version_code == 2 << 32 | 5


def test_newer_schemes_win_and_every_signer_counts(tmp_path: Path) -> None:
    old, new, other = (certificate(name).public_bytes(serialization.Encoding.DER) for name in ("old", "new", "other"))
    plain = zip_of({"AndroidManifest.xml": axml(manifest())})
    blocks = {0x7109871A: signer_block(old, other), 0xF05368C0: signer_block(new)}
    apk = read_apk(write(tmp_path, with_signing_block(plain, blocks)))
    assert (apk.v1, apk.v2, apk.v3) == (False, True, True)
    assert apk.certificates_sha256 == (hashlib.sha256(new).hexdigest(),)
    del blocks[0xF05368C0]
    apk = read_apk(write(tmp_path, with_signing_block(plain, blocks)))
    assert apk.certificates_sha256 == (hashlib.sha256(old).hexdigest(), hashlib.sha256(other).hexdigest())


def test_a_v1_signature_names_its_signer_among_other_certificates(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    signer, issuer = certificate("signer", key), certificate("issuer")
    builder = pkcs7.PKCS7SignatureBuilder().set_data(b"SF").add_signer(signer, key, hashes.SHA256())
    builder = builder.add_certificate(issuer)
    blob = builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature])
    apk = read_apk(write(tmp_path, zip_of({"AndroidManifest.xml": axml(manifest()), "META-INF/CERT.RSA": blob})))
    assert (apk.v1, apk.v2) == (True, False)
    assert apk.certificates_sha256 == (signer.fingerprint(hashes.SHA256()).hex(),)


def test_a_manifest_with_hundreds_of_components_is_read_in_100_ms(tmp_path: Path) -> None:
    root = manifest()
    root.children[-1].children += [
        Node("activity", {"android:name": f".A{n}", "android:label": f"Label {n}", "android:exported": True}, [
            Node("intent-filter", {}, [Node("action", {"android:name": "android.intent.action.MAIN"})])
        ])
        for n in range(340)
    ]  # fmt: skip
    path = write(tmp_path, build_apk(root))
    took = []
    for _ in range(3):  # the quickest counts: on a busy machine the same work takes more of the processor's time
        started = time.process_time()
        apk = read_apk(path)
        took.append(time.process_time() - started)
    assert len(apk.components) == 341
    assert min(took) < 0.1
