"""Tokenizers: what all of them promise, what each is told to keep, and what happens when one cannot be had."""

import pickle
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagger import Tagger, lexicon, pkuseg_model, resources, tokenizers
from tagger.words import words_of

CORPUS = Path(__file__).resolve().parent.parent / "models" / "themes" / "corpus"

SAMPLES = [
    "",
    " ",
    "\n\n　\t\r\n",
    "深圳市发放训力券，最高5亿元。",
    "训 力 券 与　算力券",
    "GPT-4o、DeepSeek-V3与Qwen2.5-72B接入“人工智能+”行动",
    "12月18日，深圳市工业和信息化局印发《若干措施》。\n\n二、投资建议\r\n关注H100、H800。",
    "深圳發放訓力券；ＧＰＵ　１０００卡",
    "😀𠮷野家 e\u0301 \u200b\ufeff联合肥料公司",
]

WHOLE = [
    ("接入GPT-4o后", "GPT-4o"),
    ("发布DeepSeek-V3。", "DeepSeek-V3"),
    ("开源Qwen2.5-72B权重", "Qwen2.5-72B"),
    ("Claude 3.5 Sonnet发布", "Claude 3.5 Sonnet"),
    ("推进“人工智能+”落地", "“人工智能+”"),
    ("发放训力券支持企业", "训力券"),
    ("发放训 力 券支持企业", "训 力 券"),
    ("發放訓力券支持企業", "訓力券"),
    ("采购Ｈ１００服务器", "Ｈ１００"),
    ("接入我司星河大模型 X 1 后", "星河大模型 X 1"),
]
DICTIONARY = ["“人工智能+”", "星河大模型 X 1"]


def pkuseg_missing() -> str:
    """Why pkuseg cannot be had here; empty where it can."""
    if tokenizers.find_spec("spacy_pkuseg") is None:
        return "needs spacy-pkuseg"
    try:
        pkuseg_model.find()
    except tokenizers.TokenizerError as error:
        return str(error)
    return ""


@pytest.fixture(scope="session")
def made():
    """Every tokenizer that can be had here, by name."""
    missing = {"pkuseg"} if pkuseg_missing() else set()
    return {name: tokenizers.make(name) for name in tokenizers.NAMES if name not in missing}


@pytest.fixture(scope="session")
def knowledge():
    return lexicon.load(resources.lexicon_folder())


@pytest.fixture(scope="session")
def keeping(made, knowledge):
    return {name: tokenizers.keeping(base, knowledge, DICTIONARY) for name, base in made.items()}


@pytest.fixture(scope="session")
def taggers(made):
    """A tagger on each tokenizer."""
    return {name: Tagger(tokenizer=tokenizer) for name, tokenizer in made.items()}


def get(tokenizers_made, name):
    if name not in tokenizers_made:
        pytest.skip(pkuseg_missing())
    return tokenizers_made[name]


@pytest.mark.parametrize("name", tokenizers.NAMES)
class TestEveryTokenizer:
    @pytest.mark.parametrize("text", SAMPLES)
    def test_covers_the_text(self, made, keeping, name, text):
        for one in (get(made, name), get(keeping, name)):
            assert "".join(one.cut(text)) == text
            spans = one.spans(text)
            assert [text[start:end] for start, end in spans] == one.cut(text)
            assert all(start < end for start, end in spans)

    @settings(max_examples=60, deadline=None)
    @given(
        text=st.text(
            alphabet=st.one_of(
                st.characters(exclude_categories=["Cs"]), st.sampled_from("训力券人工智能 GPT-4o+“”\n　")
            )
        )
    )
    def test_covers_any_text(self, made, keeping, name, text):
        assert "".join(get(made, name).cut(text)) == text
        assert "".join(get(keeping, name).cut(text)) == text

    @pytest.mark.parametrize(("text", "term"), WHOLE)
    def test_keeps_terms_whole(self, keeping, name, text, term):
        assert term in get(keeping, name).cut(text)

    def test_survives_pickling(self, keeping, name):
        tokenizer = get(keeping, name)
        again = pickle.loads(pickle.dumps(tokenizer))
        assert again.name == name
        assert [again.cut(text) for text in SAMPLES] == [tokenizer.cut(text) for text in SAMPLES]

    def test_may_be_used_by_several_threads(self, keeping, name):
        tokenizer = get(keeping, name)
        expected = [tokenizer.cut(text) for text in SAMPLES]
        with ThreadPoolExecutor(4) as pool:
            for _ in range(5):
                assert list(pool.map(tokenizer.cut, SAMPLES)) == expected


