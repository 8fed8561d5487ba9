"""Arrays read without numpy are those that numpy wrote; what else there may be is refused."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest

from tagger.themes.npz import read_npz

ROOMY = 1 << 20
RAMP = np.arange(6)


def written(pack=np.savez, **arrays):
    buffer = io.BytesIO()
    pack(buffer, **arrays)
    return buffer.getvalue()


def archive(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, data in members.items():
            file.writestr(f"{name}.npy", data)
    return buffer.getvalue()


def bytes_of(array):
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def shifted(data):
    """An array whose head is a byte longer, so that its numbers stand at odd places."""
    size = int.from_bytes(data[8:10], "little")
    return data[:8] + (size + 1).to_bytes(2, "little") + data[10 : 9 + size] + b" " + data[9 + size :]


@pytest.mark.parametrize("pack", [np.savez, np.savez_compressed])
@pytest.mark.parametrize("kind", ["<i4", "<f4", "<f8"])
@pytest.mark.parametrize("shape", [(0,), (1,), (6,), (0, 3), (6, 1), (2, 3)])
def test_numbers_and_shape_are_those_that_were_written(pack, kind, shape):
    array = np.resize(np.array([0, 1.5, -2.25]), shape).astype(kind)
    found = read_npz(written(pack, a=array, b=RAMP), ("a",), ROOMY)["a"]
    assert found.shape == shape
    assert found.numbers.tolist() == array.ravel().tolist()
    assert np.asarray(found.numbers).dtype == array.dtype


def test_only_what_is_asked_for_is_read():
    arrays = {name: RAMP.astype("<i4") for name in ("a", "b")}
    assert list(read_npz(written(**arrays), ("b",), ROOMY)) == ["b"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        archive(b=bytes_of(RAMP.astype("<i4"))),
        archive(a=b"weights"),
        archive(a=bytes_of(RAMP.astype("<i4"))[:-1]),
        archive(a=bytes_of(RAMP.astype("<i4"))[:20]),
        archive(a=bytes_of(RAMP)),
        archive(a=bytes_of(RAMP.astype(">i4"))),
        archive(a=bytes_of(np.asfortranarray(RAMP.reshape(2, 3).astype("<f4")))),
        archive(a=bytes_of(RAMP.reshape(1, 2, 3).astype("<f4"))),
        archive(a=bytes_of(np.array([None]))),
        archive(a=shifted(bytes_of(RAMP.astype("<i4")))),
    ],
    ids=[
        "empty",
        "torn archive",
        "another name",
        "no array",
        "cut short",
        "torn head",
        "64 bits",
        "other end first",
        "by columns",
        "three dimensions",
        "objects",
        "at odd places",
    ],
)
def test_what_is_no_such_archive_is_refused(data):
    with pytest.raises(ValueError, match=r"."):
        read_npz(data, ("a",), ROOMY)


def test_what_unpacks_to_too_much_is_not_unpacked():
    data = written(np.savez_compressed, a=np.zeros(1000, "<f8"))
    with pytest.raises(OverflowError):
        read_npz(data, ("a",), 8000)
    assert len(read_npz(data, ("a",), 8200)["a"].numbers) == 1000
