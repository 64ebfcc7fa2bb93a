"""A file name stands once in the product unless layers dictate it."""

from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "device_farm" / "virtual" / "apps"
MIRRORED = {
    *("alarms", "appops", "battery", "broadcasts", "getevent", "jobs", "logcat", "package"),
    *("security_log", "services", "windows"),
}
"""Services and commands of Android: ``harness/parsers`` reads what ``device_farm/virtual`` prints."""
COMMANDS = {"check", "devices"}
"""A command has the file of its name; ``harness.engine.check`` stays importable."""


def product_files() -> list[Path]:
    found = [path for part in ("harness", "scenarios", "device_farm") for path in (ROOT / part).rglob("*.py")]
    return [path for path in found if not path.is_relative_to(SAMPLES) and not path.name.startswith("__")]


def test_file_names_stand_once_unless_layers_dictate_it() -> None:
    counted = Counter(path.stem for path in product_files())
    assert {stem for stem, count in counted.items() if count > 1} == MIRRORED | COMMANDS
