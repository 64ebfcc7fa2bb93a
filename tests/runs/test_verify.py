"""verify: of a folder that was sealed again, of a report of another run, of a zip; and folders nobody may write to."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from harness.custody.index import add, head
from harness.custody.integrity import verify
from harness.custody.run_archive import pack
from harness.errors import EvidenceError, FormatError
from harness.recording import disk
from harness.recording.lists import SUMS, read_list, sealed_root
from harness.recording.run_folder import MANIFEST, Difference, RunFolder, altered
from harness.recording.run_format import FORMAT
from harness.report import write_report
from harness.verdicts.analysis import analyse, findings_sha256
from tests.forged_runs import write_run
from tests.plugin.conftest import apprights_here
from tests.runs.read_only import make_read_only
from tests.runs.todays_run import judged_run

RESEALED = Difference(MANIFEST, "resealed", "manifest")


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of today's format, sealed and judged."""
    return judged_run(tmp_path_factory.mktemp("judged"))


@pytest.fixture
def run(judged: Path, tmp_path: Path) -> Path:
    return shutil.copytree(judged, tmp_path / "runs" / "a")


def page(run: Path, to: Path) -> Path:
    """A report as JSON."""
    write_report([run], to)
    return to


def sealed_again(run: Path) -> None:
    """The whole folder again, of other raw data, as somebody would who knows how."""
    (run / "raw" / "main.txt").write_bytes(b"forged\n")
    for path in [*run.glob("*.json"), *run.glob("*.jsonl"), run / SUMS]:
        if path.name != "run.json" and path.exists():
            path.unlink()
    RunFolder(run).seal()
    analyse(run)


def test_a_folder_that_was_sealed_again_is_found_by_its_root(run: Path, tmp_path: Path) -> None:
    root = sealed_root(run)
    assert verify(run, [root]).differences == ()
    assert verify(run, ["0" * 64, root.upper()]).differences == ()
    sealed_again(run)
    assert verify(run).differences == ()
    assert RESEALED in verify(run, [root]).differences
    said = apprights_here("verify", run, folder=tmp_path)
    assert (said.code, "Without --root nobody can tell" in said.err) == (0, True)
    said = apprights_here("verify", run, "--root", root, folder=tmp_path)
    assert (said.code, "not the one with this root" in said.out, "Without --root" in said.err) == (1, True, False)


@pytest.mark.parametrize("root", ["abc", "sha256:" + "1" * 64])
def test_a_root_that_is_none_is_wrong_usage_and_no_alteration(run: Path, tmp_path: Path, root: str) -> None:
    said = apprights_here("verify", run, "--root", root, folder=tmp_path)
    assert (said.code, "is no root" in said.err, said.out) == (2, True, "")


def test_a_report_and_a_copy_of_its_run_that_was_sealed_again(run: Path, tmp_path: Path) -> None:
    report = page(run, tmp_path / "a.json")
    sealed_again(copy := shutil.copytree(run, tmp_path / "copy" / "a"))
    said = apprights_here("verify", report, copy, folder=tmp_path).out
    assert f"{run}: this is its run" in said or "runs/a: this is its run" in said
    assert f"the run with the root {sealed_root(run)}; " in " ".join(said.split())


def test_what_was_taken_off_the_end_of_the_chain_is_found_by_its_head(run: Path) -> None:
    add(run, "sealed-later", b"{}\n")
    known = head(run)
    assert verify(run, [known]).differences == ()
    shutil.rmtree(run / "custody")
    assert RESEALED in verify(run, [known]).differences


def test_a_run_of_which_the_seal_was_taken_away_is_no_run_that_was_broken_off(run: Path, tmp_path: Path) -> None:
    shutil.copytree(run, tmp_path / "runs/b")
    (run / "manifest.json").unlink()
    missing = Difference(MANIFEST, "missing", "manifest")
    assert verify(run).differences == (missing,)
    (tmp_path / "runs/b/run.json").unlink()
    said = apprights_here("verify", "--runs", "runs", folder=tmp_path)
    assert (said.code, "Altered: 2" in said.out, "manifest.json  missing" in said.out) == (1, True, True), said
    said = apprights_here("report", "runs/a", "-o", "a.json", folder=tmp_path)
    assert (said.code, "manifest.json: missing" in said.err) == (1, True), said


