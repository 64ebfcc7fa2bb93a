"""Each page says what the store knows, in one language at a time."""

import re

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from device_farm.store.models import App, Attempt, FindingRow, Happening, Unit
from device_farm.units.unit import UnitState
from device_farm.web.page_templates import STYLE, TEMPLATES
from tests.farm.made_store import Made

PAGES = ("/", "/phones", "/apps", "/untested", "/findings", "/queue", "/deadlines", "/units/1", "/apps/com.example.linjia.shops", "/api")


@pytest.mark.parametrize(
    ("language", "word", "other"), [("zh", "时间均为北京时间", "Times are Beijing"), ("en", "Times are Beijing", "时间均为")]
)
def test_every_page_is_in_one_language(client: TestClient, language: str, word: str, other: str) -> None:
    for page in PAGES:
        answer = client.get(page, headers={"accept-language": f"{language};q=0.9"})
        assert answer.status_code == 200
        assert word in answer.text
        assert other not in answer.text
        assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in answer.text


def test_a_chosen_language_stays(client: TestClient) -> None:
    assert "Tonight" in client.get("/?lang=en", headers={"accept-language": "zh-CN"}).text
    assert "Tonight" in client.get("/", headers={"accept-language": "zh-CN"}).text
    assert "今晚" in client.get("/?lang=zh", headers={"accept-language": "en"}).text


def test_tonight_says_what_was_found_what_was_not_and_who_is_sick(client: TestClient) -> None:
    page = client.get("/", headers={"accept-language": "zh"}).text
    told = client.get("/api/tonight").json()
    assert told["violations"] > 0
    assert f"<b>{told['violations']}</b> 处不合规" in page
    assert f"<b>{told['suspected']}</b> 处疑似" in page
    assert "没有结论，不得视为未发现问题" in page
    assert "HUAWEI P50" in page
    assert "连续 3 次故障" in page
    assert f"{told['done']} / {told['total']}" in page


def test_a_fault_is_never_shown_as_a_pass(client: TestClient, made: Made) -> None:
    with made.store.begin() as session:
        broken = session.scalars(select(Unit.id).where(Unit.state == UnitState.QUARANTINED)).all()
    assert broken
    for unit in broken:
        page = client.get(f"/units/{unit}", headers={"accept-language": "zh"}).text
        assert "已隔离" in page
        assert "未见异常" not in page


def test_a_unit_shows_its_findings_picture_tries_and_report(client: TestClient, made: Made) -> None:
    with made.store.begin() as session:
        finding = session.scalars(select(FindingRow).where(FindingRow.outcome == "violation")).first()
        unit, picture, key = finding.unit_id, finding.picture, finding.key
        number = session.get_one(Unit, unit).counts
    page = client.get(f"/units/{unit}", headers={"accept-language": "zh"}).text
    assert f'src="/evidence/{picture}"' in page
    assert key in page
    assert f'href="/report/{unit}/{number}"' in page
    assert "计入" in page


def test_an_app_over_its_versions_says_what_came_back(client: TestClient, made: Made) -> None:
    with made.store.begin() as session:
        packages = session.scalars(select(App.package).distinct()).all()
    pages = [client.get(f"/apps/{package}", headers={"accept-language": "zh"}).text for package in packages]
    assert any("反复出现" in page for page in pages)
    assert all("3.6.0" in page for page in pages)


def test_lists_go_on_to_their_end(client: TestClient, made: Made) -> None:
    with made.store.begin() as session:
        total = len(session.scalars(select(FindingRow.id)).all())
    seen: list[int] = []
    place: str | None = ""
    while place is not None:
        told = client.get("/api/findings", params={"place": place, "limit": 20}).json()
        seen += [row["id"] for row in told["rows"]]
        place = told["next"]
    assert len(seen) == len(set(seen)) == total
    first = client.get("/findings", headers={"accept-language": "zh"}).text
    assert ("下一页" in first) == (total > 50)


def test_filters_hold_what_they_say(client: TestClient) -> None:
    rows = client.get("/api/findings", params={"outcome": "suspected"}).json()["rows"]
    assert rows
    assert {row["outcome"] for row in rows} == {"suspected"}
    named = {row["sdk"] for row in client.get("/api/findings", params={"limit": 200}).json()["rows"]}
    sdk = next(name for name in sorted(named) if name and ", " not in name)
    found = {row["sdk"] for row in client.get("/api/findings", params={"sdk": sdk}).json()["rows"]}
    assert found
    assert all(sdk in name.split(", ") for name in found)


