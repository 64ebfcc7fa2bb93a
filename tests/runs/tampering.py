"""Single changes to a run folder, drawn at random, each of which can be taken back."""

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def changed(folder: Path, draw: random.Random, aside: Path) -> Iterator[str]:
    """One change to the folder, and what it is in words; afterwards the folder is as it was.

    ``aside`` is a place beside the folder that is free.
    """
    kind = draw.choice(list(KINDS))
    while (undo := KINDS[kind](folder, draw, aside)) is None:
        kind = draw.choice(list(KINDS))
    told, take_back = undo
    try:
        yield f"{kind}: {told}"
    finally:
        take_back()


Undo = tuple[str, "Callable[[], object]"]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_dir())


def _bytes_changed(path: Path, after: bytes) -> Undo | None:
    before = path.read_bytes()
    if after == before:
        return None
    path.write_bytes(after)
    return path.name, lambda: path.write_bytes(before)


def flip(folder: Path, draw: random.Random, aside: Path) -> Undo | None:
    path = draw.choice(_files(folder))
    data = bytearray(path.read_bytes())
    if not data:
        return None
    data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    return _bytes_changed(path, bytes(data))


def truncate(folder: Path, draw: random.Random, aside: Path) -> Undo | None:
    path = draw.choice(_files(folder))
    data = path.read_bytes()
    return _bytes_changed(path, data[: draw.randrange(len(data) or 1)])


def append(folder: Path, draw: random.Random, aside: Path) -> Undo | None:
    path = draw.choice(_files(folder))
    return _bytes_changed(path, path.read_bytes() + draw.choice([b"\n", b"\0", b" ", b"{}\n"]))


def cut_out(folder: Path, draw: random.Random, aside: Path) -> Undo | None:
    path = draw.choice(_files(folder))
    lines = path.read_bytes().splitlines(keepends=True)
    if not lines:
        return None
    del lines[draw.randrange(len(lines))]
    return _bytes_changed(path, b"".join(lines))


def delete(folder: Path, draw: random.Random, aside: Path) -> Undo | None:
    path = draw.choice(_files(folder))
    path.rename(aside)
    return path.name, lambda: aside.rename(path)


def delete_folder(folder: Path, draw: random.Random, aside: Path) -> Undo | None:
    """Not custody/: what was added after the seal may end anywhere; whoever noted its head finds that."""
    path = draw.choice([each for each in _folders(folder) if each.name != "custody"])
    path.rename(aside)
    return path.name, lambda: aside.rename(path)


def rename(folder: Path, draw: random.Random, aside: Path) -> Undo | None:
    path = draw.choice([*_files(folder), *_folders(folder)])
    to = path.with_name(draw.choice(["0", "x.txt", f"{path.name}.bak", "analysis-00000000.json", ".hidden"]))
    path.rename(to)
    return f"{path.name} -> {to.name}", lambda: to.rename(path)


def move(folder: Path, draw: random.Random, aside: Path) -> Undo | None:
    path = draw.choice(_files(folder))
    to = draw.choice([folder, *_folders(folder)]) / path.name
    if to.exists():
        return None
    path.rename(to)
    return f"{path.name} -> {to.parent.name}", lambda: to.rename(path)


def add_file(folder: Path, draw: random.Random, aside: Path) -> Undo | None:
    names = ["x", ".DS_Store", "notes.txt", "analysis-12345678.json", "events-1.jsonl", "findings-00000000.json", "名.txt", ".a.json.1.2"]
    path = draw.choice([folder, *_folders(folder)]) / draw.choice(names)
    path.write_bytes(draw.choice([b"", b"{}", b"x"]))
    return path.name, path.unlink


def add_folder(folder: Path, draw: random.Random, aside: Path) -> Undo | None:
    path = draw.choice([folder, *_folders(folder)]) / draw.choice(["x", ".git", "custody", "statement"])
    if path.exists():
        return None
    path.mkdir()
    if draw.random() < 0.5:
        (path / "y").write_bytes(b"")
    return path.name, lambda: shutil.rmtree(path)


def add_link(folder: Path, draw: random.Random, aside: Path) -> Undo | None:
    path = draw.choice([folder, *_folders(folder)]) / "link"
    path.symlink_to(draw.choice(["/etc/passwd", "nowhere", ".", str(_files(folder)[0])]))
    return path.name, path.unlink


def link_instead(folder: Path, draw: random.Random, aside: Path) -> Undo | None:
    """A file or folder moved elsewhere, and a link to it in its place: whoever follows sees no difference."""
    path = draw.choice([*_files(folder), *_folders(folder)])
    path.rename(aside)
    path.symlink_to(aside)

    def undo() -> None:
        path.unlink()
        aside.rename(path)

    return path.name, undo


def pipe_instead(folder: Path, draw: random.Random, aside: Path) -> Undo | None:
    path = draw.choice(_files(folder))
    path.rename(aside)
    os.mkfifo(path)

    def undo() -> None:
        path.unlink()
        aside.rename(path)

    return path.name, undo


def swap(folder: Path, draw: random.Random, aside: Path) -> Undo | None:
    """Two files in each other's place."""
    one, other = draw.sample(_files(folder), 2)
    if one.read_bytes() == other.read_bytes():
        return None

    def exchange() -> None:
        one.rename(aside)
        other.rename(one)
        aside.rename(other)

    exchange()
    return f"{one.name} <-> {other.name}", exchange


def edit_json(folder: Path, draw: random.Random, aside: Path) -> Undo | None:
    """Another value, one key less or one more, anywhere in a list or in run.json."""
    path = draw.choice(_json_files(folder))
    data = json.loads(path.read_bytes())
    place = draw.choice(list(_objects(data)))
    key = draw.choice([*place, "new"])
    act = draw.choice(["set", "delete", "number"])
    if act == "delete":
        place.pop(key, None)
    else:
        place[key] = draw.choice(["", "0" * 64, None]) if act == "set" else draw.randrange(99)
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return _bytes_changed(path, text.encode("utf-8", "backslashreplace"))


def reformat(folder: Path, draw: random.Random, aside: Path) -> Undo | None:
    """The same values in other bytes."""
    path = draw.choice(_json_files(folder))
    data = json.loads(path.read_bytes())
    if draw.random() < 0.3:
        return _bytes_changed(path, path.read_bytes().replace(b'"size"', b'"\\u0073ize"', 1))
    how: dict[str, Any] = {"indent": draw.choice([None, 2]), "sort_keys": draw.random() < 0.5, "ensure_ascii": draw.random() < 0.5}
    return _bytes_changed(path, json.dumps(data, **how).encode("utf-8", "backslashreplace"))


def _json_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.json") if path.is_file())


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
    for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _objects(each)


KINDS: dict[str, Callable[[Path, random.Random, Path], Undo | None]] = {
    each.__name__: each
    for each in (
        flip,
        truncate,
        append,
        cut_out,
        delete,
        delete_folder,
        rename,
        move,
        add_file,
        add_folder,
        add_link,
        link_instead,
        pipe_instead,
        swap,
        edit_json,
        reformat,
    )
}
