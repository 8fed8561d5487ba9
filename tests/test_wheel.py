"""The wheel, not the checkout: built, unpacked elsewhere, it tags to the same records."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tagger.pipeline import Tagger
from tagger.schema import decode

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel of this checkout is installed, without its dependencies."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT)], check=True
    )
    (wheel,) = folder.glob("*.whl")
    target = folder / "site"
    subprocess.run([*pip, "install", "--no-deps", "--target", str(target), str(wheel)], check=True)
    return target


def run(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=True
    )


def test_the_installed_wheel_tags_as_the_checkout_does(
    installed: Path, tmp_path: Path, samples: Path, tagger: Tagger
) -> None:
    where = run(installed, tmp_path, "-c", "import tagger; print(tagger.__file__)").stdout
    assert str(installed) in where
    for report in sorted(samples.glob("*.txt")):
        run(installed, tmp_path, "-m", "tagger", "tag", str(report), "-o", "out.jsonl")
        assert decode((tmp_path / "out.jsonl").read_bytes()) == tagger.tag_file(report)


def test_the_wheel_carries_its_data_and_its_types(installed: Path) -> None:
    package = installed / "tagger"
    assert (package / "py.typed").is_file()
    assert (package / "_data/lexicons/policies.csv").is_file()
    assert (package / "_data/models/themes/model/config.json").is_file()
