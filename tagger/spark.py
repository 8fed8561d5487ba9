"""The same on a cluster: reports of a Spark DataFrame to records, records to one timeline.

Everything runs in Spark's own ``mapInArrow``. The package, with Java and pyspark, must be installed on every node; a
worker process makes its tagger once and keeps it. A document that fails becomes a row with its error.
"""

from __future__ import annotations

import os
import shutil
import sys
from functools import lru_cache, partial
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa
from msgspec import Struct

from tagger.arrow import document_of, record_schema, row_of
from tagger.settings import Settings
from tagger.timeline.acts import Act
from tagger.timeline.merge import finish, tell
from tagger.timeline.policies import Name, Policy, PolicyFinder
from tagger.timeline.reading import claims_of
from tagger.timeline.record import Claim, TimelineEvent
from tagger.timeline.shards import Tie, shards, ties_of
from tagger.timeline.writers import check_format, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pyspark.sql import DataFrame, SparkSession

    from tagger.lexicon import Lexicon
    from tagger.pipeline import Tagger

    Batches = Iterable[pa.RecordBatch]

ERROR = "error"
_ROWS_A_BATCH = 256
_TOLD_BY = ("id", "text", "source", "meta", "paragraphs", "events")
"""The columns that a timeline needs; most of a record's bytes are in others."""

_CLAIMS = pa.schema([("name", pa.string()), ("ties", pa.list_(pa.string())), ("claim", pa.binary())])
_TOLD = pa.schema([("policy", pa.binary())])


class SparkError(ValueError):
    """Spark cannot run as asked; the message says why in one line."""


def session(master: str | None = None, **options: str) -> SparkSession:
    """A Spark session, that of ``spark-submit`` where there is one; ``master`` such as ``local[2]``.

    Raises SparkError when pyspark or Java is missing, or Spark does not start.
    """
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise SparkError("Spark needs the package pyspark: pip install 'yanbao-tagger[spark]'") from None
    java()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("tagger")
    for name, value in options.items():
        builder = builder.config(name, value)
    if master:
        builder = builder.master(master)
    try:
        running = builder.getOrCreate()
    except Exception as error:  # of Python, of the way to Java, or of Java itself
        raise SparkError(
            f"Spark does not start{f' on {master}' if master else ''}: {_first_line(error)}"
        ) from None
    running.sparkContext.setLogLevel("ERROR")
    return running


def java() -> str:
    """The program that Spark will start. Raises SparkError when there is none."""
    home = os.environ.get("JAVA_HOME")
    program = shutil.which("java", path=f"{home}/bin" if home else None)
    if program is None:
        place = f" (there is none in JAVA_HOME, {home})" if home else ""
        raise SparkError(
            f"Spark needs Java 17{place}: install it, with Debian by apt-get install openjdk-17-jre-headless"
        )
    return program


def output_schema() -> pa.Schema:
    """The columns of tagged rows: those of the record, and ``error``, null where all went well."""
    return record_schema().append(pa.field(ERROR, pa.string()))


def tag_dataframe(df: DataFrame, text: str = "text", settings: Settings | None = None) -> DataFrame:
    """Tag the column ``text``; ``id``, ``published``, ``publisher`` and ``source`` are used where they are columns.

    All other columns are kept in ``meta.extra``. Raises ValueError when there is no such column.
    """
    if text not in df.columns:
        raise ValueError(f"no column {text!r}; there are {', '.join(df.columns)}")
    return _tagged(df, partial(_object_of_row, text), settings or Settings())


def tag_lines(df: DataFrame, settings: Settings | None = None) -> DataFrame:
    """Tag a DataFrame of JSON lines, as ``spark.read.text`` gives it; an object a line as in JSONL input."""
    return _tagged(df, _object_of_line, settings or Settings())


