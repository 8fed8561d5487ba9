"""Many reports: the same records however many workers, and a run that survives whatever cuts it short."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections import deque
from pathlib import Path

import pytest

from tagger import batch, runs
from tagger.compress import CompressionError
from tagger.inputs import Fault, Item, items_of
from tagger.journal import Journal, JournalError
from tagger.pipeline import Tagger
from tagger.schema import decode
from tagger.settings import Settings

SENTENCES = (
    "3月{n}日，深圳市工业和信息化局印发《深圳市打造人工智能先锋城市的若干措施》，每年发放最高5亿元“训力券”。",
    "公司第{n}号公告称，拟投资{n}亿元建设智算中心，规模约{n}00P。",
    "模型方面，DeepSeek-V3于2024年12月26日开源，参数为671B。第{n}期。",
)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Ninety reports, two of them broken."""
    lines = [
        json.dumps({"id": f"r{n}", "text": SENTENCES[n % 3].format(n=n % 27 + 1), "published": "2025-03-31"})
        for n in range(90)
    ]
    lines[17] = "{broken"
    lines[60] = '{"title": "no text"}'
    path = tmp_path / "reports.jsonl"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def tagged(reports: Path, tagger: Tagger, output: Path, **plan: object) -> bytes:
    runs.to_file(runs.Plan([str(reports)], **plan), tagger, Settings(), output)  # type: ignore[arg-type]
    return output.read_bytes()


def test_two_workers_write_what_one_writes_in_the_same_order(
    reports: Path, tagger: Tagger, tmp_path: Path
) -> None:
    one = tagged(reports, tagger, tmp_path / "one.jsonl", workers=1)
    assert len(one.splitlines()) == 88
    assert tagged(reports, tagger, tmp_path / "two.jsonl", workers=2) == one


def test_as_they_finish_gives_the_same_records(reports: Path, tagger: Tagger, tmp_path: Path) -> None:
    one = tagged(reports, tagger, tmp_path / "one.jsonl", workers=1)
    any_order = tagged(reports, tagger, tmp_path / "two.jsonl", workers=2, ordered=False)
    assert sorted(any_order.splitlines()) == sorted(one.splitlines())


def test_the_input_is_read_no_further_than_a_few_batches_ahead(tagger: Tagger) -> None:
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield Item(f"x:{taken}", line=json.dumps({"text": SENTENCES[0].format(n=1)}).encode())

    run = batch.run(endless(), tagger, Settings(), workers=2)  # type: ignore[arg-type]
    next(run)
    assert taken <= 4 + 8 + 16 + 32 + 64 + 128
    run.close()


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_compressed_in_and_out(suffix: str, reports: Path, tagger: Tagger, tmp_path: Path) -> None:
    if suffix == ".zst":
        zstandard = pytest.importorskip("zstandard", reason="no zstandard package")
        pack, unpack = zstandard.compress, lambda data: zstandard.open(data, "rb").read()
    else:
        pack, unpack = gzip.compress, lambda path: gzip.decompress(path.read_bytes())
    packed = tmp_path / f"reports.jsonl{suffix}"
    packed.write_bytes(pack(reports.read_bytes()))
    plain = tagged(reports, tagger, tmp_path / "plain.jsonl", workers=1)
    output = tmp_path / f"out.jsonl{suffix}"
    tagged(packed, tagger, output, workers=1)
    records = [json.loads(line) for line in unpack(output).splitlines()]
    assert [r["id"] for r in records] == [json.loads(line)["id"] for line in plain.splitlines()]


def test_faults_are_reported_with_their_lines(reports: Path, tagger: Tagger, tmp_path: Path) -> None:
    errors = tmp_path / "errors.jsonl"
    tagged(reports, tagger, tmp_path / "out.jsonl", workers=1, errors=errors)
    told = [json.loads(line) for line in errors.read_text("utf-8").splitlines()]
    assert [fault["where"] for fault in told] == [f"{reports}:18", f"{reports}:61"]
    assert "JSON" in told[0]["why"]
    assert '"text"' in told[1]["why"]


class StoppedError(Exception):
    """Whatever cuts a run short."""


def cut_short(
    reports: Path, tagger: Tagger, output: Path, monkeypatch: pytest.MonkeyPatch, pieces: int
) -> None:
    """A run that stops after so many pieces."""
    write = Journal.write
    left = pieces

    def failing(journal: Journal, data: bytes, keys: list[str]) -> None:
        nonlocal left
        if not left:
            raise StoppedError
        left -= 1
        write(journal, data, keys)

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "write", failing)
        with pytest.raises(StoppedError):
            tagged(reports, tagger, output, workers=1)
    assert not output.exists()


