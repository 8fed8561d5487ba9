"""Shares on real sentences and passages beside the checkout, by the scorer that comes with them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tagger.pipeline import Tagger
from tagger.schema import encode

from .marked import mentions_in

LEAST = 0.90
ENOUGH = 5
"""A kind with fewer gold mentions says little by itself."""


def score(shared: Path, tagger: Tagger, figure: str, gold: Path, out: Path) -> dict[str, dict[str, float]]:
    """The figures of score.py for our records of a gold file."""
    scorer = shared / "score" / "score.py"
    run = [sys.executable, str(scorer)]
    inputs = subprocess.run([*run, "inputs", gold], capture_output=True, check=True).stdout
    out.write_bytes(
        b"".join(encode(tagger.tag_object(json.loads(line))) + b"\n" for line in inputs.splitlines())
    )
    told = subprocess.run([*run, figure, gold, out, "--json"], capture_output=True, check=True).stdout
    figures: dict[str, dict[str, float]] = json.loads(told)
    return figures


def test_traps_of_chinese_tagging_are_passed(shared: Path, tagger: Tagger, tmp_path: Path) -> None:
    figures = score(shared, tagger, "traps", shared / "real" / "traps.jsonl", tmp_path / "tagged.jsonl")
    assert figures["share"] >= 0.92


@pytest.mark.parametrize("gold", ["real/passages.jsonl", "seed/gold.jsonl"])
def test_mentions_are_found_and_no_more(shared: Path, tagger: Tagger, tmp_path: Path, gold: str) -> None:
    figures = score(shared, tagger, "mentions", shared / gold, tmp_path / "tagged.jsonl")
    kinds = {kind: own["f1"] for kind, own in figures.items() if kind != "micro" and own["gold"] >= ENOUGH}
    assert figures["micro"]["f1"] >= LEAST, figures
    assert min(kinds.values()) >= 0.80, kinds


def test_offsets_are_exact_in_real_documents(shared: Path, tagger: Tagger) -> None:
    texts = [json.loads(line)["text"] for line in (shared / "real" / "themes.jsonl").open(encoding="utf-8")]
    for text in texts[::5]:
        for mention in mentions_in(tagger.matcher, text):
            assert text[mention.start : mention.end] == mention.text