@pytest.mark.parametrize("name", ["raw/session.jsonl", "custody"])
def test_a_link_is_no_evidence_and_nothing_follows_it(run: Path, tmp_path: Path, name: str) -> None:
    if (run / name).exists():
        (run / name).unlink()
    (run / name).symlink_to("/dev/zero")
    said = apprights_here("report", run, "-o", "a.json", folder=tmp_path)
    assert (said.code, "neither a file nor a folder" in said.err) == (3, True), said


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum")
def test_the_sums_are_checked_without_our_code(run: Path) -> None:
    done = subprocess.run(["sha256sum", "--check", "--strict", SUMS], cwd=run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    listed = {line.split("  ", 1)[1] for line in (run / SUMS).read_text("utf-8").splitlines()}
    assert listed == {MANIFEST, *(each["path"] for each in read_list(run / MANIFEST)[0]["files"])}


def test_a_report_is_held_against_its_run_and_another(judged: Path, run: Path, tmp_path: Path) -> None:
    report = page(run, tmp_path / "report.json")
    said = apprights_here("verify", report, run, "--json", folder=tmp_path)
    told = json.loads(said.out)
    assert (said.code, told["reports"][0]["runs"][0]["state"]) == (0, "same")
    moved = run.rename(run.with_name("renamed"))
    said = apprights_here("verify", report, moved, folder=tmp_path)
    assert (said.code, "this is its run" in said.out) == (0, True)
    moved.rename(run)
    sealed_again(run)
    said = apprights_here("verify", report, run, folder=tmp_path)
    assert (said.code, "belongs to another run" in said.out) == (1, True)
    other = run.rename(run.with_name("b"))
    said = apprights_here("verify", report, other, folder=tmp_path)
    assert (said.code, "is not about" in said.out) == (1, True)
    said = apprights_here("verify", report, folder=tmp_path / "runs")
    assert (said.code, "its run folder is not here" in said.out) == (2, True)


def test_a_page_names_its_runs_in_attributes(run: Path, tmp_path: Path) -> None:
    root, findings = sealed_root(run), findings_sha256(analyse(run))
    report = tmp_path / "report.html"
    section = '<section class="app" data-run="{}" data-root="{}" data-findings="{}">\n'
    report.write_text(section.format("a", root, findings) + "data-run=&quot;x&quot;", "utf-8")
    said = apprights_here("verify", report, run, folder=tmp_path)
    assert (said.code, "not compared" in said.out) == (1, True)  # an older version made it, or what it says was taken out
    report.write_text("<p>nothing</p>", "utf-8")
    said = apprights_here("verify", report, run, folder=tmp_path)
    assert (said.code, "names no run" in said.one_line()) == (3, True)


def test_runs_in_a_zip_are_verified_with_their_root(run: Path, tmp_path: Path) -> None:
    root = sealed_root(run)
    pack([run], tmp_path / "x.zip")
    said = apprights_here("verify", tmp_path / "x.zip", "--root", root, "--json", folder=tmp_path)
    (told,) = json.loads(said.out)["runs"]
    assert (said.code, told["intact"], told["root"]) == (0, True, root)
    assert apprights_here("verify", tmp_path / "x.zip", "--root", "1" * 64, folder=tmp_path).code == 1


def test_a_newer_run_is_refused_in_one_line_and_an_edited_one_is_altered(run: Path, tmp_path: Path) -> None:
    told = json.loads((run / "run.json").read_bytes())
    write_run(RunFolder(run), told | {"format": FORMAT + 1})
    assert Difference("run.json", "changed", "manifest") in verify(run).differences
    for name in [MANIFEST, SUMS]:
        (run / name).unlink(missing_ok=True)
    RunFolder(run).seal()
    with pytest.raises(FormatError, match="newer AppRights"):
        verify(run)
    for command in ("verify", "analyse", "report"):
        said = apprights_here(command, run, folder=tmp_path)
        assert (said.code, "newer AppRights" in said.one_line()) == (3, True)


@pytest.fixture
def read_only(monkeypatch: pytest.MonkeyPatch, run: Path) -> Path:
    make_read_only(run, monkeypatch)
    return run


def test_on_a_read_only_disk_it_is_verified_reported_and_judged(read_only: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in read_only.rglob("*") if path.is_file()}
    assert apprights_here("verify", read_only, folder=tmp_path).code == 0
    assert apprights_here("report", read_only, folder=tmp_path).code == 0
    said = apprights_here("analyse", read_only, folder=tmp_path)
    assert (said.code, "not written" in said.err) == (0, False)  # it is there already, byte for byte
    for name in ("analysis.json", "events.jsonl", "findings.json", "statement.intoto.json"):
        (read_only / name).unlink()
    said = apprights_here("analyse", read_only, folder=tmp_path)
    assert (said.code, "Judged, and not written down" in said.err) == (0, True)
    assert {path: path.read_bytes() for path in read_only.rglob("*") if path.is_file()}.items() <= before.items()


def test_nothing_is_written_over_and_nothing_into_a_run(run: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.html"
    mine.write_text("mine")
    said = apprights_here("report", run, "-o", mine, folder=tmp_path)
    assert (said.code, "--force" in said.one_line(), mine.read_text()) == (2, True, "mine")
    assert apprights_here("report", run, "-o", mine, "--force", folder=tmp_path).code == 0
    for _number in range(2):
        assert apprights_here("report", run, folder=tmp_path).code == 0
    said = apprights_here("report", run, "-o", run / "report.html", "--force", folder=tmp_path)
    assert (said.code, "lies in the run folder" in said.one_line()) == (2, True)
    assert altered(run) == ()


@pytest.mark.parametrize("trick", ["../x", "/etc/passwd", "raw/../../x", "raw\\x", "raw//x", ".", ""])
def test_a_path_trick_in_the_manifest_is_named_and_nothing_is_read(run: Path, tmp_path: Path, trick: str) -> None:
    data = read_list(run / MANIFEST)[0]
    data["files"][0]["path"] = trick
    (run / MANIFEST).write_text(json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    assert Difference(MANIFEST, "changed", "manifest") in verify(run).differences
    assert apprights_here("verify", run, folder=tmp_path).code == 1
    said = apprights_here("analyse", run, folder=tmp_path)
    assert (said.code, "Evidence altered" in said.err, "Traceback" in said.err) == (1, True, False)


def test_files_that_were_written_together_are_all_there_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(number: int) -> None:
        if len(list(tmp_path.iterdir())) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "flush", full)
    with pytest.raises(EvidenceError, match="make room"):
        disk.write_together({tmp_path / "a": b"a", tmp_path / "b": b"b"})
    assert list(tmp_path.iterdir()) == []
