"""A small file that would take all memory, or end in a traceback, is one line with its name, in whatever reads TOML."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from device_farm.phones.charging import read_hubs
from device_farm.simulation.simulated_campaign import Assumptions, read_assumptions
from device_farm.webhooks.webhook_settings import read_chats
from harness.config import NONE
from harness.config.config_files import from_record, read_config
from harness.errors import FormatError, HarnessError
from harness.events.app_profile import read_app_profile
from harness.rectification.notice import read_notice
from harness.report.case import read_case
from harness.toml_reader import parse_toml
from harness.verdicts.analysis import read_run

READERS = (read_config, read_app_profile, read_notice, read_case, read_chats, read_hubs, lambda path: read_assumptions(path, Assumptions()))
TRAPS = {
    "dots": (".".join("a" * 20_000) + " = 1", "up to 8 parts"),
    "quoted": (".".join(["'a.b'", '"a"'] * 9) + " = 1", "up to 8 parts"),
    "in a table": ("a = { " + ".".join("a" * 20_000) + " = 1 }", "up to 8 parts"),
    "behind texts": ('a = """\\"""""\nb = \'\'\'\'\'\'\n' + ".".join("a" * 20_000) + " = 1", "up to 8 parts"),
    "digits": ("a = " + "9" * 5000, "up to 100 digits"),
    "hexadecimal": ("a = 0x" + "f" * 5000, "up to 100 digits"),
    "lists": ("a = " + "[" * 5000 + "]" * 5000, "nested too deep"),
    "tables": ("a = " + "{a = " * 200 + "1" + "}" * 200, "nested too deep"),
    "a day that is none": ("a = 2026-02-31", "no TOML"),
}


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize("read", READERS)
def test_a_trap_is_one_line_with_the_file(tmp_path: Path, read: Callable[[Path], object], trap: str) -> None:
    text, words = TRAPS[trap]
    path = tmp_path / "given.toml"
    path.write_text(text, "utf-8")
    tracemalloc.start()
    try:
        with pytest.raises(HarnessError, match=words) as raised:
            read(path)
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()
    assert ("\n" in str(raised.value), "given.toml" in str(raised.value)) == (False, True)


def test_the_config_in_a_run_that_somebody_sends_has_the_same_bounds() -> None:
    entry = {"kind": "config", "name": "apprights.toml", "text": TRAPS["dots"][0], "sha256": ""}
    with pytest.raises(FormatError, match=r"apprights\.toml: a key has up to 8 parts"):
        from_record({"own": [entry]}, NONE)
    with pytest.raises(FormatError, match="is damaged"):
        from_record({"own": [entry | {"text": "#" * 900_000}] * 5}, NONE)


@pytest.mark.parametrize("text", ["[" * 500 + "]" * 500, "9" * 5000, '{"a": ' * 40 + "1" + "}" * 40])
def test_a_run_json_has_bounds_too(tmp_path: Path, text: str) -> None:
    (tmp_path / "run.json").write_text(f'{{"app": {{"package": {text}}}}}', "utf-8")
    with pytest.raises(FormatError, match="is no run folder"):
        read_run(tmp_path)


def test_texts_and_remarks_may_have_what_keys_may_not() -> None:
    dots, digits = "a." * 50, "9" * 200
    text = f"# {dots} {digits} {'[' * 50}\n\"{dots}\" = '{digits}{'[' * 50}'\n[a.b.\"c.d\"]\nx = [[1.5, 2.5], {{ y.z = '''{dots}''' }}]\n"
    assert parse_toml(text, "x") == {dots: digits + "[" * 50, "a": {"b": {"c.d": {"x": [[1.5, 2.5], {"y": {"z": dots}}]}}}}
