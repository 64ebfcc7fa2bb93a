"""Lines of journals of format 1, in the words of today's steps: an old run opens for ever.

The names of steps and fields are the same. What may be otherwise: a word that is in no closed set of ours, a field that
we do not know, a step that we do not know. Nobody ever read those, so no verdict rests on them; a step is told as a
note.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from harness.events.action_kinds import Ending, InterruptionKind, Purpose
from harness.recording.step_codec import enum_fields, own_fields
from harness.recording.steps import STEPS

NO_PURPOSE = ""
"""What the keys had that leave the app for Home or for Recents."""
OTHERWISE: dict[type[StrEnum], StrEnum] = {Purpose: Purpose.UNKNOWN, Ending: Ending.UNKNOWN, InterruptionKind: InterruptionKind.OTHER}
"""What a word that we do not know is called today. Sets that are not listed decide verdicts: there it is damage."""


def translate(name: str, data: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Name and fields of a line of format 1, as they are written today."""
    if name not in STEPS:
        return "note", {"text": f"a step of an older version that is not known any more: {name[:80]}"}
    known = {field.name for field in own_fields(STEPS[name])}
    today = {field: value for field, value in data.items() if field in known}
    for field, words in enum_fields(name).items():
        word = today.get(field)
        if word == NO_PURPOSE and words is Purpose:
            today[field] = Purpose.LEAVE.value
        elif isinstance(word, str) and words in OTHERWISE and word not in list(words):
            today[field] = OTHERWISE[words].value
    return name, today
