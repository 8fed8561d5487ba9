"""The timeline that people made of real reports, measured as ../shared/score does."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tagger.schema import encode
from tagger.timeline import claims_in, write


def test_merging_real_reports(tagger, shared, merge, tmp_path):
    gold = shared / "real" / "multidoc.jsonl"
    score = shared / "score" / "score.py"
    if not gold.is_file() or not score.is_file():
        pytest.skip("no ../shared/real/multidoc.jsonl with its scorer beside this checkout")
    documents = [d for line in gold.read_text("utf-8").splitlines() for d in json.loads(line)["docs"]]
    tagged = tmp_path / "tagged.jsonl"
    tagged.write_bytes(b"\n".join(encode(tagger.tag_object(document)) for document in documents))
    write(merge(*claims_in([tagged])), tmp_path / "timeline.json")
    done = subprocess.run(
        [sys.executable, str(score), "timeline", str(gold), str(tmp_path / "timeline.json"), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    figures = json.loads(done.stdout)
    assert figures["events"]["f1"] >= 0.90
    assert figures["conflicts"] == 1.0
    assert figures["merge_links_f1"] >= 0.95
