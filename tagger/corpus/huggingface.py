"""A folder that ``datasets.load_dataset`` loads as it is: Parquet shards a split and a dataset card.

A row is a text with its theme, themes, mentions and what the masthead says; ``dev`` is called ``validation`` there.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from tagger.corpus.labels import themes_of

if TYPE_CHECKING:
    from pathlib import Path

    from tagger.corpus.formats import Plan
    from tagger.schema import Document

_TEXT = pa.string()
_MENTION = pa.struct(
    [
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("text", _TEXT),
        ("kind", _TEXT),
        ("canonical", _TEXT),
        ("entry", _TEXT),
    ]
)
SCHEMA = pa.schema(
    [
        ("id", _TEXT),
        ("text", _TEXT),
        ("theme", _TEXT),
        ("themes", pa.list_(_TEXT)),
        ("section", _TEXT),
        ("mentions", pa.list_(_MENTION)),
        ("title", _TEXT),
        ("publisher", _TEXT),
        ("published", _TEXT),
    ]
)
_ROW = pa.struct(list(SCHEMA))
_NAMES = {"dev": "validation"}
_SHARD = 50_000
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


class Writer:
    """Writes ``data/train-00000.parquet`` and so on, and ``README.md``."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.lost: Counter[str] = Counter()
        self._folder, self._plan = folder, plan
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._files: dict[str, pq.ParquetWriter] = {}
        self.counts: Counter[str] = Counter()
        (folder / "data").mkdir()

    def add(self, document: Document, split: str) -> None:
        """Add one row; full row groups are written at once."""
        name = _NAMES.get(split, split)
        rows = self._rows.setdefault(name, [])
        rows.append(row_of(document, self._plan.primary_only))
        if len(rows) >= self._plan.shard:
            self._flush(name)

    def close(self) -> None:
        """Write what is left, finish the files and write the card."""
        for name in self._rows:
            self._flush(name)
        for file in self._files.values():
            file.close()
        (self._folder / "README.md").write_text(card(self.counts, self._plan), encoding="utf-8")

    def _flush(self, name: str) -> None:
        rows = self._rows[name]
        if not rows:
            return
        shard, offset = divmod(self.counts[name], _SHARD)
        if name not in self._files or offset < self._plan.shard:
            if name in self._files:
                self._files.pop(name).close()
            self._files[name] = pq.ParquetWriter(
                self._folder / "data" / f"{name}-{shard:05d}.parquet", SCHEMA, compression="zstd"
            )
        self._files[name].write_table(pa.Table.from_struct_array(pa.array(rows, _ROW)))
        self.counts[name] += len(rows)
        rows.clear()


def row_of(document: Document, primary_only: bool = False) -> dict[str, Any]:
    """A document as a row."""
    themes = themes_of(document, primary_only)
    mentions = [
        {
            "start": m.start,
            "end": m.end,
            "text": m.text,
            "kind": m.kind,
            "canonical": m.canonical,
            "entry": m.entry,
        }
        for m in document.mentions
    ]
    meta = document.meta
    return {
        "id": document.id,
        "text": document.text,
        "theme": themes_of(document, primary_only=True)[0],
        "themes": themes,
        "section": document.paragraphs[0].section if len(document.paragraphs) == 1 else None,
        "mentions": mentions,
        "title": meta.title,
        "publisher": meta.publisher,
        "published": meta.published,
    }


def card(counts: Counter[str], plan: Plan) -> str:
    """The dataset card: what ``datasets`` reads, then what a person reads."""
    total = sum(counts.values())
    size = next((name for limit, name in _SIZES if total < limit), "n>1M")
    files = "\n".join(f"  - split: {name}\n    path: data/{name}-*.parquet" for name in counts)
    table = "\n".join(f"| {name} | {number} |" for name, number in counts.items())
    return f"""---
language:
- zh
license: other
license_name: {json.dumps(plan.licence.replace(" ", "-").lower())}
pretty_name: Tagged research reports
task_categories:
- text-classification
- token-classification
size_categories:
- {size}
configs:
- config_name: default
  data_files:
{files}
---

# Tagged research reports

Texts of Chinese research reports with themes and mentions, tagged by `tagger`; see `sheet.md` for counts, sources,
duplicates, versions and the licence ({plan.licence}).

| split | texts |
| --- | ---: |
{table}

`mentions` are spans `[start, end)` in Unicode code points of `text`; they may overlap. `theme` is the primary theme,
`themes` all of them.
"""
