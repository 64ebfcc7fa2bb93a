"""An RFC 3161 time stamp of a run: an authority says that it was there at a time.

Stamped is the manifest, or, where something was added since the seal, the head of the chain of that: it stands for
the manifest too, and for each review, signature and issued report till then.

The authority is told a hash and nothing else. Its answer is kept as it came: ``openssl ts -verify`` checks it against
the authority's certificate. Here only what it says is read, and that it speaks of this manifest and of this request.
"""

import hashlib
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPDefaultErrorHandler, HTTPErrorProcessor, HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

from harness.custody.attestations import Attestation, acts, needs_extra
from harness.custody.index import Entry, add, entries, head, read
from harness.custody.records import check
from harness.errors import EvidenceError, why
from harness.language import Text, _
from harness.recording.canonical import canonical
from harness.recording.contents import Contents
from harness.recording.lists import CUSTODY, entries_of, parsed_list
from harness.recording.run_folder import MANIFEST, altered

TIMEOUT = 30.0  # [PROJECT]: seconds for an authority's whole answer
ANSWER_LIMIT = 1 << 20  # bytes; an answer with its certificates is some thousands
_CHUNK = 1 << 16
_CLOCKS_APART = timedelta(days=1)  # [PROJECT]: by which the clock of a computer may be wrong and not be told
_GRANTED = ("granted", "granted_with_mods")
REPLY, QUERY, ABOUT = "tsr", "tsq", "json"


def request(digest: bytes, nonce: int) -> bytes:
    """The DER of a request to stamp a SHA-256 ``digest``; raises EvidenceError where the library is not installed."""
    tsp = _tsp()
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest}
    made: bytes = tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "nonce": nonce, "cert_req": True}).dump()
    return made


def stamp(folder: Path, url: str, *, timeout: float = TIMEOUT) -> Path:
    """Have an authority stamp the manifest of a sealed run; returns the file with its answer.

    Raises EvidenceError for whatever is no such answer, for a run that was never sealed, and for one that was altered.
    """
    _usable(url)
    if not (folder / MANIFEST).is_file():
        raise EvidenceError(_("{folder} was never sealed: seal it before it is stamped", folder=folder))
    if differences := [*altered(folder), *check(folder)]:
        raise EvidenceError(
            _("{folder} is not as it was sealed ({path}): it is not stamped; verify it", folder=folder, path=differences[0].path)
        )
    of = CUSTODY if entries(folder) else MANIFEST
    digest = _digest(folder) if of == MANIFEST else bytes.fromhex(head(folder))
    nonce = secrets.randbits(63)
    query = request(digest, nonce)
    reply = _answer(url, query, timeout)
    said = _read(reply, url)
    if said.digest != digest or said.nonce != nonce:
        raise EvidenceError(_("{url} answered another request: nothing was added to the run", url=url))
    about = {"at": said.at.isoformat(), "authority": said.authority, "of": of, "sha256": digest.hex(), "url": url}
    return add(folder, "timestamp", {REPLY: reply, QUERY: query, ABOUT: canonical(about)})


def timestamps(run: Path | Contents) -> Iterator[Attestation]:
    """Yield the time stamps of a run, and whether each is of the manifest that is there."""
    for files in acts(entries(run), "timestamp").values():
        yield _checked(run, files)


class _Said:
    """What an answer says, and of what."""

    def __init__(self, token: Any, info: Any) -> None:
        imprint = info["message_imprint"]
        self.algorithm = imprint["hash_algorithm"]["algorithm"].native
        self.digest: bytes = imprint["hashed_message"].native if self.algorithm == "sha256" else b""
        self.nonce: int | None = info["nonce"].native
        self.at: datetime = info["gen_time"].native
        self.authority = _authority(token)


def _authority(token: Any) -> str:
    """The name in the certificate of the authority, empty where it sent none: only ``openssl ts`` proves it."""
    signer = token["signer_infos"][0]["sid"].native
    for certificate in token["certificates"] or ():
        if certificate.chosen.serial_number == signer.get("serial_number"):
            return str(certificate.chosen.subject.human_friendly)
    return ""


def _read(reply: bytes, url: str) -> _Said:
    tsp = _tsp()
    from asn1crypto import cms, core

    try:
        parts = core.Sequence.load(reply, strict=True)  # TimeStampResp of the library wants a token in a refusal too
        answer = tsp.PKIStatusInfo.load(parts[0].dump())
        status = answer["status"].native
        if status not in _GRANTED:
            words = answer["status_string"].native or sorted(answer["fail_info"].native or ())
            reason = " ".join("; ".join(words).split())[:200]
            raise EvidenceError(_("{url} refused the time stamp: {status} {reason}", url=url, status=status, reason=reason))
        content = cms.ContentInfo.load(parts[1].dump())["content"]
        if content["encap_content_info"]["content_type"].native != "tst_info":
            raise ValueError("no time in it")
        return _Said(content, content["encap_content_info"]["content"].parsed)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError):
        raise EvidenceError(_("{url} answered with something that is no time stamp", url=url)) from None


