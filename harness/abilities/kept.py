"""What a check asks of a phone first: the abilities that only read are tried, the others are known of the same day.

The answers of a day are kept beside the ledger, for a phone and its build: ``apprights doctor`` tries all.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from harness.abilities.ability import Ability, Answer, Tried
from harness.abilities.trying import had_by, try_each
from harness.device.protocol import Device
from harness.errors import DeviceTimeout, EvidenceError
from harness.language import _, both
from harness.parsers.getprop import properties
from harness.recording.run_folder import write_atomic
from harness.restore.ledger import device_file
from harness.roms import rom_of

SUFFIX = ".abilities"
OF_TODAY = _("as 'apprights doctor' found today")
_LIMIT = 1 << 16  # bytes of a file that has a word an ability


def try_all(device: Device, phone: Mapping[str, str], *, reboots: bool = False) -> Iterator[Tried]:
    """Try every ability, as ``try_each``, and keep the answers for the checks of the day; ``phone`` is its getprop.

    ``reboots``: also what restarts the phone.
    """
    path, answers = device_file(device, SUFFIX), {}
    for tried in try_each(device, [one for one in had_by(phone) if reboots or not one.if_asked]):
        answers[tried.ability.name] = tried.answer
        yield tried
    with suppress(OSError, EvidenceError):  # then a check knows nothing of the costly ones
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, json.dumps(_of_today(phone) | {"answers": answers}).encode())


def first_tried(device: Device, *, screen: bool) -> list[dict[str, Any]]:
    """Try what only reads, and what verdicts rest on and was refused today once more; for run.json, each ability.

    Without ``screen`` the phone is in its user's hands: nothing costly is tried. Some seven round trips; raises
    DeviceLost where the phone goes away.
    """
    phone = properties(device.shell(["getprop"]).stdout)
    kept, wanted = _kept(device_file(device, SUFFIX), phone), had_by(phone)
    now = [one for one in wanted if one.cheap or (screen and one.sources and kept.get(one.name, Answer.HAS) != Answer.HAS)]
    try:
        found = {tried.ability: tried for tried in try_each(device, now)}
    except DeviceTimeout:  # a slow phone is checked all the same
        found = {}
    known = [found.get(one) or Tried(one, kept.get(one.name, Answer.UNTRIED), OF_TODAY) for one in wanted]
    return [told(one, rom_of(phone)) for one in known]


def told(tried: Tried, rom: str) -> dict[str, Any]:
    """What run.json has of an ability that was tried on a ROM."""
    ability: Ability = tried.ability
    about = {"ability": ability.name, "zh": ability.zh, "en": ability.en, "answer": tried.answer.value}
    if tried.answer in (Answer.HAS, Answer.UNTRIED):
        return about
    (about["told_zh"], about["told_en"]), (about["menu_zh"], about["menu_en"]) = both(tried.told), both(tried.todo(rom))
    return about | {"sources": [source.value for source in ability.sources], "rules": [rule.id for rule in ability.rules()]}


def _of_today(phone: Mapping[str, str]) -> dict[str, str]:
    return {"day": datetime.now().astimezone().date().isoformat(), "fingerprint": phone.get("ro.build.fingerprint", "")}


def _kept(path: Path, phone: Mapping[str, str]) -> dict[str, Answer]:
    """The answers of today about this build; none where the file is missing, damaged or of another day."""
    try:
        with path.open("rb") as file:
            data = json.loads(file.read(_LIMIT))
        same = all(data[key] == value for key, value in _of_today(phone).items())
        return {str(name): Answer(answer) for name, answer in data["answers"].items()} if same else {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
