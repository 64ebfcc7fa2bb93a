"""``make peers PEERS=DIR``: run others' suites on a virtual device.

One line a suite, exit code 1 where an unknown test fails.

DIR holds their work trees: openatx+adbutils, openatx+uiautomator2, LineageOS+android_packages_modules_adb. Nothing of
theirs is changed. Outputs are in build/peers/NAME.log.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from harness.errors import HarnessError
from tools.peers import namespace
from tools.peers.environment import FOLDER, ROOT, EnvironmentProblem, codecs, node_modules, python
from tools.peers.exceptions import reasons
from tools.peers.run import Result, run
from tools.peers.stage import StageProblem, stage
from tools.peers.suites import ALL, Suite

APPS = [ROOT / "tests" / "peers" / f"{name}.py" for name in ("omninotes", "apidemos")]  # what the suites expect to be installed


def main() -> int:
    parser = argparse.ArgumentParser(prog="peers", description=__doc__)
    parser.add_argument("--peers", type=Path, required=True, metavar="DIR", help="folder with the work trees")
    parser.add_argument("--suite", action="append", metavar="NAME", help="only checkouts whose name holds NAME")
    parser.add_argument("-k", dest="select", default="", help="only tests that pytest -k would take")
    options = parser.parse_args()
    try:
        interpreter = python()
        codecs()  # now, while there is a network
    except EnvironmentProblem as problem:
        print(f"peers: {problem}", file=sys.stderr)
        return 2
    if not namespace.inside():
        try:
            node_modules()  # now, while there is a network
        except EnvironmentProblem as problem:
            print(f"peers: {problem}", file=sys.stderr)
        return namespace.enter("tools.peers", sys.argv[1:])
    namespace.raise_loopback()
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = [suite for suite in ALL if not options.suite or any(name in suite.checkout for name in options.suite)]
    codes = [_suite(suite, options.peers.resolve(), interpreter, options.select) for suite in wanted]
    return max((code for code in codes if code is not None), default=2)


def _suite(suite: Suite, peers: Path, interpreter: Path, select: str) -> int | None:
    """Run one suite on a device of its own and print its line; None where there is no checkout of it."""
    checkout = suite.home or peers / suite.checkout
    if not (checkout / suite.tests).exists():
        print(f"{suite.checkout} missing: no {suite.tests} in {checkout}", flush=True)
        return None
    try:
        extra = {"PEERS_PYTHON": sys.executable, "PEERS_ROOT": str(ROOT)}
        if suite.npm:
            extra["PEERS_NODE_MODULES"] = str(node_modules())
        version = _version(suite, checkout, interpreter)
        with stage([app for app in APPS if app.is_file()]) as environment:
            result = run(suite, checkout, interpreter, {**environment, **extra}, select)
    except (EnvironmentProblem, StageProblem, HarnessError) as problem:
        print(f"{suite.checkout} not run: {problem}", flush=True)
        return 1
    known = reasons(suite.checkout)
    print(line(suite.checkout, version, result, known), flush=True)
    return int(bool(result.problem) or not result.passed or any(test not in known for test in result.failed))


def line(name: str, commit: str, result: Result, known: dict[str, str]) -> str:
    """``name commit 43 passed 2 failed: a (its reason), b`` and what else there is to say."""
    text = f"{name} {commit} {len(result.passed)} passed {len(result.failed)} failed"
    if result.failed:
        text += ": " + ", ".join(f"{test} ({known[test]})" if test in known else test for test in result.failed)
    if result.skipped:
        text += f"; {len(result.skipped)} skipped"
    if mended := sorted(known.keys() & set(result.passed)):
        text += f"; passed although named in exceptions.toml: {', '.join(mended)}"
    if result.problem:
        text += f"; not finished: {result.problem}"
    return f"{text}; {result.seconds:.0f} s"


def _version(suite: Suite, checkout: Path, interpreter: Path) -> str:
    """The released version of a client, the commit of a checkout."""
    if suite.npm:
        manifest: dict[str, str] = json.loads((node_modules() / suite.package / "package.json").read_text(encoding="utf-8"))
        return manifest["version"]
    if suite.package:
        code = f"import importlib.metadata; print(importlib.metadata.version({suite.package!r}))"
        return subprocess.run([str(interpreter), "-c", code], capture_output=True, text=True, check=False).stdout.strip() or "no-version"
    return _commit(checkout)


def _commit(checkout: Path) -> str:
    command = ["git", "-c", f"safe.directory={checkout}", "-C", str(checkout), "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "no-commit"


if __name__ == "__main__":
    sys.exit(main())
