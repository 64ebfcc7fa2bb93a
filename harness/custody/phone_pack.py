"""What a phone can give to the next version, as files of a zip: chosen by lists of what may go, then struck through.

Of ``apprights prove`` it takes the result, of the run folders that it names the permission dialogs of the proof's apps
and the dumps that were asked about such an app alone. Nothing else of a run goes.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import cv2
import numpy as np

import harness
from harness.custody.canonical_zip import ZipWriter
from harness.custody.owner_words import OwnerWords, tells
from harness.dialogs.matcher import Dialog, find_dialog
from harness.errors import FormatError, why
from harness.events import DialogKind
from harness.events.app_under_test import AppUnderTest
from harness.language import _
from harness.parsers.hierarchy import Node, parse_hierarchy
from harness.recording.journal import JOURNAL, read_journal
from harness.recording.run_format import RUN, not_written
from harness.recording.steps import Reading, Tree
from harness.roms import FACTS
from harness.vision.annotated_thumbnails import encode_png

FORMAT = 1
PACK, PROPERTIES, ABILITIES, PROOF = "phone.json", "properties.json", "abilities.json", "proof.json"
PROVED = "prove.json"
"""What ``apprights prove`` leaves beside its run folders."""
PROOF_APPS = "org.apprights.proof."
MOST_DIALOGS = 4
"""Of one app [PROJECT]: it asks for three permissions at most."""
MOST_TEXT = 256 * 1024
"""Characters of one dump [PROJECT]: one of an app of three lines has some ten thousand."""
_GIVEN = ("ro.build.", "ro.product.", "ro.miui.", "ro.mi.os.", "ro.vivo.os.", "ro.oplus", "hw_sc.build.", "ro.sf.lcd_density",
          "ro.hardware", "ro.board.platform", "ro.apprights.virtual")  # fmt: skip
_PHONE = {
    "brand": "ro.product.brand",
    "model": "ro.product.model",
    "android": "ro.build.version.release",
    "build": "ro.build.fingerprint",
    "virtual": "ro.apprights.virtual",
}
_NAME = re.compile(r"[a-z_]+(?:\.[A-Za-z0-9_-]+){1,6}")
_RESULT_LIMIT = 4 << 20

Files = dict[str, bytes]


def phone_of(properties: Mapping[str, str]) -> dict[str, str]:
    """Which phone it is, as far as a table of many phones needs it: nothing in it tells one piece from another."""
    return {name: properties.get(key, "") for name, key in _PHONE.items()}


def packed_files(
    properties: Mapping[str, str], abilities: list[dict[str, Any]], proved: Mapping[str, Any] | None, words: OwnerWords
) -> Files:
    """The files of the pack by name. ``proved`` is the result of ``apprights prove``, None where there is none.

    Raises FormatError for a run of the proof that cannot be read.
    """
    marks = {name for name, _part, _rom in FACTS["marks"]["order"]}
    given = {name: value for name, value in sorted(properties.items()) if _NAME.fullmatch(name) and not tells(name)}
    given = {name: value for name, value in given.items() if name.startswith(_GIVEN) or name in marks}
    apps = [{name: app.get(name) for name in ("app", "problem", "rows", "seconds")} for app in proved["apps"]] if proved else []
    files = {
        PACK: _json({"format": FORMAT, "harness": harness.__version__, "device": words.values(phone_of(properties))}),
        PROPERTIES: _json(words.values(given)),
        ABILITIES: _json(words.values(abilities)),
    }
    if proved:
        files[PROOF] = _json(words.values({"full": proved["full"], "apps": apps}))
        for run in (app["run"] for app in proved["apps"] if app.get("run")):
            files |= dict(_of_run(Path(str(run)), words))
    return files


def read_proved(path: Path, device: Mapping[str, str]) -> dict[str, Any] | None:
    """The result that ``apprights prove`` left, None where there is none; raises FormatError for another phone's."""
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(_RESULT_LIMIT))
        known, apps = found["device"], [dict(app) for app in found["apps"]]
        full = bool(found["full"])
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FormatError(_("{path} cannot be read: {reason}", path=path, reason=why(error))) from error
    except (ValueError, KeyError, TypeError, RecursionError):
        raise FormatError(_("{path} is no result of 'apprights prove': run it again", path=path)) from None
    if known != dict(device):
        raise FormatError(_("{path} is of another phone, or of another system on it: run 'apprights prove' on this one", path=path))
    return {"full": full, "apps": apps}


