"""The report in a real Chromium: it is laid out, prints, and asks nothing of anybody."""

import re
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from device_farm.samples.in_process_device import devices_in_process
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.spec import Spec
from harness.device.virtual_devices import virtual_devices
from harness.engine.check import check
from harness.report import write_report
from harness.session.check_options import Options

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "device_farm" / "virtual" / "apps" / "exit_by_finish.py"
SECONDS = 90
QUIET = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
QUIET += " --disable-component-update --disable-sync --hide-scrollbars"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    spec = Spec(apps=load_app_file(SAMPLE))
    with devices_in_process([partial(VirtualDevice, spec)]) as (device,):
        analysis = check(device, "com.example.linjia.shops", Options(clauses=(5,), minutes=2), runs=folder)
    write_report([analysis.folder], folder / "report.html")
    return folder / "report.html"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium on this machine")
    return [program, *QUIET.split(), f"--user-data-dir={tmp_path_factory.mktemp('profile')}"]


def test_the_page_names_nothing_outside_itself(page: Path) -> None:
    html = page.read_text(encoding="utf-8")
    addresses = re.findall(r"""(?:src|href|action)\s*=\s*["']([^"']*)""", html)
    assert addresses
    assert all(address.startswith(("data:image/webp;base64,", "#")) for address in addresses)
    assert "<script" not in html
    assert "@import" not in html
    assert "default-src 'none'" in html


def test_chromium_lays_it_out(page: Path, chromium: list[str]) -> None:
    done = subprocess.run([*chromium, "--dump-dom", page.as_uri()], capture_output=True, timeout=SECONDS, check=True)
    dom = done.stdout.decode()
    for words in ("不合规", "邻家", "工信部信管函〔2020〕164号", "三（二）5", "wm_finish_activity", "两个独立见证"):
        assert words in dom


def test_it_prints(page: Path, chromium: list[str], tmp_path: Path) -> None:
    pdf = tmp_path / "report.pdf"
    subprocess.run([*chromium, f"--print-to-pdf={pdf}", page.as_uri()], capture_output=True, timeout=SECONDS, check=True)
    assert pdf.read_bytes().startswith(b"%PDF")
    assert pdf.stat().st_size > 50_000


def test_it_is_a_picture_of_more_than_one_colour(page: Path, chromium: list[str], tmp_path: Path) -> None:
    from PIL import Image

    shot = tmp_path / "report.png"
    size = "--window-size=1180,1600"
    subprocess.run([*chromium, size, f"--screenshot={shot}", page.as_uri()], capture_output=True, timeout=SECONDS, check=True)
    with Image.open(shot) as picture:
        colours = picture.convert("RGB").getcolors(1 << 24) or []
    assert {(198, 40, 40), (27, 122, 67)} <= {colour for _, colour in colours}  # a violation's and a clear verdict's badge


def test_the_page_of_pytest_html_shows_the_rows(chromium: list[str], tmp_path: Path) -> None:
    with virtual_devices(apps=[SAMPLE]) as device:
        command = [sys.executable, "-m", "pytest", "--pyargs", "scenarios", "--app", "com.example.linjia.shops"]
        command += ["--serial", device.serials[0], "--adb-port", str(device.port), "--html", "page.html", "--runs", "runs"]
        command += ["--clause", "5", "--minutes", "2", "--lang", "zh"]
        subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=SECONDS, check=False)
    address = (tmp_path / "page.html").as_uri()
    done = subprocess.run([*chromium, "--dump-dom", address], capture_output=True, timeout=SECONDS, check=True)
    dom = done.stdout.decode()
    rows = re.findall(r'<td class="col-result[^"]*">(\w+)</td>.*?<td class="col-links"> (\w+)</td>', dom)
    assert rows.count(("Failed", "不合规")) >= 1
    assert rows.count(("Passed", "未见异常")) >= 2
