"""The privacy policy that a tester gives as a file: ``check`` and ``apk`` read the same texts and refuse the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from harness.errors import FormatError
from harness.sdks.privacy_policy import POLICY_LIMIT, read_policy

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "隐私政策\n第三方 SDK:个推\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_policy_is_read_as_editors_save_it(tmp_path: Path, encoding: str, line_end: str) -> None:
    path = tmp_path / "policy.txt"
    path.write_bytes(TEXT.replace("\n", line_end).encode(encoding))
    assert read_policy(path) == TEXT


def test_an_english_policy_in_utf_16_without_a_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "policy.txt"
    for encoding in ("utf-16-le", "utf-16-be"):
        path.write_bytes("Privacy policy".encode(encoding))
        assert read_policy(path) == "Privacy policy"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (TEXT.encode("gbk"), "neither UTF-8 nor UTF-16"),
        (b"PK\x03\x04\0\0\0", "neither UTF-8 nor UTF-16"),
        (TEXT.encode("utf-16")[:-1], "neither UTF-8 nor UTF-16"),
        (b"a" * (POLICY_LIMIT + 1), "larger than 4 MiB"),
    ],
    ids=["another encoding", "an archive", "half a character", "too large"],
)
def test_what_is_no_text_is_refused_in_one_line_that_names_the_file(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "policy.doc"
    path.write_bytes(data)
    with pytest.raises(FormatError, match=said) as refusal:
        read_policy(path)
    assert str(path) in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        read_policy(tmp_path / "absent")
