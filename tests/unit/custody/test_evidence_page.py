"""The commands of docs/evidence.md, taken from the page and run as they stand there."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from harness.events.app_profile import read_app_profile
from tests.runs.todays_run import judged_run
from tests.unit.custody.authority import Authority, Served
from tests.unit.custody.test_timestamp import send

PAGE = (Path(__file__).parents[3] / "docs/evidence.md").read_text(encoding="utf-8")
BLOCKS = [(kind, text) for kind, text in re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)]
TOOLS = ("bash", "openssl", "sha256sum")
pytestmark = pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason=f"{', '.join(TOOLS)} are not all installed")


def blocks(kind):
    return [text for found, text in BLOCKS if found == kind]


@pytest.fixture
def place(tmp_path):
    """A folder with a run called RUN, and the certificate of an authority that answers at $TSA."""
    shutil.copytree(judged_run(tmp_path), tmp_path / "page" / "RUN")
    (tmp_path / "authority").mkdir()
    authority = Authority(tmp_path / "authority")
    shutil.copy(authority.ca, tmp_path / "page" / "ca.pem")
    served = Served(lambda handler, query: send(handler, authority.reply(query)))
    yield tmp_path / "page", served.url
    served.close()


def shell(place, script):
    folder, url = place
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = os.environ | {"TSA": url, "PATH": path, "no_proxy": "127.0.0.1", "APPRIGHTS_LANG": "en"}
    return subprocess.run(["bash", "-e", "-c", script], cwd=folder, env=env, capture_output=True, text=True, timeout=60, check=False)


def test_the_commands_of_the_page(place):
    folder, _url = place
    make, sums, signature, stamp = blocks("sh")
    made = shell(place, make)
    assert made.returncode == 0, made.stderr
    told = shell(place, sums)
    assert told.returncode == 0, told.stderr
    assert "manifest.json: OK" in told.stdout
    told = shell(place, signature)
    assert told.returncode == 0, told.stderr
    assert "Signature Verified Successfully" in told.stdout
    assert re.search(r"Fingerprint of the key: (\w+)", made.stderr)[1] in told.stdout
    told = shell(place, stamp)
    assert told.returncode == 0, told.stderr
    assert "Verification: OK" in told.stderr + told.stdout
    assert "Time stamp:" in told.stdout
    [program] = blocks("python")
    assert subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True).stdout == "FAILED\n"

    (folder / "RUN/raw/events.txt").write_bytes(b"lie!\n")
    assert shell(place, sums).returncode != 0
    (folder / "RUN/SHA256SUMS").write_bytes(b"")
    assert shell(place, signature).returncode != 0
    index = folder / "RUN/custody/index.json"
    index.write_text(index.read_text("utf-8").replace('"previous": "', '"previous": "0'), "utf-8")
    assert shell(place, stamp).returncode != 0
    (folder / "RUN/manifest.json").write_bytes(b"{}")
    assert subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, check=False).returncode != 0


def test_the_profile_of_the_page_is_one(tmp_path):
    [text] = blocks("toml")
    (tmp_path / "app.toml").write_text(text, encoding="utf-8")
    assert read_app_profile(tmp_path / "app.toml").redact == tuple(tomllib.loads(text)["redact"]["words"])
