"""Settings of a dashboard."""

from __future__ import annotations

import os
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

from harness.errors import FormatError, why
from harness.language import _

if TYPE_CHECKING:
    from pathlib import Path

TOKEN_VARIABLE = "APPRIGHTS_FARM_TOKEN"
SHORTEST_TOKEN = 16
"""Characters; what can be guessed is no token."""
LONGEST_TOKEN = 512
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Settings:
    """``folder`` is where the runs of this computer lie, ``artifacts`` the URL of what is stored by content, or empty.

    ``names`` are those by which a browser may call this server besides the addresses of the loopback; with
    ``any_address`` also every numeric address: a name that somebody else made point here is the danger, not a number.
    """

    folder: Path | None = None
    artifacts: str = ""
    token: str | None = None
    names: tuple[str, ...] = ()
    any_address: bool = False

    def may_be_called(self, host: str) -> bool:
        """Whether a ``Host`` header names this server; the port may be any."""
        name = host.lower()
        if not name.endswith("]"):  # an IPv6 address stands in brackets, a port behind it
            name = name.rpartition(":")[0] or name
        if name in LOOPBACK or name in self.names:
            return True
        return self.any_address and _is_address(name.strip("[]"))


def is_loopback(host: str) -> bool:
    """Whether only this computer reaches an address."""
    return host == "localhost" or (_is_address(host) and ip_address(host).is_loopback)


def token_of(file: Path | None) -> str | None:
    """The token of a file, or of the environment; None where there is neither. Raises FormatError.

    It is never an argument: those are seen by everybody on a computer.
    """
    if file is None:
        return _fit(os.environ[TOKEN_VARIABLE], TOKEN_VARIABLE) if os.environ.get(TOKEN_VARIABLE) else None
    try:
        with file.open(encoding="utf-8") as opened:
            text = opened.read(LONGEST_TOKEN + 2)
    except OSError as error:
        raise FormatError(_("{path}: cannot be read: {reason}", path=file, reason=why(error))) from error
    except UnicodeDecodeError as error:
        raise FormatError(_("{path}: this is not UTF-8 text", path=file)) from error
    return _fit(text, str(file))


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
