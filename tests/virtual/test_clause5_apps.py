"""Apps of clause 5 and 1, guilty and innocent, native, in a WebView and painted.

A whole check gives what docs/verdicts.md 3 says.
"""

from pathlib import Path
from zlib import crc32

import pytest

from device_farm.samples.sample_check import check_sample, read_sample

pytestmark = pytest.mark.usefixtures("slow_time")

FOLDER = Path(__file__).parent / "clause5"
FILES = sorted(path.stem for path in FOLDER.glob("*.py"))
PAIRS = [
    ("13", "aosp"), ("10", "emui"), ("14", "hyperos"), ("15", "originos"), ("11", "miui"), ("16", "oneui"), ("9", "aosp"),
    ("13", "coloros"), ("8.1", "aosp"), ("12", "harmony"),
]  # fmt: skip
"""Each app is checked on one of them, by its name: versions and ROMs that ask, refuse and log differently."""


@pytest.mark.parametrize("file", FILES)
def test_the_outcomes_are_those_expected(file: str, tmp_path: Path) -> None:
    sample = read_sample(FOLDER / f"{file}.py")
    suited = [pair for pair in PAIRS if sample.holds_on(*pair)]
    android, rom = suited[crc32(file.encode()) % len(suited)]
    checked = check_sample(sample, tmp_path, android=android, rom=rom)
    assert checked.result is not None, checked.problem
    rules = {rule["rule"]: rule for rule in checked.result["rules"]}
    got = {rule: rules[rule]["outcome"] if rule in rules else "no such rule" for rule in sample.expected}
    reasons = {rule: rules[rule]["reason_en"] for rule in got if rule in rules and got[rule] != sample.expected[rule]}
    assert got == sample.expected, (android, rom, reasons)
