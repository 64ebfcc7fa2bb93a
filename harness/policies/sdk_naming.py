"""Whether a policy names an SDK as one that is used: by its words, or by its package."""

import re
from collections.abc import Iterator

from harness.events.app_under_test import PackagedSdk
from harness.language import Text, _, quoted
from harness.policies.policy_lines import POLICIES, dense
from harness.sdks import Sdk, load_sdks

BEFORE, AFTER = 14, 20
"""Signs before and after a name in which a policy says that it is not used any more [PROJECT]: 我们已不再使用."""
QUOTE_LENGTH = 200
_CLASSES = re.compile(r"(\d+) classes of (.+)")
"""The first proof of an SDK, as the inventory writes it."""
_SENTENCE = re.compile(r"[。；;！!？?]")


class NamedSdks:
    """The text of a policy, searched for the names of SDKs."""

    def __init__(self, text: str) -> None:
        """Take it apart once."""
        whole = " ".join(text.casefold().split())
        self._whole = whole, dense(whole)
        self._sentences = [(piece.strip(), dense(piece)) for piece in _SENTENCE.split(whole) if piece.strip()]

    def quote(self, sdk: Sdk) -> str:
        """The sentence that names an SDK as one that is used; empty where none does."""
        return self._sentence((*sdk.words, *sdk.packages))

    def firm(self, sdk: Sdk) -> str:
        """The sentence that names the firm of an SDK, whatever else it names."""
        return self._sentence((sdk.vendor,))

    def firm_alone(self, sdk: Sdk) -> str:
        """The sentence that names the firm of an SDK and none of its other products, so that it may mean this one."""
        others = [other for other in load_sdks().sdks if other.vendor == sdk.vendor and other.id != sdk.id]
        words = [word for other in others for word in (*other.words, *other.packages)]
        told = (said for said in self._sentences if any(self._used(said, sdk.vendor)))
        return next((said[0][:QUOTE_LENGTH] for said in told if not any(any(self._used(said, word)) for word in words)), "")

    def _sentence(self, names: tuple[str, ...]) -> str:
        for name in names:
            if any(self._used(self._whole, name)):
                return next((said[0][:QUOTE_LENGTH] for said in self._sentences if any(self._used(said, name))), name)
        return ""

    @staticmethod
    def _used(told: tuple[str, str], name: str) -> Iterator[bool]:
        """Whether each place of a name in a text, plain and dense, is no 不再使用.

        Latin words stand alone or before the word SDK, in parts too (Talking data); Chinese ones may be broken by the
        end of a line.
        """
        word = name.casefold()
        said = told[0] if word.isascii() else told[1]
        parts = r"[\s_-]?".join(map(re.escape, re.sub(r"[\s_-]", "", word)))
        pattern = rf"(?<![a-z0-9]){parts}(?=sdk|[^a-z0-9]|$)" if word.isascii() else re.escape(dense(word))
        for found in re.finditer(pattern, said):
            before, after = dense(said[max(0, found.start() - BEFORE) : found.start()]), dense(said[found.end() : found.end() + AFTER])
            given_up = POLICIES.pattern("given_up").search(before) or POLICIES.pattern("given_up_after").search(after)
            yield given_up is None


def proof_of(sdk: PackagedSdk) -> Text:
    """By what an SDK is known to be in the package, in both languages."""
    proof = sdk.evidence[0]
    if (classes := _CLASSES.fullmatch(proof)) is None:
        return quoted(proof)
    return _("{count} classes of {packages}", count=classes[1], packages=classes[2])
