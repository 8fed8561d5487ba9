"""The tagger inside spaCy: tokens, what the component writes, and that it all survives being carried about."""

import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

spacy = pytest.importorskip("spacy", reason="needs spacy")

from spacy.tokens import Doc, DocBin  # noqa: E402

from tagger import lexicon, resources, spacy_components  # noqa: E402
from tagger.lexicon import dictionaries  # noqa: E402

CONFIG = """
[nlp]
lang = "zh"
pipeline = ["policy_tagger"]

[nlp.tokenizer]
@tokenizers = "tagger.Tokenizer"

[components]

[components.policy_tagger]
factory = "policy_tagger"
tokenizer = "rjieba"
"""
TEXT = "12月18日，深圳市工业和信息化局印发《深圳市打造人工智能先锋城市的若干措施》，每年发放最高5亿元训力券。\n\n　关注 GPT-4o 与H100。"


@pytest.fixture(scope="module")
def nlp(tmp_path_factory):
    """A pipeline built by a config file, as a user has it."""
    folder = tmp_path_factory.mktemp("config")
    (folder / "config.cfg").write_text(CONFIG, encoding="utf-8")
    return spacy.util.load_model_from_config(spacy.util.load_config(folder / "config.cfg"), auto_fill=True)


@pytest.fixture(scope="module")
def carried(nlp, tmp_path_factory):
    """The pipeline on disk."""
    folder = tmp_path_factory.mktemp("pipeline") / "policies"
    nlp.to_disk(folder)
    return folder


def told(doc):
    return [(ent.start_char, ent.end_char, ent.label_, ent.kb_id_) for ent in doc.ents]


class TestTokenizer:
    @pytest.mark.parametrize("text", ["", " ", TEXT, "训 力 券  GPT-4o\r\n\t", "　Qwen2.5-72B\n\n联合肥料"])
    def test_the_doc_has_the_text(self, nlp, text):
        assert nlp.make_doc(text).text == text

    def test_terms_are_one_token(self, nlp):
        words = [token.text for token in nlp.make_doc("发放训 力 券，接入GPT-4o、Qwen2.5-72B")]
        assert {"训 力 券", "GPT-4o", "Qwen2.5-72B"} <= set(words)

    def test_bare_words_and_a_dictionary_by_config(self, tmp_path):
        (tmp_path / "words.txt").write_text("星河大模型\t\n", encoding="utf-8")
        config = {
            "@tokenizers": "tagger.Tokenizer",
            "name": "char",
            "dictionary": str(tmp_path / "words.txt"),
        }
        kept = spacy.blank("zh", config={"nlp": {"tokenizer": config}})
        bare = spacy.blank(
            "zh",
            config={
                "nlp": {"tokenizer": {"@tokenizers": "tagger.Tokenizer", "name": "char", "terms": False}}
            },
        )
        assert "星河大模型" in [token.text for token in kept("用星河大模型")]
        assert [token.text for token in bare("训力券")] == ["训", "力", "券"]

    def test_it_can_be_pickled(self, nlp):
        again = pickle.loads(pickle.dumps(nlp.tokenizer))
        assert [token.text for token in again(TEXT)] == [token.text for token in nlp.tokenizer(TEXT)]


class TestComponent:
    def test_entities_are_the_mentions_of_the_record(self, nlp, tagger):
        doc = nlp(TEXT)
        record = tagger.tag(TEXT)
        assert doc._.record == record
        assert [(ent.text, ent.label_, ent.kb_id_) for ent in doc.ents] == [
            (m.text, m.kind, m.entry or "") for m in record.mentions
        ]
        assert len(record.mentions) >= 6

    def test_offsets_are_those_of_the_text_given(self, nlp, samples):
        text = (samples / "weekly-2025-08-30.txt").read_text(encoding="utf-8")
        doc = nlp(text)
        assert [ent.text for ent in doc.ents] == [text[ent.start_char : ent.end_char] for ent in doc.ents]
        assert len(doc.spans["mentions"]) == len(doc._.record.mentions)

    def test_paragraphs_events_and_themes(self, nlp):
        doc = nlp(TEXT)
        assert [span.label_ for span in doc.spans["paragraphs"]] == [p.theme for p in doc._.record.paragraphs]
        assert [span.label_ for span in doc.spans["events"]] == ["issued"]
        assert doc.cats["policy"] > doc.cats["risk"]

    def test_the_day_of_the_report_is_used(self, nlp):
        doc = nlp.make_doc(TEXT)
        doc._.published = "2024-12-31"
        assert nlp(doc)._.record.events[0].date == "2024-12-18"

    def test_a_span_within_a_token_is_expanded_and_counted_never_lost(self, nlp):
        words = ["每年", "发放最高5亿", "元训力券", "。"]
        doc = nlp.get_pipe("policy_tagger")(Doc(nlp.vocab, words=words, spaces=[False] * 4))
        assert {"amount", "instrument"} <= {span.label_ for span in doc.spans["mentions"]}
        assert doc._.expanded["amount"] == 1
        assert doc._.expanded["instrument"] == 1
        assert "元训力券" in [span.text for span in doc.spans["mentions"]]
        assert "训力券" in [mention.text for mention in doc._.record.mentions]

    def test_an_empty_text_is_no_trouble(self, nlp):
        assert nlp("").ents == ()


