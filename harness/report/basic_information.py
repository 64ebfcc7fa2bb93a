"""基本信息: what was tested, on what, by whose word, and how the phone's clock stood."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.report.wall_times import WallClock, WallTime
    from harness.report.wording.terms import Words
    from harness.verdicts.analysis import Analysis

_UNKNOWN = "未知", "not known"
_NETWORK = {
    "sim": ("SIM 卡", "SIM"),
    "operator": ("运营商", "operator"),
    "type": ("网络类型", "network type"),
    "proxy": ("代理", "proxy"),
    "vpn": ("VPN", "VPN"),
    "city": ("城市", "city"),
}
_SIM = {"ABSENT": ("无卡", "absent"), "LOADED": ("已就绪", "loaded"), "READY": ("已就绪", "ready"), "UNKNOWN": ("未知", "not known")}
"""What Android says of a SIM (gsm.sim.state), where it is one word."""


class Row(NamedTuple):
    """One line of the table: its name and its value in both languages; ``code`` for hashes and the like."""

    name: Words
    value: Words
    code: bool = False


def identity(analysis: Analysis, clock: WallClock, begun: WallTime) -> tuple[Row, ...]:
    """Everything that the run itself tells; what the tester tells is the case's."""
    return (*_app(analysis), *_device(analysis), *_clock(analysis, clock, begun))


def _app(analysis: Analysis) -> Iterator[Row]:
    app = analysis.app
    yield _row(("应用名称", "App"), app.label)
    yield _row(("包名", "Package"), app.package, code=True)
    yield _row(("版本", "Version"), " · ".join(str(part) for part in (app.version_name, app.version_code) if part is not None))
    yield _row(("目标 SDK 版本", "targetSdkVersion"), "" if app.target_sdk is None else str(app.target_sdk))
    yield _row(("安装包 SHA-256", "SHA-256 of the APK"), app.apk_sha256 or "", code=True)
    yield _row(("签名证书 SHA-256", "SHA-256 of the signing certificate"), " ".join(app.certificates_sha256), code=True)


def _device(analysis: Analysis) -> Iterator[Row]:
    device = {key: str(value) for key, value in analysis.run.get("device", {}).items()}
    named = f"{device.get('manufacturer', '')} {device.get('model', '')}".strip()
    virtual = device.get("virtual") == "True"
    yield Row(("设备", "Device"), (f"{named}（虚拟设备）", f"{named} (virtual device)") if virtual else _known(named))
    yield _row(("设备序列号", "Serial"), device.get("serial", ""), code=True)
    yield _row(("系统", "System"), " · ".join(filter(None, (f"Android {device.get('android', '')}".strip(), device.get("rom", "")))))
    yield _row(("系统版本号", "Build"), device.get("build", ""))
    yield _row(("系统指纹", "Fingerprint"), device.get("fingerprint", ""), code=True)
    yield _row(("安全补丁级别", "Security patch"), device.get("security_patch", ""))
    network = [(_NETWORK.get(key, (key, key)), _told(key, str(value))) for key, value in analysis.run.get("network", {}).items() if value]
    if network:
        zh, en = (sign.join(f"{name[place]} {value[place]}" for name, value in network) for place, sign in enumerate(("；", "; ")))
        yield Row(("网络", "Network"), (zh, en))


def _clock(analysis: Analysis, clock: WallClock, begun: WallTime) -> Iterator[Row]:
    """The clocks of computer and phone at the beginning side by side, and each move of the phone's."""
    computer = clock.of(str(analysis.run.get("started", "")))
    yield _row(("检测开始（检测计算机时钟）", "Begun, by the computer's clock"), computer.local)
    yield _row(("检测开始（手机时钟）", "Begun, by the phone's clock"), begun.local)
    if begun.beijing:
        yield _row(("检测开始（北京时间）", "Begun, in Beijing"), begun.beijing)
    if not clock.known:
        yield Row(("手机时区", "The phone's zone"), ("未知，时间以协调世界时表示", "not known; times are in UTC"))
    moves = clock.moves
    if moves:
        zh = "；".join(f"{when.local} {words[0]}" for when, words in moves)
        en = "; ".join(f"{when.local}: {words[1]}" for when, words in moves)
        yield Row(("检测中手机时钟的变动", "Moves of the phone's clock"), (zh, en))


def _told(key: str, value: str) -> Words:
    return _SIM[value] if key == "sim" and value in _SIM else (value, value)


def _row(name: Words, value: str, *, code: bool = False) -> Row:
    return Row(name, _known(value), code=code and bool(value))


def _known(value: str) -> Words:
    return (value, value) if value else _UNKNOWN
