"""Make the folder: the wheel of this project, those that requirements.txt pins for this platform, and their installer.

Every file is held to its SHA-256 twice: when it is fetched, by requirements.txt, and when it is installed, by the list
in the folder, which has that of our own wheel too.
"""

import hashlib
import json
import platform
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
REQUIREMENTS = "requirements.txt"


def run(*words: str) -> None:
    """Run a module of this Python in the project; its failure, told by itself, ends the command."""
    if subprocess.run([sys.executable, "-m", *words], cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode:
        sys.exit(f"bundle failed: python -m {' '.join(words)}")


def make(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    run("build", "--wheel", "--no-isolation", "--outdir", str(wheels))
    (ours,) = wheels.glob("*.whl")
    quiet = ("--quiet", "--disable-pip-version-check", "--no-input")
    fetched = ("--no-deps", "--require-hashes", "--only-binary", ":all:")
    run("pip", "download", *quiet, *fetched, "--dest", str(wheels), "--requirement", REQUIREMENTS)
    line = f"apprights=={version()} --hash=sha256:{hashlib.sha256(ours.read_bytes()).hexdigest()}\n"
    (folder / REQUIREMENTS).write_text((ROOT / REQUIREMENTS).read_text(encoding="utf-8") + line, encoding="utf-8")
    made_for = {"python": platform.python_version_tuple()[:2], "system": platform.system(), "machine": platform.machine()}
    (folder / "made-for.json").write_text(json.dumps(made_for), encoding="utf-8")
    for name in ("install.py", "README.txt"):
        shutil.copyfile(HERE / name, folder / name)
    for name in ("LICENSE", "NOTICE"):
        shutil.copyfile(ROOT / name, folder / name)


def version() -> str:
    """The version of this project."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def main() -> None:
    """Make the folder that the first argument names, by default ``dist/apprights-VERSION-bundle``."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist" / f"apprights-{version()}-bundle"
    make(folder.absolute())
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{folder}: {size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
