"""An ed25519 signature of a run, which openssl and any DSSE library check without us.

Signed are the bytes of ``SHA256SUMS``, which names every recorded file, the in-toto statement of the verdicts, and what
the signer says: name, time, the hashes of the manifest, of each analysis that came out again and of the reports that
were named, and the head of the chain till then, with the reviews in it. The public key stands beside them: whose it is
has to be known from elsewhere, by its fingerprint.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.custody.attestations import Attestation, acts, needs_extra
from harness.custody.derivation import vouched_for
from harness.custody.index import Entry, add, entries, head, read
from harness.custody.records import check
from harness.errors import EvidenceError, why
from harness.language import Text, _
from harness.recording.canonical import canonical
from harness.recording.contents import Contents
from harness.recording.lists import ANALYSES, STATEMENTS, SUMS, digest_of, entries_of, parsed_list, read_list
from harness.recording.run_folder import MANIFEST, altered

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PAYLOAD_TYPE = "application/vnd.in-toto+json"
RAW, PUBLIC, ENVELOPE, ABOUT, OF_ABOUT = "sig", "pub.pem", "dsse.json", "json", "json.sig"
_FINGERPRINT = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)
_NAME_SHOWN = 200  # signs of a name beside a signature: more could look like lines of ours
_KEY_LIMIT = 1 << 16  # bytes of a key file
_FILE_LIMIT = 64 << 20  # bytes of a file that is signed, or of a signature


def sign(folder: Path, key: Ed25519PrivateKey, *, by: str = "", at: datetime | None = None, reports: Sequence[Path] = ()) -> Path:
    """Sign a sealed run, its results and its ``reports``; returns the file with the raw signature.

    Raises EvidenceError for a run that was never sealed, for one that is not as it was, and for one whose results are
    not those that its recording gives: nobody vouches for that. Whether a report is of the run is for the caller.
    """
    if not (folder / MANIFEST).is_file():
        raise EvidenceError(_("{folder} was never sealed: seal it before it is signed", folder=folder))
    if differences := [*altered(folder), *check(folder)]:
        raise EvidenceError(
            _("{folder} is not as it was sealed ({path}): it is not signed; verify it", folder=folder, path=differences[0].path)
        )
    analyses = vouched_for(folder, what=_("it is not signed"))
    signed = SUMS if (folder / SUMS).is_file() else MANIFEST
    content = _read(folder / signed)
    covers = {name: digest_of(folder / name)[0] for name in (signed, MANIFEST, *analyses)}
    files = {RAW: key.sign(content), PUBLIC: public_pem(key.public_key())}
    fingerprint = fingerprint_of(key.public_key())
    if (statement := _statement_of(folder, analyses)) is not None:
        payload = _read(folder / statement)
        covers[statement] = hashlib.sha256(payload).hexdigest()
        files[ENVELOPE] = canonical(_envelope(payload, key.sign(pre_authentication(payload)), fingerprint))
    moment = (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    about: dict[str, Any] = {
        "after": head(folder),
        "algorithm": "ed25519",
        "at": moment,
        "by": by,
        "covers": covers,
        "key_sha256": fingerprint,
    }
    if reports:
        about["reports"] = [{"name": path.name, "sha256": digest_of(path)[0]} for path in reports]
    files[ABOUT] = canonical(about)
    files[OF_ABOUT] = key.sign(files[ABOUT])
    return add(folder, "signature", files)


def _statement_of(folder: Path, analyses: Sequence[str]) -> str | None:
    """The statement of the first of the analyses that has one."""
    listed = (str(each["path"]) for name in analyses for each in entries_of(read_list(folder / name)[0]) or [])
    return next((path for path in listed if STATEMENTS.fullmatch(path)), None)


def signatures(run: Path | Contents) -> Iterator[Attestation]:
    """Yield the signatures of a run, and whether each holds for the files that are there."""
    for files in acts(entries(run), "signature").values():
        yield _checked(run, files)


def load_key(path: Path, ask: Callable[[], str]) -> Ed25519PrivateKey:
    """The private key of a PEM file; ``ask`` is called for its passphrase where it has one.

    Raises EvidenceError for anything else, and where the library that signs is not installed.
    """
    try:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
    except ImportError as error:
        raise needs_extra(_("a signature"), error) from None
    data = _key_bytes(path)
    try:
        try:
            key = load_pem_private_key(data, None)
        except TypeError:  # it has a passphrase
            key = load_pem_private_key(data, ask().encode())
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise EvidenceError(
            _("{path}: no private key in PEM, or another passphrase; make one with: {line}", path=path, line=NEW_KEY)
        ) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise EvidenceError(_("{path}: not an ed25519 key; make one with: {line}", path=path, line=NEW_KEY))
    return key


NEW_KEY = "openssl genpkey -algorithm ed25519 -out key.pem"


def trusted_key(key: str) -> str:
    """The fingerprint of a key that the reader trusts, which is named by that or by the file of its public key.

    Raises EvidenceError for anything else.
    """
    if _FINGERPRINT.fullmatch(key):
        return key.lower()
    public = _public(_key_bytes(Path(key)))
    if public is None:
        raise EvidenceError(_("{path}: no public ed25519 key in PEM", path=key))
    return fingerprint_of(public)


def fingerprint_of(key: Ed25519PublicKey) -> str:
    """SHA-256 of the public key in DER, as ``openssl pkey -pubin -outform DER | sha256sum`` has it."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def public_pem(key: Ed25519PublicKey) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def pre_authentication(payload: bytes) -> bytes:
    """The bytes that a DSSE signature covers: the type and the payload, each behind its length."""
    kind = PAYLOAD_TYPE.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def _envelope(payload: bytes, signature: bytes, fingerprint: str) -> dict[str, Any]:
    signed = {"keyid": fingerprint, "sig": base64.b64encode(signature).decode()}
    return {"payload": base64.b64encode(payload).decode(), "payloadType": PAYLOAD_TYPE, "signatures": [signed]}


