"""pkuseg's model on this machine: where it lies, how it gets there, how it is loaded.

The source distribution of pkuseg carries a model, its features as a pickle. ``unpack`` reads that pickle as data, with
no code run, and writes the folder that spacy-pkuseg loads: ``features.msgpack`` and ``weights.npz``. Only ``fetch``
uses the network, when it is called, and through the user's pip; a tokenizer never does.
"""

from __future__ import annotations

import os
import pickletools
import subprocess
import sys
import tarfile
import tempfile
import threading
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from tagger.files import whole_file
from tagger.tokenizers import TokenizerError

if TYPE_CHECKING:
    from collections.abc import Iterator

FEATURES, WEIGHTS = "features.msgpack", "weights.npz"
_PICKLED = "features.pkl"
_INSIDE = "pkuseg/models/default/"
_SOURCE = "pkuseg==0.0.25"
_SHA256 = "dd012bf93689721c9574bc2b2ba98fb4ac22790cec0af354a78e217828b81e91"
_loading = threading.Lock()


def home() -> Path:
    """Where ``unpack`` puts the model: pkuseg's own home (``PKUSEG_HOME``, else ~/.pkuseg)."""
    return Path(os.environ.get("PKUSEG_HOME") or Path.home() / ".pkuseg") / "default"


def find(given: str | os.PathLike[str] | None = None) -> Path:
    """The folder of the model: ``given``, else ``TAGGER_PKUSEG_MODEL``, else pkuseg's home.

    Raises TokenizerError when there is none, saying how to get it.
    """
    folder = Path(given or os.environ.get("TAGGER_PKUSEG_MODEL") or home())
    if all((folder / name).is_file() for name in (FEATURES, WEIGHTS)):
        return folder
    raise TokenizerError(
        f"{folder}: no pkuseg model there; run `tagger pkuseg-model` once, which gets it with pip (49 MB)"
    )


def load(folder: Path) -> Any:
    """The segmenter of a model folder. Raises TokenizerError when the folder is corrupt."""
    from spacy_pkuseg import pkuseg

    try:
        # spacy-pkuseg hands the folder on through a global; without a dictionary it reads no pickle of its own.
        with _loading:
            return pkuseg(str(folder), user_dict=None)
    except (OSError, ValueError, KeyError, AssertionError, EOFError) as error:
        raise TokenizerError(f"{folder}: not a pkuseg model ({error})") from None


def unpack(source: Path, folder: Path | None = None) -> Path:
    """Make a model folder from pkuseg's source distribution, a zip of a model, or an unpacked model folder.

    Raises TokenizerError naming ``source`` when it holds no model, OSError when a file cannot be read or written.
    """
    folder = folder or home()
    with _model_files(source) as files:
        features = _data_of(source, files[_PICKLED])
        folder.mkdir(parents=True, exist_ok=True)
        _write_features(features, folder / FEATURES)
        with whole_file(folder / WEIGHTS) as file:
            while block := files[WEIGHTS].read(1 << 20):
                file.write(block)
    return folder


def fetch(folder: Path | None = None) -> Path:
    """Make a model folder from pkuseg's source distribution, which pip gets from wherever it is set up to look.

    pip runs the setup of a source distribution to learn its name, so the file must be the one we know, by its hash.
    Raises TokenizerError when pip has no success, OSError when the folder cannot be written.
    """
    with tempfile.TemporaryDirectory() as place:
        wanted = Path(place) / "wanted.txt"
        wanted.write_text(f"{_SOURCE} --hash=sha256:{_SHA256}\n", "utf-8")
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        how = ["--no-deps", "--no-binary=pkuseg", "--no-build-isolation", "--require-hashes"]
        done = subprocess.run(  # noqa: S603
            [*pip, *how, "--dest", place, "--requirement", str(wanted)],
            capture_output=True,
            text=True,
            check=False,
        )
        sources = list(Path(place).glob("pkuseg-*"))
        if done.returncode or not sources:
            said = [line for line in done.stderr.splitlines() if line.lower().startswith("error")]
            why = said[0].partition(":")[2].strip() if said else f"status {done.returncode}"
            raise TokenizerError(
                f"pip cannot get {_SOURCE} ({why}); where it can, run `pip download --no-deps "
                f"--no-build-isolation {_SOURCE}`, and here `tagger pkuseg-model` with the file that it wrote"
            )
        return unpack(sources[0], folder)


@contextmanager
def _model_files(source: Path) -> Iterator[dict[str, IO[bytes]]]:
    """The two files of a model, wherever they lie in ``source``."""
    wanted = (_PICKLED, WEIGHTS)
    try:
        if source.is_dir():
            with (source / _PICKLED).open("rb") as features, (source / WEIGHTS).open("rb") as weights:
                yield dict(zip(wanted, (features, weights), strict=True))
        elif zipfile.is_zipfile(source):
            with zipfile.ZipFile(source) as archive:
                names = {Path(name).name: name for name in archive.namelist()}
                yield {name: archive.open(names[name]) for name in wanted}
        else:
            with tarfile.open(source) as archive_:
                members = {Path(m.name).name: m for m in archive_ if _INSIDE in m.name and m.isfile()}
                opened = {name: archive_.extractfile(members[name]) for name in wanted}
                yield {name: file for name, file in opened.items() if file is not None}
    except (KeyError, FileNotFoundError, tarfile.TarError, zipfile.BadZipFile):
        raise TokenizerError(f"{source}: no pkuseg model in it ({_PICKLED} and {WEIGHTS})") from None


def _write_features(features: dict[str, Any], path: Path) -> None:
    import msgspec

    with whole_file(path) as file:
        file.write(msgspec.msgpack.encode(features))


def _data_of(source: Path, pickled: IO[bytes]) -> dict[str, Any]:
    """The dictionary of lists, dictionaries, words and numbers that a pickle writes down.

    Its instructions are followed here one by one, and those that could call anything are not among them.
    """
    stack: list[Any] = []
    marks: list[int] = []
    memory: list[Any] = []
    try:
        for code, value, _ in pickletools.genops(pickled):
            match code.name:
                case "SHORT_BINUNICODE" | "BINUNICODE" | "BININT" | "BININT1" | "BININT2":
                    stack.append(value)
                case "MEMOIZE":
                    memory.append(stack[-1])
                case "BINGET" | "LONG_BINGET":
                    stack.append(memory[int(str(value))])
                case "EMPTY_DICT":
                    stack.append({})
                case "EMPTY_LIST":
                    stack.append([])
                case "MARK":
                    marks.append(len(stack))
                case "APPEND":
                    value = stack.pop()
                    stack[-1].append(value)
                case "SETITEM":
                    key, value = stack[-2:]
                    del stack[-2:]
                    stack[-1][key] = value
                case "APPENDS":
                    at = marks.pop()
                    stack[at - 1].extend(stack[at:])
                    del stack[at:]
                case "SETITEMS":
                    at = marks.pop()
                    stack[at - 1].update(zip(stack[at::2], stack[at + 1 :: 2], strict=True))
                    del stack[at:]
                case "PROTO" | "FRAME" | "STOP":
                    pass
                case other:
                    raise TokenizerError(f"{source}: {_PICKLED} holds more than data ({other})")
    except (ValueError, IndexError, TypeError, AttributeError) as error:
        if isinstance(error, TokenizerError):
            raise
        raise TokenizerError(f"{source}: {_PICKLED} is corrupt ({error})") from None
    if len(stack) != 1 or not isinstance(stack[0], dict) or "feature_to_idx" not in stack[0]:
        raise TokenizerError(f"{source}: {_PICKLED} is no pkuseg model")
    return stack[0]
