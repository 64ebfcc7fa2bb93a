"""Create the virtual environment with the pinned requirements and this project, or add what development needs.

Runs with the system's Python before anything is installed, so it uses the standard library only. The module ``venv`` is
a package of its own on Debian; root gets it through apt, anybody else is told the one command that installs it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str) -> None:
    """Run a command; its failure ends the set-up with one line."""
    result = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    if result.returncode:
        sys.exit(f"set-up failed: {' '.join(command)}")


def has_venv() -> bool:
    """Whether this Python can make environments with pip inside."""
    probe = subprocess.run([sys.executable, "-c", "import venv, ensurepip"], capture_output=True, check=False)
    return probe.returncode == 0


def provide_venv() -> None:
    """Get the venv module, or say how."""
    if has_venv():
        return
    package = f"python3.{sys.version_info.minor}-venv"
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        run("apt-get", "update", "-qq")
        run("apt-get", "install", "-y", "-qq", package)
    if not has_venv():
        sys.exit(f"This Python has no venv module. Install it and try again: sudo apt-get install {package}")


def installed(python: Path, requirements: str) -> None:
    """Install pinned requirements. The list is whole, so nothing is resolved; bytecode comes with the first import."""
    run(*pip(python), "install", "--no-deps", "--no-compile", "--require-hashes", "--requirement", requirements)


def pip(python: Path) -> tuple[str, ...]:
    """The pip of an environment."""
    return (str(python), "-m", "pip", "-qq", "--disable-pip-version-check", "--no-input")


def make_runtime(folder: Path, python: Path) -> None:
    """Make the environment anew with what the project needs to run; pip, old as Python brings it, does not stay."""
    provide_venv()
    run(sys.executable, "-m", "venv", "--clear", str(folder))
    print("Installing the pinned requirements ...", flush=True)
    installed(python, "requirements.txt")
    run(*pip(python), "install", "--no-deps", "--no-compile", "--no-build-isolation", "--editable", ".")
    run(*pip(python), "uninstall", "--yes", "setuptools", "pip")
    (folder / ".runtime").touch()


def add_development(folder: Path, python: Path) -> None:
    """Add the extras, the tools of development, and pip, which builds and installs wheels in tests."""
    print("Installing the tools of development ...", flush=True)
    run(str(python), "-m", "ensurepip", "--default-pip")
    installed(python, "requirements-dev.txt")
    (folder / ".set-up").touch()


def main() -> None:
    """Set up ``sys.argv[1]``, or add to it what development needs where ``--development`` follows."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this runs before the project's own check of the version
        sys.exit(f"AppRights needs Python 3.11 or newer, this is {sys.version.split()[0]}: make PYTHON=python3.11 ...")
    folder = ROOT / sys.argv[1]
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    (add_development if "--development" in sys.argv else make_runtime)(folder, python)


if __name__ == "__main__":
    main()
