"""Compile the catalogue of texts (gettext's .mo) when a wheel or an editable install is built."""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compiled(text: bytes, locale: str) -> bytes:
    """The .mo of a catalogue, the same at any time."""
    catalogue = read_po(io.BytesIO(text), locale=locale)
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


class CompileCatalogue(BuildHookInterface[Any]):
    """harness/locale/*/LC_MESSAGES/*.po -> .mo beside it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, before anything is packed."""
        for source in Path(self.root, "harness", "locale").glob("*/LC_MESSAGES/*.po"):
            source.with_suffix(".mo").write_bytes(compiled(source.read_bytes(), source.parts[-3]))
