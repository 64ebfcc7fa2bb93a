import io
import json

import pytest
import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from harness.custody.finding_reviews import found_in, reviews
from harness.custody.signature import fingerprint_of, public_pem
from harness.language import choose
from tests.plugin.conftest import apprights_here
from tests.unit.custody.test_signature import pem

KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)


@pytest.fixture(autouse=True)
def _language():
    yield
    choose("en")


@pytest.fixture
def typing(monkeypatch):
    """A terminal on which this is typed."""

    def typed(text):
        class Terminal(io.TextIOWrapper):
            def isatty(self):
                return True

        monkeypatch.setattr("sys.stdin", Terminal(io.BytesIO(text.encode())))

    return typed


def run(*words, folder, code=0):
    said = apprights_here("--lang", "en", *words, folder=folder)
    assert said.code == code, said
    return said


def test_a_person_reviews_what_nobody_has_reviewed(sealed, typing):
    typing("Li Si\nx\nc\nseen\ns\nq\n")
    run("review", sealed, folder=sealed.parent)
    first = found_in(sealed)[0]
    assert {key: [(each.decision, each.by, each.reason) for each in said] for key, said in reviews(sealed).items()} == {
        first.key: [("confirmed", "Li Si", "seen")]
    }
    typing("Wang Wu\nr\nnot so\n")
    said = run("review", sealed, folder=sealed.parent, code=130)  # the terminal ends before the questions do
    assert first.key not in said.out
    assert len(reviews(sealed)) == 2


def test_one_finding_is_reviewed_without_a_question(sealed):
    first = found_in(sealed)[0]
    hostile = "x\x1b[31m\u202e=cmd|"
    run("review", sealed, "--finding", first.key, "--reject", "--by", hostile, "--reason", "[bold]no[/bold]\x07", folder=sealed.parent)
    listed = run("review", sealed, folder=sealed.parent)
    assert "\x1b" not in listed.out + listed.err
    assert "\u202e" not in listed.out
    assert "[bold]no[/bold]" in listed.out
    told = json.loads(run("review", sealed, "--json", folder=sealed.parent).out)
    assert (told["unreviewed"], told["findings"][0]["reviews"][0]["by"]) == (1, hostile)


def test_reviews_that_were_altered_are_nobodys_word(sealed):
    first = found_in(sealed)[0]
    run("review", sealed, "--finding", first.key, "--confirm", "--by", "a", "--reason", "b", folder=sealed.parent)
    (sealed / "custody/0001-review.json").write_text("{}")
    assert "not as it was written" in run("review", sealed, folder=sealed.parent, code=2).one_line()


def test_a_signature_and_who_is_trusted(sealed, tmp_path, typing, monkeypatch):
    (tmp_path / "key.pem").write_bytes(pem(KEY, b"word"))
    (tmp_path / "pub.pem").write_bytes(public_pem(KEY.public_key()))
    assert "sign on a terminal" in run("sign", sealed, "--key", "key.pem", folder=tmp_path, code=2).one_line()
    typing("")
    monkeypatch.setattr(typer, "prompt", lambda _text, *, hide_input, err: "word" if hide_input and err else "shown")
    said = run("sign", sealed, "--key", "key.pem", "--by", "Li Si", folder=tmp_path)
    fingerprint = fingerprint_of(KEY.public_key())
    assert fingerprint in said.err
    assert (
        f"signed with the key {fingerprint}, which says it is of 'Li Si'"
        in run("verify", sealed, "--trust", "pub.pem", folder=tmp_path).out
    )
    told = run("verify", sealed, "--trust", "ab" * 32, folder=tmp_path, code=1).out
    assert "does not hold, see below" in told
    assert "intact" not in told
    (sealed / "custody/0001-signature.sig").write_bytes(bytes(64))
    assert json.loads(run("verify", sealed, "--json", folder=tmp_path, code=1).out)["intact"] is False


def test_a_pack_is_verified_with_its_run_beside_it(sealed, tmp_path):
    (tmp_path / "app.toml").write_text('[redact]\nwords = ["line"]\n')
    said = run("pack", sealed, "-o", "x.zip", "--redact", "--profile", "app.toml", folder=tmp_path)
    assert "Blacked out" in said.err
    assert "is there already" in run("pack", sealed, "-o", "x.zip", folder=tmp_path, code=2).one_line()
    told = json.loads(run("verify", "x.zip", sealed, "--json", folder=tmp_path).out)
    assert [(each["intact"], each["redacted"]) for each in told["runs"]] == [(True, []), (True, ["raw/events.txt"])]
    run("pack", sealed, "-o", "x.zip", "--force", folder=tmp_path)
    told = json.loads(run("verify", "x.zip", "--json", folder=tmp_path).out)
    assert [(each["intact"], each["redacted"]) for each in told["runs"]] == [(True, [])]
    data = bytearray((tmp_path / "x.zip").read_bytes())
    data[data.index(b"line\n")] ^= 1
    (tmp_path / "x.zip").write_bytes(data)
    run("verify", "x.zip", folder=tmp_path, code=1)
