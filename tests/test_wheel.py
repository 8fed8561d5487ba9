"""What is given away, not the checkout: a wheel built from the source distribution tags to the same records."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tagger.pipeline import Tagger
from tagger.schema import decode

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution of this checkout."""
    folder = tmp_path_factory.mktemp("sdist")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (archive,) = folder.glob("*.tar.gz")
    return archive


@pytest.fixture(scope="module")
def installed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel of the source distribution is installed, without its dependencies."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(source)], check=True
    )
    (wheel,) = folder.glob("*.whl")
    target = folder / "site"
    subprocess.run([*pip, "install", "--no-deps", "--target", str(target), str(wheel)], check=True)
    return target


def test_the_source_distribution_has_sources_and_nothing_compiled(source: Path) -> None:
    with tarfile.open(source) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    parts = {str(path.relative_to(ROOT)) for path in (ROOT / "tagger").rglob("*.pyx")}
    assert parts
    assert parts <= names
    assert "scripts/build_hook.py" in names
    assert not [name for name in names if name.endswith((".so", ".pyd", ".c", ".pyc"))]


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


def test_the_wheel_carries_every_compiled_part(installed: Path) -> None:
    for source in (ROOT / "tagger").rglob("*.pyx"):
        place = installed / source.relative_to(ROOT).parent
        assert [path for path in place.glob(f"{source.stem}.*") if path.suffix in (".so", ".pyd")], source
