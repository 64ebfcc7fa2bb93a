"""A phone's pack read back: somebody's file, so nothing in it is trusted, and what is wrong with it is one line."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.console import printable
from harness.custody.canonical_zip import Member, members
from harness.custody.phone_pack import ABILITIES, FORMAT, PACK, PROOF, PROPERTIES
from harness.errors import EvidenceError, FormatError, why
from harness.language import _
from harness.parsers.hierarchy import parse_hierarchy
from harness.roms import rom_of

MOST_BYTES = 64 << 20
MOST_FILES = 400
MOST_FILE = 8 << 20
"""Of one file that is read [PROJECT]: what ``doctor --pack`` writes is far below each of these."""
MOST_SIGNS = 200
"""Of a text that goes onto a page."""


@dataclass(frozen=True, slots=True)
class ProvedRow:
    """One comparison of the proof: ``got`` is None where the phone could not tell."""

    app: str
    id: str
    expected: bool | str
    got: bool | str | None


@dataclass(frozen=True, slots=True)
class PackedPhone:
    """What a pack tells: the phone, its ROM's family, abilities by name, the proof's rows (None: no proof), dialogs."""

    name: str
    device: Mapping[str, str]
    rom: str
    abilities: Mapping[str, bool]
    rows: tuple[ProvedRow, ...] | None
    dialogs: Mapping[str, str]


def read_pack(path: Path) -> PackedPhone:
    """Read a pack; raises EvidenceError or FormatError, one line, for a file that ``doctor --pack`` did not write."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise EvidenceError(_("{path} cannot be read: {reason}", path=path, reason=why(error))) from error
    if size > MOST_BYTES:
        raise EvidenceError(_("{path} is larger than {size} MB: nothing in it is read", path=path, size=MOST_BYTES >> 20))
    found = members(path)
    if len(found) > MOST_FILES or any(member.size > MOST_FILE for member in found.values()):
        raise EvidenceError(_("{path} holds more than the pack of a phone does: nothing in it is read", path=path))
    try:
        about, properties = _read(path, found, PACK), _read(path, found, PROPERTIES)
        device = {str(name): _text(value) for name, value in about["device"].items()}
        abilities = {_text(one["ability"]): one["ok"] is True for one in _read(path, found, ABILITIES)}
        rows = tuple(_rows(_read(path, found, PROOF))) if PROOF in found else None
        rom = rom_of({name: _text(value) for name, value in properties.items()})
        if about["format"] != FORMAT or not {"brand", "model", "android", "build", "virtual"} <= device.keys():
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise FormatError(_("{path} is no pack of a phone: 'apprights doctor --pack' writes one", path=path)) from None
    trees = {name: _bytes(path, found, name).decode("utf-8", "replace") for name in found if name.endswith(".xml")}
    for tree in trees.values():
        parse_hierarchy(tree)
    return PackedPhone(path.name, device, rom, abilities, rows, trees)


def _read(path: Path, found: Mapping[str, Member], name: str) -> Any:
    return json.loads(_bytes(path, found, name))


def _bytes(path: Path, found: Mapping[str, Member], name: str) -> bytes:
    member = found[name]
    with path.open("rb") as file:
        file.seek(member.start)
        data = file.read(member.size)
    if zlib.crc32(data) != member.crc:
        raise EvidenceError(_("{path}: {file} was changed", path=path, file=printable(name[:100])))
    return data


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value))
    return " ".join(printable(value[:MOST_SIGNS]).split())


def _rows(proof: Any) -> list[ProvedRow]:
    found = []
    for app in proof["apps"]:
        for row in app["rows"]:
            expected, got = row["expected"], row["got"]
            if not isinstance(expected, bool | str) or not (got is None or isinstance(got, bool | str)):
                raise TypeError(row)
            found.append(ProvedRow(_text(app["app"]), _text(row["id"]), expected, got))
    return found