def timeline_of(tagged: DataFrame, settings: Settings | None = None) -> list[TimelineEvent]:
    """The timeline of tagged rows, equal to that of one machine.

    Claims are read and merged in Spark, in shards that share no policy; the links between events are made here.
    """
    from pyspark.sql.functions import col, size

    settings = settings or Settings()
    spark = tagged.sparkSession
    lexicon = settings.lexicon()
    sound = tagged.where(col(ERROR).isNull()) if ERROR in tagged.columns else tagged
    telling = sound.where(size("events") > 0).select(*_TOLD_BY)
    claims = _map(telling, partial(_claims, settings), _CLAIMS).cache()
    try:
        # Names are few beside claims, and all of them are needed to see which belong together.
        named = claims.select("name", "ties").distinct().collect()
        ties = [Tie(_name(row["name"]), tie) for row in named for tie in row["ties"]]
        numbers = [(_written(name), number) for name, number in shards(ties, lexicon).items()]
        if not numbers:
            return []
        sharded = claims.join(spark.createDataFrame(numbers, "name string, shard long"), "name")
        parts = sharded.select("shard", "claim").repartition("shard").select("claim")
        policies = _map(parts, partial(_policies, settings), _TOLD).collect()
    finally:
        claims.unpersist()
    return finish([_told(bytes(row["policy"])) for row in policies], lexicon)


class Done(Struct, frozen=True):
    """What a run came to: rows written, those of them with an error, events of the timeline if one was asked for."""

    documents: int
    failed: int
    events: int | None = None


def run(
    spark: SparkSession,
    source: str,
    output: str,
    *,
    text: str = "text",
    timeline: Path | None = None,
    settings: Settings | None = None,
) -> Done:
    """Tag ``source`` (Parquet, JSONL, or a folder of texts, by its ending) into the Parquet ``output``.

    The timeline is read off the written records. Raises SparkError when ``source`` cannot be read or ``output`` cannot
    be written or is there already, WriterError when the timeline cannot be written.
    """
    from py4j.protocol import Py4JError  # type: ignore[import-untyped]
    from pyspark.errors import PySparkException
    from pyspark.sql.functions import count

    if timeline is not None:
        check_format(timeline)
    try:
        _read(spark, source, text, settings).write.parquet(output)
    except (PySparkException, Py4JError, ValueError) as error:
        raise SparkError(f"{source} → {output}: {_first_line(error)}") from None
    tagged = spark.read.parquet(output)
    total = tagged.agg(count("*").alias("documents"), count(ERROR).alias("failed")).collect()[0]
    if timeline is None:
        return Done(total["documents"], total["failed"])
    events = timeline_of(tagged, settings)
    write(events, timeline)
    return Done(total["documents"], total["failed"], len(events))


def _first_line(error: Exception) -> str:
    """What an error says, without the trace of Java; where that begins with a trace, what caused it."""
    cause = getattr(error, "java_exception", None)
    said = str(cause.toString() if cause is not None else error).strip()
    return said.splitlines()[0] if said else type(error).__name__


def _read(spark: SparkSession, source: str, text: str, settings: Settings | None) -> DataFrame:
    """The tagged rows of a source; a text file is one document, named by its path."""
    from pyspark.sql.functions import col, input_file_name

    ending = PurePosixPath(source).suffix.lower()
    if ending in (".jsonl", ".ndjson"):
        return tag_lines(spark.read.text(source), settings)
    if ending in (".txt", ""):
        whole = spark.read.text(source, wholetext=True, pathGlobFilter="*.txt")
        return tag_dataframe(
            whole.select(col("value").alias("text"), input_file_name().alias("source")), settings=settings
        )
    return tag_dataframe(spark.read.parquet(source), text, settings)


def _tagged(df: DataFrame, read: Callable[[dict[str, Any]], dict[str, Any]], settings: Settings) -> DataFrame:
    return _map(df, partial(_tag, settings, read), output_schema())


def _map(df: DataFrame, function: Callable[[Batches], Batches], schema: pa.Schema) -> DataFrame:
    from pyspark.sql.pandas.types import from_arrow_schema

    batches_to_batches: Any = function  # Spark's own types of it differ from one version to the next
    return df.mapInArrow(batches_to_batches, from_arrow_schema(schema))