class TestKeeping:
    def test_a_short_term_that_cuts_a_word_is_no_word(self, keeping):
        assert "合肥" not in keeping["rjieba"].cut("联合肥料公司")
        assert "合肥" in keeping["rjieba"].cut("在合肥落地")

    def test_a_term_within_a_longer_code_is_no_word(self, keeping):
        assert keeping["rjieba"].cut("接入GPT-4omni2") == ["接入", "GPT-4omni2"]

    def test_numbers_and_their_units_stay_apart(self, keeping):
        assert keeping["rjieba"].cut("5亿元") == ["5", "亿元"]


def clauses(wanted):
    """Han-only stretches of our corpus, each once."""
    found = {}
    for file in sorted(CORPUS.glob("*.jsonl")):
        for line in file.read_bytes().splitlines():
            found.update(dict.fromkeys(re.findall(r"[\u4e00-\u9fa5]{4,}", msgspec.json.decode(line)["text"])))
            if len(found) >= wanted:
                return list(found)[:wanted]
    raise AssertionError(f"the corpus has only {len(found)} such stretches")


@pytest.mark.parametrize("hmm", [False, True])
def test_rjieba_cuts_as_jieba_does(hmm):
    sentences = clauses(20_000)
    rust, python = tokenizers.make("rjieba", hmm=hmm), tokenizers.make("jieba", hmm=hmm)
    differing = [text for text in sentences if rust.cut(text) != python.cut(text)]
    assert len(differing) <= 20, differing[:10]


# Sentence, and what other tokenizers find beyond or below rjieba: every difference is a word bound's.
FOUND = [
    (
        "12月18日，深圳市工业和信息化局印发《深圳市打造人工智能先锋城市的若干措施》，每年发放最高5亿元训力券。",
        {},
    ),
    ("2025年底智能算力规模超过100EFLOPS，建成3座智算中心。", {}),
    ("OpenAI发布GPT-4o，深度求索开源DeepSeek-V3。", {}),
    ("联合肥料公司增产。", {"char": {"合肥"}}),
]


@pytest.mark.parametrize("name", ["jieba", "pkuseg", "char"])
@pytest.mark.parametrize(("text", "more"), FOUND)
def test_mentions_are_the_same_but_where_a_word_bound_vetoes(taggers, name, text, more):
    expected = {m.text for m in taggers["rjieba"].tag(text).mentions}
    found = {m.text for m in get(taggers, name).tag(text).mentions}
    assert found == expected | more.get(name, set())


# Sentence, pkuseg's own words, and those that count; the mentions are those of the whole names.
SETTLED = [
    ("今年谷歌云四季度增长。", "谷歌|云四|季度", "谷|歌|云|四季度", {"今年", "谷歌云"}),
    ("换装液冷整机柜。", "换|装液|冷整|机柜", "换装|液冷|整机|柜", {"液冷整机柜"}),
    ("西部数据中心建设提速。", "西部|数据|中心", "西部|数据中心", {"西部"}),
    ("服务器开始随机柜上电。", "随|机柜|上", "随|机柜|上", {"机柜"}),
    ("厂商在智算中心里测试。", "智算|中心|里", "智|算|中心|里", {"智算中心"}),
]


