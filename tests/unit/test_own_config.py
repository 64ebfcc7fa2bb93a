"""A config of the tester's own: what is read, what is refused in one line, what becomes of words and numbers."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import cli
from harness.config import NONE, Config, Kind, OwnFile, current, using
from harness.config.config_files import find_config, from_record, read_config, to_record
from harness.detectors.custom_detectors import find_own
from harness.detectors.disclosure import disclosure
from harness.dialogs.continue_captions import is_next
from harness.dialogs.danger import is_dangerous, is_sim_login, opens_editor
from harness.dialogs.dialog_words import words
from harness.dialogs.matcher import find_dialog
from harness.dialogs.word_files import table
from harness.engine.option_specs import options_from
from harness.engine.own_config import own_config
from harness.engine.scenario import Scenario, clause_of, in_order
from harness.errors import HarnessError, ScenarioError
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Outcome
from harness.events.timeline import Timeline
from harness.language import in_language
from harness.pages.advert_words import is_mark, source_of
from harness.pages.agreement_boxes import agrees
from harness.parsers.hierarchy import Node
from harness.rules import load_rules
from harness.sdks import load_sdks
from harness.session.check_options import DRIVEN, Options
from harness.verdicts.judge import judge

RULE = """
id = "lab-loop"
clause = 5
label_zh = "循环"
severity = "B"
detector = "c5-dialog-loop"
"""
MAIN = "apprights.toml"
RULES = "[rules]\nfolder = 'rules'\n"
WORDS = "[words]\nfolder = 'words'\n"
SDKS = "[sdks]\nfile = 'sdks.toml'\n"
SDK = """
[[sdk]]
id = "lab-push"
name = "示例推送"
vendor = "示例"
kind = "push"
packages = ["com.example.labpush"]
words = ["示例推送"]
source = ["a manual"]
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a config and the files beside it, by their paths; its own path."""

    def _write(text: str = "", files: dict[str, str] | None = None) -> Path:
        for name, content in {MAIN: text, **(files or {})}.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(content, encoding="utf-8")
        return tmp_path / MAIN

    return _write


def refused(path: Path) -> str:
    """The one line of a config that is wrong, in English; in Chinese it is one line too."""
    with pytest.raises(HarnessError) as caught, own_config(path):
        pass
    chinese = in_language(caught.value, "zh")
    assert "\n" not in str(caught.value) + chinese
    assert chinese != str(caught.value)
    return str(caught.value)


def test_without_a_config_everything_is_as_ours(tmp_path: Path) -> None:
    before = load_rules(), words(), load_sdks()
    with own_config(start=tmp_path) as config:
        assert config.files == ()
        assert (load_rules(), words(), load_sdks()) == before
    assert current() is NONE


def test_the_config_is_looked_for_upward(write: Callable[..., Path], tmp_path: Path) -> None:
    path = write("[check]\ncity = '宁波'\n")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert find_config(below) == path
    with own_config(start=below) as config:
        assert config.defaults == {"city": "宁波"}


def test_a_folder_that_may_not_be_looked_at_has_none(write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("[rules]\nfolder = 'rules'\n", {"rules/x.toml": ""})

    def denied(path: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.iterdir", denied)
        assert "cannot be read: Permission denied" in refused(path)
        patched.setattr("pathlib.Path.is_file", denied)
        assert find_config(path.parent) is None
        assert "is no file" in refused(path)


def test_one_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="is no file"), own_config(tmp_path / "x.toml"):
        pass
    assert "--config" in refused(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[cheek]",
            "apprights.toml: there is no entry 'cheek'; there is thresholds, rules, words, roms, sdks, labels, documents, "
            "suppressions, check",
        ),
        ("rules = 5", "apprights.toml: rules must be a table"),
        ("[rules]\nfolder = 5", "rules.folder is a text in quotes"),
        ("[rules]\nfolder = 'nowhere'", "rules.folder"),
        ("[rules]\ncode = 'nowhere'", "rules.code"),
        ("[rules]\nscenario = 'x'", "there is no entry 'rules.scenario'; there is folder, code"),
        ("[sdks]\nfile = 'nowhere.toml'", "nowhere.toml: is no file"),
        ("[thresholds.c5-nothing]\nasks = 1", "there is no rule 'c5-nothing'"),
        ("[thresholds.c5-dialog-loop]\nask = 1", "has no threshold 'ask'; there is window_seconds, asks, control_seconds"),
        ("[thresholds.c5-dialog-loop]\nasks = '4'", "thresholds.c5-dialog-loop.asks is a number"),
        ("[thresholds.c5-dialog-loop]\nasks = true", "is a number"),
        ("[thresholds.c5-dialog-loop]\nasks = nan", "is a number"),
        ("[thresholds.c5-dialog-loop]\nasks = -1", "is a number"),
        ("[thresholds.c5-dialog-loop]\nasks = 0", "is a whole number from 1 on"),
        ("[thresholds.c5-dialog-loop]\nasks = 1.5", "is a whole number from 1 on"),
        ("[thresholds.c5-dialog-loop]\nwindow_seconds = 0", "is more than 0"),
        ("[thresholds.c5-purpose-not-told]\nsame_frame = 2", "is 0 or 1"),
        ("[thresholds.c5-dialog-loop]\nasks = { value = 1, note = 'x' }", "there is no entry 'thresholds.c5-dialog-loop.asks.note'"),
        ("[check]\nyes = true", "there is no entry 'check.yes'"),
        ("[check]\nminutes = 'x'", "check.minutes is written minutes = 0"),
        ("[check]\nminutes = 9999", "check.minutes: 9999 is not between 0.5 and 240"),
        ("[check]\nclause = [5, 11]", "check.clause: '11' is none of 1, 2, 3, 4, 5, 6, 7"),
        ("[check]\ntap = [5]", 'check.tap is written tap = ["..."]'),
        ("[roms]\nmylab = 5", "roms.mylab must be a table"),
        ("[roms.mylab]\npackage = ['a']", "there is no entry 'roms.mylab.package'; there is packages, message_ids, box_ids, ids, texts"),
        ("[roms.mylab]\npackages = 'a'", "roms.mylab.packages is a list of texts"),
        ("[roms.mylab]\npackages = ['']", "roms.mylab.packages is a list of texts"),
        ("[roms.mylab.texts]\ndeny = ['允许']", "'允许' is deny and allow"),
        ("[roms.also]\nsame = {}", "there is no entry 'roms.also.same'"),
        ("[roms.mylab.texts]\nmaybe = ['允许']", "there is no entry 'roms.mylab.texts.maybe'"),
        ("x = \ny = 1", "line 1 is no TOML"),
        ("x = [", "no TOML, something is missing at its end"),
        ("x = " + "[" * 5000 + "]" * 5000, "nested too deep"),
        ("a." * 5000 + "a = 1", "a key has up to 8 parts"),
    ],
)
def test_what_is_wrong_in_it_is_one_line(write: Callable[..., Path], text: str, said: str) -> None:
    assert said in refused(write(text))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ('id = "lab-other"', "rules/lab-loop.toml: the id inside is lab-other: call the file lab-other.toml"),
        ('id = "c5-lab"', "id: 'c5-lab' is none"),
        ('id = "Lab"', "id: 'Lab' is none"),
        ("clause = 99", "clause is"),
        ("clause = true", "clause is"),
        ('severity = "Z"', "severity: 'Z' is none of A, B, C, M"),
        ('needs = ["logs"]', "needs: 'logs' is none of"),
        ('needs = "events"', "needs is a list of texts"),
        ("needed = 0", "needed is a whole number from 1 on"),
        ('label_zh = ""', "label_zh is a text in quotes, not empty"),
        ('label_zh = "\\u202e循环"', "label_zh is a text in quotes, not empty, without control characters"),
        ('[thresholds]\n"a b" = 1', "thresholds.a b: a threshold has a name of small letters"),
        ('label = "x"', "there is no entry 'label'"),
        ("[thresholds]\nask = 1", "the rule c5-dialog-loop has no threshold 'ask'"),
        ('detector = "lab-other"', "needs is missing"),
        ('detector = "lab-other"\nneeds = ["tree"]', "the detector lab-other is not installed here"),
        ('detector = "nothing_there:at_all"\nneeds = ["tree"]', "the detector nothing_there:at_all cannot be loaded: ModuleNotFoundError"),
        ('detector = "json:nothing"\nneeds = ["tree"]', "the detector json:nothing is no function"),
    ],
)
def test_what_is_wrong_in_a_rule_is_one_line(write: Callable[..., Path], change: str, said: str) -> None:
    key = change.split(" =")[0]
    kept = [line for line in RULE.splitlines() if not line.startswith(f"{key} =")]
    assert said in refused(write(RULES, {"rules/lab-loop.toml": "\n".join([*kept, change])}))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("danger", "[remove]\ncontains = ['支付']", "words/danger.toml: remove.contains: what is never pressed stays so"),
        ("danger", "unless = ['x']", "words/danger.toml: unless would take a danger away"),
        ("danger", "compose = ['x']", "compose would take a danger away"),
        ("danger", "sim_login = ['x']", "sim_login would take a danger away"),
        ("danger", "[harmless]\nstates = ['x']", "harmless would take a danger away"),
        ("captions", "[claims]\ntakes = ['支付']", "words/captions.toml: claims would take a danger away"),
        ("captions", "[remove.never]\nspends = ['支付']", "remove.never: what is never pressed stays so"),
        ("captions", "[patterns]\nclaims = '.*'", "words/captions.toml: patterns are ours alone"),
        ("captions", "[remove.patterns]\nclaims = ['x']", "words/captions.toml: patterns are ours alone"),
        ("danger", "contain = ['x']", "there is no entry 'contain'"),
        ("danger", "contains = [5]", "words/danger.toml: contains is a list of texts"),
        ("danger", "contains = [' ']", "contains is a list of texts"),
        ("words", "[remove.permission.texts]\nnever = ['模糊定位']", "remove.permission.texts.never: what is never pressed stays so"),
        ("words", "[remove.own]\npositive = ['好得很']", "remove.own.positive: '好得很' is not in the list of words.toml"),
        ("words", "[remove.own]\npositives = ['好']", "words.toml has no such list of texts"),
        ("words", "[remove]\nown = ['好']", "words.toml has no such list of texts"),
        ("words", "remove = 5", "remove must be a table"),
        ("words", "own = ['好']", "own must be a table"),
        ("words", "[permission.texts]\nnever = ['拒绝']", "'拒绝' is deny and never"),
        ("related", "[also]\nMOON = { groups = ['CAMERA'] }", "MOON is no permission group"),
        ("related", "[also]\nSMS = { group = ['CAMERA'] }", "also.SMS has groups"),
        ("related", "[[same]]\ngroup = ['CAMERA']", "same is a list of texts"),
        ("promises", "[MOON]\nwords = ['月']", "there is no entry 'MOON'"),
        ("dangers", "contains = ['x']", "words/dangers.toml: no words are called so"),
    ],
)
def test_what_is_wrong_in_words_is_one_line(write: Callable[..., Path], name: str, text: str, said: str) -> None:
    assert said in refused(write(WORDS, {f"words/{name}.toml": text}))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1", "sdks.toml: there is no entry 'x'"),
        ("sdk = 5", "it is a list of SDKs"),
        (SDK + SDK, "lab-push belongs to the SDK lab-push already"),
        (SDK.replace("com.example.labpush", "com.igexin"), "com.igexin belongs to the SDK getui already"),
        (SDK.replace('vendor = "示例"', ""), "sdk lab-push.vendor is missing"),
        (SDK.replace('kind = "push"', "kind = 5"), "sdk lab-push.kind is a text"),
        (SDK + 'colour = "red"', "there is no entry 'sdk lab-push.colour'"),
    ],
)
def test_what_is_wrong_in_sdks_is_one_line(write: Callable[..., Path], text: str, said: str) -> None:
    assert said in refused(write(SDKS, {"sdks.toml": text}))


def test_files_that_are_none(write: Callable[..., Path], tmp_path: Path) -> None:
    path = write()
    path.write_bytes(b"# \xff")
    assert "not UTF-8 text" in refused(path)
    path.write_bytes(b"#" * ((1 << 20) + 1))
    assert "larger than 1 MiB" in refused(path)
    path.write_bytes(b"\xef\xbb\xbf[check]\r\ncity = 'x'\r\n")  # as Windows writes it
    with own_config(path) as config:
        assert config.defaults == {"city": "x"}
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "lab.toml").mkdir()
    assert "is no file" in refused(write(RULES))
    path = write(RULES)
    (tmp_path / "rules" / "lab.toml").rmdir()
    for number in range(201):
        (tmp_path / "rules" / f"lab-{number}.toml").write_text("", encoding="utf-8")
    assert "more than 200 files" in refused(path)


def test_a_number_goes_before_that_of_the_profile_and_is_shared_where_ours_is(write: Callable[..., Path]) -> None:
    text = """
    [thresholds]
    c5-exit-after-denial.exit_seconds = 15
    c5-purpose-not-told.seconds_before = { value = 5, source = "规程" }
    """
    with own_config(write(text)):
        rules = {rule.id: rule for rule in load_rules("store-strict")}
    (exit_seconds, *_others) = rules["c5-exit-after-denial"].thresholds
    assert (exit_seconds.value, exit_seconds.ours, exit_seconds.origin, exit_seconds.source) == (15, 30, MAIN, MAIN)
    for rule in ("c5-purpose-not-told", "c5-denial-blocks-function"):
        (shared,) = (each for each in rules[rule].thresholds if each.name == "seconds_before")
        assert (shared.value, shared.source, shared.ours) == (5, "规程", 3)


def test_an_own_rule_with_our_detector_has_its_needs_and_numbers(write: Callable[..., Path]) -> None:
    own = RULE + "[thresholds]\nasks = 4\n"
    with own_config(write(RULES, {"rules/lab-loop.toml": own})):
        *ours, rule = load_rules()
        loop = next(each for each in ours if each.id == "c5-dialog-loop")
        scenario = Scenario("any", ("c5-dialog-loop",), lambda session, canary: None)
        assert scenario.judged == ("c5-dialog-loop", "lab-loop")
        assert clause_of("lab-loop") == 5
    assert (rule.needs, rule.needed, rule.judged_by) == (loop.needs, loop.needed, loop.id)
    assert (rule.threshold("asks"), rule.threshold("window_seconds")) == (4, loop.threshold("window_seconds"))
    assert scenario.judged == ("c5-dialog-loop",)


def test_a_rule_of_no_clause_goes_with_its_scenario(write: Callable[..., Path]) -> None:
    own = RULE.replace("clause = 5", 'clause = "own"') + 'scenarios = ["alone", "other"]'
    with own_config(write(RULES, {"rules/lab-loop.toml": own})):
        alone = Scenario("alone", ("lab-loop",), lambda session, canary: None)
        other = Scenario("other", ("c6-self-start",), lambda session, canary: None)
        assert alone.within(DRIVEN) == ("lab-loop",)
        assert alone.within((6,)) == ()
        assert other.within((6,)) == ("c6-self-start", "lab-loop")
        assert other.within((1,)) == ()
        assert [each.name for each in in_order([alone, other], DRIVEN)] == ["alone", "other"]


def test_words_are_added_and_taken_away_and_ours_stay(write: Callable[..., Path]) -> None:
    files = {
        "words/words.toml": "[consent]\naccept = ['准了']\n[remove.own]\npositive = ['好的']\n",
        "words/walls.toml": "[wall]\nwords = ['先授权再说']\n",
        "words/interruptions.toml": "[kinds.advert]\nabout = ['赞助商']\n",
        "words/adverts.toml": "[mark]\ntexts = ['商业推荐']\n[sdks.'穿山甲']\nids = ['pgl_']\n",
        "words/related.toml": "[also]\nSMS = { groups = ['CONTACTS'], why = '发短信' }\n[[same]]\ngroups = ['SMS', 'PHONE']\n",
    }
    before = words()
    with own_config(write(WORDS, files)):
        assert words()["consent"]["accept"] == [*before["consent"]["accept"], "准了"]
        assert words()["own"]["positive"] == [word for word in before["own"]["positive"] if word != "好的"]
        assert table("walls.toml")["wall"]["words"][-1] == "先授权再说"
        assert table("interruptions.toml")["kinds"]["advert"]["about"][-1] == "赞助商"
        assert is_mark("商业推荐")
        assert source_of("com.example:id/pgl_card", "") == "穿山甲"
        assert table("related.toml")["also"]["SMS"]["groups"] == ["CONTACTS"]
        assert table("related.toml")["same"][-1] == {"groups": ["SMS", "PHONE"]}
    assert not is_mark("商业推荐")
    assert words() is before
    assert "好的" in before["own"]["positive"]


def test_own_words_reach_the_patterns_that_are_made_of_ours(write: Callable[..., Path]) -> None:
    files = {
        "words/danger.toml": "[load]\nverbs = ['整(上)']\n",
        "words/captions.toml": "[next]\nparts = ['卷']\n",
        "words/controls.toml": "[worth]\nagree = ['照准']\n",
        "words/disclosure.toml": "[subject]\nwords = ['自己起来']\n",
    }
    known = (
        lambda: is_dangerous("立即整(上)客户端"),
        lambda: is_next("看下一卷"),
        lambda: agrees("照准协议"),
        lambda: bool(disclosure("本应用会自己起来。").quote),
    )
    assert not any(one() for one in known)
    with own_config(write(WORDS, files)):
        assert all(one() for one in known)
        assert not is_dangerous("立即整上客户端")


def permission_dialog(package: str) -> tuple[Node, ...]:
    asks = Node(text="允许“邻家门店”获取位置信息?", package=package, bounds=(100, 700, 900, 800))
    buttons = [
        Node(text=text, resource_id=f"{package}:id/{id}", package=package, bounds=(x, 900, x + 300, 1000), clickable=True, pressable=True)
        for id, text, x in (("btn_refuse", "先不给", 100), ("btn_accept", "给它", 500))
    ]
    return (Node(package=package, bounds=(100, 700, 900, 1100), children=(asks, *buttons)),)


def test_the_dialog_of_a_rom_that_we_do_not_know(write: Callable[..., Path]) -> None:
    roots = permission_dialog("com.example.mylab")
    rom = "packages = ['com.example.mylab']\nids = { deny = ['btn_refuse'], allow = ['btn_accept'] }\n"
    for path in (write(f"[roms.mylab]\n{rom}"), write("[roms]\nfolder = 'roms'\n", {"roms/mylab.toml": rom})):
        assert find_dialog(roots, "com.example.shop", ()) is None
        with own_config(path):
            dialog = find_dialog(roots, "com.example.shop", ())
        assert [(button.role, button.text) for button in dialog.buttons] == [("deny", "先不给"), ("allow", "给它")]
        assert dialog.group == "LOCATION"


OURS = table("danger.toml")
SAID = st.one_of(st.sampled_from([*OURS["contains"], *OURS["exact"], *OURS["sim_login"]]), st.text("恢复出厂设置支付记录派单", max_size=8))


@settings(max_examples=10)  # each has a config of its own, for which all words are read again
@given(st.lists(SAID, min_size=1, max_size=3), st.sampled_from(("contains", "leading", "exact", "always", "sold")), SAID, SAID)
def test_own_words_never_take_a_danger_away(own: list[str], where: str, first: str, second: str) -> None:
    text = first + second
    before, sim, editor = is_dangerous(text), is_sim_login(text), opens_editor(text)
    data = {where: [word for word in own if word.strip()] or ["派单"]}
    file = OwnFile(Kind.WORDS, "words/danger.toml", "", "", data)
    with using(Config(files=(file,), digest=repr(data))):
        assert is_dangerous(text) or not before
        assert (is_sim_login(text), opens_editor(text)) in {(sim, editor), (False, editor)}
        assert is_dangerous("派单") or "派单" not in data[where] or where == "sold"


def test_sdks_are_added(write: Callable[..., Path]) -> None:
    with own_config(write(SDKS, {"sdks.toml": SDK})):
        found = load_sdks().of_class("com.example.labpush.Service")
    assert (found.name, found.vendor) == ("示例推送", "示例")
    assert load_sdks().of_class("com.example.labpush.Service") is None


def test_what_is_typed_goes_before_the_file_and_the_file_before_our_default(write: Callable[..., Path], tmp_path: Path) -> None:
    path = write(
        "[check]\nminutes = 20\nclause = 5\ntap = ['附近']\npolicy = 'policy.txt'\nprofile = 'store-strict'\n", {"policy.txt": "隐私"}
    )
    nothing = {"minutes": None, "clause": [], "tap": [], "policy": None, "profile": [], "seed": None}
    with own_config(path):
        found = options_from(nothing)
        assert (found.minutes, found.clauses, found.taps, found.policy, found.profile) == (20, (5,), ("附近",), "隐私", "store-strict")
        assert options_from(nothing | {"minutes": 13.0, "clause": [1]}) == Options(
            minutes=13, clauses=(1,), taps=("附近",), policy="隐私", profile="store-strict"
        )
        assert options_from({"minutes": None}, clauses=(6,)) == Options(minutes=20, clauses=(6,))  # a command without --clause
    assert options_from(nothing) == Options()


def test_a_config_comes_back_from_the_record_of_a_run(write: Callable[..., Path]) -> None:
    read = read_config(write(RULES + "[thresholds.c5-dialog-loop]\nasks = 4\n", {"rules/lab-loop.toml": RULE}))
    again = from_record({"own": to_record(read)}, NONE)
    assert (again.files, again.thresholds, again.digest) == (read.files, read.thresholds, read.digest)
    assert from_record({}, read) == NONE


@pytest.mark.parametrize("own", [5, "x", {"a": 1}, [5], [{}], [{"kind": "rule", "name": "x", "sha256": "", "text": ""}]])
def test_a_damaged_record_of_a_run_is_one_line(own: object) -> None:
    with pytest.raises(HarnessError, match="damaged: verify the run"):
        from_record({"own": own}, NONE)


CODE = """
from harness.events.findings import Finding, Outcome


