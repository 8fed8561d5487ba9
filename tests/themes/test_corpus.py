"""The training corpus, and the check that keeps it worth training on."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tagger.schema import THEMES
from tagger.themes.corpus_check import Placed, faults_of
from tagger.themes.samples import Sample, fingerprint, labels_of, numbered_samples, read_samples

CORPUS = Path(__file__).resolve().parents[2] / "models" / "themes" / "corpus"


@pytest.fixture(scope="module")
def corpus():
    files = sorted(CORPUS.glob("*.jsonl"))
    return [
        Placed(f"{file.name}:{number}", sample) for file in files for number, sample in numbered_samples(file)
    ]


def faults(*samples):
    return list(faults_of([Placed(f"x:{number}", sample) for number, sample in enumerate(samples, 1)]))


def test_the_corpus_has_no_faults(corpus):
    assert list(faults_of(corpus)) == []


def test_the_corpus_is_large_and_varied(corpus):
    samples = [sample for _, sample in corpus]
    assert len(samples) >= 6000
    first = Counter(sample.theme for sample in samples)
    assert set(first) == set(THEMES)
    assert min(first.values()) >= 500
    assert len({sample.style for sample in samples}) >= 400
    assert len({sample.family for sample in samples}) >= 900
    lengths = [len(sample.text) for sample in samples]
    assert min(lengths) < 20
    assert max(lengths) > 500
    assert sum(len(sample.themes) > 1 for sample in samples) >= 400


LONG = "生态环境部就碳市场扩围方案公开征求意见，拟把水泥、钢铁、电解铝纳入管控。"


@pytest.mark.parametrize(
    ("sample", "fault"),
    [
        (Sample(LONG, "policie", family="a"), "no such theme: policie"),
        (Sample(LONG, "policy", ["risk", "policy"], family="a"), "the first of themes is risk"),
        (Sample(LONG, "policy", ["policy", "other"], family="a"), "other beside another theme"),
        (Sample(LONG, "policy"), "no family"),
    ],
)
def test_wrong_labels_are_found(sample, fault):
    assert [fault in line for line in faults(sample)] == [True]


def test_near_duplicates_are_found_whatever_their_numbers_and_blanks():
    again = LONG.replace("碳市场", "碳 市场 2024").replace("公开", "")
    found = faults(Sample(LONG, "policy", family="a"), Sample("另一段，" + again, "policy", family="a"))
    assert [line.startswith("x:2: nearly the same as x:1") for line in found] == [True]


def test_openings_used_over_and_over_are_found():
    ends = ("水稻长势喜人", "船期延误三天", "药价降了一半", "门票全部售罄")
    found = faults(*(Sample(f"据本报记者了解，{end}。", "other", family="a") for end in ends))
    assert found == ["4 paragraphs open with '据本报记者了解，'"]


def test_three_of_them_are_not():
    ends = ("水稻长势喜人", "船期延误三天", "药价降了一半")
    assert faults(*(Sample(f"据本报记者了解，{end}。", "other", family="a") for end in ends)) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "truncated"),
        ("[]", "Expected `object`"),
        ('{"theme": "policy"}', "text"),
        ('{"text": "", "theme": "policy"}', "without text"),
        ('{"text": "x"}', 'without "theme"'),
        ('{"text": "x", "theme": "a", "themes": ["b"]}', "not among"),
        ('{"text": 3, "theme": "a"}', "Expected `str`"),
    ],
)
def test_a_line_that_is_no_sample_is_named(tmp_path, line, fault):
    file = tmp_path / "mine.jsonl"
    file.write_text('{"text": "好", "theme": "a"}\n\n' + line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"mine\.jsonl:3: ") as caught:
        read_samples(file)
    assert fault in str(caught.value)


def test_gold_files_name_the_theme_primary(tmp_path):
    file = tmp_path / "gold.jsonl"
    file.write_text(
        '{"id": 1, "text": "x", "primary": "risk", "themes": ["risk"], "sure": false}\n', encoding="utf-8"
    )
    (sample,) = read_samples(file)
    assert (sample.theme, sample.sure) == ("risk", False)


def test_a_folder_is_all_its_files(tmp_path):
    for name in ("b", "a"):
        (tmp_path / f"{name}.jsonl").write_text(f'{{"text": "{name}", "theme": "t"}}\n', encoding="utf-8")
    assert [sample.text for sample in read_samples(tmp_path)] == ["a", "b"]


def test_a_folder_without_samples(tmp_path):
    with pytest.raises(ValueError, match="no samples"):
        read_samples(tmp_path)


def test_labels_keep_the_order_of_the_project():
    samples = [Sample("x", "zebra"), Sample("y", "risk"), Sample("z", "policy", ["policy", "apple"])]
    assert labels_of(samples) == ["policy", "risk", "apple", "zebra"]


def test_the_fingerprint_knows_text_and_labels_not_their_order():
    one, two = Sample("x", "a", ["a", "b"]), Sample("y", "b")
    assert fingerprint([one, two]) == fingerprint([two, one])
    assert fingerprint([one]) != fingerprint([Sample("x", "b", ["a", "b"])])
