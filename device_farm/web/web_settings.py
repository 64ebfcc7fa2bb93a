"""Settings of a dashboard."""

import os
import re
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from device_farm.web.access import Role, Token
from harness.errors import FormatError, why
from harness.language import _

TOKEN_VARIABLE = "APPRIGHTS_FARM_TOKEN"
SHORTEST_TOKEN = 16
"""Characters; what can be guessed is no token."""
LONGEST_TOKEN = 512
MOST_TEXT = 64 * 1024
NAMELESS = "token"
"""Whose the one token is that stands alone."""
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_HOST = re.compile(r"([a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?")  # RFC 9110, 7.2: a host and a port, no user
_NAME = re.compile(r"[^\s,\0-\x1f]{1,60}")


@dataclass(frozen=True, slots=True)
class Settings:
    """``folder`` is where the runs of this computer lie, ``artifacts`` the URL of what is stored by content, or empty.

    ``names`` are those by which a browser may call this server besides the addresses of the loopback; with
    ``any_address`` also every numeric address: a name that somebody else made point here is the danger, not a number.
    """

    folder: Path | None = None
    artifacts: str = ""
    tokens: tuple[Token, ...] = ()
    names: tuple[str, ...] = ()
    any_address: bool = False

    def may_be_called(self, host: str) -> bool:
        """Whether a ``Host`` header names this server; the port may be any."""
        told = _HOST.fullmatch(host.lower())
        if told is None:
            return False
        name = told[1]
        if name in LOOPBACK or name in self.names:
            return True
        return self.any_address and _is_address(name.strip("[]"))


def is_loopback(host: str) -> bool:
    """Whether only this computer reaches an address."""
    return host == "localhost" or (_is_address(host) and ip_address(host).is_loopback)


def tokens_of(file: Path | None) -> tuple[Token, ...]:
    """The tokens of a file, or the one of the environment; none where there is neither. Raises FormatError.

    A file has one token, or a line for each: a name, roles parted by commas, the token. They are never arguments: those
    are seen by everybody on a computer.
    """
    if file is None:
        told = os.environ.get(TOKEN_VARIABLE)
        return (Token(NAMELESS, _fit(told, TOKEN_VARIABLE)),) if told else ()
    try:
        with file.open(encoding="utf-8") as opened:
            text = opened.read(MOST_TEXT + 1)
    except OSError as error:
        raise FormatError(_("{path}: cannot be read: {reason}", path=file, reason=why(error))) from error
    except UnicodeDecodeError as error:
        raise FormatError(_("{path}: this is not UTF-8 text", path=file)) from error
    lines = [line.split() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if len(text) > MOST_TEXT or (len(lines) == 1 and len(lines[0]) == 1):
        return (Token(NAMELESS, _fit(text, str(file))),)
    tokens = tuple(_named(words, f"{file}:{number}") for number, words in enumerate(lines, 1))
    if not tokens or len({token.name for token in tokens}) < len(tokens) or len({token.text for token in tokens}) < len(tokens):
        raise FormatError(_("{path}: each line has a name, its roles and its token, and no two the same name or token", path=file))
    return tokens


def _named(words: list[str], where: str) -> Token:
    roles = set(words[1].split(",")) if len(words) == 3 else set()
    if not roles or not roles <= set(Role) or not _NAME.fullmatch(words[0]):
        known = ", ".join(Role)
        raise FormatError(_("{where}: write a name, roles of {known} parted by commas, and the token", where=where, known=known))
    return Token(words[0], _fit(words[2], where), frozenset(map(Role, roles)))


def _fit(text: str, where: str) -> str:
    token = text.strip()
    if not SHORTEST_TOKEN <= len(token) <= LONGEST_TOKEN or not token.isascii() or not token.isprintable() or " " in token:
        raise FormatError(
            _(
                "{where}: a token is {least} to {most} letters, digits and signs without spaces",
                where=where,
                least=SHORTEST_TOKEN,
                most=LONGEST_TOKEN,
            )
        )
    return token


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
