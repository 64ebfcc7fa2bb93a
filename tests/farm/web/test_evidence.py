"""Evidence by its hash alone, held against it each time; a report with an origin of its own."""

import hashlib
import os
import shutil
import socket
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from device_farm.artifacts.artifact_store import Artifacts, keep_run
from device_farm.store.models import Artifact, Attempt
from device_farm.units.unit import IN_STORE
from device_farm.web.application import make_app
from device_farm.web.middleware import INERT, SANDBOXED
from device_farm.web.web_settings import Settings
from tests.farm.made_store import Made
from tests.farm.web.conftest import HERE, TestClient


def keep(made: Made, folder: Path, place: str, data: bytes) -> str:
    """Write a file of a run, and its row; its hash."""
    path = folder / "run" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    sha256 = hashlib.sha256(data).hexdigest()
    with made.store.begin() as session:
        session.execute(update(Attempt).where(Attempt.id == 1).values(run=str(folder / "run")))
        session.add(Artifact(attempt_id=1, path=place, sha256=sha256, size=len(data)))
    return sha256


def test_a_picture_is_shown_by_its_hash(client: TestClient, made: Made) -> None:
    answer = client.get(f"/evidence/{made.picture}")
    assert answer.headers["content-type"] == "image/png"
    assert hashlib.sha256(answer.content).hexdigest() == made.picture
    assert answer.headers["content-security-policy"] == INERT
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("name", ["0" * 64, "1" * 64])
def test_a_hash_that_no_try_left_is_unknown(client: TestClient, name: str) -> None:
    assert client.get(f"/evidence/{name}").status_code == 404


@pytest.mark.parametrize("name", ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "screens/0001.png", "A" * 64, "0" * 63, "g" * 64])
def test_what_is_no_hash_is_never_looked_for(client: TestClient, name: str) -> None:
    assert client.get(f"/evidence/{name}").status_code in (404, 422)


def test_what_was_changed_since_is_not_shown(client: TestClient, made: Made, tmp_path: Path) -> None:
    sha256 = keep(made, tmp_path, "screens/x.png", b"as it was")
    assert client.get(f"/evidence/{sha256}").content == b"as it was"
    (tmp_path / "run" / "screens" / "x.png").write_bytes(b"as it is!")
    assert client.get(f"/evidence/{sha256}").status_code == 410


