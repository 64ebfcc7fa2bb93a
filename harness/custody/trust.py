"""The attestations of a run, and whether somebody whom the reader trusts signed."""

from pathlib import Path

from harness.custody.attestations import Attestation
from harness.custody.signature import signatures
from harness.custody.timestamp import timestamps
from harness.language import _
from harness.recording.contents import Contents


def attestations(run: Path | Contents, trust: str = "") -> tuple[Attestation, ...]:
    """The signatures and time stamps of a run; ``trust`` is the fingerprint of a key that must be among them."""
    found = (*signatures(run), *timestamps(run))
    if trust and not any(each.good and each.key == trust for each in found):
        return (
            *found,
            Attestation(path="", kind="signature", good=False, words=_("nobody signed it with the key {key}", key=trust), key=trust),
        )
    return found
