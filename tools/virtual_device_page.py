"""Writes docs/virtual-device.md from the data of the virtual device.

What it models, and how far each pair can be trusted.

``python -m tools.virtual_device_page > docs/virtual-device.md``; a test compares the two.
"""

import sys
import textwrap

from device_farm.virtual.agent.appium_settings import CODED
from device_farm.virtual.agent.java_programs import PROGRAMS
from device_farm.virtual.faults.catalogue import catalogue
from device_farm.virtual.framework.dumps.activity import SECTIONS
from device_farm.virtual.framework.dumps.service_list import DUMPS
from device_farm.virtual.framework.phone_apps import foreign_windows
from device_farm.virtual.roms import Rom, load_rom
from device_farm.virtual.roms.fact_list import counted
from device_farm.virtual.roms.sold_pairs import Pair, sold_pairs
from device_farm.virtual.shell.registry import COMMANDS, NOT_MODELLED

HEAD = """\
# The virtual device

How far a result from the virtual device can be trusted. Generated from its data: `make docs`. How to write an app for it:
[virtual-app.md](virtual-app.md).

`adb`, adbutils and uiautomator2 work on it as on a phone. **It proves that the harness works, never that an app is clean**: an APK
is installed on it, not run.

## How far to trust it

- Each fact it uses (a text, an id, the fields of a log line, a default) has a **source**: an AOSP file with its version, a real capture,
  or a public page. What nobody confirmed is assumed, and marked **†** where it is listed.
- `apprights virtual facts` lists all of them, with `--android` and `--rom` those of one pair.
- A row of `apprights selftest` counts in `assumed` the assumed facts that the device used; `apprights virtual ctl SERIAL facts` names them.
- Where a real dump or log exists, a test renders the same section and compares it key by key (`tests/virtual/test_capture_shapes.py`).
- Of `harness/` it imports no parser, dialog word or rule, or one mistake could be made twice and pass.
- What is not modelled is refused by name: `virtual: not modelled: COMMAND` on standard error, exit code 127.
  `apprights virtual ctl SERIAL unmodelled` lists what was refused.
- A verdict on a pair with many assumed facts has to be checked on a phone.

## Using it

`apprights virtual --android 15 --rom pixel --app FILE.py` starts one and prints `127.0.0.1:PORT` for `adb connect`; `--help` has the
other options. `apprights virtual ctl SERIAL ...` talks to a running one ([virtual-app.md](virtual-app.md#the-device-around-the-app)).
`apprights selftest --android 15 --rom pixel` checks the sample apps on one pair, `--matrix` on all.
"""


def page() -> str:
    """The whole page."""
    pairs = [(pair, load_rom(pair.android, pair.rom)) for pair in sold_pairs()]
    parts = [HEAD, _pairs(pairs), _modelled(), _faults(), _windows()]
    return "\n".join(parts).rstrip() + "\n"


def _pairs(pairs: list[tuple[Pair, Rom]]) -> str:
    text = "Others are refused with this list; `device_farm/virtual/roms/pairs.toml` names a phone that had each. Of each pair stand how "
    text += "many of its facts are assumed, and of how many; those about looks and the device's own name are not counted."
    rows = ["## The pairs of ROM and Android version\n", f"{textwrap.fill(text, 120)}\n", "| ROM | Android: assumed of all |", "|---|---|"]
    found: dict[str, list[str]] = {}
    for pair, rom in pairs:
        facts = counted(rom)
        found.setdefault(pair.rom, []).append(f"{pair.android}: {sum(fact.assumed for fact in facts)}/{len(facts)}")
    return "\n".join([*rows, *(f"| {name} | {', '.join(each)} |" for name, each in found.items()), ""])


def _modelled() -> str:
    names = sorted(set(COMMANDS) - set(NOT_MODELLED))
    dumps = [f"`{name}`" for name in sorted(DUMPS)]
    sections = ", ".join(f"`{name}`" for name in sorted(SECTIONS))
    texts = (
        f"{len(names)} shell commands, with the options that clients use: those of `device_farm/virtual/shell/registry.py`.",
        f"Dumps (`dumpsys NAME`): {', '.join(dumps)}. Of `dumpsys activity`: {sections}.",
        f"Java programs of clients (`app_process`): {', '.join(f'`{name}`' for name in PROGRAMS)}. Apps of clients, which act once "
        f"their APK is installed: {', '.join(f'`{name}`' for name in CODED)}.",
        "Every other dump, command or option is refused by name.",
    )
    return "\n\n".join(["## What is modelled", *(textwrap.fill(text, 120) for text in texts)]) + "\n"


def _faults() -> str:
    source = "Their arguments, what a client then sees, and sources: `device_farm/virtual/faults/faults.toml`."
    names = ", ".join(f"{fault.name}{' †' if fault.assumed else ''}" for fault in catalogue().values())
    text = f"`apprights virtual ctl SERIAL fault NAME [ARGUMENTS]`, `off` behind the name of one that lasts: {names}. {source}"
    return "\n".join(["## Faults\n", textwrap.fill(text, 120, break_on_hyphens=False), ""])


def _windows() -> str:
    source = "Texts, log lines and sources: `device_farm/virtual/framework/phone_apps/foreign_windows.toml`."
    names = ", ".join(f"{name}{' †' if entry.get('assumed') else ''}" for name, entry in foreign_windows.catalogue().items())
    return "\n".join(["## Windows of the fault `window`\n", textwrap.fill(f"{names}. {source}", 120), ""])


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(page())
