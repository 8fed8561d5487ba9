"""A kept lexicon is used only where it can be trusted; anything else is read again from its files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tagger import cache, lexicon
from tagger.lexicon import load

from .folders import folder, house


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where lexicons are kept."""
    place = tmp_path / "kept"
    monkeypatch.setenv(cache.FOLDER, str(place))
    return place


@pytest.fixture
def read_again(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were read from CSV."""
    read: list[Path] = []
    real = lexicon.load.__globals__["read_table"]

    def spy(path: Path, data: bytes) -> object:
        read.append(path)
        return real(path, data)

    monkeypatch.setitem(lexicon.load.__globals__, "read_table", spy)
    return read


def kept_in(place: Path) -> list[Path]:
    return sorted(place.glob("*.lexicon"))


@pytest.mark.usefixtures("place")
def test_what_was_kept_is_what_was_read(tmp_path: Path, read_again: list[Path]) -> None:
    at = house(tmp_path / "house")
    fresh = load(at)
    assert read_again
    read_again.clear()
    kept = load(at)
    assert read_again == []
    assert kept.version == fresh.version
    assert kept.entries == fresh.entries
    assert dict(kept.entries)["companies/x"].facts == {
        "former": "银河智造",
        "market": "private",
        "kind": "private",
        "source": "made up",
    }
    for name in ("cues", "blockers", "issuer_patterns", "units", "families", "characters", "currencies"):
        assert getattr(kept, name) == getattr(fresh, name)
    assert kept.surfaces.texts == fresh.surfaces.texts
    for number in range(len(fresh.surfaces.texts)):
        assert kept.surfaces.meanings(number) == fresh.surfaces.meanings(number)
    assert [entry.id for entry in kept.of_kind("policy")] == ["policies/乙", "policies/甲"]


def test_another_line_is_another_lexicon(tmp_path: Path, place: Path, read_again: list[Path]) -> None:
    at = house(tmp_path / "house")
    load(at)
    folder(at, currencies="surface,currency\n元,CNY\n")
    read_again.clear()
    assert load(at).currencies == {"元": "CNY"}
    assert read_again
    assert len(kept_in(place)) == 2


@pytest.mark.usefixtures("place")
def test_another_code_reads_again(
    tmp_path: Path, read_again: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = house(tmp_path / "house")
    load(at)
    read_again.clear()
    monkeypatch.setattr(cache, "_code", lambda _: "another")
    load(at)
    assert read_again


@pytest.mark.parametrize("at", [0, 40, -1], ids=["checksum", "body", "end"])
def test_a_byte_that_changed_reads_again(
    tmp_path: Path, place: Path, read_again: list[Path], at: int
) -> None:
    source = house(tmp_path / "house")
    load(source)
    (file,) = kept_in(place)
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(bytes(data))
    read_again.clear()
    assert "companies/x" in load(source).entries
    assert read_again


@pytest.mark.parametrize("data", [b"", b"short", bytes(100)])
def test_what_is_no_lexicon_reads_again(
    tmp_path: Path, place: Path, read_again: list[Path], data: bytes
) -> None:
    source = house(tmp_path / "house")
    load(source)
    (file,) = kept_in(place)
    file.write_bytes(data)
    read_again.clear()
    assert "companies/x" in load(source).entries
    assert read_again


def test_a_lexicon_under_the_name_of_another_reads_again(
    tmp_path: Path, place: Path, read_again: list[Path]
) -> None:
    first, second = house(tmp_path / "a"), folder(tmp_path / "b", models="id,name\nmodels/z,天枢\n")
    load(first)
    (file,) = kept_in(place)
    stolen = file.read_bytes()
    load(second)
    for kept in kept_in(place):
        kept.write_bytes(stolen)
    read_again.clear()
    assert list(load(second).entries) == ["models/z"]
    assert read_again


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no owners here")
class TestAFileThatOthersMayWrite:
    @pytest.mark.parametrize("mode", [0o620, 0o602])
    def test_by_its_permissions(self, tmp_path: Path, place: Path, read_again: list[Path], mode: int) -> None:
        source = house(tmp_path / "house")
        load(source)
        kept_in(place)[0].chmod(mode)
        read_again.clear()
        load(source)
        assert read_again

    def test_through_a_link(self, tmp_path: Path, place: Path, read_again: list[Path]) -> None:
        source = house(tmp_path / "house")
        load(source)
        (file,) = kept_in(place)
        file.rename(tmp_path / "elsewhere")
        file.symlink_to(tmp_path / "elsewhere")
        read_again.clear()
        load(source)
        assert read_again

    @pytest.mark.usefixtures("place")
    def test_by_its_owner(
        self, tmp_path: Path, read_again: list[Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        source = house(tmp_path / "house")
        load(source)
        owner = os.geteuid()
        monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
        read_again.clear()
        load(source)
        assert read_again

    def test_what_is_kept_only_its_user_may_read(self, tmp_path: Path, place: Path) -> None:
        load(house(tmp_path / "house"))
        assert place.stat().st_mode & 0o777 == 0o700
        assert kept_in(place)[0].stat().st_mode & 0o777 == 0o600


def test_only_the_latest_are_kept(tmp_path: Path, place: Path) -> None:
    for number in range(6):
        load(folder(tmp_path / "house", models=f"id,name\nmodels/{number},天枢\n"))
    assert len(kept_in(place)) == 4


def test_none_are_kept_where_the_user_wants_none(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cache.FOLDER, "")
    load(house(tmp_path / "house"))
    assert not place.exists()


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path, place: Path) -> None:
    place.write_text("a file where the folder would be", encoding="utf-8")
    assert "companies/x" in load(house(tmp_path / "house")).entries
