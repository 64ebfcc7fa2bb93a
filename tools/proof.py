"""``make proof``: build the proof apps' APKs from their smali, to the same bytes each time.

Needs what Debian packages as aapt (aapt2), android-framework-res, libsmali-java, zipalign and apksigner. The bytes are
those of the committed files with Debian 13's versions of them.
"""

import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PROOF = Path(__file__).parents[1] / "device_farm" / "proof"
SOURCES, KEYS, BUILT = PROOF / "sources", PROOF / "keys", PROOF / "apks"
"""The keys are for tests: whoever has this repository can sign with them."""
FRAMEWORK = Path("/usr/share/android-framework-res/framework-res.apk")
TOOLS = {"aapt2": "aapt", "smali": "libsmali-java", "zipalign": "zipalign", "apksigner": "apksigner", "dexdump": "dexdump"}
"""The programs, and the Debian package of each."""
BUILT_WITH = {
    "aapt": "1:14~beta1-3",
    "android-framework-res": "1:14~beta1-3",
    "apksigner": "35.0.2-1",
    "libsmali-java": "2.5.2.git2771eae-4",
}
"""What the bytes depend on, as Debian 13 has it."""
LEAST_SDK = "26"
EPOCH = (1980, 1, 1, 0, 0, 0)


def of_debian_13() -> bool:
    """Whether the tools are those that made the committed files."""
    if shutil.which("dpkg-query") is None:
        return False
    said = subprocess.run(["dpkg-query", "-W", "-f=${Package} ${Version}\n", *BUILT_WITH], capture_output=True, text=True, check=False)
    return dict(line.split() for line in said.stdout.splitlines() if " " in line) == BUILT_WITH


def missing() -> list[str]:
    """Return the Debian packages that are not installed."""
    found = [package for program, package in TOOLS.items() if shutil.which(program) is None]
    return found if FRAMEWORK.is_file() else [*found, "android-framework-res"]


def names() -> list[str]:
    """Return the proof apps by name: each is a folder of sources."""
    return sorted(path.name for path in SOURCES.iterdir() if path.is_dir())


def build(name: str, out: Path) -> None:
    """Build one APK; a tool that fails says why on stderr, and CalledProcessError is raised."""
    source = SOURCES / name
    code = sorted(source.glob("*.smali"))
    shared = [SOURCES / "Screen.smali"] if (source / "Main.smali").is_file() else []
    with tempfile.TemporaryDirectory() as folder:
        bare, dex, aligned = (Path(folder, each) for each in ("bare.apk", "classes.dex", "aligned.apk"))
        _run("aapt2", "link", "-I", FRAMEWORK, "--manifest", source / "AndroidManifest.xml", "-o", bare)
        _run("smali", "assemble", "--jobs", "1", "--api", LEAST_SDK, "--output", dex, *shared, *code)
        with zipfile.ZipFile(bare, "a") as archive:
            archive.writestr(zipfile.ZipInfo("classes.dex", EPOCH), dex.read_bytes(), zipfile.ZIP_DEFLATED)
        _run("zipalign", "-f", "4", bare, aligned)
        owner = KEYS / ("partner" if name == "partner" else "app")  # apps of one signer may belong together
        key = ("--key", owner.with_suffix(".pk8"), "--cert", owner.with_suffix(".x509.pem"))
        signatures = ("--v1-signing-enabled", "false", "--v3-signing-enabled", "false", "--v4-signing-enabled", "false")
        _run("apksigner", "sign", *key, *signatures, "--min-sdk-version", LEAST_SDK, "--out", out, aligned)


def _run(*words: str | Path) -> None:
    subprocess.run([str(word) for word in words], check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Build all of them in place of those that are committed."""
    if lacking := missing():
        sys.exit(f"make proof needs Debian packages that are not installed: {' '.join(lacking)}")
    for name in names():
        build(name, BUILT / f"{name}.apk")
        print(f"{name}.apk {(BUILT / f'{name}.apk').stat().st_size} bytes")


if __name__ == "__main__":
    main()
