"""A page that changes all the time is looked at as often as before; one that rests, at each change."""

from harness.session.polling_interval import BURST, STEP_SECONDS, PollingInterval


def looks(changes: list[float]) -> list[float]:
    """At which of the changes, at these seconds, a watcher looks.

    It waits for the next, or for a step while there is no rest.
    """
    polling, now, seen = PollingInterval(), 0.0, []
    while left := [at for at in changes if at > now]:
        now = now + STEP_SECONDS if polling.restless(now) else left[0]
        polling.spend(now)
        seen.append(now)
    return seen


def test_each_change_of_a_page_at_rest_is_looked_at() -> None:
    changes = [1.0, 1.3, 1.6, 9.0, 9.1, 9.4, 30.0]
    assert looks(changes) == changes


def test_a_video_is_looked_at_no_more_often_than_every_step() -> None:
    video = [number / 25 for number in range(1, 25 * 60)]
    assert len(looks(video)) <= 60 / STEP_SECONDS + BURST
