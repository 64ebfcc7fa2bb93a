import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from harness.custody import timestamp
from harness.custody.finding_reviews import found_in, review
from harness.custody.index import check, entries, head
from harness.custody.timestamp import request, stamp, timestamps
from harness.errors import EvidenceError
from harness.recording.run_folder import RunFolder
from tests.unit.custody.authority import Authority, Served

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def served():
    """Start a server that answers in some way; returns its address."""
    running = []

    def serve(answer):
        running.append(Served(answer))
        return running[-1].url

    yield serve
    for each in running:
        each.close()


def send(handler, body, status=200, **headers):
    handler.send_response(status)
    for name, value in {"Content-Type": "application/timestamp-reply", "Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    with suppress(OSError):
        handler.wfile.write(body)


@pytest.fixture
def stamped(sealed, authority, served):
    stamp(sealed, served(lambda handler, query: send(handler, authority.reply(query))))
    return sealed


def openssl(*words):
    return subprocess.run(["openssl", *map(str, words)], capture_output=True, text=True, check=False)


def test_openssl_accepts_the_stamp(stamped, authority):
    reply, query = stamped / "custody/0001-timestamp.tsr", stamped / "custody/0001-timestamp.tsq"
    assert [entry.path for entry in entries(stamped)][:2] == ["custody/0001-timestamp.tsr", "custody/0001-timestamp.tsq"]
    assert check(stamped) == []
    verify = ["ts", "-verify", "-in", reply, "-CAfile", authority.ca]
    assert openssl(*verify, "-data", stamped / "manifest.json").stdout.strip() == "Verification: OK"
    assert openssl(*verify, "-queryfile", query).stdout.strip() == "Verification: OK"
    assert openssl(*verify, "-data", stamped / "run.json").returncode != 0


def test_a_stamp_covers_what_was_added_before(sealed, authority, served):
    review(sealed, found_in(sealed)[0].key, "confirmed", by="a", reason="b")
    known = head(sealed)
    stamp(sealed, served(lambda handler, query: send(handler, authority.reply(query))))
    verify = ["ts", "-verify", "-in", sealed / "custody/0002-timestamp.tsr", "-CAfile", authority.ca]
    assert openssl(*verify, "-digest", known).stdout.strip() == "Verification: OK"
    [voucher] = timestamps(sealed)
    assert (voucher.good, "custody till then" in voucher.words) == (True, True)


@pytest.mark.parametrize(("days", "words"), [(-2, "yet to come"), (2, "the recording ended at")])
def test_a_time_that_cannot_be_is_told(sealed, authority, served, monkeypatch, days, words):
    """The recording, or the clock of this computer, is some days later or earlier than the stamp."""
    moment = time.time() + days * 86400
    if days > 0:
        os.utime(sealed / "raw/events.txt", (moment, moment))
        for name in ("manifest.json", "SHA256SUMS", "analysis.json"):
            (sealed / name).unlink()
        RunFolder(sealed).seal()
        RunFolder(sealed).write_derived({"findings.json": (sealed / "findings.json").read_bytes()}, {"harness": "0.2.0"})
        (sealed / "statement.intoto.json").unlink()
    stamp(sealed, served(lambda handler, query: send(handler, authority.reply(query))))
    monkeypatch.setattr(timestamp, "_now", lambda: datetime.fromtimestamp(moment, UTC))
    [voucher] = timestamps(sealed)
    assert (voucher.good, words in voucher.words) == (None, True)


def test_what_is_told_of_a_stamp(stamped):
    [voucher] = timestamps(stamped)
    assert (voucher.good, voucher.kind, voucher.key) == (True, "timestamp", "")
    assert "Test TSA" in voucher.by
    assert voucher.at.endswith("+00:00")
    (stamped / "manifest.json").write_bytes(b"{}")
    assert [(each.good, each.words) for each in timestamps(stamped)] == [(False, "the time stamp is not of this manifest")]
    (stamped / "custody/0001-timestamp.tsr").write_bytes(b"\x30\x00")
    assert [(each.good, each.words) for each in timestamps(stamped)] == [(False, "the time stamp is damaged")]


def test_a_request_is_what_openssl_makes(tmp_path):
    digest = hashlib.sha256(b"data").digest()
    (tmp_path / "ours.tsq").write_bytes(request(digest, 0x1234567890ABCDEF))
    told = openssl("ts", "-query", "-in", tmp_path / "ours.tsq", "-text").stdout
    assert "Hash Algorithm: sha256" in told
    assert "Nonce: 0x1234567890ABCDEF" in told
    assert "Certificate required: yes" in told


REFUSED = bytes.fromhex("3011300f020102300a0c08") + b"not\nyou!"


def refused(handler, query):
    send(handler, REFUSED)


def elsewhere(handler, query):
    send(handler, b"", 302, Location="file:///etc/passwd")


def on_to_https(handler, query):
    send(handler, b"", 308, Location="https://example.invalid/")


def page(handler, query):
    send(handler, b"<html>")


def huge(handler, query):
    send(handler, b"\x30" * (timestamp.ANSWER_LIMIT + 2))


def failing(handler, query):
    send(handler, b"", 503)


def hung_up(handler, query):
    handler.connection.shutdown(socket.SHUT_RDWR)


def cut(handler, query):
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: 100\r\n\r\n\x30\x82")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (refused, "refused the time stamp: rejection not you!"),
        (elsewhere, "leads on to file:///etc/passwd"),
        (on_to_https, "leads on to https://example.invalid/"),
        (page, "something that is no time stamp"),
        (huge, "more than 1048576 bytes"),
        (failing, "HTTP status 503"),
        (hung_up, "cannot be reached"),
        (cut, "something that is no time stamp|cannot be reached"),
    ],
)
def test_an_answer_that_is_none(sealed, served, answer, words):
    with pytest.raises(EvidenceError, match=words) as raised:
        stamp(sealed, served(answer))
    assert "\n" not in str(raised.value)
    assert not (sealed / "custody").exists()


