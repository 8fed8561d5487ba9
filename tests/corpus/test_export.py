"""A corpus is written whole or not at all, with its data sheet."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from corpus.making import hard_document
from tagger.corpus.errors import CorpusError
from tagger.corpus.export import Exported, export
from tagger.corpus.formats import FORMATS, Plan
from tagger.corpus.reading import records_in
from tagger.corpus.select import Selection
from tagger.corpus.split import Rule
from tagger.schema import encode

NO_NEAR = Rule(near=False)


@pytest.fixture
def tagged(tmp_path: Path) -> Path:
    path = tmp_path / "tagged.jsonl"
    documents = [hard_document(f"d{n}") for n in range(3)]
    path.write_bytes(b"".join(encode(d) + b"\n" for d in documents))
    return path


def exported(tagged: Path, form: str = "jsonl", **more: object) -> Exported:
    selection, rule, plan = (
        more.pop("selection", Selection()),
        more.pop("rule", NO_NEAR),
        more.pop("plan", Plan()),
    )
    return export([tagged], form, tagged.parent / "corpus", selection, rule, plan, **more)


def test_the_sheet_tells_counts_by_split_source_versions_licence_and_hash(tagged: Path) -> None:
    pytest.importorskip("datasketch")
    figures = exported(
        tagged, rule=Rule(), plan=Plan(licence="CC0"), versions={"lexicon": "L", "model": "M"}
    ).figures
    folder = tagged.parent / "corpus"
    assert json.loads((folder / "sheet.json").read_text()) == figures
    assert sum(figures["texts"].values()) == 6
    assert sum(figures["kinds"]["policy"].values()) == 3
    assert sum(figures["themes"]["compute"].values()) == 3
    assert sum(figures["sources"]["甲证券"].values()) == 6
    assert figures["events"] == {"issued": 3}
    assert figures["duplicates"]["near-duplicates"] == 4
    assert (figures["licence"], figures["lexicon"], figures["model"]) == ("CC0", "L", "M")
    assert len(figures["sha256"]) == 64
    page = (folder / "sheet.md").read_text()
    assert "| licence | CC0 |" in page
    assert "| 甲证券 |" in page


def test_the_hash_is_of_the_content(tagged: Path) -> None:
    first = exported(tagged).figures["sha256"]
    assert exported(tagged, overwrite=True).figures["sha256"] == first
    assert exported(tagged, overwrite=True, selection=Selection(kinds=("policy",))).figures["sha256"] != first


def test_the_sheet_tells_how_far_two_annotators_agree(tagged: Path) -> None:
    figures = exported(tagged, annotators=(tagged, tagged)).figures
    assert figures["agreement"]["kappa of themes"] == 1.0
    assert figures["agreement"]["f1 of exact spans"] == 1.0


def test_kinds_and_themes_are_chosen(tagged: Path) -> None:
    exported(tagged, selection=Selection(kinds=("region", "amount"), themes=("policy",)))
    written = list(records_in(sorted((tagged.parent / "corpus").glob("*.jsonl"))))
    assert len(written) == 3
    assert {m.kind for d in written for m in d.mentions} == {"region", "amount"}


def test_masking_leaves_no_word_of_whose_report_it_is(tagged: Path) -> None:
    document = hard_document("SECRET-1")
    document.paragraphs[1] = replace(document.paragraphs[1], section="masthead")
    tagged.write_bytes(encode(document) + b"\n")
    exported(tagged, "doccano", selection=Selection(masked=True), plan=Plan(masked=True))
    content = b"".join(p.read_bytes() for p in (tagged.parent / "corpus").iterdir()).decode()
    for word in ("SECRET", "甲证券", "周报", "example.org", "hard.txt", "智能体"):
        assert word not in content


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_that_looks_complete_is_left_of_a_run_that_failed(
    form: str, tagged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if form in ("spacy", "parquet", "huggingface"):
        pytest.importorskip({"spacy": "spacy"}.get(form, "pyarrow"))

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tagger.corpus.sheet.write", stop)
    with pytest.raises(KeyboardInterrupt):
        exported(tagged, form)
    assert [p.name for p in tagged.parent.iterdir()] == ["tagged.jsonl"]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_killed_run_leaves_no_folder_of_that_name(how: signal.Signals, tagged: Path) -> None:
    line = tagged.read_bytes()
    with tagged.open("wb") as file:
        for _ in range(4000):
            file.write(line)
    command = [
        sys.executable,
        "-m",
        "tagger",
        "export",
        str(tagged),
        "--to",
        "jsonl",
        "--no-near",
        "-o",
        str(tagged.parent / "corpus"),
    ]
    status = 0
    for _ in range(3):  # on a busy machine an export may be through before the signal comes
        shutil.rmtree(tagged.parent / "corpus", ignore_errors=True)
        child = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 30
        while not list(tagged.parent.glob(".corpus.*.part/*.jsonl")) and time.monotonic() < until:
            if child.poll() is not None:
                break
            time.sleep(0.01)
        child.send_signal(how)
        status = child.wait(30)
        if status:
            break
    assert status == (130 if how == signal.SIGINT else -how)
    assert not (tagged.parent / "corpus").exists()


def test_a_folder_with_something_in_it_stays_unless_asked(tagged: Path) -> None:
    exported(tagged, "conll")
    with pytest.raises(FileExistsError):
        exported(tagged)
    exported(tagged, "doccano", overwrite=True)
    assert not list((tagged.parent / "corpus").glob("*.conll"))


def test_a_folder_of_other_things_is_never_replaced(tagged: Path) -> None:
    folder = tagged.parent / "corpus"
    folder.mkdir()
    (folder / "mine.txt").write_text("precious")
    with pytest.raises(FileExistsError):
        exported(tagged, overwrite=True)
    assert (folder / "mine.txt").read_text() == "precious"


def test_input_that_is_no_record_is_an_error_with_its_line(tagged: Path) -> None:
    tagged.write_bytes(tagged.read_bytes() + b'{"id": 3}\n')
    with pytest.raises(CorpusError, match=r"tagged\.jsonl:4: not a tagged record"):
        exported(tagged)
    assert not (tagged.parent / "corpus").exists()


@pytest.mark.parametrize(
    ("form", "selection", "why"),
    [
        ("word", Selection(), "no such format"),
        ("jsonl", Selection(level="page"), "no such level"),  # type: ignore[arg-type]
        ("jsonl", Selection(kinds=("city",)), "no such kind"),
        ("jsonl", Selection(themes=("none",)), "no text fits"),
    ],
)
def test_what_cannot_be_asked(form: str, selection: Selection, why: str, tagged: Path) -> None:
    with pytest.raises(CorpusError, match=why):
        exported(tagged, form, selection=selection)


@pytest.mark.parametrize(
    ("form", "package", "extra"), [("spacy", "spacy", "spacy"), ("parquet", "pyarrow", "parquet")]
)
def test_a_missing_package_is_one_line(
    form: str, package: str, extra: str, tagged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [
        n for n in sys.modules if n.partition(".")[0] == package or n == f"tagger.corpus.{FORMATS[form]}"
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [_Without(package), *sys.meta_path])
    with pytest.raises(CorpusError, match=rf"pip install 'yanbao-tagger\[{extra}\]'"):
        exported(tagged, form)


class _Without:
    """An importer that knows nothing of a package."""

    def __init__(self, package: str) -> None:
        self.package = package

    def find_spec(self, name: str, *_: object) -> None:
        if name.partition(".")[0] == self.package:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
