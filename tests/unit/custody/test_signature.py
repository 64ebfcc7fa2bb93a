import hashlib
import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat, load_pem_public_key

from harness.custody.finding_reviews import found_in, review
from harness.custody.index import add, check, entries
from harness.custody.signature import fingerprint_of, load_key, pre_authentication, public_pem, sign, signatures, trusted_key
from harness.errors import EvidenceError

KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"\x08" * 32)
AT = datetime(2026, 11, 28, 6, 0, tzinfo=UTC)
needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


def pem(key, passphrase=None):
    how = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how)


def nobody():
    raise AssertionError("asked for a passphrase")


def openssl(*words, data=None):
    return subprocess.run(["openssl", *map(str, words)], input=data, capture_output=True, check=False)


@pytest.fixture
def signed(sealed):
    sign(sealed, KEY, by="张三 <b>", at=AT)
    return sealed


def written(folder, ending):
    return folder / "custody" / f"0001-signature.{ending}"


def test_what_a_signature_consists_of(signed):
    assert [entry.path.partition(".")[2] for entry in entries(signed)] == ["sig", "pub.pem", "dsse.json", "json", "json.sig"]
    assert check(signed) == []
    about = json.loads(written(signed, "json").read_bytes())
    names = ("SHA256SUMS", "manifest.json", "analysis.json", "statement.intoto.json")
    assert about == {
        "after": json.loads((signed / "manifest.json").read_bytes())["root"],
        "algorithm": "ed25519",
        "at": "2026-11-28T06:00:00+00:00",
        "by": "张三 <b>",
        "covers": {name: hashlib.sha256((signed / name).read_bytes()).hexdigest() for name in names},
        "key_sha256": fingerprint_of(KEY.public_key()),
    }
    [voucher] = signatures(signed)
    assert (voucher.good, voucher.by, voucher.at, voucher.key) == (True, about["by"], about["at"], about["key_sha256"])


@needs_openssl
def test_openssl_makes_the_key_and_checks_the_signature(sealed, tmp_path):
    key, public = tmp_path / "key.pem", tmp_path / "pub.pem"
    assert openssl("genpkey", "-algorithm", "ed25519", "-out", key).returncode == 0
    assert openssl("pkey", "-in", key, "-pubout", "-out", public).returncode == 0
    sign(sealed, load_key(key, nobody))
    verify = ["pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", public, "-sigfile", written(sealed, "sig"), "-in"]
    assert openssl(*verify, sealed / "SHA256SUMS").returncode == 0
    assert openssl(*verify, sealed / "manifest.json").returncode != 0
    der = openssl("pkey", "-pubin", "-in", public, "-outform", "DER").stdout
    assert hashlib.sha256(der).hexdigest() == trusted_key(str(public)) == next(signatures(sealed)).key
    assert public.read_bytes() == written(sealed, "pub.pem").read_bytes()


def test_the_envelope_is_verified_by_securesystemslib(signed):
    from securesystemslib.dsse import Envelope
    from securesystemslib.exceptions import VerificationError
    from securesystemslib.signer import SSlibKey  # here, for it loads the client of a cloud

    envelope = Envelope.from_dict(json.loads(written(signed, "dsse.json").read_bytes()))
    assert envelope.payload == (signed / "statement.intoto.json").read_bytes()
    assert envelope.pae() == pre_authentication(envelope.payload)
    key = load_pem_public_key(written(signed, "pub.pem").read_bytes())
    fingerprint = fingerprint_of(KEY.public_key())
    assert set(envelope.verify([SSlibKey.from_crypto(key, keyid=fingerprint)], 1)) == {fingerprint}
    envelope.payload += b" "
    with pytest.raises(VerificationError):
        envelope.verify([SSlibKey.from_crypto(key, keyid=fingerprint)], 1)


def test_a_run_that_was_not_analysed_is_signed_without_a_statement(sealed):
    for name in ("statement.intoto.json", "findings.json", "analysis.json"):
        (sealed / name).unlink()
    sign(sealed, KEY)
    assert [entry.path.partition(".")[2] for entry in entries(sealed)] == ["sig", "pub.pem", "json", "json.sig"]
    assert next(signatures(sealed)).good


