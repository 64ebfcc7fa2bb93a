"""The code of an APK by names: its classes and what they extend, and small files that its libraries leave in it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.apk.archive import MIB, Archive
from harness.apk.dex import superclasses
from harness.errors import FormatError, why
from harness.language import _

_DEX = re.compile(r"classes\d*\.dex")
_MAX_DEX, _MAX_TEXT = 128 * MIB, 64 * 1024
_MOST_DEX = 100


@dataclass(frozen=True, slots=True)
class ApkCode:
    """``superclasses`` maps each class to what it extends; ``texts`` holds the files that were asked for and are there.

    ``unreadable`` says of each DEX file that could not be read why.
    """

    superclasses: Mapping[str, str | None]
    texts: Mapping[str, str]
    unreadable: tuple[str, ...]


def read_code(path: Path, wanted: Iterable[str] = ()) -> ApkCode:
    """Read an APK's classes and the ``wanted`` files; raises FormatError for what is no zip file."""
    try:
        stream = path.open("rb")
    except OSError as error:
        raise FormatError(_("{name}: cannot be read: {reason}", name=path.name, reason=why(error))) from None
    with stream:
        archive = Archive(path, stream)
        classes: dict[str, str | None] = {}
        unreadable = []
        for name in sorted(name for name in archive.entries if _DEX.fullmatch(name))[:_MOST_DEX]:
            try:
                classes |= superclasses(archive.read(name, _MAX_DEX))
            except FormatError as error:
                unreadable.append(f"{name}: {error}")
        texts = {}
        for name in wanted:
            if name in archive.entries and archive.entries[name].size <= _MAX_TEXT:
                texts[name] = archive.read(name, _MAX_TEXT).decode("utf-8", "replace")
        return ApkCode(classes, texts, tuple(unreadable))