def _checked(run: Path | Contents, files: Mapping[str, Entry]) -> Attestation:
    """A signature of the custody folder against the files it is about."""
    found = {ending: read(run, entry.path) for ending, entry in files.items()}
    path = next(iter(files.values())).path
    about = parsed_list(found.get(ABOUT, b""))
    covers = about.get("covers")
    names = covers if isinstance(covers, dict) else {}
    by, at = str(about.get("by", "")), str(about.get("at", ""))
    try:
        key = _public(found.get(PUBLIC, b""))
    except EvidenceError as error:
        return Attestation(path=path, kind="signature", good=None, words=_("not checked: {reason}", reason=error), by=by, at=at)
    if key is None:
        return Attestation(path=path, kind="signature", good=False, words=_("a signature without its public key"), by=by, at=at)
    print_ = fingerprint_of(key)
    problem = _problem(run, key, found, names) or _problem_of_words(key, found, about, next(iter(files.values())).previous)
    whose = _("signed with the key {key}, which says it is of '{by}'", key=print_, by=by[:_NAME_SHOWN])
    words = problem or (whose if by else _("signed with the key {key}, which names nobody", key=print_))
    covered = () if problem else (*names, *_reports(about))
    return Attestation(path=path, kind="signature", good=problem is None, words=words, by=by, at=at, key=print_, covers=covered)


def _reports(about: Mapping[str, Any]) -> Iterator[str]:
    """Each report that is signed, with its hash."""
    listed = about.get("reports", [])
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, dict):
            yield f"{each.get('name')} (SHA-256 {each.get('sha256')})"


def _problem(run: Path | Contents, key: Ed25519PublicKey, found: Mapping[str, bytes], covers: Mapping[str, object]) -> Text | None:
    """Why a signature does not hold, None where it does."""
    signed = next((name for name in (SUMS, MANIFEST) if name in covers), None)
    if signed is None:
        return _("a signature that does not say of what it is")
    if not _holds(key, found.get(RAW, b""), read(run, signed)):
        return _("the signature is not of this {name}", name=signed)
    statement = next((name for name in covers if STATEMENTS.fullmatch(name)), "")
    for name in covers:
        if name != statement and (not _may_be_covered(name) or hashlib.sha256(read(run, name)).hexdigest() != covers[name]):
            return _("the signature is not of this {name}", name=name[:100])
    if not statement and ENVELOPE not in found:
        return None
    envelope = parsed_list(found.get(ENVELOPE, b""))
    try:
        payload = base64.b64decode(envelope["payload"], validate=True)
        signature = base64.b64decode(envelope["signatures"][0]["sig"], validate=True)
    except (KeyError, IndexError, TypeError, ValueError):
        return _("the signed statement is damaged")
    if envelope != _envelope(payload, signature, fingerprint_of(key)) or not _holds(key, signature, pre_authentication(payload)):
        return _("the signature is not of its statement")
    if hashlib.sha256(payload).hexdigest() != covers.get(statement):
        return _("the signature is not of its statement")
    return None if payload == read(run, statement) else _("the statement was written anew since it was signed")


def _may_be_covered(name: str) -> bool:
    return name in (SUMS, MANIFEST) or ANALYSES.fullmatch(name) is not None


def _problem_of_words(key: Ed25519PublicKey, found: Mapping[str, bytes], about: Mapping[str, Any], before: str) -> Text | None:
    """Why what the signer says does not hold: others said it, or it was put elsewhere in the chain."""
    if not _holds(key, found.get(OF_ABOUT, b""), found.get(ABOUT, b"")):
        return _("the name and the time are not those that were signed")
    return None if about.get("after") == before else _("the signature was made at another place of the chain")


def _holds(key: Ed25519PublicKey, signature: bytes, content: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature

    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _public(pem: bytes) -> Ed25519PublicKey | None:
    try:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.serialization import load_pem_public_key
    except ImportError as error:
        raise needs_extra(_("a signature"), error) from None
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None


def _key_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_KEY_LIMIT)
    except OSError as error:
        raise EvidenceError(_("{path}: cannot be read: {reason}", path=path, reason=why(error))) from None


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_FILE_LIMIT)
    except OSError as error:
        raise EvidenceError(_("{path} cannot be read: {reason}", path=path, reason=why(error))) from error
