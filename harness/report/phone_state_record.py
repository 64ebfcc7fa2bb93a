"""The phone before and after a check: power, screen and lock, network, permissions, and what is not read of it."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from harness.errors import FormatError
from harness.events import PermissionFlagsRead
from harness.language import Text, _, known, listed, pgettext, with_commas
from harness.parsers.battery import parse_battery
from harness.parsers.screen_state import parse_screen_state
from harness.recording.journal import JOURNAL, LINE_LIMIT, entry
from harness.recording.steps import Reading
from harness.replay.dump_log import STATE
from harness.report.run_clock import Line, RunClock
from harness.verdicts.analysis import Analysis

NOT_READ = _("not on record")
_SIM = {"ABSENT": pgettext("sim", "none"), "READY": _("ready"), "LOADED": _("ready"), "PIN_REQUIRED": _("locked by its PIN")}
"""What TelephonyManager calls the state of a card; another one stands as the phone tells it."""
_NETWORK = (("sim", _("SIM")), ("operator", _("operator")), ("type", pgettext("phone", "mobile network")))
_GUARDS = (("proxy", _("proxy")), ("vpn", _("always-on VPN")))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the record: what, and how it is, in Chinese and English; where in the run folder it stands."""

    name: Text
    value: Text
    place: str = ""


def on_record(value: object) -> Text:
    """A value as it is written in both languages; an empty one is not on record."""
    text = str(value or "").strip()
    return known(text, text) if text else NOT_READ


def state_rows(analysis: Analysis, clock: RunClock) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The rows before and after the check, by the readings of the journal that are named ``state-...``."""
    lines = [line for line in clock.lines if line.step == "reading" and line.name in STATE]
    first = {line.name: line for line in reversed(lines)}
    last = {line.name: line for line in lines if first[line.name] is not line}
    texts = _texts(analysis, {line.number for line in (*first.values(), *last.values())})
    permissions = analysis.timeline.of(PermissionFlagsRead)
    before = [*_phone(first, texts), *_network(analysis), *_permissions(permissions, first=True)]
    before.append(Row(_("accounts on the phone"), _("not read: personal, and not needed")))
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

    yield Row(_("battery and power"), _battery(text("state-battery")), place("state-battery"))
    screen = parse_screen_state(text("state-power"), text("state-policy"))
    yield Row(pgettext("phone", "screen"), _word(screen.awake, pgettext("screen", "on"), pgettext("screen", "off")), place("state-power"))
    yield Row(_("lock screen"), _word(screen.locked, pgettext("phone", "locked"), _("not locked")), place("state-policy"))
    secure = _word(screen.secure, _("set"), pgettext("phone", "none"))
    yield Row(_("secret of the lock screen"), secure, place("state-policy"))
    yield Row(_("switches"), _switches(text("state-switches")), place("state-switches"))


def _battery(text: str) -> Text:
    battery = parse_battery(text)
    level, by = battery.level, battery.powered
    if level is None:
        return NOT_READ
    what = _("powered by {sources}", sources=listed(by)) if by else _("not powered")
    return _("{level} %, {what}", level=level, what=what)


def _switches(text: str) -> Text:
    """Lines ``name=value`` of the settings that were asked for."""
    names = {
        "airplane_mode_on": _("airplane mode"),
        "wifi_on": _("Wi-Fi"),
        "mobile_data": _("mobile data"),
        "auto_time": _("automatic time"),
        "stay_on_while_plugged_in": _("stay awake"),
    }
    values = dict(line.split("=", 1) for line in text.split() if "=" in line)
    told = [_("{name} {value}", name=names[key], value=_switch(value)) for key, value in values.items() if key in names]
    return with_commas(told) if told else NOT_READ


def _switch(value: str) -> Text:
    known_values = {"0": pgettext("switch", "off"), "null": _("not set")}
    return known_values.get(value, pgettext("switch", "on") if value.isdigit() else known(value, value))


def _word(value: bool | None, yes: Text, no: Text) -> Text:
    return NOT_READ if value is None else yes if value else no


def _network(analysis: Analysis) -> Iterator[Row]:
    network = analysis.run.get("network", {})
    for name, label in _NETWORK:
        value = str(network.get(name) or "")
        words = _SIM.get(value, known(value, value)) if name == "sim" else known(value, value)
        yield Row(label, words if value else NOT_READ)
    for name, label in _GUARDS:
        value = str(network.get(name) or "")
        yield Row(label, known(value, value) if value else _("none"))


def _permissions(reads: Iterable[PermissionFlagsRead], *, first: bool) -> Iterator[Row]:
    """Yield each runtime permission as read first, or last."""
    told: dict[str, PermissionFlagsRead] = {}
    keep: Callable[[str, PermissionFlagsRead], object] = told.setdefault if first else told.__setitem__
    for read in reads:
        keep(read.permission, read)
    for permission, read in sorted(told.items()):
        what = _("granted") if read.granted else _("not granted")
        if read.flags:
            what = _("{said} ({note})", said=what, note=listed(read.flags))
        yield Row(_("permission {permission}", permission=permission), what, read.place)
