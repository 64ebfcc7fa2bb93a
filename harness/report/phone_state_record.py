"""The phone before and after a check: power, screen and lock, network, permissions, and what is not read of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.errors import FormatError
from harness.events import PermissionFlagsRead
from harness.parsers.battery import parse_battery
from harness.parsers.screen_state import parse_screen_state
from harness.recording.journal import JOURNAL, LINE_LIMIT, entry
from harness.recording.steps import Reading
from harness.replay.dump_log import STATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from harness.report.run_clock import Line, RunClock
    from harness.report.wording.terms import Words
    from harness.verdicts.analysis import Analysis

NOT_READ = ("未记录", "not on record")
_SIM = {
    "ABSENT": ("没有卡", "none"),
    "READY": ("可用", "ready"),
    "LOADED": ("可用", "ready"),
    "PIN_REQUIRED": ("待输入密码", "locked by its PIN"),
}
"""What TelephonyManager calls the state of a card; another one stands as the phone tells it."""
_NETWORK = (("sim", ("SIM 卡", "SIM")), ("operator", ("运营商", "operator")), ("type", ("移动网络制式", "mobile network")))
_GUARDS = (("proxy", ("代理", "proxy")), ("vpn", ("常开 VPN", "always-on VPN")))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the record: what, and how it is, in Chinese and English; where in the run folder it stands."""

    name: Words
    value: Words
    place: str = ""


def state_rows(analysis: Analysis, clock: RunClock) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The rows before and after the check, by the readings of the journal that are named ``state-...``."""
    lines = [line for line in clock.lines if line.step == "reading" and line.name in STATE]
    first = {line.name: line for line in reversed(lines)}
    last = {line.name: line for line in lines if first[line.name] is not line}
    texts = _texts(analysis, {line.number for line in (*first.values(), *last.values())})
    permissions = analysis.timeline.of(PermissionFlagsRead)
    before = [*_phone(first, texts), *_network(analysis), *_permissions(permissions, first=True)]
    before.append(
        Row(
            ("登录的账户", "accounts on the phone"),
            ("未读取（个人信息，检测不需要）", "not read: personal, and not needed"),
        )
    )
    return tuple(before), (*_phone(last, texts), *_permissions(permissions, first=False))


def _texts(analysis: Analysis, numbers: set[int]) -> dict[int, str]:
    """What some readings printed, by the numbers of their lines."""
    path = analysis.folder / JOURNAL
    found: dict[int, str] = {}
    if not numbers:
        return found
    with path.open("rb") as file:
        for number in range(1, max(numbers) + 1):
            line = file.readline(LINE_LIMIT)
            if number in numbers:
                try:
                    step = entry(json.loads(line), number, path).step
                except (ValueError, FormatError, KeyError, TypeError):
                    continue
                found[number] = step.text if isinstance(step, Reading) else ""
    return found


def _phone(lines: dict[str, Line], texts: dict[int, str]) -> Iterator[Row]:
    def text(name: str) -> str:
        return texts.get(lines[name].number, "") if name in lines else ""

    def place(*names: str) -> str:
        return " ".join(f"{JOURNAL}:{lines[name].number}" for name in names if name in lines)

    yield Row(("电量与供电", "battery and power"), _battery(text("state-battery")), place("state-battery"))
    screen = parse_screen_state(text("state-power"), text("state-policy"))
    yield Row(("屏幕", "screen"), _word(screen.awake, ("亮", "on"), ("熄灭", "off")), place("state-power"))
    yield Row(("锁屏", "lock screen"), _word(screen.locked, ("锁定", "locked"), ("未锁定", "not locked")), place("state-policy"))
    secure = _word(screen.secure, ("已设置", "set"), ("未设置", "none"))
    yield Row(("锁屏密码", "secret of the lock screen"), secure, place("state-policy"))
    yield Row(("系统开关", "switches"), _switches(text("state-switches")), place("state-switches"))


def _battery(text: str) -> Words:
    battery = parse_battery(text)
    level, by = battery.level, battery.powered
    if level is None:
        return NOT_READ
    zh, en = f"供电：{'、'.join(by)}" if by else "未供电", f"powered by {', '.join(by)}" if by else "not powered"
    return f"{level}%，{zh}", f"{level} %, {en}"


def _switches(text: str) -> Words:
    """Lines ``name=value`` of the settings that were asked for."""
    names = {
        "airplane_mode_on": ("飞行模式", "airplane mode"),
        "wifi_on": ("无线网络", "Wi-Fi"),
        "mobile_data": ("移动数据", "mobile data"),
        "auto_time": ("自动确定时间", "automatic time"),
        "stay_on_while_plugged_in": ("充电时不休眠", "stay awake"),
    }
    values = dict(line.split("=", 1) for line in text.split() if "=" in line)
    told = [(names[key], value) for key, value in values.items() if key in names]
    zh = "，".join(f"{name[0]} {_switch(value)[0]}" for name, value in told)
    en = ", ".join(f"{name[1]} {_switch(value)[1]}" for name, value in told)
    return (zh, en) if told else NOT_READ


def _switch(value: str) -> Words:
    return {"0": ("关", "off"), "null": ("未设置", "not set")}.get(value, ("开", "on") if value.isdigit() else (value, value))


def _word(value: bool | None, yes: Words, no: Words) -> Words:
    return NOT_READ if value is None else yes if value else no


def _network(analysis: Analysis) -> Iterator[Row]:
    network = analysis.run.get("network", {})
    for name, label in _NETWORK:
        value = str(network.get(name) or "")
        words = _SIM.get(value, (value, value)) if name == "sim" else (value, value)
        yield Row(label, words if value else NOT_READ)
    for name, label in _GUARDS:
        value = str(network.get(name) or "")
        yield Row(label, (value, value) if value else ("无", "none"))


def _permissions(reads: Iterable[PermissionFlagsRead], *, first: bool) -> Iterator[Row]:
    """Each runtime permission as read first, or last."""
    told: dict[str, PermissionFlagsRead] = {}
    keep: Callable[[str, PermissionFlagsRead], object] = told.setdefault if first else told.__setitem__
    for read in reads:
        keep(read.permission, read)
    for permission, read in sorted(told.items()):
        zh, en = ("已授予", "granted") if read.granted else ("未授予", "not granted")
        if read.flags:
            zh, en = f"{zh}（{'、'.join(read.flags)}）", f"{en} ({', '.join(read.flags)})"
        place = f"{read.ref.path}:{read.ref.line}" if read.ref else ""
        yield Row((f"权限 {permission}", f"permission {permission}"), (zh, en), place)
