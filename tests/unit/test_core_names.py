"""Whether an app is nothing without a permission, by its name."""

from dataclasses import replace

import pytest

from harness.detectors.request_context import is_core
from tests.cases.script import APP


@pytest.mark.parametrize(("label", "group"), [("美颜相机", "CAMERA"), ("扫码王", "CAMERA"), ("图路地图", "LOCATION"), ("Scan", "CAMERA")])
def test_it_is_that_function(label: str, group: str) -> None:
    assert is_core(replace(APP, label=label), group)


@pytest.mark.parametrize(
    ("label", "group"),
    [("精美壁纸", "READ_MEDIA_VISUAL"), ("晴朗天气", "LOCATION"), ("美颜相机", "LOCATION"), ("Notes", "CAMERA"), ("小店", None)],
)
def test_it_is_more_than_that(label: str, group: str | None) -> None:
    assert not is_core(replace(APP, label=label), group)
