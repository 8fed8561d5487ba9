"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


@contextlib.contextmanager
def whole_file(path: Path, mode: int | None = None) -> Iterator[BinaryIO]:
    """A file that takes its name only when everything was written; on an error nothing is left behind.

    ``mode`` are its permissions (default: those of any new file). Raises OSError when the place cannot be written.
    """
    if path.is_dir():
        raise IsADirectoryError(21, "is a folder", str(path))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_usual_mode() if mode is None else mode)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


@contextlib.contextmanager
def whole_folder(path: Path, *, replace: str | None = None) -> Iterator[Path]:
    """A folder that takes its name only when everything in it was written; on an error nothing is left behind.

    It is filled under another name (hidden, ending in ``.part``), which is all that a killed process leaves. A folder
    that is there already is replaced when it is empty or holds a file called ``replace``, by which one of ours is told
    from a folder of other things. Raises FileExistsError otherwise, OSError when the place cannot be written.
    """
    if path.exists() and not path.is_dir():
        raise FileExistsError(17, "is a file", str(path))
    if path.is_dir() and any(path.iterdir()) and not (replace and (path / replace).is_file()):
        raise FileExistsError(17, "there is something in this folder already", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part"))
    mask = os.umask(0)
    os.umask(mask)
    place.chmod(0o777 & ~mask)
    try:
        yield place
        if path.is_dir():
            shutil.rmtree(path)
        place.replace(path)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise


def _usual_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
