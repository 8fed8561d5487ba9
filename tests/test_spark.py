"""The tagger on Spark: the records and the timeline of one machine, and rows for what fails."""

import os
import random
import shutil
import subprocess
import sys
from collections import defaultdict
from functools import cache

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

pa = pytest.importorskip("pyarrow", reason="needs pyarrow")

from tagger import arrow, lexicon, resources  # noqa: E402
from tagger.cli import app  # noqa: E402
from tagger.schema import Document, Event, Meta, Paragraph, encode  # noqa: E402
from tagger.timeline.merge import finish, merge, tell  # noqa: E402
from tagger.timeline.policies import PolicyFinder  # noqa: E402
from tagger.timeline.reading import claims_of  # noqa: E402
from tagger.timeline.shards import shards, ties_of  # noqa: E402

REPORTS = 200
PLACES = [None, "深圳市", "广东省", "北京市"]
TITLES = [
    "打造人工智能先锋城市的若干措施", "人工智能先锋城市若干措施", "若干措施", "关于加快数字经济发展的行动计划（2024-2026年）",
    "加快数字经济发展行动计划", "数字经济发展行动计划", "先锋城市措施", "算力基础设施高质量发展行动计划",
]  # fmt: skip


@cache
def known():
    """The lexicon; no fixture, since a failing example would print it whole."""
    return lexicon.load(resources.lexicon_folder())


@pytest.fixture(scope="module")
def documents(tagger, samples):
    return [tagger.tag_file(path) for path in sorted(samples.glob("*.txt"))]


class TestArrow:
    def test_a_record_comes_back_byte_for_byte(self, documents):
        for document in documents:
            document.meta.extra = {"n": 1, "deep": [{"none": None}]}
            table = pa.Table.from_pylist([arrow.row_of(document)], schema=arrow.record_schema())
            assert encode(arrow.document_of(table.to_pylist()[0])) == encode(document)

    def test_every_field_of_the_record_is_a_column(self):
        assert arrow.record_schema().names == list(Document.__struct_fields__)


def telling(number, told):
    """A record that tells acts, one a paragraph."""
    document = Document(f"d{number}", "", meta=Meta(published=f"2024-{number % 12 + 1:02d}-28"))
    for place, title, status, date, policy in told:
        start = len(document.text)
        document.text += f"落实{title}。\n"
        document.paragraphs.append(
            Paragraph(start, len(document.text) - 1, theme="policy", themes=["policy"])
        )
        event = Event(
            title, policy, status, region=place, level="municipal" if place else "national", date=date
        )
        event.date_precision = "day" if date else "none"
        event.evidence = [(start, len(document.text) - 1)]
        if number % 3 == 0 and title != "若干措施":
            event.aliases = ["若干措施", "先锋城市措施"]
        document.events.append(event)
    return document


ACT = st.tuples(
    st.sampled_from(PLACES), st.sampled_from(TITLES), st.sampled_from(["issued", "cited", "draft"]),
    st.sampled_from([None, "2024-03-01", "2024-12-18", "2024"]), st.sampled_from([None, None, "policies/x"]),
)  # fmt: skip


class TestShards:
    @settings(max_examples=40, deadline=None)
    @given(
        reports=st.lists(st.lists(ACT, min_size=1, max_size=4), min_size=1, max_size=14),
        seed=st.integers(0, 99),
    )
    def test_merged_in_parts_the_timeline_is_that_of_one_merge(self, reports, seed):
        knowledge = known()
        whole = merge([c for n, told in enumerate(reports) for c in claims_of(telling(n, told))], knowledge)
        finder = PolicyFinder(knowledge)
        claims = [c for n, told in enumerate(reports) for c in claims_of(telling(n, told))]
        random.Random(seed).shuffle(claims)
        numbers = shards((tie for claim in claims for tie in ties_of(claim, finder)), knowledge)
        parts = defaultdict(list)
        for claim in claims:
            parts[numbers[finder.name_of(claim)]].append(claim)
        told = [policy for part in parts.values() for policy in tell(part, finder, knowledge)]
        assert msgspec.json.encode(finish(told, knowledge)) == msgspec.json.encode(whole)

    def test_unlike_policies_are_apart(self):
        knowledge = known()
        finder = PolicyFinder(knowledge)
        told = [("深圳市", TITLES[0], "issued", None, None), ("北京市", TITLES[-1], "issued", None, None)]
        ties = [tie for claim in claims_of(telling(1, told)) for tie in ties_of(claim, finder)]
        assert len(set(shards(ties, knowledge).values())) == 2


@pytest.fixture(scope="module")
def spark_room():
    pytest.importorskip("pyspark", reason="needs pyspark")
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        pytest.skip("needs Java")
    from tagger import spark

    return spark