def _answer(url: str, query: bytes, timeout: float) -> bytes:
    """What the authority answers, whole; redirects are not followed, and an answer without end is left."""
    asked = Request(url, query, {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"})
    until = time.monotonic() + timeout
    found = bytearray()
    try:
        with closing(_opener().open(asked, timeout=timeout)) as reply:
            while chunk := reply.read1(_CHUNK):
                found += chunk
                if len(found) > ANSWER_LIMIT:
                    raise EvidenceError(
                        _("{url} answered with more than {limit} bytes: that is no time stamp", url=url, limit=ANSWER_LIMIT)
                    )
                if time.monotonic() > until:
                    raise TimeoutError
    except HTTPError as error:
        with closing(error):
            where = error.headers.get("Location", "")
        if where:
            raise EvidenceError(_("{url} leads on to {where}: name that address itself", url=url, where=where[:200])) from None
        raise EvidenceError(
            _("{url} answered with HTTP status {status}: {reason}", url=url, status=error.code, reason=error.reason)
        ) from None
    except TimeoutError:
        raise EvidenceError(_("{url} did not answer within {seconds:g} s", url=url, seconds=timeout)) from None
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise EvidenceError(_("{url} did not answer within {seconds:g} s", url=url, seconds=timeout)) from None
        reason = why(error.reason) if isinstance(error.reason, OSError) else error.reason
        raise EvidenceError(_("{url} cannot be reached: {reason}", url=url, reason=reason)) from None
    except (HTTPException, OSError, ValueError) as error:
        reason = why(error) if isinstance(error, OSError) else type(error).__name__
        raise EvidenceError(_("{url} cannot be reached: {reason}", url=url, reason=reason)) from None
    return bytes(found)


def _opener() -> OpenerDirector:
    """What fetches by HTTP alone: no file, no other scheme, no redirect."""
    opener = OpenerDirector()
    for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler(), HTTPDefaultErrorHandler(), HTTPErrorProcessor()):
        opener.add_handler(handler)
    return opener


def _usable(url: str) -> None:
    try:
        parts = urlsplit(url)
        fit = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None and (parts.port or 1) > 0
    except ValueError:
        fit = False
    if not fit or not url.isascii() or not url.isprintable() or " " in url:
        raise EvidenceError(_("'{url}' is no address of a time stamp authority: write http://... or https://...", url=url[:200]))


def _checked(run: Path | Contents, files: Mapping[str, Entry]) -> Attestation:
    path = next(iter(files.values())).path
    about = parsed_list(_content(run, files.get(ABOUT)))
    try:
        _tsp()
    except EvidenceError as error:
        return Attestation(path=path, kind="timestamp", good=None, words=_("not checked: {reason}", reason=error))
    try:
        said = _read(_content(run, files.get(REPLY)), str(about.get("url", "")))
    except EvidenceError:
        return Attestation(path=path, kind="timestamp", good=False, words=_("the time stamp is damaged"))
    at = said.at.isoformat()
    told = {"authority": said.authority or "?", "at": at}
    if about.get("of") == CUSTODY:
        good = said.digest.hex() == next(iter(files.values())).previous
        words = _("{authority} says that the manifest and custody till then were there at {at}; openssl ts checks who said so", **told)
    else:
        good = said.digest == hashlib.sha256(read(run, MANIFEST)).digest()
        words = _("{authority} says that the manifest was there at {at}; openssl ts checks who said so", **told)
    words = words if good else _("the time stamp is not of this manifest")
    if good and (doubt := _doubt(run, said.at)) is not None:
        return Attestation(path=path, kind="timestamp", good=None, words=doubt, by=said.authority, at=at)
    return Attestation(path=path, kind="timestamp", good=good, words=words, by=said.authority, at=at)


def _doubt(run: Path | Contents, at: datetime) -> Text | None:
    """Why a time cannot be that of the stamp, as far as other clocks can tell; whose is wrong nobody knows here."""
    ended = max((str(each.get("time")) for each in entries_of(parsed_list(read(run, MANIFEST))) or ()), default="")
    with suppress(ValueError, TypeError):  # a manifest that says no times
        if at < datetime.fromisoformat(ended) - _CLOCKS_APART:
            return _("the time stamp says {at}, but the recording ended at {ended} by the clock of its computer", at=at, ended=ended)
    if at > _now() + _CLOCKS_APART:
        return _("the time stamp says {at}, which is yet to come by the clock of this computer", at=at)
    return None


def _now() -> datetime:
    return datetime.now(UTC)


def _tsp() -> Any:
    try:
        from asn1crypto import tsp
    except ImportError as error:
        raise needs_extra(_("a time stamp"), error) from None
    return tsp


def _digest(folder: Path) -> bytes:
    try:
        return hashlib.sha256((folder / MANIFEST).read_bytes()).digest()
    except OSError as error:
        raise EvidenceError(_("{path} cannot be read: {reason}", path=folder / MANIFEST, reason=why(error))) from error


def _content(run: Path | Contents, entry: Entry | None) -> bytes:
    return read(run, entry.path) if entry else b""
