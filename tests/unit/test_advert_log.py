"""What replay reads of looks by itself: a page that sells what renews itself, whichever scenario came by it."""

from dataclasses import replace

from harness.events import AdvertKind, AdvertSeen, Instant
from harness.replay.advert_log import AdvertLog
from tests.cases.script import APP
from tests.unit.test_adverts import RENEWAL, Look, button, text
from tests.unit.test_pages_identity import APP as SHOWN
from tests.unit.test_pages_identity import at, page, title

STAMP = {"at": Instant(0, 5.0), "ref": None}


def seen(*looks: Look) -> list[object]:
    log = AdvertLog(replace(APP, package=SHOWN), lambda path: None)  # type: ignore[arg-type,return-value]
    return [event for look in looks for event in log.looked(look, dict(STAMP))]


def test_the_page_of_a_renewal_is_a_fact_once_whoever_came_by_it() -> None:
    sale = Look(tuple(page(title("会员"), RENEWAL, button("立即开通", at(700)))))
    told = [event for event in seen(sale, sale) if isinstance(event, AdvertSeen)]
    assert [(event.advert, "自动续费" in event.words) for event in told] == [(AdvertKind.SUBSCRIPTION, True)]


def test_a_page_that_only_manages_renewals_is_none() -> None:
    assert seen(Look(tuple(page(title("设置"), text("自动续费管理", at(300)), button("关于", at(700)))))) == []
