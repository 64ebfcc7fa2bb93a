"""The signatures and time stamps in ``custody/``, each with whether it holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from harness.custody.index import Entry
from harness.errors import EvidenceError
from harness.language import Text, _
from harness.operating_system import install_command


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """A signature or a time stamp. ``good`` is None where it cannot be checked here, and ``words`` say why.

    ``by`` is the name that the signer gave, or the authority's; ``key`` the fingerprint of the key, empty for a stamp.
    ``covers`` names what was signed.
    """

    path: str
    kind: Literal["signature", "timestamp"]
    good: bool | None
    words: Text
    by: str = ""
    at: str = ""
    key: str = ""
    covers: tuple[str, ...] = ()


def needs_extra(what: Text, error: ImportError) -> EvidenceError:
    """What to install for signatures and time stamps, which most people never use."""
    return EvidenceError(
        _("{what} needs {module}: install the extra 'sign': {line}", what=what, module=error.name, line=install_command("sign"))
    )


def acts(entries: tuple[Entry, ...], kind: str) -> Mapping[int, Mapping[str, Entry]]:
    """The entries of a kind by the number of their act, each by its ending."""
    found: dict[int, dict[str, Entry]] = {}
    for entry in entries:
        if entry.kind == kind:
            ending = entry.path.partition(f"-{kind}.")[2]
            found.setdefault(entry.number, {})[ending] = entry
    return found
