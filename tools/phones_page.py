"""Writes docs/phones.md and docs/zh/phones.md: what a phone has proved of each ROM, and what is known without one.

``python -m tools.phones_page``; a test compares them with the data: the packs of tests/data/phones that phones gave
(``apprights doctor --pack``), harness/roms/roms.toml, device_farm/virtual/roms.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from device_farm.virtual.roms import load_rom
from device_farm.virtual.roms.fact_list import cell, counted
from device_farm.virtual.roms.sold_pairs import sold_pairs
from harness.custody.phone_pack_reading import PackedPhone, read_pack
from harness.errors import FormatError, HarnessError
from harness.roms import FACTS

ROOT = Path(__file__).parents[1]
GIVEN = ROOT / "tests/data/phones"
PAGES = {"en": ROOT / "docs/phones.md", "zh": ROOT / "docs/zh/phones.md"}
FAMILIES = ("aosp", *dict.fromkeys(row[-1] for row in FACTS["marks"]["order"]))
AS_FAMILY = {"pixel": "aosp"}
"""ROMs of the virtual device that the harness takes for another family."""
ANY = ""
TEXTS = {
    "en": {
        "head": """# Phones

What of all this was seen on a real phone. Generated from the packs that phones gave ([prove.md](prove.md)) and from the
data of ROMs: `make docs`.

{proved}

A fact is one entry of the data: a package, an id, a text, a default. It has a source (a public address, a file of AOSP,
a capture) or is assumed: nobody confirmed it on a phone; {none} have neither. Counted are the facts of
`harness/roms/roms.toml` that name the family or any ROM; those of the virtual device are in
[virtual-device.md](virtual-device.md).

| ROM | Android | assumed of all | proved by |
|---|---|---|---|
""",
        "none": "**No phone has proved anything yet.** All below is known from sources or assumed, and was tried on virtual devices\nonly.",
        "some": "Packs: {count}. What a row names no pack for is known from sources, or assumed.",
        "phone": "\n## {name}\n\n{phone}; build `{build}`.\n\n",
        "proof": "Proof: {right} as expected, {differs} different, {unknown} not known.",
        "no_proof": "The proof was not run.",
        "differs": " Different: {rows}.",
        "abilities": " Abilities: {has} of {all}.",
        "lacks": " Refused or not told: {names}.",
    },
    "zh": {
        "head": """# 手机

供想知道这一切在真实手机上见过多少的人查阅。由手机提供的数据包（[prove.md](prove.md)）和系统数据生成：`make docs`。

{proved}

一条事实即数据中的一项：包名、标识、文字或默认值。它有来源（公开网址、AOSP 文件或实录），或为推定：没有人在手机上
确认；两者皆无的有 {none} 条。此处计 `harness/roms/roms.toml` 中指名该系统或任意系统者；虚拟设备的见
[virtual-device.md](../virtual-device.md)（英文）。

