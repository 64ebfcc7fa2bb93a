"""The draft of an app profile.

It can be read back, excuses nothing by itself, and holds no line of an app as its own.
"""

from pathlib import Path

from harness import events as ev
from harness.commands.profile import draft
from harness.events import DialogKind, Instant, Source
from harness.events.app_profile import read_app_profile
from harness.events.timeline import Timeline
from tests.cases.script import APP, BOX


def at(seconds: float, kind: type[ev.Event], source: Source = Source.SESSION, **fields: object) -> ev.Event:
    return kind(at=Instant(0, seconds), source=source, **fields)  # type: ignore[arg-type]


def shown(seconds: float, kind: DialogKind, group: str | None, text: str) -> ev.Event:
    owner = APP.package if kind is DialogKind.RATIONALE else APP.grant_packages[0]
    return at(seconds, ev.DialogShown, Source.TREE, dialog=kind, owner=owner, text=text, permission_group=group, box=BOX)


def walked() -> Timeline:
    page = {"screen": "a1", "package": APP.package, "title": "手机号登录", "text": "手机号登录", "fields": 2}
    return Timeline(
        [
            at(1, ev.FunctionUsed, text='领 "券"\n[functions]', promises=()),
            shown(2, DialogKind.PERMISSION, "LOCATION", "允许位置？"),
            at(20, ev.FunctionUsed, text="扫一扫", promises=("CAMERA",)),
            shown(21, DialogKind.RATIONALE, "CAMERA", "需要相机权限\n用于扫描商品条码"),
            shown(23, DialogKind.PERMISSION, "CAMERA", "允许拍照？"),
            at(40, ev.ScreenSeen, Source.TREE, **page),
        ]
    )


def test_the_draft_reads_back_and_excuses_nothing(tmp_path: Path) -> None:
    text = draft(walked(), APP)
    path = tmp_path / "app.toml"
    path.write_text(text, encoding="utf-8")
    profile = read_app_profile(path)
    assert profile.package == APP.package
    assert profile.visit == ('领 "券"\n[functions]', "扫一扫")
    assert (profile.core, profile.functions, profile.login) == ((), (), ())
    assert dict(profile.purposes)["CAMERA"] == "需要相机权限 用于扫描商品条码"


def test_what_would_excuse_stands_as_a_comment() -> None:
    lines = draft(walked(), APP).splitlines()
    assert '# core = ["CAMERA", "LOCATION"]' in lines
    assert '# "领 \\"券\\"\\n[functions]" = ["LOCATION"]' in lines
    assert any(line.startswith('# LOCATION = ""') for line in lines)
    assert not any("扫一扫" in line and line.startswith('# "') for line in lines)
    assert '# env = "APP_PASSWORD"' in lines
