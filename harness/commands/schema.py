"""``apprights schema``: the JSON Schema of what commands print for programs."""

import sys


def schema() -> None:
    """Print the JSON Schema of what commands print with --json, and of report -o x.json."""
    from harness.report.exports.schema import schema_text

    sys.stdout.write(schema_text())
