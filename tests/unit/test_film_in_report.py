"""A report shows what came up on film after an act on an advert, and says when and for how long."""

from typing import Any

from harness.events import AdvertAct, AdvertActed, AdvertLeft, FilmHow, FilmMoment, FilmTaken, Instant, Source
from harness.events.timeline import Timeline
from harness.language import both
from harness.report.film_frames import MOST_SHOWN, new_frames

SESSION: dict[str, Any] = {"source": Source.SESSION}
ACTED = AdvertActed(at=Instant(0, 10.0), slot="banner", act=AdvertAct.CLOSE, **SESSION)
LEFT = AdvertLeft(at=Instant(0, 18.0), slot="banner", still=False, **SESSION)


def film(begin: float, end: float, name: str = "ad") -> FilmTaken:
    at, path = Instant(0, end + 1), f"raw/film-{name}.mp4"
    return FilmTaken(at=at, film=name, how=FilmHow.MP4, path=path, begin=Instant(0, begin), end=Instant(0, end), frames=9, **SESSION)


def moment(begin: float, end: float, picture: str, *, again: bool = False, name: str = "ad") -> FilmMoment:
    at, until = Instant(0, begin), Instant(0, end)
    return FilmMoment(at=at, until=until, film=name, screenshot=picture, again=again, source=Source.PIXELS)


def shown(*events: Any) -> list[tuple[str, str, str]]:
    return [(one.path, *both(one.words)) for one in new_frames(Timeline([ACTED, LEFT, *events]), ACTED)]


def test_what_came_up_after_the_act_is_shown_with_its_time() -> None:
    events = (film(9.0, 20.0), moment(9.0, 13.0, "1"), moment(13.0, 13.5, "2"), moment(13.5, 20.0, "1", again=True))
    assert shown(*events) == [("2", "录像：操作后 3.0 秒出现的画面，持续 0.50 秒", "film: came up 3.0 s after the act, for 0.50 s")]


def test_what_our_own_leaving_brought_up_is_not() -> None:
    assert [path for path, _, _ in shown(film(9.0, 20.0), moment(9.0, 17.0, "1"), moment(17.0, 18.5, "2"), moment(18.5, 20.0, "3"))] == [
        "2"
    ]


def test_another_film_is_not_asked() -> None:
    assert shown(film(30.0, 40.0), moment(31.0, 32.0, "9")) == []
    assert shown(film(9.0, 20.0), film(30.0, 40.0, "b"), moment(12.0, 13.0, "9", name="b")) == []


def test_a_film_of_the_whole_scenario_hides_none_of_an_act() -> None:
    events = (film(0.0, 170.0, "scenario-001"), film(9.0, 20.0), moment(9.0, 13.0, "1"), moment(13.0, 13.5, "2"))
    assert [path for path, _, _ in shown(*events)] == ["2"]


def test_an_act_that_nobody_filmed_has_none() -> None:
    assert shown(moment(12.0, 13.0, "9")) == []


def test_a_page_that_never_rests_shows_a_few() -> None:
    assert len(shown(film(9.0, 20.0), *(moment(10.5 + step, 11.5 + step, str(step)) for step in range(7)))) == MOST_SHOWN