@pytest.mark.parametrize(("text", "own", "words", "mentions"), SETTLED)
def test_pkuseg_vetoes_no_name_by_a_word_that_it_made_up(made, taggers, text, own, words, mentions):
    pkuseg = get(made, "pkuseg")
    assert f"|{own}|" in f"|{'|'.join(pkuseg.cut(text))}|"
    assert f"|{words}|" in f"|{'|'.join(words_of(pkuseg.bounds(text), text))}|"
    assert {m.text for m in taggers["pkuseg"].tag(text).mentions} == mentions


class Segmenter:
    """Stands in for pkuseg: has the words that it is given."""

    def __init__(self, words):
        self.words = words

    def cut(self, _):
        return self.words


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ("在|合肥", "在|合肥"),
        ("独供英|伟达", "独|供|英|伟达"),
        ("数据|中心", "数据中心"),
        ("随|机柜|上|电", "随|机柜|上|电"),
        ("随|机柜|上电", "随机|柜上|电"),
    ],
)
def test_pkuseg_is_followed_only_where_all_its_words_are_known(monkeypatch, own, words):
    monkeypatch.setattr(pkuseg_model, "find", Path)
    monkeypatch.setattr(pkuseg_model, "load", lambda _: Segmenter(own.split("|")))
    text = own.replace("|", "")
    assert words_of(tokenizers.PkusegTokenizer("").bounds(text), text) == words.split("|")


@pytest.mark.parametrize("name", ["unigram", "pkuseg", "char"])
def test_only_what_makes_up_words_can_be_asked_for_them(name):
    with pytest.raises(tokenizers.TokenizerError, match="has no hmm"):
        tokenizers.make(name, hmm=True)


def test_the_default_has_the_words_of_rjieba(made):
    sentences = clauses(2_000) + SAMPLES
    assert [made["unigram"].cut(text) for text in sentences] == [
        made["rjieba"].cut(text) for text in sentences
    ]


class TestWhatCannotBeHad:
    def test_an_unknown_name_lists_those_there_are(self):
        with pytest.raises(
            tokenizers.TokenizerError, match="choose from unigram, rjieba, jieba, pkuseg, char"
        ):
            tokenizers.make("mecab")

    def test_a_missing_package_names_the_extra(self, monkeypatch):
        monkeypatch.setattr(tokenizers, "find_spec", lambda _: None)
        with pytest.raises(tokenizers.TokenizerError, match=re.escape("pip install 'yanbao-tagger[pkuseg]'")):
            tokenizers.make("pkuseg")

    def test_a_missing_model_is_one_line_and_no_download(self, tmp_path, monkeypatch):
        monkeypatch.setenv("TAGGER_PKUSEG_MODEL", str(tmp_path))
        with pytest.raises(
            tokenizers.TokenizerError, match="no pkuseg model there; run `tagger pkuseg-model`"
        ) as error:
            pkuseg_model.find()
        assert "\n" not in str(error.value)
        assert list(tmp_path.iterdir()) == []

    def test_a_corrupt_model_is_one_line(self, tmp_path):
        if pkuseg_missing():
            pytest.skip(pkuseg_missing())
        (tmp_path / pkuseg_model.FEATURES).write_bytes(b"no")
        (tmp_path / pkuseg_model.WEIGHTS).write_bytes(b"no")
        with pytest.raises(tokenizers.TokenizerError, match="not a pkuseg model"):
            tokenizers.make("pkuseg", model=tmp_path)


