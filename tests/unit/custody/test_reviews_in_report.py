"""A report shows what people say of a finding beside the machine, and nobody's word where the chain was touched."""

from datetime import UTC, datetime

from harness.custody.finding_reviews import review
from harness.language import chinese
from harness.report.review_status import reviews, tampered
from harness.verdicts.finding_evidence import key_of

EXIT = key_of("com.example.shop", "c5-exit-after-denial", "CAMERA")


def test_what_people_say_is_shown(sealed):
    assert (reviews(sealed), tampered(sealed)) == ({}, ())
    at = datetime(2026, 11, 28, 6, 0, tzinfo=UTC)
    review(sealed, EXIT, "confirmed", by="张三", reason="已复核", at=at)
    review(sealed, EXIT, "rejected", by="李四", reason="误报", at=at)
    assert [(chinese(each.words), each.reason) for each in reviews(sealed)[EXIT]] == [
        ("人工复核：确认（张三）", "已复核"),
        ("人工复核：否定（李四）", "误报"),
    ]
    assert tampered(sealed) == ()


def test_a_review_that_was_touched_counts_for_nothing(sealed):
    path = review(sealed, EXIT, "confirmed", by="张三", reason="已复核")
    path.write_bytes(path.read_bytes().replace(b"confirmed", b"rejected "))
    assert reviews(sealed) == {}
    assert [each.path for each in tampered(sealed)] == ["custody/0001-review.json"]
