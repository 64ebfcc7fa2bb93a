"""Documents, labels and scenes: the data is whole, and a new label is a table of a TOML file."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from harness.config import Config, using
from harness.config.config_files import from_record, to_record
from harness.engine.own_config import own_config
from harness.errors import CatalogueError, FormatError
from harness.rules import PROFILES, clauses, load_rules
from harness.rules import rule_files as of_room
from harness.rules.documents import BASES, documents, in_force_since
from harness.rules.labels import all_labels, label_of, labels
from harness.rules.scenes import scenes

RULES = {rule.id: rule for rule in load_rules()}


def test_the_ten_labels_of_the_notice_are_its_own_words() -> None:
    found = labels("miit-164")
    assert [label.zh for label in found] == [clause.label_zh for clause in clauses().values()]
    assert [label.clause for label in found] == list(range(1, 11))
    assert {label.in_force for label in found} == {date(2020, 7, 22)}
    assert {rule for label in found for rule in label.rules} == {id for id, rule in RULES.items() if rule.is_of("miit-164")}


def test_each_label_has_rules_or_says_why_it_has_none() -> None:
    wrong = [each.id for each in all_labels() if bool(each.rules) == bool(each.undetectable_zh)]
    wrong += [each.id for each in all_labels() if bool(each.undetectable_zh) != bool(each.undetectable_en)]
    wrong += [each.id for each in all_labels() if bool(each.limits_zh) != bool(each.limits_en)]
    wrong += [each.id for each in all_labels() if not set(each.rules) <= set(RULES)]
    assert wrong == []
    assert len({each.zh for each in all_labels()}) == len(all_labels())


def test_each_profile_has_labels_and_every_document_a_day_and_a_basis() -> None:
    assert [profile for profile in PROFILES if not labels(profile)] == []
    assert {document.basis for document in documents().values()} == set(BASES)
    assert [document.id for document in documents().values() if not (document.day and document.number and document.citation)] == []
    with pytest.raises(CatalogueError, match="no profile 'miit-1'"):
        labels("miit-1")


def test_each_rule_rests_on_a_document_that_there_is() -> None:
    assert [rule for rule in RULES.values() if not rule.documents or not set(rule.documents) <= set(documents())] == []
    assert in_force_since(RULES["c7-shake-jump"].documents) == date(2022, 11, 25)
    assert in_force_since(()) is None


def test_the_scenes_name_the_rules_that_name_them() -> None:
    told = {rule: {scene.id for scene in scenes() if rule in scene.rules} for rule in RULES}
    assert told == {id: set(rule.scenes) or told[id] for id, rule in RULES.items()}
    assert {id for id, found in told.items() if not found} == {id for id, rule in RULES.items() if rule.profiles}
    assert len(scenes()) == 42 + 2 + 4 + 5
    assert {scene.clause for scene in scenes()} == set(clauses())
    assert [scene.id for scene in scenes() if bool(scene.rules) == bool(scene.undetectable_zh)] == []
    assert [scene.id for scene in scenes() if bool(scene.undetectable_zh) != bool(scene.undetectable_en)] == []


@pytest.mark.parametrize("words", ["App 强制、频繁、过度索取权限", "“APP强制、频繁、过度索取权限”", "ＡＰＰ强制、频繁、过度索取权限"])
def test_a_label_is_known_by_its_words_however_they_are_spaced(words: str) -> None:
    found = label_of(words)
    assert found.id == "miit-164-5"
    assert label_of("强制") is None


def test_labels_of_a_day_are_those_in_force() -> None:
    assert labels("miit-164", date(2020, 7, 21)) == ()
    assert labels("miit-164", date(2020, 7, 22)) == labels("miit-164")


def test_a_new_label_is_a_table_of_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("labels.toml", "documents.toml"):
        (tmp_path / name).write_bytes((of_room.ROOM / name).read_bytes())
    with (tmp_path / "labels.toml").open("a", encoding="utf-8") as file:
        file.write('\n[night-push]\nzh = "深夜推送"\nclause = 7\ndocument = "bulletin-2026-2"\nrules = ["c7-jump"]\n')
    monkeypatch.setattr(of_room, "ROOM", tmp_path)
    with own_config(write(tmp_path, "")):  # a config of its own: nothing that was read before counts
        found = labels("bulletins-2026")[-1]
    assert (found.id, found.en, found.in_force, found.rules) == ("night-push", "深夜推送", date(2026, 3, 13), ("c7-jump",))


def write(folder: Path, text: str) -> Path:
    (folder / "apprights.toml").write_text(f"# {folder}\n{text}", encoding="utf-8")
    return folder / "apprights.toml"


OWN = """
[documents.bulletin-99]
number = "2027年第1批"
zh = "通报"
in_force = 2027-01-05

