"""Forgeries of a judged, signed and reviewed run by somebody who knows every format: lists agree, chains are whole.

Each is drawn at random. Who examines it has what such a person has: the folder or zip, and where nothing in it could
tell, what was kept elsewhere: the signer's key and the end of the chain, or the run itself beside a redacted zip.
"""

import hashlib
import json
import os
import random
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from harness.custody.canonical_zip import ZipWriter
from harness.custody.finding_reviews import found_in, review
from harness.custody.index import add, entries, head
from harness.custody.integrity import verify, verify_zip
from harness.custody.run_archive import pack
from harness.custody.signature import fingerprint_of, sign
from harness.errors import EvidenceError, HarnessError
from harness.events.findings import Outcome
from harness.recording.canonical import canonical
from harness.recording.journal import JOURNAL
from harness.recording.lists import MANIFEST, SUMS, read_list, version_mark
from harness.recording.run_folder import RunFolder
from harness.verdicts.analysis import derived_files, examine
from harness.verdicts.statement import LISTS
from harness.vision.annotated_thumbnails import encode_png
from tests.forged_runs import write_run
from tests.runs.todays_run import rewrite_journal

KEY, STRANGER = (Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (7, 8))
TRUSTED = fingerprint_of(KEY.public_key())
AT = datetime(2026, 11, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Examined:
    """What is examined, and with what: the end of the chain that was kept and the key, or the run itself."""

    target: Path
    end: str = ""
    original: Path | None = None
    signed_too: bool = False

    def found(self) -> bool:
        """Whether it is refused, told as altered, or told as not proved; and is neither signed nor packed by us."""
        roots, trust = ([self.end], TRUSTED) if self.end else ([], "")
        try:
            if self.target.is_dir():
                checked = [verify(self.target, roots, trust)]
            else:
                checked = list(verify_zip(self.target, roots, trust, [self.original] if self.original else []))
        except HarnessError:
            return True
        told = any(not each.good or not each.proved for each in checked)
        return told and (not self.signed_too or _refused(self.target))


def _refused(folder: Path) -> bool:
    for vouch in (lambda: sign(folder, KEY), lambda: pack([folder], folder.with_suffix(".zip"))):
        try:
            vouch()
        except EvidenceError:
            continue
        return False
    return True


def prepare(run: Path) -> None:
    """Review, sign and review a run again."""
    first, *_others, last = found_in(run)
    review(run, first.key, "confirmed", by="张三", reason="seen", at=AT)
    sign(run, KEY, by="李四", at=AT)
    review(run, last.key, "rejected", by="王五", reason="not so", at=AT)


# What was derived.


def _relisted(folder: Path, change: Callable[[dict[str, bytes]], object], versions: dict[str, str] | None = None) -> None:
    """The derived files as ``change`` makes them, on a list that agrees with them, of a run that nobody signed."""
    shutil.rmtree(folder / "custody")
    data = read_list(folder / "analysis.json")[0]
    files = {each["path"]: (folder / each["path"]).read_bytes() for each in data["files"]}
    change(files)
    RunFolder(folder).write_derived(files, versions or data["versions"])


def _judged_otherwise(files: dict[str, bytes], draw: random.Random, suffix: str = "") -> str:
    """Another outcome of a rule, in the findings and in the statement; returns what was done."""
    name, stated = f"findings{suffix}.json", f"statement{suffix}.intoto.json"
    findings = json.loads(files[name])
    rule = draw.choice(findings["rules"])
    outcome = draw.choice([each.value for each in Outcome if each.value != rule["outcome"]])
    rule["outcome"] = outcome
    for each in rule["findings"]:
        each["outcome"] = outcome
    files[name] = (json.dumps(findings, ensure_ascii=False, indent=1) + "\n").encode()
    said = json.loads(files[stated])
    outcomes = {each["rule"]: each["outcome"] for each in findings["rules"]}
    told = said["subject"][-1]["annotations"]
    told |= {"findings_sha256": hashlib.sha256(files[name]).hexdigest(), "outcomes": outcomes}
    for listed in set(LISTS.values()):
        said["predicate"][listed] = sorted(one for one, got in outcomes.items() if LISTS.get(Outcome(got)) == listed)
    said["predicate"]["result"] = "FAILED" if "violation" in outcomes.values() else "WARNED"
    files[stated] = canonical(said)
    return f"{rule['rule']} is {outcome}"


def another_outcome(run: Path, draw: random.Random) -> tuple[str, Examined]:
    told = []
    _relisted(run, lambda files: told.append(_judged_otherwise(files, draw)))
    return told[0], Examined(run, signed_too=True)


def another_outcome_of_other_versions(run: Path, draw: random.Random) -> tuple[str, Examined]:
    told, versions = [], read_list(run / "analysis.json")[0]["versions"]
    versions[draw.choice(list(versions))] = "0.1.9"
    _relisted(run, lambda files: told.append(_judged_otherwise(files, draw)), versions)
    return told[0], Examined(run)


def a_derived_file_less(run: Path, draw: random.Random) -> tuple[str, Examined]:
    name = draw.choice(["events.jsonl", "findings.json", "statement.intoto.json"])
    _relisted(run, lambda files: files.pop(name))
    (run / name).unlink()
    return f"{name} was never listed", Examined(run, signed_too=True)


def by_the_rules_of_another_day(run: Path, draw: random.Random) -> tuple[str, Examined]:
    day = date(2019, 1, 1 + draw.randrange(28))
    shutil.rmtree(run / "custody")
    result = examine(run, as_of=day)
    versions = read_list(run / "analysis.json")[0]["versions"] | {"as_of": day.isoformat()}
    RunFolder(run).write_derived(derived_files(result, versions), versions)
    return f"as of {day}, in place of the run's own", Examined(run, signed_too=True)


def a_second_analysis(run: Path, draw: random.Random) -> tuple[str, Examined]:
    shutil.rmtree(run / "custody")
    versions = read_list(run / "analysis.json")[0]["versions"] | {"python": f"3.11.{draw.randrange(8, 99)}"}
    suffix = f"-{version_mark(versions)}"
    files = derived_files(examine(run), versions, suffix)
    told = _judged_otherwise(files, draw, suffix)
    RunFolder(run).write_derived(files, versions, suffix=suffix)
    return f"{told} in analysis{suffix}.json", Examined(run)


# What was recorded, with all that follows from it.


def _sealed_again(run: Path) -> None:
    """Seal, judge and chain a run anew, with what was added to it."""
    acts = _acts(run)
    shutil.rmtree(run / "custody")
    for path in [path for path in run.iterdir() if path.is_file() and path.name != "run.json"]:
        path.unlink()
    RunFolder(run).seal()
    result = examine(run)
    versions = {"harness": "0.2.0"}
    RunFolder(run).write_derived(derived_files(result, versions), versions)
    _chained(run, acts)


def _changed_recording(run: Path, draw: random.Random) -> str:
    match draw.choice(["log", "journal", "run"]):
        case "log":
            path = run / "raw" / draw.choice(["events.txt", "main.txt", "system.txt"])
            lines = path.read_bytes().splitlines(keepends=True)
            del lines[draw.randrange(len(lines))]
            path.write_bytes(b"".join(lines))
            return path.name
        case "journal":
            lines = (run / JOURNAL).read_bytes().splitlines(keepends=True)
            (run / JOURNAL).write_bytes(b"".join(lines[: -1 - draw.randrange(5)]))
            return JOURNAL
        case _:
            told = json.loads((run / "run.json").read_bytes())
            told["app"]["version_name"] = f"{draw.randrange(2, 99)}.0"
            write_run(RunFolder(run), told)
            return "run.json"


def another_recording(run: Path, draw: random.Random) -> tuple[str, Examined]:
    """Sealed again as a whole: whoever signed it before did not sign that."""
    told = _changed_recording(run, draw)
    _sealed_again(run)
    return told, Examined(run)


def another_recording_that_nobody_signed(run: Path, draw: random.Random) -> tuple[str, Examined]:
    end, told = head(run), _changed_recording(run, draw)
    _sealed_again(run)
    _chained(run, [act for act in _acts(run) if act[0] != "signature"])
    return told, Examined(run, end)


def another_recording_that_a_stranger_signed(run: Path, draw: random.Random) -> tuple[str, Examined]:
    end, told = head(run), _changed_recording(run, draw)
    _sealed_again(run)
    reviews = [act for act in _acts(run) if act[0] == "review"]
    _chained(run, reviews[:1])
    sign(run, STRANGER, by="李四", at=AT)
    return told, Examined(run, end)


def other_times_in_the_journal(run: Path, draw: random.Random) -> tuple[str, Examined]:
    end, later = head(run), draw.uniform(1, 900)
    rewrite_journal(run, lambda line: line | {"host": line["host"] + later})
    _sealed_again(run)
    return f"{later:.1f} s later", Examined(run, end)


# What was added.

Act = tuple[str, dict[str, bytes]]


def _acts(run: Path) -> list[Act]:
    found: dict[int, Act] = {}
    for entry in entries(run):
        _kind, files = found.setdefault(entry.number, (entry.kind, {}))
        files[entry.path.partition(f"-{entry.kind}.")[2]] = (run / entry.path).read_bytes()
    return list(found.values())


def _chained(run: Path, acts: list[Act]) -> None:
    shutil.rmtree(run / "custody", ignore_errors=True)
    for kind, files in acts:
        add(run, kind, files)  # type: ignore[arg-type] # a kind that was read from an index


def the_end_cut_off(run: Path, draw: random.Random) -> tuple[str, Examined]:
    end, acts = head(run), _acts(run)
    left = draw.randrange(len(acts))
    _chained(run, acts[:left])
    return f"{left} of {len(acts)} acts are left", Examined(run, end)


def an_edited_review(run: Path, draw: random.Random) -> tuple[str, Examined]:
    """The first one stands before the signature, the last one behind it: that needs the end that was kept."""
    end, acts = head(run), _acts(run)
    number = draw.choice([0, 2])
    said = json.loads(acts[number][1]["json"])
    key, value = draw.choice(
        [("decision", {"confirmed": "rejected", "rejected": "confirmed"}[said["decision"]]), ("by", "赵六"), ("reason", "")]
    )
    acts[number][1]["json"] = canonical(said | {key: value})
    _chained(run, acts)
    return f"{key} of review {number}", Examined(run, end if number else "")


def a_review_put_in(run: Path, draw: random.Random) -> tuple[str, Examined]:
    acts, place = _acts(run), draw.randrange(2)
    acts.insert(place, ("review", {"json": canonical(json.loads(acts[0][1]["json"]) | {"by": "赵六"})}))
    _chained(run, acts)
    return f"at place {place}", Examined(run)


def acts_in_another_order(run: Path, draw: random.Random) -> tuple[str, Examined]:
    acts = _acts(run)
    order = draw.choice([[1, 0, 2], [2, 1, 0], [2, 0, 1], [1, 2, 0]])
    _chained(run, [acts[number] for number in order])
    return str(order), Examined(run)


def another_signer(run: Path, draw: random.Random) -> tuple[str, Examined]:
    """The name, the time, or what is covered, in what was signed."""
    acts = _acts(run)
    about = json.loads(acts[1][1]["json"])
    change = draw.choice([{"by": "赵六"}, {"at": "2020-01-01T00:00:00+00:00"}, {"covers": {"SHA256SUMS": about["covers"]["SHA256SUMS"]}}])
    acts[1][1]["json"] = canonical(about | change)
    _chained(run, acts)
    return str(list(change)), Examined(run)


def _review_of_others(run: Path, change: Callable[[dict[str, Any]], bytes]) -> Examined:
    """A review put behind a chain that nobody signed, so that it is whole."""
    acts = [act for act in _acts(run) if act[0] == "review"]
    _chained(run, [*acts, ("review", {"json": change(json.loads(acts[0][1]["json"]))})])
    return Examined(run, signed_too=True)


def a_review_of_another_run(run: Path, draw: random.Random) -> tuple[str, Examined]:
    """The findings of all runs of an app have the same keys."""
    told = {"findings_sha256": draw.randbytes(32).hex(), "decision": "rejected"}
    return str(told), _review_of_others(run, lambda said: canonical(said | told))


def a_review_that_reads_two_ways(run: Path, draw: random.Random) -> tuple[str, Examined]:
    """Its decision stands in it twice, or it is none that is ever written."""
    change: Callable[[dict[str, Any]], bytes] = draw.choice(
        [
            lambda said: canonical(said).replace(b"{", b'{\n "decision": "confirmed",', 1),
            lambda said: canonical(said | {"at": "never"}),
            lambda said: canonical(said | {"reason": "x" * 5000}),
        ]
    )
    return "the last of the chain", _review_of_others(run, change)


def a_report_of_another_run(run: Path, draw: random.Random) -> tuple[str, Examined]:
    made = {"made_with": {"runs": [{"root": draw.randbytes(32).hex()}]}, "name": "report.html", "sha256": draw.randbytes(32).hex()}
    add(run, "report", canonical(made))
    return "its issue is on record here", Examined(run, signed_too=True)


def the_seal_taken_away(run: Path, draw: random.Random) -> tuple[str, Examined]:
    """A changed recording as if it had been broken off: without the manifest, and most of what names it."""
    told = _changed_recording(run, draw)
    for path in draw.choice([[run / MANIFEST], [run / MANIFEST, run / SUMS], [run / MANIFEST, run / SUMS, run / "analysis.json"]]):
        path.unlink()
    return told, Examined(run, signed_too=True)


def results_that_are_not_listed(run: Path, draw: random.Random) -> tuple[str, Examined]:
    """An analysis by other versions that names less: what it has comes out again."""
    versions = read_list(run / "analysis.json")[0]["versions"] | {"harness": "0.1.9"}
    left = draw.choice([[], ["events.jsonl"], ["events.jsonl", "statement.intoto.json"]])
    _relisted(run, lambda files: [(run / name).unlink() for name in list(files) if name not in left and files.pop(name)], versions)
    return f"{left} alone", Examined(run)


def something_that_is_no_file(run: Path, draw: random.Random) -> tuple[str, Examined]:
    """A pipe that is waited for, or a file with a hole of a terabyte; whoever reads them sits there for ever."""
    path = run / draw.choice([JOURNAL, "raw/main.txt", "run.json", "custody/index.json", "findings.json"])
    if draw.random() < 0.5 or not hasattr(os, "mkfifo"):
        os.truncate(path, 1 << 40)
    else:
        path.unlink()
        os.mkfifo(path)
    return path.name, Examined(run)


# Packs.


def _zip_of(run: Path) -> Path:
    path = run.with_name("x.zip")
    pack([run], path)
    return path


def _repacked(path: Path, change: Callable[[dict[str, bytes], dict[str, Any]], object], *, swap: bool = False) -> None:
    """The zip in its own form with other files, and a list that agrees with them."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    listed = json.loads(files.pop("pack.json"))
    (run,) = listed["runs"]
    named = {each["path"]: files[f"{run['folder']}/{each['path']}"] for each in run["files"]}
    change(named, run)
    for each in run["files"]:
        if each["path"] in named:
            data = named[each["path"]]
            each |= {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    names = list(named)
    if swap:
        names[0], names[-1] = names[-1], names[0]
    with path.open("w+b") as file:
        writer = ZipWriter(file)
        for name, data in [*((f"{run['folder']}/{name}", named[name]) for name in names), ("pack.json", canonical(listed))]:
            writer.add(name, [data], len(data))
        writer.end()


def _declare(run: dict[str, Any], path: str, how: str, *, gone: bool = False) -> None:
    each = next(one for one in run["files"] if one["path"] == path)
    each |= {"original": {"sha256": each["sha256"], "size": each["size"]}, "redacted": how}
    if gone:
        del each["sha256"], each["size"]


def _marked(data: bytes, draw: random.Random) -> bytes:
    """Other text of the same length, with marks, as of a file that was blacked out."""
    if len(data) < 20:
        return b"*" * len(data)
    place = draw.randrange(len(data) - 12)
    return data[:place] + b"forged: ****"[: len(data) - place] + data[place + 12 :]


def _a_text(run: Path, draw: random.Random) -> str:
    texts = [JOURNAL, "run.json", "findings.json", "events.jsonl", "raw/events.txt", "raw/main.txt", "raw/system.txt"]
    return draw.choice(texts)


def _blacked_out(run: Path, draw: random.Random) -> tuple[str, Path]:
    name, path = _a_text(run, draw), _zip_of(run)

    def change(files: dict[str, bytes], listed: dict[str, Any]) -> None:
        _declare(listed, name, "text")
        files[name] = _marked(files[name], draw)

    _repacked(path, change)
    return name, path


def a_text_as_if_blacked_out(run: Path, draw: random.Random) -> tuple[str, Examined]:
    name, path = _blacked_out(run, draw)
    return name, Examined(path)


def a_text_as_if_blacked_out_beside_its_run(run: Path, draw: random.Random) -> tuple[str, Examined]:
    name, path = _blacked_out(run, draw)
    return name, Examined(path, original=run)


def evidence_of_evidence_as_if_blacked_out(run: Path, draw: random.Random) -> tuple[str, Examined]:
    """Lists, the statement, reviews and signatures; also where the run is at hand."""
    path, gone = _zip_of(run), draw.random() < 0.3
    names = ["SHA256SUMS", "statement.intoto.json", "analysis.json", *(entry.path for entry in entries(run))]
    name = draw.choice(names)

    def change(files: dict[str, bytes], listed: dict[str, Any]) -> None:
        _declare(listed, name, "left out" if gone else "text", gone=gone)
        files[name] = _marked(files[name], draw)
        if gone:
            del files[name]

    _repacked(path, change)
    return name, Examined(path, original=draw.choice([None, run]))


def a_text_left_out(run: Path, draw: random.Random) -> tuple[str, Examined]:
    path, name = _zip_of(run), draw.choice([JOURNAL, "run.json", "findings.json", "events.jsonl", "raw/main.txt"])

    def change(files: dict[str, bytes], listed: dict[str, Any]) -> None:
        _declare(listed, name, "left out", gone=True)
        del files[name]

    _repacked(path, change)
    return name, Examined(path)


def a_text_without_its_length_or_marks(run: Path, draw: random.Random) -> tuple[str, Examined]:
    path, name, longer = _zip_of(run), _a_text(run, draw), draw.random() < 0.5

    def change(files: dict[str, bytes], listed: dict[str, Any]) -> None:
        _declare(listed, name, "text")
        files[name] = files[name] + b"****\n" if longer else files[name].replace(b"*", b" ").swapcase()

    _repacked(path, change)
    return name, Examined(path)


def another_picture_as_if_blacked_out(run: Path, draw: random.Random) -> tuple[str, Examined]:
    path, shots = _zip_of(run), sorted((run / "screens").iterdir())
    shot, what = draw.choice(shots), draw.choice(["size", "white", "text", "other"])
    name = f"screens/{shot.name}"

    def change(files: dict[str, bytes], listed: dict[str, Any]) -> None:
        _declare(listed, name, "picture")
        height, width = int.from_bytes(files[name][20:24]), int.from_bytes(files[name][16:20])
        size = (height // 2, width // 2) if what == "size" else (height, width)
        pixels = np.full((*size, 3), 255 if what == "white" else 0, np.uint8)
        if what == "other":
            pixels[: height // 2] = 90
        files[name] = b"** no picture" if what == "text" else encode_png(pixels)

    _repacked(path, change)
    return f"{name}: {what}", Examined(path, original=run if what == "other" else None)


def members_in_another_order(run: Path, draw: random.Random) -> tuple[str, Examined]:
    path, listed_too = _zip_of(run), draw.random() < 0.5

    def change(_files: dict[str, bytes], listed: dict[str, Any]) -> None:
        if listed_too:
            draw.shuffle(listed["files"])

    _repacked(path, change, swap=True)
    return "also in the list" if listed_too else "in the zip alone", Examined(path)


def a_member_less(run: Path, draw: random.Random) -> tuple[str, Examined]:
    path = _zip_of(run)
    name = draw.choice([entry.path for entry in entries(run)] + ["raw/main.txt", "SHA256SUMS", "statement.intoto.json"])

    def change(files: dict[str, bytes], listed: dict[str, Any]) -> None:
        del files[name]
        listed["files"] = [each for each in listed["files"] if each["path"] != name]

    _repacked(path, change)
    return name, Examined(path)


def results_in_a_pack(run: Path, draw: random.Random) -> tuple[str, Examined]:
    """A forged run, packed by a tool that does not ask."""
    path, forged = _zip_of(run), run.with_name("forged")
    shutil.copytree(run, forged)
    told, _examined = draw.choice([another_outcome, another_outcome_of_other_versions])(forged, draw)

    def change(files: dict[str, bytes], listed: dict[str, Any]) -> None:
        kept = {name: (forged / name).read_bytes() for name in files if not name.startswith("custody/")}
        files.clear()
        files |= kept
        listed |= {"files": [each for each in listed["files"] if each["path"] in kept], "head": head(forged)}

    _repacked(path, change)
    return told, Examined(path)


def a_pack_of_a_cut_chain(run: Path, draw: random.Random) -> tuple[str, Examined]:
    end, acts = head(run), _acts(run)
    left = draw.randrange(len(acts))
    _chained(run, acts[:left])
    path = _zip_of(run)
    return f"{left} of {len(acts)} acts are left", Examined(path, end)


KINDS: dict[str, Callable[[Path, random.Random], tuple[str, Examined]]] = {
    each.__name__: each
    for each in (
        another_outcome, another_outcome_of_other_versions, a_derived_file_less, by_the_rules_of_another_day, a_second_analysis,
        another_recording, another_recording_that_nobody_signed, another_recording_that_a_stranger_signed, other_times_in_the_journal,
        the_end_cut_off, an_edited_review, a_review_put_in, acts_in_another_order, another_signer, a_review_of_another_run,
        a_review_that_reads_two_ways, a_report_of_another_run, the_seal_taken_away, results_that_are_not_listed,
        something_that_is_no_file, a_text_as_if_blacked_out, a_text_as_if_blacked_out_beside_its_run,
        evidence_of_evidence_as_if_blacked_out, a_text_left_out, a_text_without_its_length_or_marks, another_picture_as_if_blacked_out,
        members_in_another_order, a_member_less, results_in_a_pack, a_pack_of_a_cut_chain,
    )
}  # fmt: skip
