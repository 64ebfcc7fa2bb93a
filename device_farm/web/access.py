"""Access control: a token, kept in a cookie as a signature, and a second secret in each form.

The cookie is no list of sessions: it says until when it holds, signed with a key that comes of the token. Another
token ends them all.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

COOKIE = "apprights_farm"
HOLDS_SECONDS = 8 * 3600
"""A shift."""
MOST_WRONG = 10
"""Wrong tokens in a minute; then nobody is let in until it is over."""
_MINUTE = 60.0


class Access:
    """Lets people act who have the token; without a token nobody does."""

    def __init__(self, token: str | None, clock: Callable[[], float] = time.time) -> None:
        self._token = token
        self._clock = clock
        self._key = hashlib.sha256(b"apprights farm web\0" + (token or secrets.token_hex()).encode()).digest()
        self._wrong: deque[float] = deque(maxlen=MOST_WRONG)

    @property
    def possible(self) -> bool:
        """Whether there is a token at all."""
        return self._token is not None

    @property
    def shut(self) -> bool:
        """Whether too many wrong tokens came of late."""
        return len(self._wrong) == MOST_WRONG and self._clock() - self._wrong[0] < _MINUTE

    def known(self, token: str) -> bool:
        """Whether this is the token, told in the same time whatever is wrong with it."""
        if self._token is None or self.shut:
            return False
        right = hmac.compare_digest(
            hashlib.sha256(token.encode("utf-8", "replace")).digest(), hashlib.sha256(self._token.encode()).digest()
        )
        if not right:
            self._wrong.append(self._clock())
        return right

    def session(self) -> str:
        """A new cookie."""
        said = f"{int(self._clock()) + HOLDS_SECONDS}.{secrets.token_hex(16)}"
        return f"{said}.{self._signed('session', said)}"

    def holds(self, cookie: str | None) -> bool:
        """Whether a cookie is one of ours and not over."""
        if not self.possible or not cookie or len(cookie) > 200 or not cookie.isascii():
            return False
        said, _dot, signature = cookie.rpartition(".")
        if not hmac.compare_digest(signature, self._signed("session", said)):
            return False
        return int(said.partition(".")[0]) > self._clock()

    def form_secret(self, cookie: str) -> str:
        """Return the secret that a form of this session must send: another site cannot read it."""
        return self._signed("form", cookie)

    def may_post(self, cookie: str | None, secret: str) -> bool:
        """Whether a form comes of a page that we gave to this session."""
        return cookie is not None and self.holds(cookie) and secret.isascii() and hmac.compare_digest(secret, self.form_secret(cookie))

    def _signed(self, purpose: str, said: str) -> str:
        return hmac.new(self._key, f"{purpose}\0{said}".encode(), hashlib.sha256).hexdigest()
