"""Forgeries by somebody who knows the formats are found: two of each kind, ten of them in the short command."""

import random
import shutil
from itertools import cycle, islice
from pathlib import Path

import pytest

from harness.custody.finding_reviews import found_in, review
from harness.custody.integrity import verify, verify_zip
from harness.custody.run_archive import pack
from tests.runs.forgeries import KINDS, TRUSTED, prepare
from tests.runs.todays_run import judged_run


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = judged_run(tmp_path_factory.mktemp("forged"))
    prepare(folder)
    return folder


@pytest.mark.parametrize(("seed", "count"), [(11, 10), pytest.param(23, 2 * len(KINDS), marks=pytest.mark.long)])
def test_every_forgery_is_found(run: Path, tmp_path: Path, seed: int, count: int) -> None:
    draw, missed = random.Random(seed), []
    kinds = draw.sample(list(KINDS.items()), len(KINDS))
    for number, (name, forge) in enumerate(islice(cycle(kinds), count)):
        copy = tmp_path / str(number) / "run"
        shutil.copytree(run, copy)
        told, examined = forge(copy, draw)
        if not examined.found():
            missed.append(f"{name}: {told}")
        shutil.rmtree(copy.parent)
    assert missed == [], f"found {count - len(missed)} of {count}"


def test_what_nobody_forged_is_proved(run: Path, tmp_path: Path) -> None:
    checked = verify(run, trust=TRUSTED)
    assert (checked.good, checked.proved, [each.state for each in checked.results], checked.unsigned) == (True, True, ["derived"], 1)
    pack([run], tmp_path / "x.zip")
    (packed,) = verify_zip(tmp_path / "x.zip", [checked.head], TRUSTED)
    assert (packed.good, packed.proved, packed.matched) == (True, True, {checked.head: "custody/0003-review.json"})


def test_a_link_that_is_not_the_last_is_told_as_such(run: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(run, tmp_path / "run")
    before = verify(copy).head
    review(copy, found_in(copy)[0].key, "rejected", by="a", reason="b")
    checked = verify(copy, [before])
    assert (checked.good, checked.matched, checked.head != before, checked.unsigned) == (
        True,
        {before: "custody/0003-review.json"},
        True,
        2,
    )
