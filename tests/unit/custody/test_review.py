import json
from datetime import UTC, datetime

import pytest

from harness.custody.finding_reviews import found_in, review, reviews
from harness.custody.index import check
from harness.custody.review_record import Review
from harness.errors import EvidenceError
from harness.verdicts.finding_evidence import key_of

AT = datetime(2026, 11, 28, 6, 0, tzinfo=UTC)
EXIT = key_of("com.example.shop", "c5-exit-after-denial", "CAMERA")


def say(folder, **changed):
    values = {"key": EXIT, "decision": "confirmed", "by": "张三", "reason": "已复核", "at": AT} | changed
    return review(folder, values.pop("key"), values.pop("decision"), **values)


def test_accusations_come_first_each_by_its_key(sealed):
    found = found_in(sealed)
    assert [(each.outcome.value, each.rule) for each in found] == [
        ("violation", "c5-exit-after-denial"),
        ("suspected", "c5-asks-before-use"),
        ("clear", "c5-asks-before-use"),
    ]
    assert found[0].key == EXIT
    assert found[2].key == key_of("com.example.shop", "c5-asks-before-use", "LOCATION", 2)
    assert [each.accuses for each in found] == [True, True, False]


def test_what_several_say_stands_side_by_side(sealed):
    say(sealed)
    say(sealed, decision="rejected", by="李四", reason="模拟器\x1b[31m")
    assert reviews(sealed) == {
        EXIT: (
            Review(EXIT, "confirmed", "张三", "2026-11-28T06:00:00+00:00", "已复核"),
            Review(EXIT, "rejected", "李四", "2026-11-28T06:00:00+00:00", "模拟器\x1b[31m"),
        )
    }
    assert check(sealed) == []
    written = json.loads((sealed / "custody/0001-review.json").read_bytes())
    assert written["finding"] == {"outcome": "violation", "part": "CAMERA", "rule": "c5-exit-after-denial"}
    assert len(written["findings_sha256"]) == 64


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"key": "nosuch"}, "no finding nosuch"),
        ({"by": "  "}, "the name of who says it"),
        ({"reason": ""}, "and the reason"),
        ({"by": "x" * 201}, "up to 200 signs"),
        ({"reason": "x" * 4001}, "up to 4000"),
    ],
)
def test_a_review_that_is_none(sealed, changed, words):
    with pytest.raises(EvidenceError, match=words):
        say(sealed, **changed)
    assert not (sealed / "custody").exists()


def test_a_run_that_was_altered_is_not_reviewed(sealed):
    (sealed / "raw/events.txt").write_bytes(b"other")
    with pytest.raises(EvidenceError, match="not reviewed"):
        say(sealed)


def test_findings_that_are_gone_or_damaged(sealed):
    for data, words in (
        (b'{"app": "a"}', "damaged"),
        (b"{}", "apprights analyse"),
        (b'{"app": "a", "rules": [1]}', "damaged"),
        (b"\xff", "apprights analyse"),
        (b"[]", "apprights analyse"),
    ):
        (sealed / "findings.json").write_bytes(data)
        with pytest.raises(EvidenceError, match=words):
            found_in(sealed)


def test_a_review_file_that_is_none_says_nothing(sealed):
    path = say(sealed)
    for data in (b"[]", b'{"key": 1}', b'{"key": "a", "decision": "maybe", "by": "b", "at": "c", "reason": "d"}'):
        path.write_bytes(data)
        assert reviews(sealed) == {}
