"""Identify an app by its file alone: nothing of it is run, and no more of it is read than any APK may have."""

import ast
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from device_farm.units.unit import AppFile
from harness.apk.bundles import read_delivered
from harness.errors import FormatError, why
from harness.language import Text, _

APKS = (".apk", ".apks", ".apkm", ".xapk")
PYTHON = ".py"
VIRTUAL = "device_farm.virtual"
"""What an app file imports; Python without it is no app."""
MOST_BYTES = 8 << 30
"""Bytes of an app that is read at all [PROJECT]: ten times the largest that stores take."""
MOST_PYTHON = 4 << 20


def read_app(path: Path, *, store: str = "") -> AppFile:
    """The app of a file; raises FormatError, in one line, for what is none, is damaged or cannot be installed alone."""
    try:
        if not path.exists():
            raise FormatError(_("is not there: see how its path is written"))
        if not path.is_file():  # a pipe would be waited for
            raise FormatError(_("is no file"))
        if (size := path.stat().st_size) > MOST_BYTES:
            raise FormatError(_("larger than {size} GiB: no phone takes such an app", size=MOST_BYTES >> 30))
        with path.open("rb") as stream:
            return _python(path, stream, store) if path.suffix.lower() == PYTHON else _apk(path, stream, size, store)
    except OSError as error:
        raise FormatError(_("cannot be read: {reason}", reason=why(error))) from None


def _apk(path: Path, stream: BinaryIO, size: int, store: str) -> AppFile:
    delivered = read_delivered(path, stream)
    apk = delivered.apk
    if delivered.form == "split":
        raise FormatError(_("only a part of {package}: give its base APK", package=apk.package))
    if delivered.form == "bundle":
        raise FormatError(
            _(
                "{package} {version} as a bundle (.xapk, .apks, .apkm), which a check does not install: unpack it and give the base APK",
                package=apk.package,
                version=apk.version_name or "",
            )
        )
    return AppFile(
        sha256=apk.sha256,
        place=str(path.absolute()),
        size=size,
        package=apk.package,
        label=apk.label_zh or apk.label,
        version_name=apk.version_name or "",
        version_code=apk.version_code or 0,
        signer=apk.certificates_sha256[0] if apk.certificates_sha256 else "",
        store=store,
    )


def _python(path: Path, stream: BinaryIO, store: str) -> AppFile:
    """The app file of a virtual device: the first app that it defines, as far as it says so in so many words."""
    data = stream.read(MOST_PYTHON + 1)
    if len(data) > MOST_PYTHON:
        raise FormatError(_("larger than {size} MiB, this is no app file", size=MOST_PYTHON >> 20))
    tree = _parsed(path, data)
    if is_app_file(tree) and not any(_apps(tree)):  # it may be a twin: the app is its sample with the diff applied
        data = _whole(path)
        tree = _parsed(path, data)
    if not is_app_file(tree) or (app := next(_apps(tree), None)) is None:
        raise FormatError(_("no app file of a virtual device: no class is derived from App"))
    said = _said(app)
    texts = {name: value for name, value in said.items() if isinstance(value, str)}
    code = said.get("version_code", 1)
    return AppFile(
        sha256=hashlib.sha256(data).hexdigest(),
        place=str(path.absolute()),
        size=len(data),
        package=texts.get("package", ""),
        label=texts.get("label", ""),
        version_name=texts.get("version_name", "1.0"),
        version_code=code if isinstance(code, int) else 1,
        signer=hashlib.sha256((texts.get("signer") or texts.get("package", "")).encode()).hexdigest(),
        store=store,
    )


@contextmanager
def whole_app(path: Path) -> Iterator[Path]:
    """The file as another place needs it; of a twin, for the block, the whole app. Raises FormatError."""
    if path.suffix.lower() != PYTHON or (whole := _whole(path)) == path.read_bytes():
        yield path
        return
    with TemporaryDirectory(prefix="apprights-twin-") as folder:
        file = Path(folder) / path.name
        file.write_bytes(whole)
        yield file


def _whole(path: Path) -> bytes:
    from device_farm.virtual.vocabulary.app_source import AppFileError  # a whole device comes along
    from device_farm.virtual.vocabulary.twin import read_source

    try:
        source = read_source(path)
    except AppFileError as error:
        raise FormatError(Text("{problem}", {"problem": error})) from None
    return source.text.encode() if source.places else path.read_bytes()


def _parsed(path: Path, data: bytes) -> ast.Module:
    try:
        return ast.parse(data)
    except SyntaxError as error:
        raise FormatError(_("not Python ({problem})", problem=f"{error.msg[:160]}, {path.name}:{error.lineno or 0}")) from None
    except (ValueError, RecursionError, MemoryError) as error:  # nested too deep
        raise FormatError(_("not Python ({problem})", problem=str(error)[:200])) from None


def is_app_file(tree: ast.Module) -> bool:
    """Whether a Python file is written for the virtual device."""
    return any(isinstance(node, ast.ImportFrom) and node.module == VIRTUAL for node in tree.body)


def _apps(tree: ast.Module) -> Iterator[ast.ClassDef]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and any(isinstance(base, ast.Name) and base.id == "App" for base in node.bases):
            yield node


def _said(app: ast.ClassDef) -> dict[str, Any]:
    """The texts and numbers that a class gives its own attributes, each by itself or several in a row."""
    found: dict[str, Any] = {}
    for node in app.body:
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            found |= {name.id: value.value for name, value in _pairs(target, node.value) if isinstance(value, ast.Constant)}
    return found


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.Name, ast.expr]]:
    """What is given to which name; ``a, b = 1, 2`` gives two."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, its in zip(target.elts, value.elts, strict=False):
            yield from _pairs(one, its)
    elif isinstance(target, ast.Name):
        yield target, value