[labels.night-push]
zh = "深夜推送"
clause = 0
document = "bulletin-99"
undetectable_zh = "夜间无人值守"
"""


def test_a_new_label_is_a_table_of_the_testers_config(tmp_path: Path) -> None:
    with own_config(write(tmp_path, OWN)):
        assert documents()["bulletin-99"].own == "apprights.toml"
        for profile in PROFILES:
            found = labels(profile)[-1]
            assert (found.id, found.own, found.rules, found.undetectable_en) == ("night-push", "apprights.toml", (), "夜间无人值守")
        assert label_of("深夜 推送") == found
        assert labels(as_of=date(2027, 1, 4)) == labels()[:-1]
    assert label_of("深夜推送") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[documents.x]\nnumber = '1'\nzh = 'x'\nin_force = '2026-01-01'", "documents.x.in_force is a day, without quotes"),
        ("[documents.x]\nnumber = '1'\nzh = 'x'\nin_force = 2026-01-01T08:00:00", "documents.x.in_force is a day, without quotes"),
        ("[documents.miit-164]\nnumber = '1'\nzh = 'x'\nin_force = 2026-01-01", "documents.miit-164: AppRights has one of that id"),
        ("[documents.x]\nnumber = '1'\nzh = 'x'\nin_force = 2026-01-01\nbasis = 'sure'", "'sure' is none of read, press, recalled"),
        ("[labels.x]\nzh = 'x'\nclause = 7\ndocument = 'y'\nrules = ['c7-jump']", "labels.x.document: there is no document 'y'"),
        ("[labels.x]\nzh = 'x'\nclause = 7\ndocument = 'miit-26'\nrules = ['c7-jumps']", "labels.x.rules: there is no rule 'c7-jumps'"),
        ("[labels.x]\nzh = 'x'\nclause = 7\ndocument = 'miit-26'", "has rules, or undetectable_zh"),
        ("[labels.X]\nzh = 'x'\nclause = 7\ndocument = 'miit-26'\nrules = ['c7-jump']", "'X' is no id"),
        ("[labels.x]\nzh = 'x'\nclause = 77\ndocument = 'miit-26'\nrules = ['c7-jump']", "labels.x.clause: '77' is none of 0, 1, 2"),
        ("[labels.x]\nname = 'x'", "there is no entry 'labels.x.name'"),
    ],
)
def test_a_wrong_entry_is_told_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(FormatError) as caught, own_config(write(tmp_path, text)):
        pass
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_there_is_no_more_is_left_out_of_a_run_of_an_earlier_day(tmp_path: Path) -> None:
    with own_config(write(tmp_path, OWN)) as config:
        earlier = OWN.replace('document = "bulletin-99"', 'document = "bulletin-98"') + '[labels.gone]\nzh = "x"\nclause = 0\n'
        earlier += 'document = "bulletin-99"\nrules = ["c9-gone"]\n'
        recorded = to_record(config)
        recorded[0] |= {"text": earlier, "sha256": hashlib.sha256(earlier.encode()).hexdigest()}
    with using(from_record({"own": recorded}, Config())):
        assert [label.id for label in all_labels() if label.own] == []
        assert "bulletin-99" in documents()