def write_pack(files: Files, output: Path) -> None:
    """Write the zip; raises EvidenceError where it cannot be written."""
    try:
        with output.open("wb") as file:
            zip_file = ZipWriter(file)
            for name, data in files.items():
                zip_file.add(name, [data], len(data))
            zip_file.end()
    except OSError as error:
        with suppress(OSError):
            output.unlink(missing_ok=True)
        raise not_written(output, error) from error


def _of_run(folder: Path, words: OwnerWords) -> Iterator[tuple[str, bytes]]:
    """The dialogs and dumps of one run; none of one that is not of a proof app."""
    try:
        app = AppUnderTest.from_json(json.loads((folder / RUN).read_bytes())["app"])
    except OSError as error:
        raise FormatError(_("{path} cannot be read: {reason}", path=folder, reason=why(error))) from error
    except (ValueError, KeyError, RecursionError):
        raise FormatError(_("{path} is not a run folder", path=folder)) from None
    if not app.package.startswith(PROOF_APPS):
        return
    name = app.package.removeprefix(PROOF_APPS)
    seen, dumps = dict[str, str | None](), dict[str, str]()
    for entry in read_journal(folder / JOURNAL):
        match entry.step:
            case Tree(xml=xml, screenshot=screenshot):
                seen[xml] = screenshot or seen.get(xml)
            case Reading(name=reading, command=command, text=text, code=0) if command.split(" ")[-1] == app.package:
                dumps[reading] = text
    yield from ((f"dumps/{name}-{reading}.txt", words.without(text[:MOST_TEXT]).encode()) for reading, text in dumps.items())
    number = 0
    for xml, screenshot in seen.items():
        roots = parse_hierarchy(xml)
        dialog = find_dialog(roots, app.package, app.grant_packages, app.permissions, app.label)
        if dialog is None or dialog.kind is not DialogKind.PERMISSION or number == MOST_DIALOGS:
            continue
        if not any(app.label in node.text for root in roots if root.package == dialog.owner for node in root.walk()):
            continue  # another app asks its user
        number += 1
        yield f"dialogs/{name}-{number}.xml", _tree(roots, dialog, words).encode()
        if screenshot and (picture := _picture(folder / screenshot, roots, dialog, app.package)) is not None:
            yield f"dialogs/{name}-{number}.png", picture


def _tree(roots: tuple[Node, ...], dialog: Dialog, words: OwnerWords) -> str:
    """The dialog's own window as uiautomator writes it; of the other windows nothing."""
    own = [root for root in roots if root.package == dialog.owner]
    return "<hierarchy>\n" + "".join(_node(root, words) for root in own) + "</hierarchy>\n"


def _node(node: Node, words: OwnerWords) -> str:
    left, top, right, bottom = node.bounds
    told = {
        "text": words.without(node.text),
        "resource-id": node.resource_id,
        "class": node.class_name,
        "package": node.package,
        "content-desc": words.without(node.description),
        "clickable": str(node.clickable).lower(),
        "enabled": str(node.enabled).lower(),
        "visible-to-user": str(node.visible).lower(),
        "bounds": f"[{left},{top}][{right},{bottom}]",
    }
    inside = "".join(_node(child, words) for child in node.children)
    return f"<node {' '.join(f'{name}={quoteattr(value)}' for name, value in told.items())}>{inside}</node>\n"


def _picture(path: Path, roots: tuple[Node, ...], dialog: Dialog, package: str) -> bytes | None:
    """The picture, black but for the dialog; black too where another window lies over it, or says something there."""
    try:
        picture = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)
    except OSError:
        return None
    if picture is None:
        return None
    left, top, width, height = dialog.box
    place = np.s_[max(top, 0) : max(top + height, 0), max(left, 0) : max(left + width, 0)]
    kept = np.zeros_like(picture)
    kept[place] = picture[place]
    last = max(place for place, root in enumerate(roots) if root.package == dialog.owner)
    others = (
        (place > last, node) for place, root in enumerate(roots) if root.package not in (dialog.owner, package) for node in root.walk()
    )
    for node in (node for over, node in others if over or node.text or node.description):
        x0, y0, x1, y1 = (max(side, 0) for side in node.bounds)
        kept[y0:y1, x0:x1] = 0
    return encode_png(np.asarray(kept, np.uint8))


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
