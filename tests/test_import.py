"""Starting costs little: nothing heavy is loaded before it is needed."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

HEAVY = ("sklearn", "scipy", "spacy", "pyspark", "pandas", "pyarrow", "pypdfium2", "docx", "jieba", "numpy")
PROBE = (
    "import json, sys; before = set(sys.modules); {}; print(json.dumps(sorted(set(sys.modules) - before)))"
)


def loaded_by(statement: str) -> set[str]:
    out = subprocess.run(
        [sys.executable, "-c", PROBE.format(statement)], capture_output=True, check=True
    ).stdout
    return {name.split(".")[0] for name in json.loads(out.splitlines()[-1])}


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
    assert loaded_by(call).isdisjoint(set(HEAVY) - {"numpy"})


@pytest.mark.parametrize("extra", ["sklearn", "scipy", "spacy", "pyspark", "pandas"])
def test_tagging_needs_no_extra(extra: str) -> None:
    assert extra not in loaded_by("import tagger; tagger.tag('深圳市发布《行动计划》。')")


def test_importing_is_quick() -> None:
    assert fastest("-c", "import tagger") <= 0.15


def test_help_is_quick() -> None:
    assert fastest("-m", "tagger", "--help") <= 0.4