# What follows runs in Spark's worker processes.


@lru_cache(maxsize=2)
def _tagger(settings: Settings) -> Tagger:
    return settings.tagger()


@lru_cache(maxsize=2)
def _lexicon(settings: Settings) -> tuple[Lexicon, PolicyFinder]:
    lexicon = settings.lexicon()
    return lexicon, PolicyFinder(lexicon)


def _tag(settings: Settings, read: Callable[[dict[str, Any]], dict[str, Any]], batches: Batches) -> Batches:
    tagger = _tagger(settings)
    return _batches((_tag_row(tagger, read, row) for row in _rows(batches)), output_schema())


def _tag_row(
    tagger: Tagger, read: Callable[[dict[str, Any]], dict[str, Any]], row: dict[str, Any]
) -> dict[str, Any]:
    """The record of a row; whatever goes wrong with one document is its row's error and nobody else's."""
    item = row
    try:
        item = read(row)
        return {**row_of(tagger.tag_object(item)), ERROR: None}
    except Exception as error:
        known = {name: item[name] for name in ("id", "text", "source") if isinstance(item.get(name), str)}
        return {**known, ERROR: f"{type(error).__name__}: {error}"}


def _object_of_row(text: str, row: dict[str, Any]) -> dict[str, Any]:
    item = {name: value for name, value in row.items() if name != text}
    item["text"] = row[text]
    return item


def _object_of_line(row: dict[str, Any]) -> dict[str, Any]:
    item = msgspec.json.decode(row["value"])
    if not isinstance(item, dict):
        raise ValueError("not a JSON object")
    return item


def _claims(settings: Settings, batches: Batches) -> Batches:
    _, finder = _lexicon(settings)
    claims = (claim for row in _rows(batches) for claim in claims_of(document_of(row)))
    return _batches((_claim_row(claim, finder) for claim in claims), _CLAIMS)


def _claim_row(claim: Claim, finder: PolicyFinder) -> dict[str, Any]:
    ties = list(ties_of(claim, finder))
    return {
        "name": _written(ties[0].name),
        "ties": sorted({tie.shared for tie in ties}),
        "claim": msgspec.msgpack.encode(claim),
    }


class _Told(Struct, array_like=True):
    """A policy on its way to the driver: its acts, each with the claims that links are made from."""

    acts: list[tuple[TimelineEvent, list[Claim]]]


def _policies(settings: Settings, batches: Batches) -> Batches:
    lexicon, finder = _lexicon(settings)
    claims = [_read_claim(row["claim"]) for row in _rows(batches)]
    told = (_Told([(event, act.claims) for act, event in acts]) for _, acts in tell(claims, finder, lexicon))
    return _batches(({"policy": msgspec.msgpack.encode(policy)} for policy in told), _TOLD)


_read_claim = msgspec.msgpack.Decoder(Claim).decode
_read_told = msgspec.msgpack.Decoder(_Told).decode
_NO_NAME = Name("", "", "")


def _told(data: bytes) -> tuple[Policy, list[tuple[Act, TimelineEvent]]]:
    acts = [(Act(event.status, claims), event) for event, claims in _read_told(data).acts]
    return Policy(_NO_NAME, [], frozenset(), frozenset(), frozenset()), acts


def _written(name: Name) -> str:
    return msgspec.json.encode(name).decode()


def _name(written: str) -> Name:
    return msgspec.json.decode(written, type=Name)


def _rows(batches: Batches) -> Iterator[dict[str, Any]]:
    for batch in batches:
        yield from batch.to_pylist()


def _batches(rows: Iterable[dict[str, Any]], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    rows = iter(rows)
    row = pa.struct(list(schema))  # whole rows are converted eight times as fast as column after column
    while some := list(islice(rows, _ROWS_A_BATCH)):
        yield pa.RecordBatch.from_struct_array(pa.array(some, row))
