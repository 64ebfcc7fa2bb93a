"""What says no: the one table that everybody asks who looks for a yes, so that no refusal is ever taken for one."""

from harness.config import once_a_config
from harness.dialogs.captions import label
from harness.dialogs.consent_screen import refuses
from harness.dialogs.dialog_words import halves, words

LONGEST = 32
"""Signs of a caption that only begins like a no at most [PROJECT]: what is longer is a sentence."""


@once_a_config
def refusals() -> frozenset[str]:
    """Every plain caption that says no: of the system's dialogs, the app's own, a policy's, and of any other window."""
    texts, own, table = words()["permission"]["texts"], words()["own"], words()["refusal"]
    return frozenset((*texts["deny"], *texts["deny_again"], *own["negative"], *table["words"]))


def is_no(name: str) -> bool:
    """Whether a plain caption is a no, to a policy too, or is one in one of two languages: Not now 暂不同意."""
    return any(half in refusals() or refuses(half) for half in (name, *halves(name)))


def says_no(text: str) -> bool:
    """Whether a caption as it was read is a no or begins like one, whatever follows: 禁止使用, Cancel (5s)."""
    name = label(text)
    return is_no(name) or (len(name) <= LONGEST and name.startswith(tuple(words()["refusal"]["begins"])))
