"""Install AppRights from this folder, without network: ``python install.py [FOLDER]``.

It makes a virtual environment, by default ``.venv`` beside this file, and puts nothing anywhere else. Every wheel is
held to its SHA-256. It uses the standard library only, and pip as Python brings it.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def wrong_computer() -> str:
    """Why the wheels of this folder are for another computer or Python; empty where they fit."""
    made_for = json.loads((HERE / "made-for.json").read_text(encoding="utf-8"))
    here = {"python": list(platform.python_version_tuple()[:2]), "system": platform.system(), "machine": platform.machine()}
    wanted, found = (f"Python {'.'.join(each['python'])}, {each['system']} {each['machine']}" for each in (made_for, here))
    return "" if made_for == here else f"this bundle is for {wanted}; this is {found}"


def main() -> None:
    """Install; any failure is a line and exit code 1."""
    if problem := wrong_computer():
        sys.exit(problem)
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else HERE / ".venv").absolute()
    if subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=False).returncode:
        sys.exit("this Python has no venv module: install it (Debian, Ubuntu: the package python3-venv) and try again")
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(programs / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
    from_here = ["--no-index", "--find-links", str(HERE / "wheels"), "--no-deps", "--require-hashes"]
    if subprocess.run([*pip, "install", *from_here, "--requirement", str(HERE / "requirements.txt")], check=False).returncode:
        sys.exit("the wheels of this folder cannot be installed: pip says why above")
    sys.stdout.write(f"{programs / 'apprights'}\n".encode(sys.stdout.encoding, "backslashreplace").decode(sys.stdout.encoding))


if __name__ == "__main__":
    main()
