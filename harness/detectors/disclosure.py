"""The three-part test of an app store: does a text tell the purpose, the scene and the switch of starting by itself?

Source: a store's rejection letter (docs/rules.md 2.4): the purpose must be told in the policy, starts must keep to the
scene told there, and the app must have a function by which the user chooses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SUBJECT = re.compile(
    r"自启动|关联启动|自动启动|后台启动|开机启动|链式启动|唤醒"
    r"|auto[- ]?start|start(?:s|ed)? (?:by itself|automatically)|associated? start",
    re.I,
)
_PURPOSE = re.compile(r"为了|以便|以确保|用于|目的|使您能|so that|in order to|purpose|to (?:deliver|receive|remind|keep)", re.I)
_SCENE = re.compile(r"当您|在您|场景|情况下|时会|期间|开机后|收到|when|while|if you|after the (?:phone|device)", re.I)
_SWITCH = re.compile(r"关闭|开启|设置中|开关|自主选择|取消授权|turn (?:it )?(?:on|off)|disable|settings|switch", re.I)
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
        if not _SUBJECT.search(sentence):
            continue
        passage = " ".join(sentences[max(0, number - 1) : number + SPAN])
        found = Disclosure(
            purpose=bool(_PURPOSE.search(passage)),
            scene=bool(_SCENE.search(passage)),
            switch=bool(_SWITCH.search(passage)),
            quote=sentence[:300],
        )
        if _score(found) > _score(best):
            best = found
    return best


def _score(found: Disclosure) -> int:
    return found.purpose + found.scene + found.switch + bool(found.quote)
