"""Failures that are known, with their reasons (exceptions.toml)."""

import tomllib
from pathlib import Path

_FILE = Path(__file__).with_name("exceptions.toml")


def entries() -> list[dict[str, str]]:
    """Return all entries of the file: suite, test, reason."""
    with _FILE.open("rb") as file:
        found: list[dict[str, str]] = tomllib.load(file)["exception"]
    return found


def reasons(suite: str) -> dict[str, str]:
    """Return test name to reason, for the checkout ``suite``."""
    return {entry["test"]: entry["reason"] for entry in entries() if entry["suite"] == suite}
