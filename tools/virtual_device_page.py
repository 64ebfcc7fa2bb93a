"""Writes docs/virtual-device.md from the data of the virtual device: what it is, and how far each pair can be trusted.

``python -m tools.virtual_device_page > docs/virtual-device.md``; a test compares the two.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from device_farm.virtual.faults import catalogue
from device_farm.virtual.framework.dumps.activity import SECTIONS
from device_farm.virtual.framework.dumps.dumps import DUMPS, OTHERS
from device_farm.virtual.roms import load_rom
from device_farm.virtual.roms.facts import Table
from device_farm.virtual.roms.pairs import sold_pairs
from device_farm.virtual.shell.registry import COMMANDS, NOT_MODELLED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from device_farm.virtual.roms import Rom
    from device_farm.virtual.roms.facts import Fact
    from device_farm.virtual.roms.pairs import Pair

HEAD = """\
# The virtual device

For a QA engineer who has to judge how far a result from the virtual device can be trusted. Generated from the data that the device
itself reads: `python -m tools.virtual_device_page > docs/virtual-device.md`. How to write an app for it: [virtual-app.md](virtual-app.md).

A virtual device is a program that speaks the device side of ADB, so `adb`, adbutils and uiautomator2 work on it as on a phone. It stands
in for a phone in three places: the demo, the tests of this project, and `apprights selftest`. **It proves that the harness works, never
that an app is clean**: an APK is installed on it, not run.

## How far to trust it

- Each fact it uses (a text, an id, the fields of a log line, a default) has a **source**: an AOSP file with its version, a real capture,
  or a public page. What nobody confirmed is marked **†** below: assumed.
- A row of `apprights selftest` counts in `assumed` how many assumed facts the device used while that row came about.
  `apprights virtual ctl SERIAL facts` names the facts a running device has used so far, each with file and source, and the count.
- Where a real dump or log exists, a test renders the same section and compares it key by key (`tests/virtual/test_capture_shapes.py`).
- What is not modelled is refused by name: `virtual: not modelled: COMMAND` on standard error, exit code 127.
  `apprights virtual ctl SERIAL unmodelled` lists what was refused.
- A verdict on a pair with many assumed facts says that the harness copes with such a ROM as far as it is known. Check it on a phone.

## Using it

| command | what it does |
|---|---|
| `apprights virtual --android 15 --rom pixel --app FILE.py` | starts one; prints `127.0.0.1:PORT` for `adb connect` |
| `apprights virtual ... --facts FILE` | writes the facts it used, as JSON lines, when it ends |
| `apprights virtual ctl SERIAL truth` | what really happened on it; only tests read that |
| `apprights virtual ctl SERIAL facts` | the facts it used, and how many are assumed |
| `apprights virtual ctl SERIAL unmodelled` | the commands it refused |
| `apprights virtual ctl SERIAL option [NAME on\\|off]` | the developer options of the ROM |
| `apprights virtual ctl SERIAL fault NAME [ARGUMENTS]` | makes trouble, see below |
| `apprights selftest --android 15 --rom pixel` | the sample apps on one pair; `--matrix`: on all |
"""

# Tables that say how a thing looks or what the device is called: no verdict rests on them.
FULL = (
    "dialog", "dialog.button_ids", "dialog.button_texts.zh", "dialog.button_texts.en", "dialog.roles", "permission_policy",
    "start_manager", "confirm_start", "install_confirm", "options", "cleaners",
)  # fmt: skip
LOOKS = ("properties", "settings", "dialog.style", "noise", "quiet_life")


def page() -> str:
    """The whole page."""
    pairs = [(pair, load_rom(pair.android, pair.rom)) for pair in sold_pairs()]
    sources = Sources()
    parts = [HEAD, _pairs(pairs), _modelled(), _faults()]
    parts += ["## The facts of each pair\n", LEGEND]
    parts += [_pair(pair, rom, sources) for pair, rom in pairs]
    parts.append(sources.listed())
    return "\n".join(parts).rstrip() + "\n"


LEGEND = """\
What a verdict rests on first is printed in full for each pair: dialog, buttons, rules of the request, defaults of autostart, kill
reasons. Of the other tables only what the pair has of its own; the rest is as the file named says. † is assumed. Numbers are those of the
sources at the end. What a maker's pair takes over from AOSP has AOSP's source; that the maker left it as it is, is not confirmed.
"""


class Sources:
    """The sources in the order of first mention, numbered from 1."""

    def __init__(self) -> None:
        """Start with none."""
        self._numbers: dict[str, int] = {}

    def number(self, source: str) -> int:
        """The number of a source, a new one for a new source."""
        return self._numbers.setdefault(source, len(self._numbers) + 1)

    def listed(self) -> str:
        """The list at the end of the page."""
        rows = [f"{number}. {_cell(source)}" for source, number in self._numbers.items()]
        return "\n".join(["## Sources\n", *rows])


def _pairs(pairs: list[tuple[Pair, Rom]]) -> str:
    rows = ["## The pairs of ROM and Android version\n", "Others are refused with this list.\n"]
    rows += ["| ROM | Android | release, and a phone that had it | permission dialog | facts | assumed |", "|---|---|---|---|---|---|"]
    for pair, rom in pairs:
        counted = [table for name, table in _tables(rom.data) if not _is_looks(name)]
        facts = [fact for table in counted for key in table if (fact := table.fact(key)) is not None]
        assumed = sum(fact.assumed for fact in facts)
        rows.append(f"| {pair.rom} | {pair.android} | {_cell(pair.sold)} | `{rom.dialog.package}` | {len(facts)} | {assumed} |")
    return "\n".join([*rows, "", "Facts about looks and about the device's own name are not counted.", ""])


def _modelled() -> str:
    names = sorted(set(COMMANDS) - set(NOT_MODELLED))
    dumps = [f"`{name}`" for name in sorted(DUMPS)]
    sections = ", ".join(f"`{name}`" for name in sorted(SECTIONS))
    refused = ", ".join(f"`{name}`" for name in OTHERS)
    commands, missing = (", ".join(f"`{name}`" for name in each) for each in (names, sorted(NOT_MODELLED)))
    return f"""\
