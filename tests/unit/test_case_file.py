"""case.toml: read as it is written, everything else refused in one line; pytest takes it as the command line does."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from harness import plugin
from harness.errors import ScenarioError
from harness.plugin.attachments import CASE, Page
from harness.report.case import FIELDS, NO_CASE, NOT_PROVIDED, OF_AN_APP, Case, read_case

PAGE = Path(__file__).parents[2] / "docs/exports.md"


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "case.toml"
    path.write_bytes(text.encode(encoding))
    return path


def test_the_example_of_the_page_is_a_case_file(tmp_path: Path) -> None:
    found = re.search(r"^```toml\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    case = read_case(written(tmp_path, found[1]))
    assert set(dict(case.fields)) == set(FIELDS)
    assert case.given("notice_numbers") == "工信部信管函〔2020〕164号；某通管函〔2026〕8号"
    assert case.of("com.example.notes").given("developer") == "另一家科技有限公司"
    assert case.of("com.example.notes").given("store") == case.of("com.example.shop").given("store") == "某某应用商店"


def test_what_is_empty_or_left_out_was_not_provided(tmp_path: Path) -> None:
    case = read_case(written(tmp_path, 'client = ""\ntester = "  "\nplace = []\n'))
    assert case == NO_CASE
    assert {case.value(name) for name in FIELDS} == {NOT_PROVIDED}
    assert read_case(written(tmp_path, 'client = "某公司"')).value("client") == "某公司"
    assert set(NO_CASE.to_json()) == {*FIELDS, "apps"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_windows_editor_may_write_it(tmp_path: Path, encoding: str) -> None:
    assert read_case(written(tmp_path, 'client = "某公司"\r\ntester = "张三"\r\n', encoding)) == Case(
        (("client", "某公司"), ("tester", "张三"))
    )


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_another_encoding_is_named_with_what_to_do(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(ScenarioError, match=r"not UTF-8 text: save it as UTF-8"):
        read_case(written(tmp_path, 'client = "某公司"', encoding))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('cilent = "x"', f"unknown key 'cilent'; there is {', '.join(FIELDS)}"),
        ('[app."a.b"]\nclient = "x"', f"unknown key 'app.a.b.client'; there is {', '.join(OF_AN_APP)}"),
        ("client = 7", "client must be a text in quotation marks, or a list of texts"),
        ("equipment = [1]", "equipment must be a text in quotation marks, or a list of texts"),
        ("app = 1", 'write [app."com.example.shop"] and the fields of that app below it'),
        ('client = x"', "line 1 is no TOML"),
        ('client = """x', "no TOML, something is missing at its end"),
        (f'client = "{"x" * 501}"', "client is longer than 500 characters"),
        ("a = " + "[" * 9999, "nested too deep"),
    ],
)
def test_what_is_wrong_is_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ScenarioError) as raised:
        read_case(written(tmp_path, text))
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_not_there_or_is_huge(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"--case: .* is no file"):
        read_case(tmp_path / "none.toml")
    with pytest.raises(ScenarioError, match="larger than 1 MiB"):
        read_case(written(tmp_path, "#" * (1 << 20) + "\n"))


def test_the_case_stands_above_the_table(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_text('client = "<b>某公司</b>"\n', "utf-8")
    config = SimpleNamespace(stash=pytest.Stash())
    plugin._keep_case(config, path)  # type: ignore[arg-type] # all that it uses
    prefix: list[str] = []
    Page().pytest_html_results_summary(prefix, SimpleNamespace(config=config))  # type: ignore[arg-type] # all that it uses
    assert "Client: &lt;b&gt;某公司&lt;/b&gt;" in prefix[0]
    assert "Developer: not provided" in prefix[0]


def test_without_a_case_file_nothing_is_said() -> None:
    config, prefix = SimpleNamespace(stash=pytest.Stash()), list[str]()
    plugin._keep_case(config, None)  # type: ignore[arg-type] # all that it uses
    Page().pytest_html_results_summary(prefix, SimpleNamespace(config=config))  # type: ignore[arg-type] # all that it uses
    assert CASE not in config.stash
    assert prefix == []
