"""``make test CHANGED=main``: a change reaches the tests that could see it, and in doubt all of them."""

import pytest

from tests import reached
from tests.reached import Reach


@pytest.fixture(scope="module")
def reach() -> Reach:
    return Reach()


@pytest.mark.parametrize(
    ("change", "in_it", "not_in_it"),
    [
        ("harness/detectors/app_exits.py", {"tests/cases/test_cases.py", "tests/farm/test_samples.py"}, {"tests/unit/test_png.py"}),
        ("harness/rules/c5-dialog-loop.toml", {"tests/cases/test_cases.py"}, {"tests/unit/test_png.py"}),
        ("harness/commands/find_popups.py", {"tests/plugin/test_command_line.py"}, {"tests/cases/test_cases.py"}),  # loaded by its name
        ("scenarios/test_clock_shift.py", {"tests/plugin/test_clock_shift.py"}, {"tests/unit/test_png.py"}),  # an entry point
        ("device_farm/virtual/apps/polite.py", {"tests/farm/test_samples.py"}, {"tests/cases/test_cases.py"}),  # nobody imports it
        ("tests/cases/c5-dialog-loop.toml", {"tests/cases/test_cases.py"}, {"tests/unit/test_docs.py"}),
        (
            "tests/unit/test_adverts.py",
            {"tests/unit/test_adverts.py", "tests/unit/test_adverts_innocent.py"},
            {"tests/cases/test_cases.py"},
        ),
        ("tests/farm/conftest.py", {"tests/farm/desk/test_night.py"}, {"tests/unit/test_docs.py"}),
        ("docs/rules.md", {"tests/unit/test_docs.py"}, {"tests/virtual/test_packets.py"}),
    ],
)
def test_a_change_reaches_who_could_see_it(reach: Reach, change: str, in_it: set[str], not_in_it: set[str]) -> None:
    found = reach.files([change])
    assert in_it <= found
    assert not found & not_in_it


@pytest.mark.parametrize("change", ["pyproject.toml", "conftest.py", "requirements.txt", "harness/gone.py", "tests/captures.txt"])
def test_in_doubt_it_is_all(reach: Reach, change: str) -> None:
    assert len(reach.files([change])) > 400


def test_who_is_known_to_import_little_by_a_name_is_there() -> None:
    for name in reached.KNOWN:
        assert reached.BY_NAME.search((reached.ROOT / f"{name.replace('.', '/')}.py").read_text("utf-8")), name
