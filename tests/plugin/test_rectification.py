"""From a notice to a Word document with one command: two versions of an app, and the notice of docs/rectification.md"""

import io
import json
import re
from pathlib import Path
from typing import NamedTuple

import docx
import pytest

from device_farm.virtual.vocabulary.twin import read_source
from harness.report.pdf import program
from tests.plugin.conftest import APPS, PROJECT, Said, apprights_here, external_references
from tests.runs.forging import OF_FORM

OLD, NEW = "5.0.9", "5.1.0"


class Versions(NamedTuple):
    """A folder with two runs and the notice of the docs."""

    folder: Path
    old: Path
    new: Path

    def compare(self, *words: object) -> Said:
        return apprights_here("compare", *words, "--on", "2026-11-05", "--force", folder=self.folder)


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    """A guilty sample and its innocent twin, as two versions of one app, each checked."""
    folder = tmp_path_factory.mktemp("versions")
    guilty, innocent = (read_source(APPS / each / "exit_by_crash.py").text for each in ("", "twins"))
    texts = {
        "old": guilty.replace('"5.1.0", 510', f'"{OLD}", 509'),
        "new": innocent.replace(".coupons.twin", ".coupons").replace("社区版", ""),
    }
    found = {}
    for name, text in texts.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
        words = ("--clause", "5", "--minutes", "1", "--steps", "5", "--runs", name)
        said = apprights_here("check", f"{name}.py", *words, folder=folder)
        assert said.code == 1, said
        (found[name],) = (folder / name).iterdir()
    (example,) = re.findall(r"```toml\n(# notice.toml.*?)```", (PROJECT / "docs/rectification.md").read_text(encoding="utf-8"), re.DOTALL)
    (folder / "notice.toml").write_text(example, encoding="utf-8")
    return Versions(folder, found["old"], found["new"])


def test_from_the_notice_to_a_document_with_one_command(versions: Versions) -> None:
    said = versions.compare("--notice", "notice.toml", "--old", versions.old, versions.new, "-o", "table.docx")
    assert said.code == 1, said  # what the notice does not name is there still
    data = (versions.folder / "table.docx").read_bytes()
    read = docx.Document(io.BytesIO(data))
    text = "\n".join(
        [*(each.text for each in read.paragraphs), *(cell.text for table in read.tables for row in table.rows for cell in row.cells)]
    )
    for expected in (
        "某通信管函〔2026〕12号",
        "2026-11-10 (5 working days",
        "3 working day(s) left",
        "reproduced on the old version: 1 violation(s)",
        "no longer found",
        "not checked",
        "授权回调未处理拒绝的情况。",
        "下一版本在申请前增加用途说明。",
        "(for the company to fill in) not provided",
        f"version {OLD}",
        f"version {NEW}",
        versions.old.name,
        "Reviewed by",
    ):
        assert expected in text, expected
    assert len(read.inline_shapes) >= 4


def test_the_table_on_the_terminal_and_for_programs(versions: Versions) -> None:
    said = versions.compare(versions.old, versions.new)
    assert re.search(r"^no longer found  .*c5-exit-after-denial", said.out, re.MULTILINE)
    told = json.loads(versions.compare(versions.old, versions.new, "--json").out)
    states = {each["rule"]: each["state"] for each in told["problems"]}
    assert states["c5-exit-after-denial"] == "fixed"
    assert set(states.values()) == {"fixed", "still_there"}
    assert not any(each["repeats"] for each in told["problems"])
    assert told["notice"] is None


def test_the_page_asks_for_nothing_and_has_both_languages(versions: Versions) -> None:
    said = versions.compare("--notice", "notice.toml", "--old", versions.old, versions.new, "-o", "table.html")
    page = (versions.folder / "table.html").read_text(encoding="utf-8")
    assert said.code == 1
    assert external_references(page) == []
    assert "<script" not in page
    for text in ("整改后未再出现", "no longer found", "还有 3 个工作日", "data:image/jpeg;base64,"):
        assert text in page


@pytest.mark.parametrize("form", [".html", ".json", ".docx", ".pdf"])
def test_what_is_written_is_made_again_of_its_runs_and_compared(versions: Versions, form: str) -> None:
    if form == ".pdf" and program() is None:
        pytest.skip("no browser prints here")
    name = f"made{form}"
    versions.compare("--notice", "notice.toml", "--old", versions.old, versions.new, "-o", name)
    said = apprights_here("verify", name, versions.old, versions.new, folder=versions.folder)
    assert said.code == 0, said
    assert said.out.count("this is its run") == 2
    genuine = (versions.folder / name).read_bytes()
    for forge in OF_FORM[form][:3]:
        (versions.folder / f"forged{form}").write_bytes(forge(genuine))
        forged = apprights_here("verify", f"forged{form}", versions.old, versions.new, folder=versions.folder)
        assert (forged.code, "this is its run" in forged.out) == (1, False), forge
