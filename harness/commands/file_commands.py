"""Commands about files: apk, parse, popup."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from harness import console
from harness.apk import Apk
from harness.commands.arguments import JsonLines, takes
from harness.commands.completion import formats
from harness.engine.option_specs import need_file
from harness.errors import FormatError
from harness.language import Text, _, said

UNREADABLE = 3
IN_POLICY, NOT_IN_POLICY, NO_POLICY = "有", "无", "未提供"
"""Whether the privacy policy names an SDK, as ``--json`` has it."""


@takes("config")
def apk(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help=_("APK files"))],
    sdks: Annotated[bool, typer.Option("--sdks", help=_("list the SDKs in it, and what proves each"))] = False,
    policy: Annotated[Path | None, typer.Option(metavar="FILE", help=_("the privacy policy, to compare the SDKs with"))] = None,
    json: JsonLines = False,
) -> None:
    """Show who an APK is: package, label, versions, permissions, certificate digests."""
    from harness.apk import apk_json, read_apk
    from harness.policies.policy_file import read_policy

    if policy is not None:
        need_file(policy, "--policy")
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
                console.progress(said(error))
            continue
        if json:
            console.print_json(identity)
        elif sdks:
            _print_sdks(path.name, identity)
        else:
            rows = [(said(_FIELDS[key]) if key in _FIELDS else key, _cell(value)) for key, value in identity.items()]
            console.table(path.name, (said(_("field")), said(_("value"))), rows)
    if failed:
        raise typer.Exit(UNREADABLE)


_FIELDS = {
    "file": _("file"),
    "size": _("size in bytes"),
    "sha256": Text("SHA-256"),
    "package": _("package"),
    "label": _("label"),
    "label_zh": _("label in Chinese"),
    "labels": _("labels by language"),
    "icon": _("icon"),
    "icon_sha256": _("SHA-256 of the icon"),
    "version_name": _("version"),
    "version_code": _("version code"),
    "min_sdk": _("least Android API level"),
    "target_sdk": _("target Android API level"),
    "permissions": _("permissions"),
    "components": _("components"),
    "main_activity": _("main activity"),
    "queries": _("apps it looks for"),
    "native_libraries": _("native libraries"),
    "test_only": _("for tests only"),
    "v1": _("signature v1"),
    "v2": _("signature v2"),
    "v3": _("signature v3"),
    "v31": _("signature v3.1"),
    "signers": _("certificates by scheme"),
    "split": _("split"),
    "certificates_sha256": _("SHA-256 of the certificates"),
    "warnings": _("odd"),
}
"""What the fields of an APK's identity are called."""


def _sdks(path: Path, found: Apk, policy: str | None) -> dict[str, Any]:
    from harness.apk.code import read_code
    from harness.policies.sdk_naming import NamedSdks
    from harness.sdks import load_sdks
    from harness.sdks.sdk_detection import inventory

    table = load_sdks()
    identity = asdict(inventory(found, read_code(path, table.version_files), table))
    named = NamedSdks(policy) if policy else None
    for sdk in identity["sdks"]:
        sdk["in_policy"] = NO_POLICY if named is None else IN_POLICY if named.quote(table.by_id[sdk["sdk"]]) else NOT_IN_POLICY
    return identity


def _print_sdks(title: str, identity: dict[str, Any]) -> None:
    rows = [(sdk["name"], sdk["vendor"], sdk["version"] or "", sdk["in_policy"], "\n".join(sdk["evidence"])) for sdk in identity["sdks"]]
    head = (Text("SDK"), _("vendor"), _("version"), _("in the privacy policy"), _("evidence"))
    console.table(title, [said(word) for word in head], rows)
    for line in identity["not_seen"]:
        console.progress(said(_("not seen: {what}", what=line)))


def _cell(value: object) -> str:
    """A value as people read it: a line each of several, words for yes and no, a component by its kind and name."""
    match value:
        case None | "":
            return "-"
        case bool():
            return said(_("yes") if value else _("no"))
        case {"kind": kind, "name": name}:
            return f"{kind} {name}"
        case dict():
            return console.compact(value)
        case list() | tuple():
            return "\n".join(map(_cell, value)) or "-"
    return said(value)


def parse(
    format: Annotated[
        str, typer.Argument(metavar="FORMAT", autocompletion=formats, help=_("logcat, exit-info, services ...: docs/parse.md lists them"))
    ],
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("a file with the text of a phone"))],
    tags: Annotated[Path | None, typer.Option(metavar="FILE", help=_("/system/etc/event-log-tags pulled from the same phone"))] = None,
    strict: Annotated[bool, typer.Option("--strict", help=_("exit code 3 when over a fifth of what should be read is not"))] = False,
    json: JsonLines = False,
) -> None:
    """Read a log or dump of a real device and print the facts in it."""
    from harness.commands.parse_file import Item, mostly_unread, parse_file

    summary: Item = {}
    for item in parse_file(format, file, tags=tags):
        if item["kind"] == "summary":
            summary = item
        if json:
            console.print_json(item, flush=item["kind"] == "summary")
        elif item["kind"] == "summary":
            console.progress(said(_("{lines} lines, {unknown} unknown", lines=item["lines"], unknown=item["unknown"])))
        else:
            details = "  ".join(f"{key}={_value(value)}" for key, value in item.items() if key not in ("kind", "wall"))
            typer.echo(console.printable(f"{item.get('wall') or '':26} {item['kind']:20} {details}"))
    if strict and mostly_unread(summary):
        raise typer.Exit(UNREADABLE)


def _value(value: object) -> str:
    """A value of a fact on its line: as JSON has it, a text without its quotes."""
    return value if isinstance(value, str) else console.compact(value)


def popup(
    images: Annotated[list[Path], typer.Argument(metavar="IMAGE", help=_("PNG or JPEG screenshots"))],
    before: Annotated[Path | None, typer.Option(metavar="FILE", help=_("the screen before the pop-up came: a second witness"))] = None,
    ocr: Annotated[bool, typer.Option("--ocr", help=_("read the words too: captions of controls, adverts without a scrim"))] = False,
    annotate: Annotated[Path | None, typer.Option(metavar="FILE", help=_("write the picture with what was found drawn on it"))] = None,
    density: Annotated[
        float | None, typer.Option(min=0.5, max=8, help=_("pixels a dp; else the screen is taken to be 360 dp wide"))
    ] = None,
    json: JsonLines = False,
) -> None:
    """Find the pop-up in screenshots: its box, scrim, close and confirm controls."""
    from harness.commands.find_popups import popup_json

    if annotate is not None and len(images) > 1:
        raise typer.BadParameter(_("--annotate takes one picture at a time"))
    failed = False
    rows = []
    for path in images:
        found = popup_json(path, before=before, ocr=ocr, density=density, annotate=annotate)
        failed = failed or "error" in found
        if json:
            console.print_json(found)
        elif "error" in found:
            console.progress(said(_("{name}: {what}", name=path, what=found["error"])))
        else:
            kind = said(_KINDS[found["kind"]] if found["kind"] else _("no pop-up"))
            box = ",".join(map(str, found["box"])) if found["box"] else "-"
            rows.append((str(path), kind, box, f"{found['confidence']:.2f}"))
    if rows:
        head = (_("image"), _("kind"), _("box"), _("confidence"))
        console.table("", [said(word) for word in head], rows)
    if failed:
        raise typer.Exit(UNREADABLE)


_KINDS = {"dialog": _("dialog"), "sheet": _("sheet"), "fullscreen": _("full screen")}
"""What the kinds of pop-ups are called."""
