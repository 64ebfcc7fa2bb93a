"""The words that are blacked out, in every form in which a run may have them."""

import json
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote
from xml.sax.saxutils import escape

from harness.custody.redaction_comparison import MARK
from harness.errors import EvidenceError
from harness.events.app_profile import AppProfile
from harness.language import _

LEAST_SIGNS = 2
"""Signs of a word: a single one stands everywhere, and would black out what it is evidence of."""
_NUMBER = re.compile(r"\+?[\d][\d -]{5,}\d")
_SEPARATORS = re.compile(r"[\s\-+()]")


class RedactionTerms:
    """Words to black out; raises EvidenceError where there are none, or one is too short to be told from others."""

    def __init__(self, words: Iterable[str]) -> None:
        found = sorted({word.strip() for word in words if word.strip()}, key=lambda word: (-len(word), word))
        if not found:
            raise EvidenceError(_("there is nothing to black out: name it in the app profile, [redact] words = [...]"))
        for word in found:
            if len(word) < LEAST_SIGNS:
                raise EvidenceError(_("'{word}' is too short to be blacked out: name at least {count} signs", word=word, count=LEAST_SIGNS))
        self._bytes = re.compile(b"|".join(map(_pattern, found)), re.IGNORECASE)
        self._plain = [_plain(word) for word in found]

    def within(self, data: bytes) -> bool:
        """Whether bytes of a text have one of the words."""
        return self._bytes.search(data) is not None

    def marked(self, data: bytes) -> bytes:
        """The bytes with a mark for each byte of a word."""
        return self._bytes.sub(lambda match: MARK * len(match[0]), data)

    def said(self, text: str) -> bool:
        """Whether a text that people read has one of the words, however its letters are spaced."""
        plain = _plain(text)
        return any(word in plain for word in self._plain)


def words_of(profile: AppProfile, environment: Mapping[str, str]) -> RedactionTerms:
    """What a profile names to be blacked out, and what its login types."""
    typed = [step.text or environment.get(step.env, "") for step in profile.login]
    return RedactionTerms([*profile.redact, *typed])


def _plain(text: str) -> str:
    return _SEPARATORS.sub("", text).casefold()


def _pattern(word: str) -> bytes:
    """A word as logs, JSON, XML and addresses write it; the digits of a number may have spaces or hyphens between."""
    number = _NUMBER.fullmatch(word) is not None
    signs = _SEPARATORS.sub("", word) if number else word
    return (rb"[ \-]?" if number else b"").join(map(_sign, signs))


def _sign(sign: str) -> bytes:
    raw = sign.encode("utf-8", "surrogatepass")
    escaped = json.dumps(sign)[1:-1]
    entities = [f"&#{ord(sign)};", f"&#x{ord(sign):x};", escape(sign, {'"': "&quot;", "'": "&apos;"})]
    forms = {raw, escaped.encode(), *(entity.encode("utf-8", "surrogatepass") for entity in entities), quote(raw).encode()}
    return b"(?:" + b"|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form))) + b")"
