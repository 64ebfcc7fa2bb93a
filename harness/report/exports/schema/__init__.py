"""The published JSON Schema of what commands print with ``--json`` and of ``report -o x.json`` (docs/json.md)."""

from importlib.resources import files

from harness.verdicts.analysis_json import SCHEMA


def schema_text() -> str:
    """The schema of today's number, as JSON."""
    return (files(__name__) / f"apprights-{SCHEMA}.json").read_text(encoding="utf-8")
