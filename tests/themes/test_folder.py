"""A model folder that is not as it was written is refused in one line, and nothing in it runs."""

from __future__ import annotations

import hashlib
import io
import json
import pickle
import shutil
import zipfile

import numpy as np
import pytest

from tagger.themes import ModelError, ThemeModel
from tagger.themes.folder import CONFIG, WEIGHTS
from tagger.themes.train import save


@pytest.fixture
def folder(trained, tmp_path):
    save(trained, tmp_path / "model")
    return tmp_path / "model"


def change(folder, **fields):
    """Another config, as somebody would write it who means harm."""
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    config.update(fields)
    (folder / CONFIG).write_text(json.dumps(config), encoding="utf-8")


def put(folder, data):
    """Other weights, with a config that names them."""
    (folder / WEIGHTS).write_bytes(data)
    change(folder, weights=hashlib.sha256(data).hexdigest())


def arrays(folder):
    with np.load(folder / WEIGHTS, allow_pickle=False) as found:
        return dict(found)


def packed(**found):
    buffer = io.BytesIO()
    np.savez(buffer, **found)
    return buffer.getvalue()


def refused(folder, match):
    with pytest.raises(ModelError, match=match) as caught:
        ThemeModel.load(folder)
    assert "\n" not in str(caught.value)
    assert str(folder) in str(caught.value)


def test_as_written_it_loads(folder, trained):
    assert ThemeModel.load(folder).labels == trained.config.labels


def test_no_folder(tmp_path):
    refused(tmp_path / "nowhere", "no theme model")


@pytest.mark.parametrize("name", [CONFIG, WEIGHTS])
def test_a_file_is_missing(folder, name):
    (folder / name).unlink()
    refused(folder, "no theme model")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 2}', "\0\1"])
def test_a_config_that_is_none(folder, text):
    (folder / CONFIG).write_text(text, encoding="utf-8")
    refused(folder, "not the config")


def test_a_config_with_a_field_nobody_knows(folder):
    change(folder, run="os.system")
    refused(folder, "not the config")


@pytest.mark.parametrize("fields", [{"format": 1}, {"format": 99}, {"bits": 12}])
def test_another_version(folder, fields):
    change(folder, **fields)
    refused(folder, "another version")


@pytest.mark.parametrize(
    "fields",
    [
        {"labels": ["food"]},
        {"labels": ["food", "food", "other"]},
        {"labels": ["food", "", "other"]},
        {"shift": [0.0]},
        {"thresholds": [0.5, 0.5]},
        {"mass": {"words": 1.0}},
        {"mass": {"words": 1.0, "pairs": 0.0, "characters": 1.0}},
        {"slope": 1e999},
        {"sections": {"risk": {"weather": 1.0}}},
        {"sections": {"appendix": {"food": 1.0}}},
    ],
)
def test_a_config_that_does_not_fit_itself(folder, fields):
    change(folder, **fields)
    refused(folder, "not fit|not the config")


def test_one_byte_of_the_weights_is_another(folder):
    data = bytearray((folder / WEIGHTS).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / WEIGHTS).write_bytes(bytes(data))
    refused(folder, "not the weights that")


def test_the_weights_of_another_model(folder, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    found = arrays(other)
    found["weights"] = found["weights"] * 2
    put(other, packed(**found))
    (folder / WEIGHTS).write_bytes((other / WEIGHTS).read_bytes())
    refused(folder, "not the weights that")


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"weights", pickle.dumps({"weights": [1]})])
def test_weights_that_are_no_archive(folder, data):
    put(folder, data)
    refused(folder, "not the weights of a theme model")


def test_an_archive_cut_short(folder):
    put(folder, (folder / WEIGHTS).read_bytes()[:-200])
    refused(folder, "not the weights of a theme model")


def test_a_pickle_inside_the_archive_does_not_run(folder, tmp_path):
    class Trap:
        def __reduce__(self):
            return (open, (str(tmp_path / "sprung"), "w"))

    found = arrays(folder)
    found["bias"] = np.array([Trap()] * len(found["bias"]), dtype=object)
    put(folder, packed(**found))
    refused(folder, "not the weights of a theme model")
    assert not (tmp_path / "sprung").exists()


def test_an_archive_that_unpacks_to_a_flood(folder):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"{number}.npy", bytes(60 << 20))
    put(folder, buffer.getvalue())
    refused(folder, "too large")


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("columns", lambda a: a[::-1].copy()),
        ("columns", lambda a: a - 1_000_000_000),
        ("columns", lambda a: a + 100_000_000),
        ("columns", lambda a: a.astype(np.int64)),
        ("columns", lambda a: a[:-1]),
        ("weights", lambda a: a[:, :-1]),
        ("weights", lambda a: np.full_like(a, np.nan)),
        ("idf", lambda a: a.reshape(-1, 1)),
        ("bias", lambda a: a[:-1]),
        ("bias", lambda a: a.astype(str)),
    ],
)
def test_arrays_that_do_not_fit(folder, name, make):
    found = arrays(folder)
    found[name] = make(found[name])
    put(folder, packed(**found))
    refused(folder, "do not fit|none of this version|such numbers|no number")


def test_an_array_is_missing(folder):
    found = arrays(folder)
    del found["idf"]
    put(folder, packed(**found))
    refused(folder, "not the weights of a theme model")
