"""A recorded screen as the harness looks at one: its tree as XML, its picture in the tree's pixels."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from xml.sax.saxutils import quoteattr

import cv2
import numpy as np

from device_farm.virtual.recorded.prompts import is_prompt
from device_farm.virtual.recorded.recording import State
from harness.dialogs.matcher import find_dialog
from harness.events.app_under_test import AppUnderTest
from harness.pages.look import Look
from harness.parsers.hierarchy import parse_hierarchy
from harness.vision.luma_thumbnails import Frame

FLAGS = ("clickable", "long-clickable", "scrollable", "checkable", "checked", "selected", "focused", "password")


def xml_of(state: State) -> str:
    """The tree as uiautomator would print it: views that nobody sees are left out, with all that is in them."""

    def written(number: int) -> str:
        view = state.views[number]
        left, top, right, bottom = view.bounds.left, view.bounds.top, view.bounds.right, view.bounds.bottom
        words = {
            "text": view.text,
            "resource-id": view.id,
            "class": view.class_name,
            "package": view.package,
            "content-desc": view.description,
            "bounds": f"[{left},{top}][{right},{bottom}]",
            "enabled": str("disabled" not in view.flags).lower(),
        }
        words |= {flag: str(flag in view.flags).lower() for flag in FLAGS}
        inside = "".join(written(child) for child in state.children[number] if "hidden" not in state.views[child].flags)
        return f"<node {' '.join(f'{name}={quoteattr(value)}' for name, value in words.items())}>{inside}</node>"

    return f"<hierarchy rotation='0'>{written(0)}</hierarchy>"


def app_of_states(states: Iterable[State], package: str) -> AppUnderTest:
    """The app as the harness would know it: the packages that ask for permissions are those that were seen to ask."""
    asking = sorted({state.package for state in states if is_prompt(state)})
    return AppUnderTest(package=package, uid=10100, grant_packages=tuple(asking))


def look_at(state: State, app: AppUnderTest) -> Look:
    """What the harness makes of a screen by its tree; no text is read in its picture, which would take minutes."""
    roots = parse_hierarchy(xml_of(state))
    return Look(roots, find_dialog(roots, app.package, app.grant_packages, app.permissions))


def frame_of(state: State) -> Frame | None:
    """The picture of a screen, scaled to the width of its tree; None without one."""
    if state.picture is None:
        return None
    return _frame(state.picture, max(1, state.views[0].bounds.right))


@cache
def _frame(path: Path, width: int) -> Frame:
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
    height = round(picture.shape[0] * width / picture.shape[1])
    return np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)