def test_a_run_cut_short_is_resumed_without_doing_anything_twice(
    reports: Path, tagger: Tagger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tagged(reports, tagger, tmp_path / "whole.jsonl", workers=1)
    output = tmp_path / "out.jsonl"
    cut_short(reports, tagger, output, monkeypatch, pieces=1)
    outcome = runs.to_file(runs.Plan([str(reports)], workers=1, resume=True), tagger, Settings(), output)
    assert outcome.before > 0
    assert outcome.before + outcome.tagged == 88
    assert output.read_bytes() == whole
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


@pytest.mark.parametrize("torn", range(1, 120, 7))
def test_a_torn_record_or_journal_is_repaired(
    torn: int, reports: Path, tagger: Tagger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tagged(reports, tagger, tmp_path / "whole.jsonl", workers=1)
    output = tmp_path / "out.jsonl"
    cut_short(reports, tagger, output, monkeypatch, pieces=2)
    victim = tmp_path / (".out.jsonl.done" if torn % 2 else ".out.jsonl.part")
    os.truncate(victim, max(0, victim.stat().st_size - torn))
    assert tagged(reports, tagger, output, workers=1, resume=True) == whole


def test_what_stands_behind_the_journal_is_written_anew(
    reports: Path, tagger: Tagger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tagged(reports, tagger, tmp_path / "whole.jsonl", workers=1)
    output = tmp_path / "out.jsonl"
    cut_short(reports, tagger, output, monkeypatch, pieces=1)
    with (tmp_path / ".out.jsonl.part").open("ab") as part:
        part.write(b'{"half a record')
    assert tagged(reports, tagger, output, workers=1, resume=True) == whole


def test_other_options_are_not_mixed_into_one_output(
    reports: Path, tagger: Tagger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out.jsonl"
    cut_short(reports, tagger, output, monkeypatch, pieces=1)
    with pytest.raises(JournalError, match="other options"):
        tagged(reports, tagger, output, workers=1, resume=True, published="2020-01-01")


def test_without_resume_a_run_begins_anew(
    reports: Path, tagger: Tagger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out.jsonl"
    cut_short(reports, tagger, output, monkeypatch, pieces=1)
    assert tagged(reports, tagger, output, workers=1) == tagged(
        reports, tagger, tmp_path / "new.jsonl", workers=1
    )


@pytest.mark.parametrize("workers", ["1", "2"])
def test_kill_9_loses_nothing(workers: str, reports: Path, tagger: Tagger, tmp_path: Path) -> None:
    """Killed once its first records lie on the disk, then resumed."""
    many = tmp_path / "many.jsonl"
    lines = [line for line in reports.read_text("utf-8").splitlines() if line.startswith('{"id"')]
    many.write_text(
        "\n".join(line.replace('"id": "', f'"id": "{copy}-') for copy in range(12) for line in lines), "utf-8"
    )
    whole = tagged(many, tagger, tmp_path / "whole.jsonl", workers=1)
    output, part = tmp_path / "out.jsonl", tmp_path / ".out.jsonl.part"
    command = [
        sys.executable,
        "-m",
        "tagger",
        "tag",
        str(many),
        "-o",
        str(output),
        "--workers",
        workers,
        "--resume",
    ]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None and not (part.exists() and part.stat().st_size):
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert result.returncode == 0, result.stderr
    assert sorted(output.read_bytes().splitlines()) == sorted(whole.splitlines())


def test_ctrl_c_keeps_what_is_done(reports: Path, tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_bytes(reports.read_bytes() * 60)
    output, part = tmp_path / "out.jsonl", tmp_path / ".out.jsonl.part"
    command = [sys.executable, "-m", "tagger", "tag", str(many), "-o", str(output), "--workers", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + 60
    while time.monotonic() < end and not (part.exists() and part.stat().st_size):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "--resume goes on" in said
    assert "Traceback" not in said
    assert part.stat().st_size
    assert not output.exists()


def test_a_disk_that_fills_stops_the_run_in_one_line_and_resume_goes_on(
    reports: Path, tagger: Tagger, tmp_path: Path
) -> None:
    """No file may grow beyond a limit, as on a full disk; then it may."""
    whole = tagged(reports, tagger, tmp_path / "whole.jsonl", workers=1)
    output, part = tmp_path / "out.jsonl", tmp_path / ".out.jsonl.part"
    code = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), -1))\n"
        "from tagger.cli import app\n"
        "app(sys.argv[2:])\n"
    )
    arguments = ["tag", str(reports), "-o", str(output), "--workers", "2", "--resume"]
    before = 0
    for limit in (len(whole) // 3, len(whole) // 2):
        command = [sys.executable, "-c", code, str(limit), *arguments]
        stopped = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert stopped.returncode == 2
        assert "File too large" in stopped.stderr
        assert "Traceback" not in stopped.stderr
        assert before < part.stat().st_size <= limit
        assert not output.exists()
        before = part.stat().st_size
    assert tagged(reports, tagger, output, resume=True) == whole


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux's list of child processes")
@pytest.mark.parametrize("to_file", [True, False])
def test_a_worker_that_dies_is_told_in_one_line(to_file: bool, reports: Path, tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_bytes(reports.read_bytes() * 60)
    output, part = tmp_path / "out.jsonl", tmp_path / ".out.jsonl.part"
    options = ["--workers", "2", *(["-o", str(output)] if to_file else [])]
    command = [sys.executable, "-m", "tagger", "tag", str(many), *options]
    with (tmp_path / "stdout").open("wb") as stdout:
        process = subprocess.Popen(command, stdout=stdout, stderr=subprocess.PIPE, text=True)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        begun = part if to_file else tmp_path / "stdout"
        end = time.monotonic() + 60
        while time.monotonic() < end and not (begun.exists() and begun.stat().st_size):
            time.sleep(0.01)
        os.kill(int(children.read_text().split()[-1]), signal.SIGKILL)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "a worker ended before its time" in said
    assert ("--resume goes on" in said) == to_file
    assert "Traceback" not in said
    assert not output.exists()


def test_a_worker_that_dies_amid_an_answer_is_noticed() -> None:
    worker = object.__new__(batch._Worker)
    worker.line, theirs = multiprocessing.Pipe()
    worker.under_way = deque([0])
    theirs.send((["key"], []))
    os.write(theirs.fileno(), (1000).to_bytes(4, "big") + b"the beginning of a record")
    theirs.close()
    with pytest.raises(batch.BatchError, match="ended before its time"):
        worker.take()


def test_what_goes_wrong_with_a_whole_batch_reaches_the_parent(
    reports: Path, tagger: Tagger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def packed(*_: object) -> bytes:
        raise CompressionError("Zstandard needs a package")

    monkeypatch.setattr(batch, "packed", packed)
    with pytest.raises(CompressionError, match="needs a package"):
        tagged(reports, tagger, tmp_path / "out.jsonl", workers=2)
    assert [path.name for path in tmp_path.iterdir()] == ["reports.jsonl"]


def test_a_full_standard_output_is_one_line(reports: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "tagger", "tag", str(reports)]
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
    assert done.returncode == 2
    assert "standard output: No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


def test_processes_that_cannot_be_copied_make_their_own_tagger(
    reports: Path, tagger: Tagger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = tagged(reports, tagger, tmp_path / "one.jsonl", workers=1)
    monkeypatch.setattr(batch, "_start_method", lambda: "spawn")
    assert tagged(reports, tagger, tmp_path / "two.jsonl", workers=2) == one


def test_records_of_a_trickle_do_not_wait_for_more_of_it() -> None:
    """Each line is answered before the next one is sent, with as many workers as one likes."""
    command = [sys.executable, "-m", "tagger", "tag", "-", "--workers", "2"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin
    assert process.stdout
    for n in range(1, 4):
        process.stdin.write(json.dumps({"id": f"r{n}", "text": SENTENCES[0].format(n=n)}).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == f"r{n}"
    process.stdin.close()
    assert process.stdout.read() == b""
    assert process.wait(30) == 0


def test_a_stream_gives_the_records_of_the_file(reports: Path, tagger: Tagger, tmp_path: Path) -> None:
    whole = tagged(reports, tagger, tmp_path / "whole.jsonl", workers=1)
    command = [sys.executable, "-m", "tagger", "tag", "-", "--workers", "2"]
    with reports.open("rb") as stream:
        result = subprocess.run(command, stdin=stream, capture_output=True, timeout=120, check=False)
    assert result.returncode == 1
    assert result.stderr.decode().count("\n") == 2
    ours, theirs = ([decode(line) for line in lines.splitlines()] for lines in (whole, result.stdout))
    assert [(d.id, d.text, d.mentions) for d in ours] == [(d.id, d.text, d.mentions) for d in theirs]


def test_a_report_on_which_the_tagger_fails_is_skipped_and_told(
    reports: Path, tagger: Tagger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = Tagger.tag

    def failing(self: Tagger, text: str, **more: object) -> object:
        if more["id"] == "r5":
            raise IndexError("out of range")
        return tag(self, text, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Tagger, "tag", failing)
    errors = tmp_path / "errors.jsonl"
    written = tagged(reports, tagger, tmp_path / "out.jsonl", workers=2, errors=errors)
    assert len(written.splitlines()) == 87
    first = json.loads(errors.read_text("utf-8").splitlines()[0])
    assert first["where"] == f"{reports}:6"
    assert "IndexError: out of range" in first["why"]


def test_an_item_is_told_by_its_place_and_its_content(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "甲"}\n{"text": "甲"}\n', "utf-8")
    first, second = items_of([str(path)])
    assert not isinstance(first, Fault)
    assert not isinstance(second, Fault)
    assert first.line
    assert batch.key_of(first) != batch.key_of(second)
    assert batch.key_of(first) == batch.key_of(Item(first.where, line=first.line.rstrip()))
    assert batch.key_of(first) != batch.key_of(Item(first.where, line='{"text": "乙"}\n'.encode()))
