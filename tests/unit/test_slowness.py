"""Why a check takes long is said once, and again when it is twice as bad."""

from harness.session.slowness import MOST_ANSWERS, Slowness


def test_a_phone_that_answers_late_is_told_after_some_answers_in_a_row() -> None:
    told: list[str] = []
    slow = Slowness(told.append)
    for seconds in [0.2] * (MOST_ANSWERS - 1) + [0.01] + [0.2] * (MOST_ANSWERS - 1):
        slow.answered(seconds)
    assert told == []  # a hiccup is none
    slow.answered(0.3)
    assert len(told) == 1
    assert "0.2 s for each answer" in told[0]
    for _number in range(20):
        slow.answered(0.3)
    assert len(told) == 1
    slow.answered(0.01)
    for _number in range(MOST_ANSWERS):
        slow.answered(0.5)
    assert len(told) == 2


def test_a_page_that_takes_long_to_read_is_told() -> None:
    told: list[str] = []
    slow = Slowness(told.append)
    for seconds in (0.9, 2.5, 0.9, 2.5):  # each was empty for a while
        slow.read(seconds)
    assert told == []
    for seconds in (2.5, 3.0, 5.5, 5.5):
        slow.read(seconds)
    assert ["2.5 s" in told[0], "5.5 s" in told[1], len(told)] == [True, True, 2]