@pytest.mark.parametrize(
    ("ending", "data", "words"),
    [
        ("sig", b"\x00" * 64, "not of this SHA256SUMS"),
        ("sig", b"", "not of this SHA256SUMS"),
        ("pub.pem", public_pem(OTHER.public_key()), "not of this SHA256SUMS"),
        ("pub.pem", b"-----", "without its public key"),
        ("json", b"{}", "does not say of what"),
        ("json", b"\xff", "does not say of what"),
        ("json.sig", b"", "name and the time are not those that were signed"),
        ("dsse.json", b"[]", "damaged"),
        ("dsse.json", b'{"payload": "AA==", "payloadType": "x", "signatures": [{"keyid": "", "sig": "AA=="}]}', "not of its statement"),
    ],
)
def test_a_signature_that_does_not_hold(signed, ending, data, words):
    written(signed, ending).write_bytes(data)
    [voucher] = signatures(signed)
    assert voucher.good is False
    assert words in voucher.words


def test_a_signature_of_another_run(signed):
    (signed / "SHA256SUMS").write_bytes(b"")
    assert next(signatures(signed)).words == "the signature is not of this SHA256SUMS"


def test_a_statement_written_after_the_signature(signed):
    (signed / "statement.intoto.json").write_bytes(b"{}")
    assert next(signatures(signed)).words == "the statement was written anew since it was signed"


def test_what_the_signer_says_is_signed_with_its_place_in_the_chain(sealed):
    """A signature made before a review does not stand behind it, however the chain is written anew."""
    sign(sealed, KEY, at=AT)
    files = {path.name.partition(".")[2]: path.read_bytes() for path in sorted((sealed / "custody").glob("0001-*"))}
    shutil.rmtree(sealed / "custody")
    review(sealed, found_in(sealed)[0].key, "confirmed", by="a", reason="b")
    add(sealed, "signature", files)
    assert check(sealed) == []
    assert [(each.good, each.words) for each in signatures(sealed)] == [(False, "the signature was made at another place of the chain")]


def test_several_sign(signed):
    sign(signed, OTHER, by="李四", at=AT)
    assert [(each.good, each.by) for each in signatures(signed)] == [(True, "张三 <b>"), (True, "李四")]
    assert check(signed) == []


def test_nobody_signs_what_is_not_as_it_was(sealed, tmp_path):
    (sealed / "raw/events.txt").write_bytes(b"other\n")
    with pytest.raises(EvidenceError, match=r"raw/events.txt.*not signed"):
        sign(sealed, KEY)
    (sealed / "manifest.json").unlink()
    with pytest.raises(EvidenceError, match="never sealed"):
        sign(sealed, KEY)


def test_a_key_with_a_passphrase(tmp_path):
    path = tmp_path / "key.pem"
    path.write_bytes(pem(KEY, b"word"))
    assert fingerprint_of(load_key(path, lambda: "word").public_key()) == fingerprint_of(KEY.public_key())
    with pytest.raises(EvidenceError, match="another passphrase"):
        load_key(path, lambda: "wrong")


def test_keys_that_are_none(tmp_path):
    path = tmp_path / "key.pem"
    for data in (b"", b"-----BEGIN PRIVATE KEY-----\n", public_pem(KEY.public_key()), b"\xff" * 100_000):
        path.write_bytes(data)
        with pytest.raises(EvidenceError, match="openssl genpkey -algorithm ed25519"):
            load_key(path, nobody)
    path.write_bytes(pem(generate_private_key(SECP256R1())))
    with pytest.raises(EvidenceError, match="not an ed25519 key"):
        load_key(path, nobody)
    with pytest.raises(EvidenceError, match="No such file"):
        load_key(tmp_path / "none", nobody)
    with pytest.raises(EvidenceError, match="no public ed25519 key"):
        trusted_key(str(path))
    with pytest.raises(EvidenceError, match="No such file"):
        trusted_key("ab" * 31)
    assert trusted_key("AB" * 32) == "ab" * 32


def test_without_the_library(signed, tmp_path, monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "cryptography"]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(EvidenceError, match=r"needs cryptography.*pip install '\.\[sign\]'"):
        load_key(tmp_path / "key.pem", nobody)
    [voucher] = signatures(signed)
    assert voucher.good is None
    assert "pip install '.[sign]'" in voucher.words