## What is modelled

Shell commands, with the options that clients use: {commands}.

Dumps (`dumpsys NAME`): {", ".join(dumps)}. Of `dumpsys activity`: {sections}.

Refused by name: the dumps {refused}; the commands {missing}; every other option or argument of a modelled command that is not known.
"""


def _faults() -> str:
    rows = ["## Faults\n", "`apprights virtual ctl SERIAL fault NAME [ARGUMENTS]`; `off` ends one that lasts.\n"]
    rows += ["| fault | arguments | what a client sees | source |", "|---|---|---|---|"]
    for fault in catalogue().values():
        mark = " †" if fault.assumed else ""
        usage = f"`{_cell(fault.usage)}`" if fault.usage else ""
        rows.append(f"| {fault.name} | {usage} | {_cell(fault.what)} | {_cell(fault.source)}{mark} |")
    return "\n".join([*rows, ""])


def _pair(pair: Pair, rom: Rom, sources: Sources) -> str:
    base = f"aosp-{pair.android}"
    rows: list[str] = []
    as_base: list[str] = []
    for name, table in _tables(rom.data):
        if _is_looks(name):
            continue
        own = [key for key in table if table.fact(key) and (name in FULL or _is_own(table.fact(key), pair, base))]
        if own:
            rows.append(_row(name, table, own, sources))
        elif any(map(table.fact, table)):
            as_base.append(name)
    text = [f"### {pair.rom} {pair.android}\n", f"{pair.sold}\n"]
    if rows:
        text += ["| table | facts | sources |", "|---|---|---|", *rows, ""]
    if as_base:
        other = base if pair.rom != "aosp" else "the next version's, in the end aosp-13's"
        text.append(f"As {other}: {', '.join(as_base)}.\n")
    return "\n".join(text)


def _row(name: str, table: Table, keys: list[str], sources: Sources) -> str:
    values = table.unread()
    shown, numbers = [], []
    for key in keys:
        fact = table.fact(key)
        assert fact is not None
        if fact.source:
            numbers.append(sources.number(fact.source))
        mark = "†" if fact.assumed else ""
        shown.append(f"{key}{mark} = {_value(name, values[key])}")
    return f"| {name} | {'<br>'.join(shown)} | {', '.join(map(str, sorted(set(numbers))))} |"


def _value(table: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(f"`{_cell(str(each))}`" for each in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, dict):
        return f"`{_cell(str(value))}`"
    if table == "events":
        return f"`{value.get('name') or 'not written'}` {', '.join(value.get('values', ()))}"
    return "; ".join(f"{key} `{_cell(str(each))}`" for key, each in value.items()) or "none"


def _is_own(fact: Fact | None, pair: Pair, base: str) -> bool:
    """Whether the pair has it from a file of its own or of its maker; a version of AOSP from its own file only."""
    if fact is None:
        return False
    return fact.file == base if pair.rom == "aosp" else not fact.file.startswith("aosp-")


def _is_looks(name: str) -> bool:
    return any(name == each or name.startswith(f"{each}.") for each in LOOKS)


def _tables(data: Table, path: str = "") -> Iterator[tuple[str, Table]]:
    """Each table with its dotted name, those inside after their holder."""
    for key, value in data.unread().items():
        if isinstance(value, Table):
            name = f"{path}.{key}" if path else key
            yield name, value
            yield from _tables(value, name)


def _cell(text: str) -> str:
    """A text that keeps its place in a table."""
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(page())
