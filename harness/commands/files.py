"""Commands about files: apk, parse, popup."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from harness import console
from harness.commands.arguments import takes
from harness.commands.completion import formats
from harness.errors import FormatError
from harness.language import _

if TYPE_CHECKING:
    from harness.apk import Apk

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
UNREADABLE = 3


@takes("config")
def apk(
    files: Annotated[list[Path], typer.Argument(help="APK files.")],
    sdks: Annotated[bool, typer.Option("--sdks", help="List the SDKs in it, and what proves each.")] = False,
    policy: Annotated[Path | None, typer.Option(help="The privacy policy as text, to compare the SDKs with.")] = None,
    json: Json = False,
) -> None:
    """Show who an APK is: package, label, versions, permissions, certificate digests."""
    from harness.apk import apk_json, read_apk
    from harness.sdks.policy import read_policy

    text = read_policy(policy) if policy else None
    failed = False
    for path in files:
        try:
            found = read_apk(path)
            identity = apk_json(found) | (_sdks(path, found, text) if sdks else {})
        except FormatError as error:
            failed = True
            if json:
                console.print_json({"file": str(path), "error": str(error)})
            else:
                console.progress(f"{path}: {error}")
            continue
        if json:
            console.print_json(identity)
        elif sdks:
            _print_sdks(path.name, identity)
        else:
            rows = [(key, _cell(value)) for key, value in identity.items()]
            console.table(path.name, ("", ""), rows)
    if failed:
        raise typer.Exit(UNREADABLE)


def _sdks(path: Path, found: Apk, policy: str | None) -> dict[str, Any]:
    from harness.apk.code import read_code
    from harness.sdks import load_sdks
    from harness.sdks.inventory import inventory

    table = load_sdks()
    code = read_code(path, [sdk.version_file for sdk in table.sdks if sdk.version_file])
    return asdict(inventory(found, code, table, policy=policy))


def _print_sdks(title: str, identity: dict[str, Any]) -> None:
    rows = [(sdk["name"], sdk["vendor"], sdk["version"] or "", sdk["in_policy"], "\n".join(sdk["evidence"])) for sdk in identity["sdks"]]
    console.table(title, ("SDK", "厂商 vendor", "版本 version", "在隐私政策中 in policy", "依据 evidence"), rows)
    for line in identity["not_seen"]:
        console.progress(f"看不到 not seen: {line}")


def _cell(value: object) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(str(item) for item in value)
    return "" if value is None else str(value)


def parse(
    format: Annotated[str, typer.Argument(autocompletion=formats, help=_("logcat, exit-info, services ...: docs/parse.md lists them"))],
    file: Annotated[Path, typer.Argument(help="A file with the text of a device.")],
    tags: Annotated[Path | None, typer.Option(help="/system/etc/event-log-tags pulled from the same device.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 3 when over a fifth of the lines is unknown.")] = False,
    json: Json = False,
) -> None:
    """Read a log or dump of a real device and print the facts in it."""
    from harness.commands.parse_file import parse_file

    summary: dict[str, object] = {}
    for item in parse_file(format, file, tags=tags):
        if item["kind"] == "summary":
            summary = item
        if json:
            console.print_json(item, flush=item["kind"] == "summary")
        elif item["kind"] == "summary":
            console.progress(f"{item['lines']} lines, {item['unknown']} unknown")
        else:
            details = "  ".join(f"{key}={value}" for key, value in item.items() if key not in ("kind", "wall"))
            typer.echo(console.printable(f"{item.get('wall') or '':26} {item['kind']:20} {details}"))
    lines, unknown = int(str(summary.get("lines", 0))), int(str(summary.get("unknown", 0)))
    if strict and unknown * 5 > max(lines, 1):
        raise typer.Exit(UNREADABLE)


def popup(images: Annotated[list[Path], typer.Argument(help="PNG or JPEG screenshots.")], json: Json = False) -> None:
    """Find the pop-up in screenshots: its box, scrim, close and confirm controls."""
    from harness.commands.find_popups import popup_json

    failed = False
    rows = []
    for path in images:
        found = popup_json(path)
        failed = failed or "error" in found
        if json:
            console.print_json(found)
        else:
            kind = str(found.get("error") or found["kind"])
            rows.append((str(path), kind, str(found.get("box") or ""), str(found.get("confidence", ""))))
    if rows:
        console.table("", ("image", "kind", "box", "confidence"), rows)
    if failed:
        raise typer.Exit(UNREADABLE)
