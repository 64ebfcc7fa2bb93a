"""Whether two names mean one app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.dialogs.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable


def same_name(told: str, labels: Iterable[str]) -> bool:
    """Whether one of an app's labels is the name that was told, or stands in it: 下载消消乐 for 消消乐."""
    name = plain(told).replace(" ", "")
    return any(label and (label in name or name in label) for label in (plain(each).replace(" ", "") for each in labels))
