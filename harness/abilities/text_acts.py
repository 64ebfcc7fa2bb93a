"""Typing into a field and out of it again, by uiautomator2 and by the input command."""

from collections.abc import Callable
from contextlib import suppress

from harness.abilities.uncertainty import CannotTell, wait_for
from harness.device.protocol import Device, perform
from harness.errors import CommandFailed, HarnessError
from harness.events.box import centre
from harness.language import _, quoted
from harness.parsers.hierarchy import Node, parse_hierarchy
from harness.roms import FACTS

WORD = "apprights"
"""Small letters of ASCII: what a keyboard in the middle would compose or replace shows as a difference."""


def type_by_agent(device: Device) -> None:
    """By uiautomator2, as walks type."""
    _typed(device, lambda: device.type_text(WORD))


def type_by_input(device: Device) -> None:
    """By ``input text``, key by key."""
    _typed(device, lambda: perform(device, ["input", "text", WORD]))


def _typed(device: Device, act: Callable[[], object]) -> None:
    """Type into a field of the system, read it there, and take it back; raises CannotTell where no page has one."""
    try:
        before = _opened(device)
        device.tap(*centre(before.box))
        if not wait_for(lambda: (field := _field(device)) is not None and field.focused):
            raise CommandFailed("tap", 1, _("a touch did not give the text field the focus"))
        try:
            act()
            if not wait_for(lambda: _text(device) == WORD):
                raise CommandFailed("type", 1, _("the field shows {text}", text=quoted(_text(device)[:80])))
        finally:
            with suppress(HarnessError):
                device.type_text("" if before.text in ("", before.hint) else before.text)
    finally:
        with suppress(HarnessError):
            device.press("home")


def _opened(device: Device) -> Node:
    """The first text field on a page of the system that has one."""
    for action in FACTS["text_pages"]["actions"]:
        device.press("home")
        said = device.shell(["am", "start", "-a", action])
        if said.code == 0 and "Error" not in said.stdout + said.stderr and wait_for(lambda: _field(device) is not None):
            found = _field(device)
            if found is not None and found.text in ("", found.hint):
                return found
    raise CannotTell(_("no page of the system that was opened has an empty text field"))


def _field(device: Device) -> Node | None:
    nodes = (node for root in parse_hierarchy(device.tree()) for node in root.walk())
    return next((node for node in nodes if node.class_name.endswith("EditText") and node.visible and node.enabled), None)


def _text(device: Device) -> str:
    found = _field(device)
    return found.text if found is not None else ""
