"""Addresses of files from a page that lies in a folder with them, or elsewhere on this computer."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from pathlib import Path


def link(target: Path, page_folder: Path) -> str:
    """The address of a file on a page in ``page_folder``: relative, so that both can be moved together."""
    try:
        relative = os.path.relpath(target.absolute(), page_folder.absolute())
    except ValueError:  # on another drive of Windows
        return target.absolute().as_uri()
    return quote(relative.replace(os.sep, "/"))
