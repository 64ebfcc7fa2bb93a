"""The numbers for Prometheus, and the API's own list of itself."""

from html import escape
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import event, func, select

from device_farm.store.models import Artifact, Unit
from device_farm.web.api_routes import WORDS
from device_farm.web.application import make_app
from device_farm.web.web_settings import Settings
from tests.farm.made_store import Made
from tests.farm.web.conftest import HERE, TestClient


def numbers(client: TestClient) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Every sample by its name and labels."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(client.get("/metrics").text)
        for sample in family.samples
    }


def test_the_numbers_are_the_stores(client: TestClient, made: Made) -> None:
    found = numbers(client)
    with made.store.begin() as session:
        states = dict(session.execute(select(Unit.state, func.count()).group_by(Unit.state)).all())
        size = session.scalar(select(func.sum(Artifact.size)))
    assert {labels[0][1]: value for (name, labels), value in found.items() if name == "apprights_units" and value} == states
    assert found["apprights_artifact_bytes", ()] == size
    assert found["apprights_phones", (("state", "quarantined"),)] == 1
    assert found["apprights_tries_open", ()] == states["running"]
    assert found["apprights_tries_total", (("end", "done"),)] > 0
    assert found["apprights_queue", (("requirement", "android=13"),)] > 0
    assert found["apprights_store_up", ()] == 1


def test_requests_are_timed_by_route_not_by_address(client: TestClient) -> None:
    for unit in (1, 2, 3):
        client.get(f"/units/{unit}")
    client.get("/no/such/page")
    client.get("/", headers={"host": "evil.example"})
    found = numbers(client)
    assert found["apprights_request_seconds_count", (("route", "/units/{unit}"), ("status", "200"))] == 3
    routes = {dict(labels)["route"] for (name, labels) in found if name == "apprights_request_seconds_count"}
    assert routes == {"/units/{unit}", "other"}


def test_a_scrape_a_moment_later_asks_the_store_nothing(client: TestClient, made: Made) -> None:
    client.get("/metrics")
    asked: list[str] = []
    event.listen(made.store.engine, "before_cursor_execute", lambda _c, _u, statement, *_m: asked.append(statement))
    client.get("/metrics")
    assert [statement for statement in asked if "SELECT" in statement] == []


def test_the_api_describes_itself_and_names_what_it_gives(client: TestClient) -> None:
    told = client.get("/openapi.json").json()
    assert told["paths"]["/api/tonight"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].endswith("/Tonight")
    assert "violations" in told["components"]["schemas"]["Tonight"]["properties"]
    page = client.get("/api").text
    for path in told["paths"]:
        assert path in page
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404


def test_what_a_program_reads_is_what_the_page_says(client: TestClient, made: Made) -> None:
    units = client.get("/api/units", params={"limit": 5}).json()
    assert len(units["rows"]) == 5
    one = client.get(f"/api/units/{units['rows'][0]['unit']}").json()
    assert one["app"]["package"] == units["rows"][0]["package"]
    assert one["evidence"][0]["sha256"]
    assert client.get("/api/campaigns").json()[0]["name"].startswith("夜检")
    assert client.get("/api/apps/com.example.linjia.shops").json()["versions"]
    for path in ("phones", "untested", "clauses", "sdks", "queue", "deadlines", "apps?search=com"):
        assert client.get(f"/api/{path}").status_code == 200
    assert client.get("/api/units", params={"limit": 100000}).status_code == 422


def test_every_address_of_the_api_is_described_in_chinese(client: TestClient) -> None:
    told = client.get("/openapi.json").json()
    page = client.get("/api", headers={"accept-language": "zh"}).text
    asked = {f"{method.upper()} {path}" for path, methods in told["paths"].items() for method in methods}
    assert asked == set(WORDS)
    assert all(escape(words) in page for words in WORDS.values())
    assert "``" not in page + client.get("/api", headers={"accept-language": "en"}).text
    assert "Those first that somebody" not in page


def test_the_room_of_the_disks_is_told_for_a_desk_and_for_a_farm(made: Made, tmp_path: Path) -> None:
    settings = {"runs": Settings(folder=made.folder), "artifacts": Settings(artifacts=str(tmp_path / "farm"))}
    for where, each in settings.items():
        with TestClient(make_app(made.store, each), base_url=HERE) as client:
            rooms = {labels: value for (name, labels), value in numbers(client).items() if name == "apprights_disk_free_bytes"}
        assert list(rooms) == [(("where", where),)]
        assert rooms[("where", where),] > 0
    (tmp_path / "farm").write_text("no folder", "utf-8")
    with TestClient(make_app(made.store, settings["artifacts"]), base_url=HERE) as client:
        assert client.get("/metrics").status_code == 200


def test_docs_list_every_number(client: TestClient) -> None:
    document = (Path(__file__).parents[3] / "docs/farm-hosts.md").read_text("utf-8")
    names = {name.removesuffix("_total").removesuffix("_created") for name, _labels in numbers(client)}
    for name in names:
        assert name.removesuffix("_bucket").removesuffix("_count").removesuffix("_sum") in document, name
