"""The home screen as widgets: wallpaper and one icon per app (Launcher3's workspace)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.vocabulary.widgets import FILL, Box, Column, Frame, Image, Row, Scroll, Style, Text

if TYPE_CHECKING:
    from device_farm.virtual.vocabulary.widgets import Widget

WALLPAPER = "wallpaper"
COLUMNS = 4
TILE_HEIGHT = 330  # pixels, with the label


def home_screen(apps: list[tuple[str, str]]) -> Widget:
    """Icons of ``apps``, each (label, id); a click on one comes with its id."""
    rows: list[Widget] = []
    for start in range(0, len(apps), COLUMNS):
        row: list[Widget] = [_icon(label, id) for label, id in apps[start : start + COLUMNS]]
        row += [Box(style=Style(height=TILE_HEIGHT, weight=1)) for _ in range(COLUMNS - len(row))]
        rows.append(Row(*row))
    behind = Image("", style=Style(width=FILL, height=FILL, glyph=WALLPAPER))
    workspace = Scroll(Column(*rows, style=Style(padding=(32, 126, 32, 32))), id="workspace")
    return Frame(behind, workspace)


def _icon(label: str, id: str) -> Text:
    """A BubbleTextView: the icon above its label."""
    return Text(
        label,
        id=id,
        style=Style(
            margin=(0, 0, 0, 0),
            weight=1,
            height=TILE_HEIGHT,
            padding=(5, 210, 5, 42),
            text_size=34,
            text_colour="#FFFFFF",
            align="center",
            description=label,
            glyph="letter",
        ),
    )
