"""``apprights devices``: the phones that adb sees."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from harness import console
from harness.commands.arguments import Json
from harness.commands.phone_list import AdbPort, Phone, phones
from harness.language import Text, _, said

NO_DEVICE = _(
    "no device: plug in a phone with USB debugging on (Settings > Developer options), start an emulator, "
    "or use a virtual one with --virtual"
)


def devices(json: Json = False, adb_port: AdbPort = None) -> None:
    """List the phones that adb sees, and what to do where one cannot be used."""
    found = phones(adb_port)
    if json:
        console.print_json({"devices": [_row(phone) for phone in found]})
        return
    if not found:
        console.progress(said(NO_DEVICE))
        return
    head = (_("serial"), _("state"), _("model"), Text("Android"), Text("ROM"), _("What to do"))
    rows = [
        (phone.entry.serial, said(phone.state), phone.entry.model, phone.entry.android, phone.entry.rom, said(phone.advice))
        for phone in found
    ]
    console.table("", [said(word) for word in head], rows)


def _row(phone: Phone) -> dict[str, Any]:
    """For programs: what adb says, and what we make of it."""
    return asdict(phone.entry) | {"ready": not phone.advice, "problem": phone.state if phone.advice else "", "advice": phone.advice}
