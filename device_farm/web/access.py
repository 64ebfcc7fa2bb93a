"""Access control: tokens with a name and roles, kept in a cookie as a signature, and a second secret in each form.

The cookie is no list of sessions: it says whose it is and until when it holds, signed with a key that comes of that
person's token. Without the token, or with another one, they end.
"""

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv6Address, ip_address

COOKIE = "apprights_farm"
HOLDS_SECONDS = 8 * 3600
"""A shift."""
MOST_WRONG = 10
"""Wrong tokens from an address in a minute; then nobody there is let in until it is over."""
MOST_ADDRESSES = 10_000
_MINUTE = 60.0


class Role(StrEnum):
    """What a token lets somebody do; each lets them read."""

    READ = "read"
    OPERATE = "operate"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Token:
    """A token, whose it is, and what it is good for."""

    name: str
    text: str
    roles: frozenset[Role] = frozenset(Role)

    @property
    def id(self) -> str:
        """What tells it from others, and tells nothing of it."""
        return self.signed("id", self.name)[:16]

    def signed(self, purpose: str, said: str) -> str:
        """Sign a text with a key that comes of the token."""
        key = hashlib.sha256(b"apprights farm web\0" + self.text.encode()).digest()
        return hmac.new(key, f"{purpose}\0{said}".encode(), hashlib.sha256).hexdigest()


class Access:
    """Lets people act who have a token with the role for it; without tokens nobody does."""

    def __init__(self, tokens: Sequence[Token], clock: Callable[[], float] = time.time) -> None:
        self._tokens = {token.id: token for token in tokens}
        self._clock = clock
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()

    @property
    def possible(self) -> bool:
        """Whether there is a token at all."""
        return bool(self._tokens)

    @property
    def closed(self) -> bool:
        """Whether only people with a token read: where one is for reading alone."""
        return any(token.roles == {Role.READ} for token in self._tokens.values())

    def shut(self, address: str) -> bool:
        """Whether too many wrong tokens came from an address of late."""
        wrong = self._wrong.get(_network(address)) or deque()
        return len(wrong) == MOST_WRONG and self._clock() - wrong[0] < _MINUTE

    def known(self, text: str, address: str) -> Token | None:
        """The token that this is, told in the same time whatever is wrong with it; None for none of ours."""
        if not self._tokens or self.shut(address):
            return None
        given = hashlib.sha256(text.encode("utf-8", "replace")).digest()
        right = [one for one in self._tokens.values() if hmac.compare_digest(given, hashlib.sha256(one.text.encode()).digest())]
        if not right:
            self._wrong.setdefault(_network(address), deque(maxlen=MOST_WRONG)).append(self._clock())
            self._wrong.move_to_end(_network(address))
            while len(self._wrong) > MOST_ADDRESSES:
                self._wrong.popitem(last=False)
        return right[0] if right else None

    def session(self, token: Token) -> str:
        """A new cookie."""
        said = f"{int(self._clock()) + HOLDS_SECONDS}.{secrets.token_hex(16)}.{token.id}"
        return f"{said}.{token.signed('session', said)}"

    def holder(self, cookie: str | None) -> Token | None:
        """The token whose session a cookie is; None for one that is none of ours, or over."""
        if not cookie or len(cookie) > 200 or not cookie.isascii():
            return None
        said, _dot, signature = cookie.rpartition(".")
        token = self._tokens.get(said.rpartition(".")[2])
        if token is None or not hmac.compare_digest(signature, token.signed("session", said)):
            return None
        return token if int(said.partition(".")[0]) > self._clock() else None

    def form_secret(self, cookie: str) -> str:
        """Return the secret that a form of this session must send: another site cannot read it; empty without one."""
        token = self.holder(cookie)
        return token.signed("form", cookie) if token is not None else ""

    def poster(self, cookie: str | None, secret: str) -> Token | None:
        """The token of who sends a form, where it comes of a page that we gave to this session."""
        token = self.holder(cookie)
        if token is None or cookie is None or not secret.isascii():
            return None
        return token if hmac.compare_digest(secret, token.signed("form", cookie)) else None


def _network(address: str) -> str:
    """The address by which somebody is known: of IPv6 the network, of which a computer has every address."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    return str(int(found) >> 64) if isinstance(found, IPv6Address) and found.ipv4_mapped is None else str(found)
