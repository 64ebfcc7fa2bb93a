"""A run that was killed, or lost its computer's power, opens, says where it ends, and can be sealed later.

One check is recorded while each flush to the disk is noted, with the size of every file. From that, what a kill leaves
at any moment is what had been written, and what a power cut leaves is what had been flushed and any part of the rest.
"""

import os
import random
import re
import signal
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from device_farm.samples.sample_check import check_sample, read_sample
from harness.custody.integrity import verify
from harness.custody.sealing import ending, seal_later
from harness.device.virtual_devices import virtual_devices
from harness.errors import EvidenceError
from harness.events import NotTried
from harness.events.findings import Outcome
from harness.recording import disk, journal, recorder
from harness.recording.journal import JOURNAL, read_journal
from harness.recording.run_folder import MANIFEST
from harness.verdicts.analysis import examine
from harness.verdicts.analysis_json import analysis_json
from tests.plugin.conftest import SHOPS, SHOPS_FILE, apprights_here, python, until

SAMPLE = Path(__file__).parents[1] / "virtual" / "clause5" / "favourites_wall.py"
MOMENTS = 6
"""Of each kind; 200 is what was measured."""
PAGE = 4096
_TEMPORARY = re.compile(r"\.(.+)\.\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Moment:
    """How long each file of the run was, and how much of it was surely on the disk."""

    written: Mapping[str, int]
    flushed: Mapping[str, int]


@dataclass(slots=True)
class Flushes:
    home: Path
    sizes: dict[int, int] = field(default_factory=dict)  # by inode
    moments: list[Moment] = field(default_factory=list)

    def flush(self, number: int) -> None:
        found = os.fstat(number)
        self.sizes[found.st_ino] = found.st_size
        written, flushed = {}, {}
        for path in self.home.glob("[!.]*/**/*"):
            if path.is_file():
                name, stat = str(path.relative_to(self.home)), path.stat()
                written[name], flushed[name] = stat.st_size, self.sizes.get(stat.st_ino, 0)
        if written:
            self.moments.append(Moment(written, flushed))


@dataclass(frozen=True, slots=True)
class Recorded:
    folder: Path
    moments: tuple[Moment, ...]
    clear: frozenset[str]


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    home = tmp_path_factory.mktemp("whole")
    flushes = Flushes(home)
    with pytest.MonkeyPatch.context() as patched:
        for module in (disk, journal, recorder):
            patched.setattr(module, "flush", flushes.flush)
        check_sample(read_sample(SAMPLE), home)
    (folder,) = home.iterdir()
    assert verify(folder).differences == ()
    analysis = examine(folder)
    assert analysis.unfinished is None
    clear = frozenset(each.rule.id for each in analysis.verdicts if each.outcome is Outcome.CLEAR)
    return Recorded(folder, tuple(flushes.moments), clear)


def left(run: Recorded, moment: Moment, to: Path, cut: random.Random | None) -> Path:
    """The folder as a kill leaves it at that moment; with ``cut`` as a power cut does."""
    for name, size in moment.written.items():
        path = to / name
        final = _TEMPORARY.fullmatch(path.name)
        source = run.folder.parent / Path(name).with_name(final[1]) if final else run.folder.parent / name
        if not source.exists():
            continue  # it was in the way of nothing: a file that was there for a moment
        data = source.read_bytes()[:size]
        if cut is not None:
            data = damaged(data, moment.flushed[name], cut)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (folder,) = to.iterdir()
    return folder


def damaged(data: bytes, flushed: int, cut: random.Random) -> bytes:
    """What was flushed, and of the rest nothing, a part, zeros, or some of its pages."""
    kept, rest = data[:flushed], bytearray(data[flushed:])
    match cut.choice(["nothing", "part", "zeros", "pages"]):
        case "nothing":
            return kept
        case "part":
            return kept + bytes(rest[: cut.randrange(len(rest) + 1)])
        case "zeros":
            return kept + bytes(len(rest))
        case _:
            for start in range(0, len(rest), PAGE):
                if cut.random() < 0.5:
                    rest[start : start + PAGE] = bytes(len(rest[start : start + PAGE]))
            return kept + bytes(rest)


CASES = [(kind, number) for kind in ("kill", "power cut") for number in range(MOMENTS)]


@pytest.mark.parametrize(("kind", "number"), CASES)
def test_it_opens_says_where_it_ends_and_is_sealed_later(recorded: Recorded, tmp_path: Path, kind: str, number: int) -> None:
    draw = random.Random(f"{kind} {number}")
    unsealed = [moment for moment in recorded.moments if not any(Path(name).name == MANIFEST for name in moment.written)]
    moment = draw.choice(unsealed[: len(unsealed) // 8] if number % 3 == 0 else unsealed)
    folder = left(recorded, moment, tmp_path, draw if kind == "power cut" else None)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and not _TEMPORARY.fullmatch(path.name)}
    whole = (folder / JOURNAL).read_bytes()[: moment.flushed.get(f"{folder.name}/{JOURNAL}", 0)] if (folder / JOURNAL).exists() else b""

    analysis = examine(folder)
    assert ending(folder).line >= whole.count(b"\n")
    assert analysis.unfinished or b'"step":"end"' in (folder / JOURNAL).read_bytes()
    outcomes = {each.rule.id: each.outcome for each in analysis.verdicts}
    assert {rule for rule, outcome in outcomes.items() if outcome is Outcome.CLEAR} <= recorded.clear
    left_out = {event.rule for event in analysis.timeline.of(NotTried)}
    if analysis.unfinished:
        assert {rule for rule, outcome in outcomes.items() if outcome is Outcome.NOT_EXERCISED} <= left_out

    root = seal_later(folder)
    checked = verify(folder)
    assert (checked.differences, checked.root) == ((), root)
    assert checked.sealed_later
    assert all(path.read_bytes() == data for path, data in before.items() if path.name != "SHA256SUMS")
    again = examine(folder)
    assert [each.outcome for each in again.verdicts] == [each.outcome for each in analysis.verdicts]
    told = analysis_json(again)
    assert (told["root"], bool(told["sealed_later"]), told["finished"]) == (root, True, analysis.unfinished is None)
    with pytest.raises(EvidenceError, match="sealed already"):
        seal_later(folder)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
@pytest.mark.parametrize("sign", ['"segment"', '"tap"'])
def test_a_check_that_was_killed(tmp_path: Path, sign: str) -> None:
    with virtual_devices(apps=[SHOPS_FILE]) as devices:
        words = ["-m", "harness.cli", "check", SHOPS, "--serial", devices.serials[0], "--adb-port", devices.port, "--runs", "runs"]
        child = python([*words, "--clause", "5", "--yes"], tmp_path)
        until(lambda: any(sign in path.read_text("utf-8") for path in tmp_path.glob("runs/*/raw/session.jsonl")), child)
        (run,) = tmp_path.glob("runs/[!.]*")
        said = apprights_here("seal", run, folder=tmp_path)
        assert (said.code, "is recorded still" in said.one_line()) == (2, True)
        child.kill()
        child.communicate(timeout=60)
    said = apprights_here("--lang", "zh", "verify", run, folder=tmp_path)
    assert (said.code, "未封存" in said.one_line()) == (2, True)
    assert len(list(read_journal(run / JOURNAL))) > 3
    said = apprights_here("seal", run, folder=tmp_path)
    assert (said.code, "The recording ends at" in said.err) == (0, True), said
    said = apprights_here("verify", run, folder=tmp_path)
    assert (said.code, "sealed later" in said.out) == (2, True), said
    said = apprights_here("analyse", run, "--json", folder=tmp_path)
    told = said.run()
    assert (told["finished"], bool(told["sealed_later"])) == (False, True)
    assert told["outcomes"]["clear"] < 11
    assert told["outcomes"]["not_exercised"] == 0
    assert apprights_here("report", run, folder=tmp_path).code == 0
    page = (tmp_path / "reports" / "report.html").read_text("utf-8")
    assert "补封" in page
