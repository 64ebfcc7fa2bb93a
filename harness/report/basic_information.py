"""基本信息: what was tested, on what, by whose word, and how the phone's clock stood."""

from collections.abc import Iterator
from typing import NamedTuple

from harness.language import Text, _, known, pgettext, with_semicolons
from harness.report.wall_times import WallClock, WallTime
from harness.verdicts.analysis import Analysis

_UNKNOWN = _("not known")
_NETWORK = {"sim": _("SIM"), "operator": _("operator"), "type": _("network type"), "proxy": _("proxy"), "vpn": _("VPN"), "city": _("city")}
_SIM = {"ABSENT": _("absent"), "LOADED": _("loaded"), "READY": pgettext("sim", "ready"), "UNKNOWN": _("not known")}
"""What Android says of a SIM (gsm.sim.state), where it is one word."""


class Row(NamedTuple):
    """One line of the table: its name and its value in both languages; ``code`` for hashes and the like."""

    name: Text
    value: Text
    code: bool = False


def identity(analysis: Analysis, clock: WallClock, begun: WallTime) -> tuple[Row, ...]:
    """Everything that the run itself tells; what the tester tells is the case's."""
    return (*_app(analysis), *_device(analysis), *_clock(analysis, clock, begun))


def _app(analysis: Analysis) -> Iterator[Row]:
    app = analysis.app
    yield _row(_("App"), app.label)
    if app.recorded:
        yield Row(_("Recording"), _("yes: a virtual device played what was recorded of the app"))
    yield _row(_("Package"), app.package, code=True)
    yield _row(_("Version"), " · ".join(str(part) for part in (app.version_name, app.version_code) if part is not None))
    yield _row(_("targetSdkVersion"), "" if app.target_sdk is None else str(app.target_sdk))
    yield _row(_("SHA-256 of the APK"), app.apk_sha256 or "", code=True)
    yield _row(_("SHA-256 of the signing certificate"), " ".join(app.certificates_sha256), code=True)


def _device(analysis: Analysis) -> Iterator[Row]:
    device = {key: str(value) for key, value in analysis.run.get("device", {}).items()}
    named = f"{device.get('manufacturer', '')} {device.get('model', '')}".strip()
    virtual = device.get("virtual") == "True"
    yield Row(_("Device"), _("{named} (virtual device)", named=named) if virtual else _known(named))
    yield _row(_("Serial"), device.get("serial", ""), code=True)
    yield _row(_("System"), " · ".join(filter(None, (f"Android {device.get('android', '')}".strip(), device.get("rom", "")))))
    yield _row(_("Build"), device.get("build", ""))
    yield _row(_("Fingerprint"), device.get("fingerprint", ""), code=True)
    yield _row(_("Security patch"), device.get("security_patch", ""))
    network = [
        (_NETWORK.get(key, known(key, key)), _told(key, str(value))) for key, value in analysis.run.get("network", {}).items() if value
    ]
    if network:
        told = (_("{name} {value}", name=name, value=value) for name, value in network)
        yield Row(_("Network"), with_semicolons(told))


def _clock(analysis: Analysis, clock: WallClock, begun: WallTime) -> Iterator[Row]:
    """The clocks of computer and phone at the beginning side by side, and each move of the phone's."""
    computer = clock.of(str(analysis.run.get("started", "")))
    yield _row(_("Begun, by the computer's clock"), computer.local)
    yield _row(_("Begun, by the phone's clock"), begun.local)
    if begun.beijing:
        yield _row(_("Begun, in Beijing"), begun.beijing)
    if not clock.known:
        yield Row(_("The phone's zone"), _("not known; times are in UTC"))
    moves = clock.moves
    if moves:
        told = (_("{when}: {what}", when=when.local, what=what) for when, what in moves)
        yield Row(_("Moves of the phone's clock"), with_semicolons(told))


def _told(key: str, value: str) -> Text:
    return _SIM[value] if key == "sim" and value in _SIM else known(value, value)


def _row(name: Text, value: str, *, code: bool = False) -> Row:
    return Row(name, _known(value), code=code and bool(value))


def _known(value: str) -> Text:
    return known(value, value) if value else _UNKNOWN
