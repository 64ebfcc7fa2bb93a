"""/proc of the virtual device: what monitors of performance read, and what is refused by name."""

import pytest

from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.kernel.procfs import PROCESSORS
from tests.virtual.device_calls import boot


@pytest.fixture(scope="module")
def device() -> VirtualDevice:
    return boot()


@pytest.mark.parametrize(
    "folder",
    ["/proc", "/proc/sys", "/proc/sys/kernel", "/proc/net", "/proc/1", "/proc/1/task/1", "/sys", PROCESSORS, f"{PROCESSORS}/cpu7/cpufreq"],
)
def test_what_is_listed_is_there(device: VirtualDevice, folder: str) -> None:
    names = device.files.listdir(folder)
    assert names
    assert [name for name in names if not device.files.exists(f"{folder}/{name}")] == []


def test_processor_time_adds_up_and_goes_on(device: VirtualDevice) -> None:
    """The difference of two readings is the time between them, on every core (fs/proc/stat.c)."""

    def read() -> dict[str, list[int]]:
        rows = device.files.read("/proc/stat").decode().splitlines()
        return {row.split()[0]: list(map(int, row.split()[1:])) for row in rows}

    first = read()
    device.clock.skip(10)
    second = read()
    spent = sum(second["cpu"]) - sum(first["cpu"])
    assert spent == pytest.approx(10 * 100 * 8, rel=0.02)
    assert [sum(core) for core in zip(*(second[f"cpu{number}"] for number in range(8)), strict=True)] == second["cpu"]
    assert second["cpu"][3] > 0.9 * sum(second["cpu"])


def test_the_other_figures_have_their_columns(device: VirtualDevice) -> None:
    heads, *rows = (line.split("|") for line in device.files.read("/proc/net/dev").decode().splitlines()[1:])
    columns = len((f"{heads[1]} {heads[2]}").split())
    assert {row[0].split(":")[0].strip(): len(row[0].split(":")[1].split()) for row in rows} == {"lo": columns, "wlan0": columns}
    assert device.files.read("/proc/cpuinfo").count(b"processor\t: ") == 8
    one, five, fifteen, tasks, last = device.files.read("/proc/loadavg").split()
    assert all(float(value) > 0 for value in (one, five, fifteen))
    assert int(tasks.split(b"/")[1]) > 100
    assert int(last) > 1


def test_processors_and_threads(device: VirtualDevice) -> None:
    assert device.files.read(f"{PROCESSORS}/online") == b"0-7\n"
    assert int(device.files.read(f"{PROCESSORS}/cpu0/cpufreq/cpuinfo_max_freq")) > 1_000_000  # kHz
    assert not device.files.exists(f"{PROCESSORS}/cpu8")
    assert device.files.read("/proc/1/task/1/comm") == b"init\n"
    assert not device.files.exists("/proc/1/task/2")


@pytest.mark.parametrize("path", ["/proc/vmstat", "/sys/class/thermal/thermal_zone0/temp", "/sys/block"])
def test_what_is_not_modelled_is_remembered_by_name(path: str) -> None:
    device = boot()
    assert not device.files.exists(path)
    assert f"file {path}" in device.unmodelled
    assert not device.files.exists("/proc/99999")
    assert "file /proc/99999" not in device.unmodelled