@pytest.fixture(scope="module")
def session(spark_room):
    options = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.ui.showConsoleProgress": "false",
    }
    running = spark_room.session("local[2]", **options)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def lines(samples):
    """A few hundred reports as JSONL; one of them is poisoned, and one line is no JSON."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(samples.glob("*.txt"))]
    short = [
        "12月18日，深圳市工业和信息化局印发《深圳市打造人工智能先锋城市的若干措施》。",
        "根据《深圳市打造人工智能先锋城市的若干措施》，发放训力券。",
        "海外风险。",
    ]
    made = [
        {
            "id": f"d{n}",
            "text": texts[n % 3] if n % 10 == 0 else short[n % 3],
            "published": f"2025-0{n % 9 + 1}-05",
            "desk": n,
        }
        for n in range(REPORTS)
    ]
    made[77]["published"] = "poison"
    return [msgspec.json.encode(one).decode() for one in made] + ["{no json"]


@pytest.fixture(scope="module")
def local(tagger, lines):
    """The records of one machine by id."""
    objects = [msgspec.json.decode(line) for line in lines[:-1]]
    return {one["id"]: tagger.tag_object(one) for one in objects if one["published"] != "poison"}


@pytest.fixture(scope="module")
def written(spark_room, session, lines, tmp_path_factory):
    """What a run from JSONL to Parquet and a timeline writes."""
    folder = tmp_path_factory.mktemp("spark")
    (folder / "in.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = spark_room.run(
        session, str(folder / "in.jsonl"), str(folder / "out.parquet"), timeline=folder / "timeline.jsonl"
    )
    return folder, done


def rows_of(folder):
    import pyarrow.parquet as pq

    return pq.read_table(folder / "out.parquet").to_pylist()


class TestSpark:
    def test_records_are_those_of_one_machine(self, written, local):
        found = {row["id"]: arrow.document_of(row) for row in rows_of(written[0]) if row["error"] is None}
        assert {name: encode(one) for name, one in found.items()} == {
            name: encode(one) for name, one in local.items()
        }

    def test_the_timeline_is_that_of_one_machine(self, written, local):
        expected = merge(
            [
                c
                for one in map(encode, local.values())
                for c in claims_of(msgspec.json.decode(one, type=Document))
            ],
            known(),
        )
        lines = (written[0] / "timeline.jsonl").read_bytes().splitlines()
        assert [msgspec.json.decode(line) for line in lines] == [
            msgspec.to_builtins(event) for event in expected
        ]
        assert written[1].events == len(expected) > 0

    def test_what_fails_is_a_row_with_its_error(self, written):
        failed = [row for row in rows_of(written[0]) if row["error"] is not None]
        assert written[1] == type(written[1])(REPORTS + 1, 2, written[1].events)
        assert sorted(row["id"] or "" for row in failed) == ["", "d77"]
        assert "poison" in next(row["error"] for row in failed if row["id"] == "d77")

    def test_a_dataframe_with_a_column_of_another_name(self, spark_room, session, tagger):
        df = session.createDataFrame([("a", "发放训力券。", 7)], "id string, body string, desk int")
        row = spark_room.tag_dataframe(df, text="body").collect()[0].asDict(recursive=True)
        assert arrow.document_of(row) == tagger.tag_object({"id": "a", "text": "发放训力券。", "desk": 7})

    def test_a_column_that_is_not_there_is_named(self, spark_room, session):
        with pytest.raises(ValueError, match="no column 'text'; there are body"):
            spark_room.tag_dataframe(session.createDataFrame([("x",)], "body string"))

    def test_an_output_that_is_there_is_left_alone(self, spark_room, session, written):
        with pytest.raises(spark_room.SparkError, match="already exists"):
            spark_room.run(session, str(written[0] / "in.jsonl"), str(written[0] / "out.parquet"))

    def test_an_input_that_is_not_there_is_named(self, spark_room, session, tmp_path):
        with pytest.raises(spark_room.SparkError, match=r"missing\.parquet"):
            spark_room.run(session, str(tmp_path / "missing.parquet"), str(tmp_path / "out"))
        assert not (tmp_path / "out").exists()

    def test_no_events_give_no_timeline(self, spark_room, session):
        df = session.createDataFrame([("a", "海外风险。")], "id string, text string")
        assert spark_room.timeline_of(spark_room.tag_dataframe(df)) == []


class TestWithoutJava:
    def test_one_line_says_what_to_install(self, spark_room, monkeypatch, tmp_path):
        monkeypatch.setenv("JAVA_HOME", str(tmp_path))
        with pytest.raises(spark_room.SparkError, match="Spark needs Java 17"):
            spark_room.java()


class TestCommand:
    def tagger_spark(self, folder, *options):
        (folder / "in.jsonl").write_text('{"id": "a", "text": "海外风险。"}\n', encoding="utf-8")
        command = [sys.executable, "-m", "tagger", "spark", "--input", str(folder / "in.jsonl")]
        return subprocess.run(
            [*command, "--output", str(folder / "out"), *options],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    @pytest.mark.usefixtures("spark_room")
    def test_a_master_that_is_none_is_one_line(self, tmp_path):
        done = self.tagger_spark(tmp_path, "--master", "nonsense")
        assert done.returncode == 2
        assert "tagger: Spark does not start on nonsense: " in done.stderr
        assert "Traceback" not in done.stderr

    @pytest.mark.usefixtures("spark_room")
    def test_an_output_that_cannot_be_written_is_one_line(self, tmp_path):
        (tmp_path / "file").touch()
        done = self.tagger_spark(tmp_path, "--master", "local[1]", "--output", str(tmp_path / "file" / "out"))
        assert done.returncode == 2
        assert f"tagger: {tmp_path}/in.jsonl → {tmp_path}/file/out: " in done.stderr
        assert "Traceback" not in done.stderr

    def test_what_is_wrong_shows_before_spark_starts(self, spark_room, tmp_path, monkeypatch):
        monkeypatch.setattr(spark_room, "session", lambda _: pytest.fail("Spark was started"))
        paths = ["--input", str(tmp_path / "in.jsonl"), "--output", str(tmp_path / "out")]
        for options, why in (
            (["--timeline", "x.foo"], "no format for this ending"),
            (["--tokenizer", "mecab"], "choose from unigram"),
        ):
            done = CliRunner().invoke(app, ["spark", *paths, *options])
            assert done.exit_code == 2
            assert why in done.output
