import ast
import subprocess
import sys
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from device_farm.virtual.app_file import load_app_file
from tests.generated import adverts, deep_adverts
from tests.generated.fault import make_guilty, make_innocent
from tests.generated.faults import FAULTS
from tests.generated.grammar import PHONES

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
RULES = {path.stem for path in (ROOT / "harness" / "rules").glob("c[0-9]-*.toml")}
SCOPES = ("15", "48", "13", "2", "4", "6", "7", "8", "9", "draft")
CONSENT = ("c1-no-privacy-prompt", "c1-consent-without-refusal", "c1-consent-preticked")
CHOICE = tuple(rule for rule in RULES if rule.startswith("c4-") or "policy" in rule)
WINDOWS = ("c7-window-cannot-close", "c7-close-acts-as-confirm", "c7-jump")
KINDS = {"c5-purpose-not-told": ("use",), "c7-shake-jump": ("limits",)} | dict.fromkeys((*CONSENT, *WINDOWS, *CHOICE), ("consent",))
"""What a mutation of a rule replaces: the consent, layers of the home page, what a shake needs; others only add."""


def test_the_same_seed_is_the_same_file_byte_for_byte_in_any_process() -> None:
    code = "from tests.generated.faults import FAULTS; from tests.generated.fault import make_guilty; import sys; "
    code += "sys.stdout.buffer.write(make_guilty(12, FAULTS['exit-finish'])[1].text.encode())"
    words = [sys.executable, "-c", code]
    shown = {
        subprocess.run(words, cwd=ROOT, env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    }
    assert shown == {make_guilty(12, FAULTS["exit-finish"])[1].text.encode()}


@pytest.mark.parametrize("scope", SCOPES)
def test_every_innocent_file_loads_and_no_two_seeds_are_one_app(scope: str, tmp_path: Path) -> None:
    texts = [make_innocent(seed, scope).text for seed in range(5)]
    assert len(set(texts)) == len(texts)
    for number, text in enumerate(texts):
        path = tmp_path / f"app{number}.py"
        path.write_text(text, encoding="utf-8")
        assert load_app_file(path)[0].package == f"com.generated.{make_innocent(number, scope).recipe.theme.name}.s{number}"


def test_every_feature_of_the_grammar_comes_up() -> None:
    recipes = [make_innocent(seed).recipe for seed in range(300)]
    features = {feature.partition(":")[0]: set() for recipe in recipes for feature in recipe.features}
    for recipe in recipes:
        for feature in recipe.features:
            features[feature.partition(":")[0]].add(feature)
    assert len(features["consent"]) == 8
    assert len(features["rom"]) == len({(rom, android) for android, rom in PHONES})
    assert len(features["extra"]) == 42
    assert (len(features["face"]), len(features["told"]), len(features["after"])) == (8, 7, 4)
    assert features["onboarding"] == {
        f"onboarding:{kind}" for kind in ("none", "interests", "grade", "age", "city", "guide", "slides", "swipes", "signin")
    }


def test_every_kind_of_advert_comes_up() -> None:
    recipes = [make_innocent(seed, "7").recipe for seed in range(120)]
    assert {kind for recipe in recipes for kind in recipe.adverts} == set(adverts.KINDS)
    assert {recipe.advert_face for recipe in recipes} == set(adverts.FACES)
    assert {recipe.deep for recipe in recipes} == {"", *deep_adverts.KINDS, deep_adverts.TABBED}
    assert max(recipe.size for recipe in recipes) > 120


def test_each_rule_has_mutations_and_a_mutation_a_rule() -> None:
    assert {fault.rule for fault in FAULTS.values()} == RULES
    assert all(sum(fault.rule == rule for fault in FAULTS.values()) >= 2 for rule in RULES)
    assert all(fault.outcome in ("violation", "suspected") for fault in FAULTS.values())


@pytest.mark.parametrize("id", FAULTS)
def test_a_mutation_changes_its_own_behaviour_and_nothing_else(id: str, tmp_path: Path) -> None:
    """A guilty file is its twin's with lines put in; what it replaces is the consent, or the words of its function."""
    fault = FAULTS[id]
    path = tmp_path / "guilty.py"
    path.write_text(make_guilty(0, fault)[1].text, encoding="utf-8")
    load_app_file(path)
    for seed in range(2):
        twin, guilty = make_guilty(seed, fault)
        gone, added = _changed(twin.text, guilty.text)
        assert added, "it is no mutation"
        assert {_kind(line) for line in gone} <= {"head", *KINDS.get(fault.rule, ())}, gone


def test_what_an_innocent_app_does_is_not_among_its_mutations() -> None:
    """The marks by which the truth knows what was planted are in no innocent app."""
    texts = [make_innocent(seed, scope).text for seed in range(40) for scope in SCOPES]
    assert not any('"权限申请"' in text or "planted" in text for text in texts)


def test_the_oracle_shares_nothing_with_the_harness() -> None:
    free = {path.stem for path in HERE.glob("*.py") if not path.name.startswith("test_")} - {"__main__", "trial", "nights", "reach"}
    for name in free:
        tree = ast.parse((HERE / f"{name}.py").read_text(encoding="utf-8"))
        modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        modules += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
        assert not [module for module in modules if module.split(".")[0] == "harness"], name


def _changed(twin: str, guilty: str) -> tuple[list[str], list[str]]:
    """Lines of the twin that are gone, with the class or table that they stood in, and lines that are new."""
    old, new = twin.splitlines(), guilty.splitlines()
    gone, added = [], []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            gone += [f"{_place(old, number)}|{old[number]}" for number in range(start, end) if old[number].strip()]
            added += [line for line in new[new_start:new_end] if line.strip()]
    return gone, [line for line in added if not line.startswith(('"""', "from ", "    package ="))]


def _place(lines: list[str], number: int) -> str:
    return next((line.strip() for line in reversed(lines[: number + 1]) if line.lstrip().startswith(("class ", "USES", "ANSWERS"))), "")


def _kind(line: str) -> str:
    place, text = line.split("|", 1)
    if "权限用于" in text or place.startswith("class Page("):
        return "use"
    if text.startswith(('"""', "from ", "    package =", "    permissions =", "    options =", "    store_listings =")):
        return "head"
    if place.startswith("class Wave") and "push, turn, last" in text:
        return "limits"
    if place.startswith(("class Welcome", "class Policy", "class Mine", "class Home", "class Privacy")):
        return "consent"
    return "use" if place.startswith("USES") or text.strip().startswith(("Column(Text(", "return [Text(", "Text(")) else place