class Harm:
    """A pickle that calls something when it is loaded."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


FEATURES = {
    "unigram": ["训力", "券"],
    "bigram": ["a*b"],
    "feature_to_idx": {"c.训": 1, "c.力": 70_000},
    "tag_to_idx": {"B": 0},
}


class TestUnpackingAModel:
    def source(self, folder, pickled):
        folder.mkdir()
        (folder / "features.pkl").write_bytes(pickled)
        (folder / "weights.npz").write_bytes(b"weights")
        return folder

    def test_the_pickle_is_read_as_data(self, tmp_path):
        source = self.source(tmp_path / "model", pickle.dumps(FEATURES, protocol=4))
        folder = pkuseg_model.unpack(source, tmp_path / "out")
        assert msgspec.msgpack.decode((folder / "features.msgpack").read_bytes()) == FEATURES
        assert (folder / "weights.npz").read_bytes() == b"weights"

    def test_from_a_source_distribution(self, tmp_path):
        import tarfile

        self.source(tmp_path / "default", pickle.dumps(FEATURES, protocol=4))
        with tarfile.open(tmp_path / "pkuseg.tar.gz", "w:gz") as archive:
            archive.add(tmp_path / "default", "pkuseg-0.0.25/pkuseg/models/default")
        folder = pkuseg_model.unpack(tmp_path / "pkuseg.tar.gz", tmp_path / "out")
        assert pkuseg_model.find(folder) == folder

    def test_a_pickle_that_calls_something_is_refused_and_calls_nothing(self, tmp_path):
        source = self.source(
            tmp_path / "model", pickle.dumps({"feature_to_idx": Harm(tmp_path / "harm")}, protocol=4)
        )
        with pytest.raises(tokenizers.TokenizerError, match="holds more than data"):
            pkuseg_model.unpack(source, tmp_path / "out")
        assert not (tmp_path / "harm").exists()
        assert not (tmp_path / "out").exists()

    @pytest.mark.parametrize(
        "pickled", [b"", b"no pickle", pickle.dumps([1]), pickle.dumps({"a": 1}, protocol=4)]
    )
    def test_what_is_no_model_is_named(self, tmp_path, pickled):
        source = self.source(tmp_path / "model", pickled)
        with pytest.raises(tokenizers.TokenizerError, match=re.escape(str(source))):
            pkuseg_model.unpack(source, tmp_path / "out")

    def test_a_file_without_a_model_is_named(self, tmp_path):
        (tmp_path / "x.tar.gz").write_bytes(b"no archive")
        with pytest.raises(tokenizers.TokenizerError, match="no pkuseg model in it"):
            pkuseg_model.unpack(tmp_path / "x.tar.gz", tmp_path / "out")


class Pip:
    """Stands in for pip: takes its command, and leaves or does not leave a file."""

    def __init__(self, file=None, error=""):
        self.file, self.error = file, error

    def __call__(self, command, **_):
        self.command = command
        self.wanted = Path(command[command.index("--requirement") + 1]).read_text()
        if self.file:
            shutil.copy(self.file, command[command.index("--dest") + 1])
        return subprocess.CompletedProcess(command, 0 if self.file else 1, "", self.error)


class TestFetchingTheModel:
    def test_pip_gets_the_one_file_that_we_know(self, tmp_path, monkeypatch):
        import tarfile

        source = TestUnpackingAModel().source(tmp_path / "default", pickle.dumps(FEATURES, protocol=4))
        with tarfile.open(tmp_path / "pkuseg-0.0.25.tar.gz", "w:gz") as archive:
            archive.add(source, "pkuseg-0.0.25/pkuseg/models/default")
        pip = Pip(tmp_path / "pkuseg-0.0.25.tar.gz")
        monkeypatch.setattr(subprocess, "run", pip)
        folder = pkuseg_model.fetch(tmp_path / "out")
        assert pkuseg_model.find(folder) == folder
        assert pip.command[1:4] == ["-m", "pip", "download"]
        assert "--require-hashes" in pip.command
        assert re.fullmatch(r"pkuseg==0\.0\.25 --hash=sha256:[0-9a-f]{64}\n", pip.wanted)

    def test_where_pip_has_no_success_one_line_says_why_and_what_to_do(self, tmp_path, monkeypatch):
        pip = Pip(error="WARNING: retrying\nERROR: No matching distribution found\nhint: see above\n")
        monkeypatch.setattr(subprocess, "run", pip)
        with pytest.raises(tokenizers.TokenizerError, match=r"\(No matching distribution found\)") as error:
            pkuseg_model.fetch(tmp_path / "out")
        assert "tagger pkuseg-model` with the file" in str(error.value)
        assert "\n" not in str(error.value)
        assert not (tmp_path / "out").exists()