def test_an_answer_to_another_request(sealed, served, authority):
    old = authority.reply(request(hashlib.sha256((sealed / "manifest.json").read_bytes()).digest(), 7))
    with pytest.raises(EvidenceError, match="answered another request"):
        stamp(sealed, served(lambda handler, query: send(handler, old)))
    other = authority.reply(request(bytes(32), 7))
    with pytest.raises(EvidenceError, match="answered another request"):
        stamp(sealed, served(lambda handler, query: send(handler, other)))


def test_an_authority_that_does_not_answer(sealed):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(EvidenceError, match=r"did not answer within 0.2 s"):
            stamp(sealed, f"http://127.0.0.1:{port}/", timeout=0.2)
    with pytest.raises(EvidenceError, match="cannot be reached: Connection refused"):
        stamp(sealed, f"http://127.0.0.1:{port}/")


def test_an_answer_that_trickles(sealed, served):
    def trickle(handler, query):
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
        until = time.monotonic() + 5
        with suppress(OSError):
            while time.monotonic() < until:
                handler.wfile.write(b"\x30")

    with pytest.raises(EvidenceError, match=r"did not answer within|more than"):
        stamp(sealed, served(trickle), timeout=0.3)


@pytest.mark.parametrize(
    "url",
    [
        "", "x", "ftp://a/b", "file:///etc/passwd", "data:,x", "http://", "http://u:p@h/", "http://h:x/", "http://h/\n", "http://h/ x",
        "http://[/",
    ],
)  # fmt: skip
def test_an_address_that_is_none(sealed, url):
    with pytest.raises(EvidenceError, match="no address of a time stamp authority"):
        stamp(sealed, url)


def test_only_a_sealed_run_is_stamped(sealed):
    (sealed / "raw/events.txt").write_bytes(b"other")
    with pytest.raises(EvidenceError, match="not stamped"):
        stamp(sealed, "http://127.0.0.1:1/")
    (sealed / "manifest.json").unlink()
    with pytest.raises(EvidenceError, match="never sealed"):
        stamp(sealed, "http://127.0.0.1:1/")


def test_without_the_library(stamped, monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "asn1crypto"]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(EvidenceError, match=r"needs asn1crypto.*pip install '\.\[sign\]'"):
        stamp(stamped, "http://127.0.0.1:1/")
    [voucher] = timestamps(stamped)
    assert voucher.good is None
