"""What was made of data files, kept between runs: a lexicon as it was read, a dictionary as it was laid out.

What was kept is used only if it was made from the very bytes of the same files by the same code, carries a right
checksum, and lies in a file that nobody but the user could write. Anything else is as good as none: the files are
read again. It is plain data; nothing in it is run.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from tagger.files import whole_file

FOLDER = "TAGGER_CACHE"
"""Environment variable: the folder for what is kept; empty keeps nothing."""

_DIGEST = 32
_KEPT = 4

T = TypeVar("T")


def folder() -> Path | None:
    """Where things are kept; None when the user wants none, or has no home."""
    chosen = os.environ.get(FOLDER)
    if chosen is not None:
        return Path(chosen) if chosen else None
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "yanbao-tagger"
    except RuntimeError:
        return None


def key_of(content: str, room: Path) -> str:
    """The name of what is made from content with this digest by the modules of a folder."""
    return hashlib.sha256(f"{content} {_code(room)}".encode()).hexdigest()[:32]


def read(key: str, kind: type[T]) -> T | None:
    """What was kept under a key; None when nothing is there that can be trusted."""
    place = folder()
    if place is None:
        return None
    try:
        handle = os.open(place / _name(key, kind), os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(handle, "rb") as file:
            if not _ours(os.fstat(handle)):
                return None
            data = file.read()
        body = memoryview(data)[_DIGEST:]
        if _checksum(key, body) != data[:_DIGEST]:
            return None
        return msgspec.msgpack.decode(body, type=kind)
    except (OSError, msgspec.MsgspecError):
        return None


def write(key: str, value: object) -> None:
    """Keep a value under a key. Where that cannot be, nothing happens: the cache is a convenience."""
    place = folder()
    if place is None:
        return
    body = msgspec.msgpack.encode(value)
    with contextlib.suppress(OSError):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = place / _name(key, type(value))
        with whole_file(path, mode=0o600) as file:
            file.write(_checksum(key, body) + body)
        kept = sorted(place.glob(_name("*", type(value))), key=lambda old: old.stat().st_mtime, reverse=True)
        for old in kept[_KEPT:]:
            old.unlink()


def _name(key: str, kind: type) -> str:
    return f"{key}.{kind.__name__.lower()}"


def _checksum(key: str, body: bytes | memoryview) -> bytes:
    digest = hashlib.sha256(key.encode())
    digest.update(body)
    return digest.digest()


def _ours(status: os.stat_result) -> bool:
    """A plain file of the user's that no other may write."""
    if not stat.S_ISREG(status.st_mode):
        return False
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


@cache
def _code(room: Path) -> str:
    """A digest of the modules of a folder."""
    digest = hashlib.sha256()
    for path in sorted(room.iterdir()):
        if path.suffix in (".py", ".so", ".pyd"):
            digest.update(path.read_bytes())
    return digest.hexdigest()