def fails(timeline, app, rule):
    return 1 / 0


def leaves(timeline, app, rule):
    raise SystemExit(0)


def other(timeline, app, rule):
    return [Finding(rule="c5-dialog-loop", outcome=Outcome.CLEAR, part="x", reason_zh="", reason_en="")]


def stranger(timeline, app, rule):
    return [Finding(rule=rule.id, outcome=Outcome.CLEAR, part="x", reason_zh="", reason_en="", facts=(object(),))]


def nothing(timeline, app, rule):
    return None


def text(timeline, app, rule):
    return [Finding(rule=rule.id, outcome="clear", part="x", reason_zh="", reason_en="")]


def finds(timeline, app, rule):
    return [Finding(rule=rule.id, outcome=Outcome.SUSPECTED, part="x", reason_zh="中", reason_en="en", measured=(("n", 1),))]
"""


@pytest.mark.parametrize(
    ("function", "outcome", "said"),
    [
        ("fails", Outcome.INCONCLUSIVE, "the detector lab:fails failed: ZeroDivisionError: division by zero (lab.py:6)"),
        ("leaves", Outcome.INCONCLUSIVE, "the detector lab:leaves failed: SystemExit: 0"),
        ("other", Outcome.INCONCLUSIVE, "gave something else"),
        ("stranger", Outcome.INCONCLUSIVE, "gave something else"),
        ("nothing", Outcome.INCONCLUSIVE, "gave something else"),
        ("text", Outcome.INCONCLUSIVE, "gave something else"),
        ("finds", Outcome.SUSPECTED, "en"),
    ],
)
def test_a_detector_at_fault_says_nothing_about_the_app(write: Callable[..., Path], function: str, outcome: Outcome, said: str) -> None:
    rule = RULE.replace("c5-dialog-loop", f"lab:{function}") + 'needs = ["tree"]\nscenarios = ["any"]\n'
    path = write(RULES + "code = 'code'\n", {"rules/lab-loop.toml": rule, "code/lab.py": CODE})
    with own_config(path):
        (verdict,) = judge(Timeline([]), AppUnderTest(package="com.example.shop", uid=10100), [load_rules()[-1]])
    assert verdict.outcome is outcome
    assert said in verdict.reason_en
    assert verdict.reason_zh != verdict.reason_en


def test_a_record_runs_no_code_that_no_config_here_names(write: Callable[..., Path], tmp_path: Path) -> None:
    rule = RULE.replace("c5-dialog-loop", "lab:finds") + 'needs = ["tree"]\n'
    path = write(RULES + "code = 'code'\n", {"rules/lab-loop.toml": rule, "code/lab.py": "raise SystemExit('run')\n" + CODE})
    record = {"own": to_record(read_config(path))}
    for present in (NONE, replace(read_config(path), trusted=frozenset())):
        with using(from_record(record, present)):
            assert "so it was not run" in find_own("lab:finds").problem
    with using(from_record(record, read_config(path))):
        assert "SystemExit: run" in find_own("lab:finds").problem


def test_a_run_opens_though_ours_has_no_more_what_its_config_named(write: Callable[..., Path]) -> None:
    """As a record of today looks to an AppRights of a later day."""
    gone = {
        MAIN: RULES + WORDS + SDKS + "[thresholds.c5-gone]\nasks = 1\n[thresholds.c5-dialog-loop]\ngone = 1\nasks = 4\n",
        "rules/lab-loop.toml": RULE + "[thresholds]\ngone = 1\n",
        "rules/lab-old.toml": RULE.replace("lab-loop", "lab-old").replace("c5-dialog-loop", "c5-gone"),
        "words/words.toml": "[gone]\nx = ['y']\n[own]\nnegative = ['改天']\n[remove.own]\npositive = ['没有这个词']\ngone = ['x']\n",
        "sdks.toml": SDK.replace("com.example.labpush", "com.igexin"),
    }
    path = write(gone[MAIN], gone)
    record = {"own": to_record(read_config(path))}
    assert "has no threshold 'gone'" in refused(path)
    with using(from_record(record, NONE)):
        rules = {rule.id: rule for rule in load_rules()}
        assert rules["c5-dialog-loop"].threshold("asks") == 4
        assert words()["own"]["negative"][-1] == "改天"
        found = load_sdks().of_class("com.igexin.sdk")
        (old,) = judge(Timeline([]), AppUnderTest(package="com.example.shop", uid=10100), [rules["lab-old"]])
    assert found.id == "getui"
    assert old.outcome is Outcome.INCONCLUSIVE
    assert "c5-gone is not installed here" in old.reason_en


def test_what_was_typed_is_known_though_it_is_our_default(write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("[check]\nminutes = 20\nseed = 7\n")
    found: list[Options] = []

    def drive(device: object, app: str, options: Options, **where: object) -> None:
        found.append(options)
        raise ScenarioError("enough")

    monkeypatch.chdir(path.parent)
    monkeypatch.setattr("harness.engine.check.check", drive)
    monkeypatch.setattr("harness.device.adb.open_device", lambda serial, port: nullcontext())
    monkeypatch.setattr("harness.commands.check.may_clear", lambda *words: None)
    monkeypatch.setattr("harness.language._chosen", "en")
    for words_typed in ([], ["--minutes", "13"]):
        monkeypatch.setattr("sys.argv", ["apprights", "check", "com.example.shop", *words_typed])
        with pytest.raises(SystemExit):
            cli.main()
    assert [(options.minutes, options.seed) for options in found] == [(20, 7), (13, 7)]