| ROM | Android | 推定数/总数 | 由谁验证 |
|---|---|---|---|
""",
        "none": "**还没有任何手机验证过。** 以下内容均来自公开资料或为推定，只在虚拟设备上试过。",
        "some": "数据包 {count} 个。某一行没有列出数据包时，其内容来自公开资料或为推定。",
        "phone": "\n## {name}\n\n{phone}；构建 `{build}`。\n\n",
        "proof": "验证：{right} 项符合，{differs} 项不同，{unknown} 项未知。",
        "no_proof": "没有运行验证。",
        "differs": "不同：{rows}。",
        "abilities": "可用能力：{all} 项中的 {has} 项。",
        "lacks": "被拒绝或未知：{names}。",
    },
}


def given(folder: Path = GIVEN) -> list[PackedPhone]:
    """The packs of the folder by name; raises HarnessError, one line, for one that proves nothing or cannot be read."""
    found = [read_pack(path) for path in sorted(folder.glob("*.zip"))]
    if virtual := next((one for one in found if one.device["virtual"]), None):
        raise FormatError(f"{virtual.name} is of a virtual device, which proves nothing of a phone")
    return found


def page(language: str, phones: Sequence[PackedPhone]) -> str:
    """The page in one language, ``en`` or ``zh``."""
    texts = TEXTS[language]
    harness = {family: Counter(kind for families, kind in rom_facts() if {family, ANY} & {*families}) for family in FAMILIES}
    none = sum(kind == "none" for _families, kind in rom_facts())
    rows, left = [], {_pair(phone) for phone in phones}
    for pair in sold_pairs():
        none += sum(not fact.assumed and not fact.source for fact in counted(load_rom(pair.android, pair.rom)))
        left -= {(pair.rom, pair.android)}
        rows.append((pair.rom, pair.android, AS_FAMILY.get(pair.rom, pair.rom)))
    known = {family for _rom, _android, family in rows}
    left |= {(family, "-") for family in FAMILIES if family not in known}
    rows += [(family, android, family) for family, android in sorted(left)]
    proved = texts["some"].format(count=len(phones)) if phones else texts["none"]
    told = texts["head"].format(proved=proved, none=none)
    alike: dict[tuple[str, str, str], list[str]] = {}
    for rom, android, family in rows:
        by = ", ".join(cell(one.name) for one in phones if _pair(one) == (rom, android)) or "-"
        alike.setdefault((rom, f"{harness[family]['assumed']}/{harness[family].total()}", by), []).append(android)
    told += "".join(f"| {rom} | {', '.join(versions)} | {share} | {by} |\n" for (rom, share, by), versions in alike.items())
    return told + "".join(_phone(one, texts) for one in phones)


def rom_facts() -> Iterator[tuple[frozenset[str], str]]:
    """Each fact of roms.toml: the families that it names (ANY: of any ROM), and ``source``, ``assumed`` or ``none``."""
    for tables in FACTS.values():
        for table in tables if isinstance(tables, list) else [tables]:
            yield from _facts_of(table)


def _facts_of(table: dict[str, Any]) -> Iterator[tuple[frozenset[str], str]]:
    """``assumed`` is true for all, or tells which are: what it tells of none of the values is a fact of its own."""
    assumed, source = table.get("assumed", ()), "source" if table.get("source") else "none"
    named = [assumed] if isinstance(assumed, str) else [] if isinstance(assumed, bool) else [*assumed]
    leaves = [*_leaves({key: value for key, value in table.items() if key not in ("assumed", "source")}, frozenset({ANY}))]
    for families, text in leaves:
        yield families, "assumed" if assumed is True or any(one in text for one in named) else source
    for _one in (one for one in named if not any(one in text for _families, text in leaves)):
        yield frozenset(str(name).lower() for name in table.get("roms", (ANY,))), "assumed"


def _leaves(value: Any, families: frozenset[str]) -> Iterator[tuple[frozenset[str], str]]:
    """The entries of a table as text; a text in two languages is one, as is a row that ends with a family."""
    if isinstance(value, dict) and not {*value} <= {"zh", "en"}:
        own = frozenset(str(name).lower() for name in value["roms"]) if "roms" in value else families
        for key, each in value.items():
            if key != "roms":
                yield from _leaves(each, frozenset({key}) if key in FAMILIES else own)
    elif isinstance(value, list) and value[-1:] and value[-1] in FAMILIES and len(value) > 1:
        yield frozenset({value[-1]}), " ".join(value)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each, families)
    else:
        yield families, str(value)


def _pair(phone: PackedPhone) -> tuple[str, str]:
    """Its ROM and Android version, as the list of pairs has them."""
    android, pixel = phone.device["android"], phone.rom == "aosp" and phone.device["brand"] == "google"
    return "pixel" if pixel else phone.rom, android[:3] if android.startswith("8.1") else android.partition(".")[0]


def _phone(phone: PackedPhone, texts: dict[str, str]) -> str:
    name = cell(" ".join(filter(None, (phone.device["brand"], phone.device["model"], f"Android {phone.device['android']}"))))
    told = texts["phone"].format(name=cell(phone.name), phone=name, build=cell(phone.device["build"].replace("`", "'")))
    if phone.rows is None:
        told += texts["no_proof"]
    else:
        right = sum(row.got == row.expected for row in phone.rows)
        unknown = sum(row.got is None for row in phone.rows)
        differs = [f"{row.app} {row.id}" for row in phone.rows if row.got is not None and row.got != row.expected]
        told += texts["proof"].format(right=right, differs=len(differs), unknown=unknown)
        told += texts["differs"].format(rows=cell(", ".join(differs))) if differs else ""
    lacks = [name for name, has in phone.abilities.items() if not has]
    told += texts["abilities"].format(has=len(phone.abilities) - len(lacks), all=len(phone.abilities))
    return told + (texts["lacks"].format(names=cell(", ".join(lacks))) if lacks else "") + "\n"


if __name__ == "__main__":
    try:
        PHONES = given()
    except HarnessError as error:
        sys.exit(str(error))
    for chosen, file in PAGES.items():
        file.write_text(page(chosen, PHONES), encoding="utf-8")
