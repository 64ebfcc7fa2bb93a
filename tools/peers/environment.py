"""What the suites run in: their own Python libraries and pytest, apart from the project's; JavaScript clients."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "peers"
_REQUIREMENTS = Path(__file__).with_name("requirements.txt")
_CODECS = Path(__file__).with_name("codecs.txt")
_PACKAGES = Path(__file__).with_name("package.json")


class EnvironmentProblem(Exception):
    """The environment cannot be made; the text says why."""


def python() -> Path:
    """Return the interpreter of the environment, made or renewed first where the requirements are others."""
    folder = FOLDER / "venv"
    stamp = folder / "requirements.txt"
    wanted = _REQUIREMENTS.read_text(encoding="utf-8")
    interpreter = folder / "bin" / "python"
    if not (stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted):
        print("peers: installing what the suites need ...", file=sys.stderr, flush=True)
        _run(sys.executable, "-m", "venv", "--clear", str(folder))
        pip = (str(interpreter), "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input")
        _run(*pip, "install", "-r", str(_REQUIREMENTS))
        stamp.write_text(wanted, encoding="utf-8")
    return interpreter


def codecs() -> Path:
    """Return a folder with the codecs of adb's compressions, for the virtual device; filled first where it is not."""
    folder = FOLDER / "codecs"
    stamp = folder / "requirements.txt"
    wanted = _CODECS.read_text(encoding="utf-8")
    if not (stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted):
        _run(sys.executable, "-m", "pip", "--quiet", "--no-input", "install", "--target", str(folder), "-r", str(_CODECS))
        stamp.write_text(wanted, encoding="utf-8")
    return folder


def node_modules() -> Path:
    """Return the folder with the clients in JavaScript, filled first where it is not; it may need the network."""
    folder = FOLDER / "node"
    stamp = folder / "installed.json"
    wanted = _PACKAGES.read_text(encoding="utf-8")
    if not (stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted):
        npm, node = shutil.which("npm"), shutil.which("node")
        if npm is None or node is None:
            raise EnvironmentProblem("no node and npm on this machine")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text(wanted, encoding="utf-8")
        _run(npm, "install", "--prefix", str(folder), "--silent", "--no-audit", "--no-fund")
        stamp.write_text(wanted, encoding="utf-8")
    return folder / "node_modules"


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise EnvironmentProblem(f"{' '.join(command[:4])} failed: {said[-1]}")
