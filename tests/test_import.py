"""Starting costs little: nothing heavy is loaded before it is needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tagger.cli import ROOMS

HEAVY = ("sklearn", "scipy", "spacy", "pyspark", "pandas", "pyarrow", "pypdfium2", "docx", "jieba", "numpy")
PROBE = (
    "import json, sys; before = set(sys.modules); {}; print(json.dumps(sorted(set(sys.modules) - before)))"
)


def modules_loaded_by(statement: str) -> set[str]:
    out = subprocess.run(
        [sys.executable, "-c", PROBE.format(statement)], capture_output=True, check=True
    ).stdout
    return set(json.loads(out.splitlines()[-1]))


def loaded_by(statement: str) -> set[str]:
    return {name.split(".")[0] for name in modules_loaded_by(statement)}


def fastest(*command: str) -> float:
    """The best of several runs, less what the bare interpreter takes."""

    def best(arguments: tuple[str, ...]) -> float:
        times = []
        for _ in range(5):
            begin = time.perf_counter()
            subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
            times.append(time.perf_counter() - begin)
        return min(times)

    return best(command) - best(("-c", "pass"))


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded_by("import tagger").isdisjoint(HEAVY)


def test_help_loads_nothing_heavy() -> None:
    call = "from typer.testing import CliRunner; from tagger.cli import app; assert CliRunner().invoke(app, ['--help']).exit_code == 0"
    assert loaded_by(call).isdisjoint(HEAVY)


@pytest.mark.parametrize("extra", ["sklearn", "scipy", "spacy", "pyspark", "pandas", "numpy"])
def test_tagging_needs_none_of_it(extra: str) -> None:
    assert extra not in loaded_by("import tagger; tagger.tag('深圳市发布《行动计划》。')")


def test_a_command_loads_no_other_room() -> None:
    call = "from typer.testing import CliRunner; from tagger.cli import app; assert CliRunner().invoke(app, ['{}', '--help']).exit_code == 0"
    rooms = {room: names[0] for room, names in ROOMS.items()}
    for command in ("tag", *rooms.values()):
        loaded = modules_loaded_by(call.format(command))
        assert loaded & set(rooms) == {room for room, name in rooms.items() if name == command}


def test_importing_is_quick() -> None:
    assert fastest("-c", "import tagger") <= 0.15


def test_help_is_quick() -> None:
    assert fastest("-m", "tagger", "--help") <= 0.4


# A process begins with the peak of the one that started it, so a small one does.
METER = """
import os, sys
_, status, used = os.wait4(os.posix_spawn(sys.executable, [sys.executable, *sys.argv[1:]], os.environ), 0)
print(status, used.ru_utime + used.ru_stime, used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10))
"""


@pytest.mark.skipif(not hasattr(os, "posix_spawn"), reason="no figures of a process here")
def test_the_first_record_comes_soon_and_takes_little_room(samples: Path, tmp_path: Path) -> None:
    report, output = str(next(samples.glob("*.txt"))), str(tmp_path / "out.jsonl")
    command = [sys.executable, "-c", METER, "-m", "tagger", "tag", report, "-o", output]
    subprocess.run(command, capture_output=True, check=True)  # the lexicon is kept from now on
    runs = []
    for _ in range(5):
        out = subprocess.run(command, capture_output=True, check=True).stdout
        runs.append([float(figure) for figure in out.split()])
    status, seconds, mebibytes = zip(*runs, strict=True)
    assert set(status) == {0}
    assert min(seconds) <= 0.6
    assert max(mebibytes) <= 150
