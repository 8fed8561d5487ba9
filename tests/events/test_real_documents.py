"""Events of real documents, read by a person: the table says which of them are right.

``read_by_hand.csv`` lists every event that was looked at, with the reader's verdict on title, status, date and
region together. An event that is not in the table counts as wrong, so the figure cannot rise by itself.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

from tagger.pipeline import Tagger
from tagger.schema import Event

TABLE = Path(__file__).with_name("read_by_hand.csv")
Fact = tuple[str, str, str, str, str]


def read_table() -> tuple[set[Fact], int]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    right = {
        (r["document"], r["title"], r["status"], r["date"], r["region"]) for r in rows if r["right"] == "yes"
    }
    return right, len(rows)


def events_of(tagger: Tagger, shared: Path) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = defaultdict(list)
    for line in (shared / "real" / "themes.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found[row["id"]] = tagger.tag(row["text"], published=row.get("published")).events
    for folder in ("docs", "pdf"):
        for path in sorted((shared / "real" / folder).iterdir()):
            if path.suffix != ".jsonl":
                found[path.name] = tagger.tag_file(path).events
    return found


def test_of_a_hundred_events_at_least_85_are_right(tagger: Tagger, shared: Path) -> None:
    right, looked_at = read_table()
    assert looked_at >= 100
    told = [
        (document, event.title, event.status, event.date or "", event.region or "")
        for document, events in events_of(tagger, shared).items()
        for event in events
    ]
    precision = sum(fact in right for fact in told) / len(told)
    missing = right - set(told)
    assert precision >= 0.85, f"precision {precision:.3f}"
    assert len(missing) <= 0.1 * len(right), sorted(missing)[:5]