def test_an_app_is_found_by_how_its_name_begins(client: TestClient) -> None:
    page = client.get("/apps", params={"search": "邻家"}, headers={"accept-language": "zh"}).text
    assert "com.example.linjia.shops" in page
    assert "com.example.yishang.clothes" not in page


NONSENSE = (
    ("/units/999999", 404), ("/units/0", 422), ("/units/x", 422), ("/units/99999999999999999999999", 422),
    ("/apps/com.example.nobody", 404), ("/?campaign=424242", 404), ("/?campaign=-1", 422), ("/findings?outcome=passed", 422),
    ("/findings?place=nowhere", 400), ("/apps?search=" + "x" * 201, 422), ("/nothing", 404), ("/report/1/99", 404),
    ("/static/../access.py", 404), ("/static/passwd", 404),
)  # fmt: skip


def test_what_makes_no_sense_is_told_and_nothing_breaks(client: TestClient) -> None:
    for address, status in NONSENSE:
        answer = client.get(address, headers={"accept-language": "zh"})
        assert (address, answer.status_code) == (address, status)
        assert "Traceback" not in answer.text


def test_an_empty_store_is_a_page_too(client: TestClient, made: Made) -> None:
    with made.store.begin() as session:
        for table in reversed(Unit.metadata.sorted_tables):
            session.execute(table.delete())
    for page in ("/", "/phones", "/apps", "/untested", "/findings", "/queue", "/deadlines"):
        assert client.get(page).status_code == 200
    assert "还没有任务" in client.get("/", headers={"accept-language": "zh"}).text


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&\u202e\u0000\ud800"


def test_hostile_texts_stay_texts(client: TestClient, made: Made) -> None:
    text = HOSTILE.replace("\x00", "").encode("utf-8", "replace").decode()
    with made.store.begin() as session:
        app = session.scalars(select(App).order_by(App.id.desc())).first()
        units = session.scalars(select(Unit.id).where(Unit.app_id == app.id)).all()
        session.execute(update(App).where(App.id == app.id).values(label=text, package=f"a/../{text}", version_name=text, store=text))
        session.execute(update(Unit).where(Unit.id.in_(units)).values(reason_zh=text * 50, words=text))
        session.execute(update(FindingRow).where(FindingRow.unit_id.in_(units)).values(reason_zh=text, part=text, sdk=text))
        session.execute(update(Attempt).where(Attempt.unit_id.in_(units)).values(reason_zh=text, worker=text))
        session.add(Happening(at=app.first_seen_at, kind="x", text_zh=text, text_en=text))
        package = app.package
    pages = ["/", "/phones", "/apps", "/untested", "/findings", "/queue", *(f"/units/{unit}" for unit in units)]
    for page in pages:
        html = client.get(page, headers={"accept-language": "zh"}).text
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "\u202e" not in html
    shown = client.get(f"/units/{units[0]}", headers={"accept-language": "zh"}).text
    assert "&lt;script&gt;" in shown
    assert "…(+" in shown  # and it is cut
    assert package.startswith("a/../")


def test_the_list_of_a_month_is_taken_along(client: TestClient, made: Made) -> None:
    page = client.get("/leads", headers={"accept-language": "zh"}).text
    assert "每月 15 日" in page
    with made.store.begin() as session:
        found = session.scalars(select(FindingRow).where(FindingRow.outcome == "violation")).first()
        assert found is not None
    month = f"{found.found_at:%Y-%m}"
    answer = client.get(f"/leads/{month}.csv")
    assert answer.headers["content-disposition"] == f'attachment; filename="leads-{month}.csv"'
    assert found.rule in answer.content.decode("utf-8-sig")
    assert client.get(f"/leads/{month}.xlsx").content.startswith(b"PK")
    for wrong in ("2026-13.csv", "2026-11.xml", "..%2f..%2fetc.csv", "x.csv"):
        assert client.get(f"/leads/{wrong}").status_code in (404, 422)


def test_the_colours_of_outcomes_are_the_reports_alone() -> None:
    """A name that both styles set would paint a badge with what a table is shaded with."""
    report = set(re.findall(r"(--[\w-]+):", STYLE.read_text("utf-8")))
    farm = set(re.findall(r"(--[\w-]+):", (TEMPLATES / "farm.css").read_text("utf-8")))
    assert report & farm <= {"--now"}
