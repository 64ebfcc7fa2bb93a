"""Create the virtual environment and install the pinned requirements and this project into it.

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
    result = subprocess.run(command, cwd=ROOT, check=False)
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


def main() -> None:
    """Set up ``sys.argv[1]``; an environment of another Python version is made anew."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this runs before the project's own check of the version
        sys.exit(f"AppRights needs Python 3.11 or newer, this is {sys.version.split()[0]}: make PYTHON=python3.11 ...")
    folder = ROOT / sys.argv[1]
    provide_venv()
    run(sys.executable, "-m", "venv", "--clear", str(folder))
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    print("Installing the pinned requirements ...", flush=True)
    pip = (str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input")
    run(*pip, "install", "--require-hashes", "-r", "requirements.txt")
    run(*pip, "install", "--no-deps", "--no-build-isolation", "--editable", ".")
    (folder / ".set-up").write_text("", encoding="utf-8")


if __name__ == "__main__":
    main()
