"""The three-part test of an app store: does a text tell the purpose, the scene and the switch of starting by itself?

Source: a store's rejection letter (docs/rules.md 2.4): the purpose must be told in the policy, starts must keep to the
scene told there, and the app must have a function by which the user chooses.
"""

import re
from dataclasses import dataclass

from harness.dialogs.word_patterns import WordFile

_WORDS = WordFile("disclosure.toml")
_BREAK = re.compile(r"[\n\r]|(?<=[。;;!!])")
SPAN = 3
"""Sentences around the one that names the subject which may hold the rest of the test [PROJECT]."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Which parts of the test a text passes; ``quote`` is the sentence that names the subject."""

    purpose: bool = False
    scene: bool = False
    switch: bool = False
    quote: str = ""

    @property
    def complete(self) -> bool:
        """Return whether all three parts are told."""
        return self.purpose and self.scene and self.switch


def disclosure(text: str) -> Disclosure:
    """Look for the best passage about starting by itself; nothing found gives an empty Disclosure."""
    sentences = [piece.strip() for piece in _BREAK.split(text) if piece.strip()]
    best = Disclosure()
    for number, sentence in enumerate(sentences):
        if not _says(sentence, "subject"):
            continue
        passage = " ".join(sentences[max(0, number - 1) : number + SPAN])
        found = Disclosure(
            purpose=_says(passage, "purpose"), scene=_says(passage, "scene"), switch=_says(passage, "switch"), quote=sentence[:300]
        )
        if _score(found) > _score(best):
            best = found
    return best


def _says(passage: str, part: str) -> bool:
    said = passage.casefold()
    return any(word in said for word in _WORDS.words(f"{part}.words"))


def _score(found: Disclosure) -> int:
    return found.purpose + found.scene + found.switch + bool(found.quote)
