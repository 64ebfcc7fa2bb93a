"""The keyboards of io.appium.settings: what they make of the keys that ``input text`` presses.

``.UnicodeIME`` reads modified UTF-7 (RFC 3501), ``.AppiumIME`` an editor action between slashes; neither shows keys.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from device_farm.virtual.agent.appium_settings import PACKAGE, AppiumSettings

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

_SHIFTED = re.compile(r"&([^-]*)-")
_ACTION = re.compile(r"/([^/]{0,20})/")
_ACTIONS = ("normal", "unspecified", "none", "go", "search", "send", "next", "done", "previous")


def typed(device: VirtualDevice, text: str) -> str:
    """What comes into the field; ``text`` itself by another keyboard."""
    package = device.system.packages.get(PACKAGE)
    if package is None or package.app_class is not AppiumSettings:
        return text
    keyboard = device.settings["secure"].get("default_input_method", "")
    if keyboard == f"{PACKAGE}/.UnicodeIME":
        return _SHIFTED.sub(_decoded, text)
    return _ACTION.sub(_acted, text) if keyboard == f"{PACKAGE}/.AppiumIME" else text


def _decoded(found: re.Match[str]) -> str:
    if not found[1]:
        return "&"
    try:
        return base64.b64decode(found[1].replace(",", "/") + "=" * (-len(found[1]) % 4)).decode("utf-16-be")
    except ValueError:
        return found[0]


def _acted(found: re.Match[str]) -> str:
    """Nothing for an action, which no app file hears of; what is none is typed."""
    return "" if found[1].isdigit() or found[1].lower() in _ACTIONS else found[1]
