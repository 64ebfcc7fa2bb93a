"""Commands about files: rules, apk, parse, popup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harness import console
from harness.errors import FormatError
from harness.rules import load_rules, rule_json

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
UNREADABLE = 3


def register(app: typer.Typer) -> None:
    """Add the commands to the root."""
    app.command()(rules)
    app.command()(apk)
    app.command()(parse)
    app.command()(popup)


def rules(
    profile: Annotated[str, typer.Option(help="miit-164 or store-strict.")] = "miit-164", json: Json = False
) -> None:
    """List the rules, the clause behind each and its thresholds with their sources."""
    catalogue = load_rules(profile)
    if json:
        for rule in catalogue:
            console.print_json(rule_json(rule))
        return
    rows = [
        (
            rule.id,
            f"{rule.clause.number}. {rule.clause.label_zh}",
            ", ".join(rule.scenes),
            rule.label_zh,
            "\n".join(f"{t.name} = {t.value:g} {t.unit}  {t.source}" for t in rule.thresholds),
        )
        for rule in catalogue
    ]
    console.table("规则 Rules", ("rule", "条款 clause", "场景 scenes", "名称", "阈值 thresholds"), rows)


def apk(files: Annotated[list[Path], typer.Argument(help="APK files.")], json: Json = False) -> None:
    """Show who an APK is: package, label, versions, permissions, certificate digests."""
    from harness.apk import apk_json, read_apk

    failed = False
    for path in files:
        try:
            identity = apk_json(read_apk(path))
        except FormatError as error:
            failed = True
            if json:
                console.print_json({"file": str(path), "error": str(error)})
            else:
                console.progress(f"{path}: {error}")
            continue
        if json:
            console.print_json(identity)
        else:
            rows = [(key, _cell(value)) for key, value in identity.items()]
            console.table(path.name, ("", ""), rows)
    if failed:
        raise typer.Exit(UNREADABLE)


def _cell(value: object) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(str(item) for item in value)
    return "" if value is None else str(value)


def parse(
    format: Annotated[str, typer.Argument(help="logcat, exit-info, services ... (docs/parse.md).")],
    file: Annotated[Path, typer.Argument(help="A file with the text of a device.")],
    tags: Annotated[Path | None, typer.Option(help="/system/etc/event-log-tags pulled from the same device.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 3 when over a fifth of the lines is unknown.")] = False,
    json: Json = False,
) -> None:
    """Read a log or dump of a real device and print the facts in it."""
    from harness.parse import parse_file

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
    from harness.popup import popup_json

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
