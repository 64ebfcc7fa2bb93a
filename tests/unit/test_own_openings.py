"""Which activity came with no press, by what the log tells of openings."""

import pytest

from harness.adverts.ad_slots import Step
from harness.adverts.advert_observation import AdvertObserver
from harness.events import AdvertKind, Source
from harness.recording.recorder import RecordedLine
from harness.session.foreground_activity import ForegroundActivity
from tests.unit.test_advert_rows import BUY, ICON, column, offer, row
from tests.unit.test_advert_slots import advert, places
from tests.unit.test_adverts import FULL, button, image, look, text
from tests.unit.test_pages_identity import APP, HOME, at, page, title, view
from tests.unit.test_windows_of_ours import observer as observer_of


def told(foreground: ForegroundActivity, *lines: str) -> None:
    for number, line in enumerate(lines):
        foreground.feed(RecordedLine(Source.EVENTS, number, f"1796071025.255366  1000  1203  2406 I wm_{line}"))


def opened(token: int, name: str) -> tuple[str, str]:
    made = f"create_activity: [0,{token},3,{APP}/.{name},NULL,NULL,NULL,0]"
    return made, f"set_resumed_activity: [0,{APP}/.{name},minimalResumeActivityLocked]"


@pytest.fixture
def phone() -> ForegroundActivity:
    phone = ForegroundActivity()
    told(phone, *opened(1, "Home"))
    return phone


def observer(phone: ForegroundActivity) -> AdvertObserver:
    sights = observer_of(look(offer(BUY)))
    sights.session.foreground = phone
    return sights


def test_what_comes_over_the_page_at_a_return_is_a_window(phone: ForegroundActivity) -> None:
    sights = observer(phone)
    sights.begin()
    assert sights.see(look(offer(BUY)), hot=True) == ()  # it was there before
    told(phone, *opened(2, "Offer"))
    assert [one.kind for one in sights.see(look(offer(BUY)), hot=True)] == [AdvertKind.WINDOW]
    assert sights.see(look(offer(BUY)), (Step("会员", ""),)) == ()  # our press led to it


@pytest.mark.parametrize(("before", "late"), [(True, False), (False, True), (False, False)])
def test_what_our_press_opened_stays_ours_however_late_the_log_is(phone: ForegroundActivity, before: bool, late: bool) -> None:
    sights, now = observer(phone), 0.0
    sights.session.uptime = lambda: now
    sights.used(f"{APP}/{APP}.Home")
    sights.begin()
    told(phone, *(opened(2, "Offer") if before else ()))
    sights.led(look(offer(BUY)), changed=True)
    sights.see(look(offer(BUY)), (Step("会员", ""),))
    now = 1.0 if late else 5.0
    sights.see(look(offer(BUY)), (Step("会员", ""),)) if not late else None
    told(phone, *(() if before else opened(2, "Offer")))
    assert bool(sights.see(look(offer(BUY)))) is not (before or late)
    told(phone, *opened(3, "Again"))
    assert [one.kind for one in sights.see(look(offer(BUY)))] == [AdvertKind.WINDOW]  # over the page of our press


def test_what_our_press_opened_and_is_there_still_came_at_no_start_or_return(phone: ForegroundActivity) -> None:
    sights = observer(phone)
    sights.begin()
    told(phone, *opened(2, "Film"))
    sights.led(look(HOME), changed=True)
    film = look((view("FrameLayout", image(FULL), text("广告", (20, 150, 90, 60)), button("×", (960, 150, 80, 80)), box=FULL),))
    assert sights.see(film, hot=True) == ()
    told(phone, *opened(3, "Splash"))
    assert len(sights.see(film, hot=True)) == 1


def test_what_took_the_place_of_the_page_is_none(phone: ForegroundActivity) -> None:
    sights = observer(phone)
    sights.begin()
    told(phone, *opened(2, "Offer"), f"finish_activity: [0,1,3,{APP}/.Home,app-request]")
    assert sights.see(look(offer(BUY)), hot=True) == ()


def test_at_a_start_it_comes_over_a_page_on_which_a_press_led_on(phone: ForegroundActivity) -> None:
    sights = observer(phone)
    told(phone, *opened(2, "Offer"))
    assert sights.see(look(offer(BUY))) == ()  # the first page may be called what it likes
    sights.used(f"{APP}/{APP}.Home")
    assert [one.kind for one in sights.see(look(offer(BUY)))] == [AdvertKind.WINDOW]


def test_what_shows_at_a_start_too_needs_no_return() -> None:
    slots, _written = places()
    slots.note((advert("splash"),), None, hot=True)
    slots.arrive()
    slots.note((advert("splash"),), None, (Step(back=True),))
    assert slots.known["splash"].hot
    slots.arrive(cold=True)
    slots.note((advert("splash"),), None)
    assert not slots.known["splash"].hot


def test_a_card_is_found_again_though_the_page_round_it_changed() -> None:
    first = page(
        title("首页"),
        view("LinearLayout", text("优惠券待领", at(1400)), box=at(1400)),
        row(ICON, column("云上书城", "推广"), button("下载", (640, 440, 240, 100))),
    )
    later = page(title("首页"), row(ICON, column("云上书城", "推广"), button("下载", (640, 440, 240, 100))))
    sights = observer(ForegroundActivity())
    (shown,) = sights.see(look(first))
    slot = sights.slots.known[shown.slot]
    again = sights.found_in(slot, look(later))
    assert (again.slot, again.slot != shown.slot) == (slot.name, True)
    assert sights.slots.known[slot.name] is slot
