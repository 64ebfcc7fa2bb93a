"""The file that a server delivers at an address, and the APK in it."""

from __future__ import annotations

from dataclasses import dataclass, field

KINDS = ("apk", "apks", "xapk", "file", "not_an_apk", "broken", "bomb")


@dataclass(frozen=True, slots=True)
class FileContent:
    """The bytes of a file: ``head``, then ``gap`` zeros, then ``tail``."""

    head: bytes
    gap: int = 0
    tail: bytes = b""

    @property
    def size(self) -> int:
        """Bytes in all."""
        return len(self.head) + self.gap + len(self.tail)


@dataclass(frozen=True, slots=True)
class Offer:
    """The file that an app file declares for a download; empty values are worked out from the file's name.

    ``labels`` by language, "" for the default; ``icon`` is a PNG; ``signer`` the word of a developer.
    """

    kind: str = ""
    package: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    icon: bytes = b""
    signer: str = ""
    version_name: str = "1.0"
    version_code: int = 1
    permissions: tuple[str, ...] = ()
