"""Whatever the bytes are: a reading or a one-line error, within seconds. The long run is scripts/fuzz."""

from __future__ import annotations

import random
import time

import pytest

from ingest.mutating import FORMATS, mutated, originals
from tagger.ingest import ReadError

NUMBER = {"txt": 150, "md": 150, "html": 150, "docx": 80, "pdf": 120}


@pytest.mark.parametrize("name", FORMATS)
def test_a_mutated_file_is_read_or_refused(name, read_bytes):
    dice = random.Random(name)
    seeds = originals(name)
    ends = set()
    for _ in range(NUMBER[name]):
        data = mutated(dice.choice(seeds), dice)
        begin = time.perf_counter()
        try:
            reading = read_bytes(f"case.{name}", data)
            assert sum(origin[2] for origin in reading.origins) == len(reading.text)
            ends.add("read")
        except ReadError as error:
            ends.add("refused" if "\n" not in str(error) else "refused at length")
        assert time.perf_counter() - begin < 20
    assert "read" in ends
    assert "refused at length" not in ends