def test_a_place_outside_of_its_run_is_not_read_even_if_the_store_names_it(client: TestClient, made: Made, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_bytes(b"secret")
    sha256 = hashlib.sha256(b"secret").hexdigest()
    keep(made, tmp_path, "a.txt", b"a")
    (tmp_path / "run" / "link.txt").symlink_to(tmp_path / "secret.txt")
    with made.store.begin() as session:
        session.add(Artifact(attempt_id=1, path="../secret.txt", sha256=sha256, size=6))
        session.add(Artifact(attempt_id=1, path="link.txt", sha256=sha256, size=6))
    assert client.get(f"/evidence/{sha256}").status_code == 410


@pytest.mark.parametrize(
    ("place", "kind", "how"),
    [("raw/main.txt", "text/plain; charset=utf-8", "inline"), ("x.html", "application/octet-stream", "attachment")],
)
def test_only_pictures_and_plain_text_are_opened(client: TestClient, made: Made, tmp_path: Path, place: str, kind: str, how: str) -> None:
    sha256 = keep(made, tmp_path, place, b"<script>alert(1)</script>")
    answer = client.get(f"/evidence/{sha256}")
    assert answer.headers["content-type"] == kind
    assert answer.headers["content-disposition"].startswith(how)
    assert answer.headers["content-security-policy"] == INERT


def test_what_is_stored_by_its_content_needs_no_run_folder(made: Made, tmp_path: Path) -> None:
    file = tmp_path / "there.png"
    file.write_bytes(b"of another host")
    sha256 = Artifacts(tmp_path / "store").put(file)
    with made.store.begin() as session:
        session.add(Artifact(attempt_id=1, path="screens/9.png", sha256=sha256, size=15))
    settings = Settings(folder=made.folder, artifacts=str(tmp_path / "store"))
    with TestClient(make_app(made.store, settings), base_url=HERE) as client:
        assert client.get(f"/evidence/{sha256}").content == b"of another host"


def test_a_report_is_sandboxed_and_kept(client: TestClient, made: Made, old_run: Path) -> None:
    with made.store.begin() as session:
        session.execute(update(Attempt).where(Attempt.id == 1).values(run=str(old_run)))
        unit, number = session.get_one(Attempt, 1).unit_id, session.get_one(Attempt, 1).number
    answer = client.get(f"/report/{unit}/{number}?lang=zh")
    assert answer.status_code == 200
    assert "检测报告" in answer.text
    assert answer.headers["content-security-policy"] == SANDBOXED
    assert "allow-scripts" not in SANDBOXED
    (old_run / "run.json").rename(old_run / "gone.json")  # it is not made a second time
    assert client.get(f"/report/{unit}/{number}?lang=zh").text == answer.text


def test_a_run_that_lies_in_the_artifact_store_has_its_report_too(made: Made, old_run: Path, tmp_path: Path) -> None:
    url = str(tmp_path / "artifacts")
    with made.store.begin() as session:
        attempt = session.get_one(Attempt, 1)
        unit, number, attempt.run = attempt.unit_id, attempt.number, f"{IN_STORE}{old_run.name}"
        session.execute(delete(Artifact).where(Artifact.attempt_id == 1))
        for row in keep_run(Artifacts(url), old_run):
            row.attempt_id = 1
            session.add(row)
    shutil.rmtree(old_run)
    with TestClient(make_app(made.store, Settings(folder=made.folder, artifacts=url)), base_url=HERE) as client:
        answer = client.get(f"/report/{unit}/{number}?lang=en")
    assert answer.status_code == 200
    assert "com." in answer.text
    with TestClient(make_app(made.store, Settings(folder=made.folder)), base_url=HERE) as client:
        assert client.get(f"/report/{unit}/{number}").status_code == 410


def test_a_report_that_cannot_be_made_is_told(client: TestClient, made: Made) -> None:
    with made.store.begin() as session:
        row = session.get_one(Attempt, 2)
        unit, number = row.unit_id, row.number
        (made.folder / row.run).mkdir(parents=True, exist_ok=True)
    assert client.get(f"/report/{unit}/{number}").status_code == 502
    with made.store.begin() as session:
        session.execute(update(Attempt).where(Attempt.id == 2).values(run="elsewhere"))
    assert client.get(f"/report/{unit}/{number}").status_code == 410


def test_the_last_picture_of_a_phone_that_works_is_shown_while_it_works(client: TestClient, made: Made, tmp_path: Path) -> None:
    run = tmp_path / "run"
    (run / "screens").mkdir(parents=True)
    with made.store.begin() as session:
        attempt = session.scalars(select(Attempt).where(Attempt.device_id.is_not(None)).order_by(Attempt.id.desc())).first()
        phone, attempt.ended_at, attempt.run = attempt.device_id, None, f"virtual@{socket.gethostname()}:{run}"
    assert client.get(f"/phones/{phone}/picture").status_code == 204
    for number in (1, 2):
        picture = run / "screens" / f"{number}.png"
        picture.write_bytes(b"picture %d" % number)
        os.utime(picture, (number, number))
    (run / "screens" / "3.html").write_text("<script>", encoding="utf-8")
    told = client.get(f"/phones/{phone}/picture")
    assert (told.content, told.headers["content-type"]) == (b"picture 2", "image/png")
    assert told.headers["content-security-policy"].startswith("sandbox")
    with made.store.begin() as session:
        session.execute(update(Attempt).values(run=f"elsewhere:{run}"))
    assert client.get(f"/phones/{phone}/picture").status_code == 204