class TestCarriedAbout:
    def test_pickled(self, nlp):
        assert told(pickle.loads(pickle.dumps(nlp))(TEXT)) == told(nlp(TEXT))

    def test_to_disk_and_back(self, nlp, carried):
        assert told(spacy.load(carried)(TEXT)) == told(nlp(TEXT))

    def test_the_folder_has_all_that_it_needs(self, carried, monkeypatch):
        monkeypatch.setattr(resources, "_CHECKOUT", Path("/nowhere"))
        component = spacy_components.PolicyTagger("x", spacy_components.Settings("/nowhere")).from_disk(
            carried / "policy_tagger"
        )
        assert component.tagger.tag(TEXT).mentions

    def test_in_two_processes(self, nlp):
        texts = [TEXT, "海外风险。", TEXT] * 3
        docs = list(nlp.pipe(texts, n_process=2, batch_size=2))
        assert [told(doc) for doc in docs] == [told(nlp(text)) for text in texts]
        assert docs[0]._.record == nlp(TEXT)._.record

    def test_through_a_docbin(self, nlp):
        again = next(DocBin(docs=[nlp(TEXT)], store_user_data=True).get_docs(nlp.vocab))
        assert told(again) == told(nlp(TEXT))
        assert again._.record == nlp(TEXT)._.record

    def test_spacy_evaluate(self, nlp, carried, tmp_path):
        gold = nlp(TEXT)
        missed = nlp("发放训力券。")
        missed.ents = ()
        DocBin(docs=[gold, missed], store_user_data=True).to_disk(tmp_path / "dev.spacy")
        script = (
            "import sys, tagger.spacy_components; from spacy.cli import app; sys.argv[0] = 'spacy'; app()"
        )
        command = [
            sys.executable,
            "-c",
            script,
            "evaluate",
            str(carried),
            str(tmp_path / "dev.spacy"),
            "-o",
            str(tmp_path / "m.json"),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        scores = json.loads((tmp_path / "m.json").read_text())
        assert scores["ents_r"] == 1
        assert scores["ents_p"] == pytest.approx(len(gold.ents) / (len(gold.ents) + 1))


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A lexicon of one voucher."""
    folder = tmp_path_factory.mktemp("lexicon")
    (folder / "instruments.csv").write_text(
        "id,name,aliases,type,regions,weak,source\ninstruments/星河券,星河券,星河 消费券|星券,voucher,,星券,ours\n",
        encoding="utf-8",
    )
    return lexicon.load(folder)


class TestDictionaries:
    def test_entity_ruler_patterns(self, small):
        patterns = [json.loads(line) for line in dictionaries.entity_ruler_patterns(small)]
        assert [p["pattern"] for p in patterns] == ["星河券", "星河 消费券"]
        ruled = spacy.blank("zh")
        ruled.add_pipe("entity_ruler").add_patterns(patterns)
        assert [(e.text, e.label_, e.ent_id_) for e in ruled("发放星河券").ents] == [
            ("星河券", "instrument", "instruments/星河券")
        ]

    def test_jieba_dictionary(self, small, tmp_path):
        import jieba

        (tmp_path / "words.txt").write_text("\n".join(dictionaries.jieba_dictionary(small)), encoding="utf-8")
        cutter = jieba.Tokenizer()
        cutter.load_userdict(str(tmp_path / "words.txt"))
        assert "星河券" in cutter.lcut("今年发放星河券支持", HMM=False)

    def test_pkuseg_dictionary_is_a_word_and_a_tag_a_line(self, small):
        assert list(dictionaries.pkuseg_dictionary(small)) == ["星河券\tnz", "星券\tnz"]

    @pytest.mark.parametrize(
        ("line", "word"),
        [
            ("星河券", "星河券"),
            ("星河券 3 n", "星河券"),
            ("星河券 nz", "星河券"),
            ("星河券\tnz", "星河券"),
            ("GPT 4\t", "GPT 4"),
        ],
    )
    def test_a_users_dictionary_is_read_as_jieba_and_pkuseg_have_it(self, tmp_path, line, word):
        (tmp_path / "words.txt").write_bytes(b"\xef\xbb\xbf" + line.encode() + b"\r\n\n")
        assert dictionaries.read_words(tmp_path / "words.txt") == [word]

    def test_a_line_that_is_not_utf8_is_named(self, tmp_path):
        (tmp_path / "words.txt").write_bytes("好\n券".encode("gbk"))
        with pytest.raises(ValueError, match=r"words.txt:1: not UTF-8"):
            dictionaries.read_words(tmp_path / "words.txt")
