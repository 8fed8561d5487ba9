"""Parquet by polars, the Hugging Face folder by datasets, fastText by fastText."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from corpus.making import hard_document, write
from tagger.corpus.formats import Plan
from tagger.corpus.levels import cut
from tagger.schema import Document, Paragraph


def test_polars_reads_the_tables_and_joins_them(tmp_path: Path) -> None:
    pl = pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    document = hard_document()
    write("parquet", tmp_path, [document, replace(document, id="again")], Plan(shard=1), split="dev")
    tables = {
        name: pl.read_parquet(tmp_path / f"{name}.parquet")
        for name in ("documents", "paragraphs", "mentions", "events")
    }
    assert {name: table.height for name, table in tables.items()} == {
        "documents": 2,
        "paragraphs": 4,
        "mentions": 12,
        "events": 2,
    }
    joined = tables["mentions"].join(tables["documents"], on=["document", "split"], suffix="_of_document")
    assert joined.height == 12
    for row in joined.iter_rows(named=True):
        assert row["text_of_document"][row["start"] : row["end"]] == row["text"]
    amount = joined.filter(pl.col("kind") == "amount").row(0, named=True)
    assert (amount["value_low"], amount["value_currency"], amount["value_qualifier"]) == (
        "500000000",
        "CNY",
        "max",
    )
    event = tables["events"].row(0, named=True)
    assert event["issuers"] == ["𠮷县人民政府"]
    assert event["instruments"][0] == {
        "name": "算力券",
        "amount_cny": 5e8,
        "qualifier": "max",
        "period": "year",
        "scope": "total",
    }
    assert event["evidence"] == [[0, len(document.text.split("\n智")[0]) - 1]]
    assert tables["paragraphs"]["themes"].to_list()[0] == ["policy", "compute"]


def test_datasets_loads_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    datasets = pytest.importorskip("datasets")
    folder = tmp_path / "corpus"
    pieces = list(cut(hard_document(), "paragraph"))
    writer_plan = Plan(licence="CC BY 4.0", shard=1)
    from tagger.corpus.formats import writer_of

    folder.mkdir()
    writer = writer_of("huggingface")(folder, writer_plan)
    for piece, split in [(pieces[0], "train"), (pieces[1], "train"), (pieces[1], "dev"), (pieces[0], "test")]:
        writer.add(piece, split)
    writer.close()
    loaded = datasets.load_dataset(str(folder), cache_dir=str(tmp_path / "cache"))
    assert {name: part.num_rows for name, part in loaded.items()} == {"train": 2, "validation": 1, "test": 1}
    row = loaded["train"][0]
    assert row["themes"] == ["policy", "compute"]
    assert [row["text"][m["start"] : m["end"]] for m in row["mentions"]] == [
        m.text for m in pieces[0].mentions
    ]
    hub = pytest.importorskip("huggingface_hub")
    card = hub.DatasetCard.load(folder / "README.md")
    assert card.data.language == ["zh"]
    assert card.data.to_dict()["license_name"] == "cc-by-4.0"
    assert "CC BY 4.0" in card.text


def test_fasttext_learns_from_the_lines(tmp_path: Path) -> None:
    fasttext = pytest.importorskip("fasttext")
    policy = ["财政部印发补贴办法", "国务院发布实施意见", "工信部出台行动计划", "发改委公布支持政策"]
    compute = ["智算中心部署万卡集群", "算力芯片出货增长", "光模块需求旺盛", "液冷服务器交付"]
    texts = [(text, theme) for theme, many in (("policy", policy), ("compute", compute)) for text in many]
    documents = [
        Document(f"d{n}", text, paragraphs=[Paragraph(0, len(text), theme=theme, themes=[theme])])
        for n, (text, theme) in enumerate(texts)
    ]
    write("fasttext", tmp_path, documents)
    model = fasttext.train_supervised(
        str(tmp_path / "train.txt"), epoch=50, lr=0.5, dim=10, minCount=1, thread=1, verbose=0
    )
    assert set(model.labels) == {"__label__policy", "__label__compute"}
    assert model.test(str(tmp_path / "train.txt"))[:2] == (8, 1.0)


def test_a_fasttext_line_is_one_line_and_no_word_is_a_label(tmp_path: Path) -> None:
    text = "算力\r\n补贴\0 __label__risk 来了"
    document = Document(
        "d", text, paragraphs=[Paragraph(0, len(text), theme="policy", themes=["policy", "compute"])]
    )
    write("fasttext", tmp_path, [document, Document("e", " \n")])
    lines = (tmp_path / "train.txt").read_text().split("\n")
    assert len(lines) == 2
    assert [word for word in lines[0].split() if word.startswith("__label__")] == [
        "__label__policy",
        "__label__compute",
    ]
    assert lines[0].split()[:2] == ["__label__policy", "__label__compute"]
    assert "".join(lines[0].split()[2:]) == "算力补贴__label__risk来了"
    assert "\0" not in lines[0]
