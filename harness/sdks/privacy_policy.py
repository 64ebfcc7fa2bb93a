"""The app's privacy policy as a text file, for what is compared with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.errors import FormatError, why
from harness.language import _
from harness.parsers.encoding import encoding_of

if TYPE_CHECKING:
    from pathlib import Path

POLICY_LIMIT = 4 << 20
"""Bytes of a policy at most [PROJECT]: the longest have a hundred thousand characters."""


def read_policy(path: Path) -> str:
    """The text of a policy file, UTF-8 or UTF-16 (how the editor of Windows saves it).

    Raises FormatError for what is no such text.

    A file in another encoding is refused: read with half of its characters lost, it would seem to tell of nothing.
    """
    try:
        with path.open("rb") as file:
            data = file.read(POLICY_LIMIT + 1)
    except OSError as error:
        raise FormatError(_("{path}: cannot be read: {reason}", path=path, reason=why(error))) from None
    if len(data) > POLICY_LIMIT:
        raise FormatError(
            _(
                "{path}: larger than {policy_limit} MiB, this is no privacy policy; give it as plain text",
                path=path,
                policy_limit=POLICY_LIMIT >> 20,
            )
        )
    try:
        text = data.decode(encoding_of(data))
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise FormatError(_("{path}: neither UTF-8 nor UTF-16 text; save the privacy policy as plain text in UTF-8", path=path))
    return text.replace("\r\n", "\n").replace("\r", "\n")
