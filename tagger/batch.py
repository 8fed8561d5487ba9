"""Many reports: worker processes, in order or as they finish, with bounded memory.

A worker gets a batch of items, JSONL lines as they stand in the file, and sends back the records as the bytes of the
output: this process only reads, hands on and writes, and decodes nothing, so that the workers have the processors.
Only a few batches a worker are under way, so that memory stays flat however long the input is. A worker that loses
its parent ends itself.
"""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

from tagger.compress import packed
from tagger.inputs import Fault, Item, tagged

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

    from tagger.pipeline import Tagger
    from tagger.settings import Settings

_FIRST_ITEMS, _BATCH_ITEMS = 4, 128
_BATCH_BYTES = 1 << 18
_UNDER_WAY = 3  # batches a worker
_ALONE = 8  # so few items are not worth a second process

Batch = list[Item | Fault]


class BatchError(RuntimeError):
    """Workers that ended before their time; the message says so in one line."""


class Done(NamedTuple):
    """What came of a batch: records as bytes of the output, the keys of the items that have one, and what was skipped."""

    data: bytes
    keys: list[str]
    faults: list[Fault]


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def key_of(item: Item) -> str:
    """What tells an item of a run from the others, and from itself once its content has changed."""
    digest = hashlib.blake2b(item.where.encode("utf-8", "surrogatepass"), digest_size=12)
    if item.path is not None:
        status = item.path.stat()
        digest.update(f"{status.st_size} {status.st_mtime_ns}".encode())
    if item.line is not None:
        digest.update(item.line.rstrip())
    if item.text is not None:
        digest.update(item.text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def run(
    items: Iterable[Item | Fault],
    tagger: Tagger,
    settings: Settings,
    *,
    published: str | None = None,
    workers: int = 0,
    ordered: bool = True,
    done: frozenset[str] = frozenset(),
    prompt: bool = False,
    output: Path | None = None,
) -> Iterator[Done]:
    """Tag items with ``tagger``, which ``settings`` make again where a process cannot be copied.

    ``done`` are the keys of items to leave out, ``workers`` 0 means one a processor; ``prompt`` says that items may be
    long in coming, so that none is looked ahead for; ``output`` is the file by whose name records are compressed.
    Raises BatchError.
    """
    job = _Job(published, output)
    batches = _batches(_without(items, done))
    first = list(islice(batches, 1 if prompt else 2))
    if not workers:
        workers = 1 if not prompt and sum(map(len, first)) <= _ALONE else cores()
    if prompt or workers == 1:  # the first of a trickle is not worth a second process
        yield from (job.work(tagger, batch) for batch in first if batch)
        first = []
    if workers == 1:
        yield from (job.work(tagger, batch) for batch in batches if batch)
    else:
        yield from _spread(chain(first, batches), tagger, settings, job, workers, ordered)


def _without(items: Iterable[Item | Fault], done: frozenset[str]) -> Iterator[Item | Fault]:
    for item in items:
        if not done or isinstance(item, Fault) or _key(item) not in done:
            yield item


def _batches(items: Iterable[Item | Fault]) -> Iterator[Batch]:
    """Batches bounded in items and in bytes, the first ones small, so that a short input is shared out too.

    An empty batch comes where the next item may be long in coming: what is under way should not wait for it.
    """
    batch: Batch = []
    most, size = _FIRST_ITEMS, 0
    for item in items:
        batch.append(item)
        if isinstance(item, Item) and item.line is not None:
            size += len(item.line)
        waits = isinstance(item, Item) and item.waits
        if len(batch) >= most or size >= _BATCH_BYTES or waits:
            yield batch
            batch, size = [], 0
            most = min(2 * most, _BATCH_ITEMS)
        if waits:
            yield []
    if batch:
        yield batch


class _Job(NamedTuple):
    """What is to be done with every batch."""

    published: str | None
    output: Path | None

    def work(self, tagger: Tagger, batch: Batch) -> Done:
        from tagger.schema import encode

        lines: list[bytes] = []
        done = Done(b"", [], [])
        for item in batch:
            document = tagged(tagger, item, self.published)
            if isinstance(document, Fault):
                done.faults.append(document)
            elif isinstance(item, Item):
                lines.append(encode(document))
                done.keys.append(_key(item))
        if not lines:
            return done
        data = b"\n".join([*lines, b""])
        return done._replace(data=packed(self.output, data) if self.output else data)


def _key(item: Item) -> str:
    try:
        return key_of(item)
    except OSError:  # gone or out of reach: it will be a fault
        return ""


def _spread(
    batches: Iterator[Batch],
    tagger: Tagger,
    settings: Settings,
    job: _Job,
    workers: int,
    ordered: bool,
) -> Iterator[Done]:
    """The batches over worker processes, a few under way at a time."""
    context = multiprocessing.get_context(_start_method())
    staff: list[_Worker] = []
    try:
        for _ in range(workers):
            staff.append(_Worker(context, tagger, settings, job))
        yield from _hand_out(batches, staff, ordered)
    finally:
        for worker in staff:
            worker.end()


def _hand_out(batches: Iterator[Batch], staff: list[_Worker], ordered: bool) -> Iterator[Done]:
    finished: dict[int, Done] = {}
    given = taken = 0

    def results(left: int) -> Iterator[Done]:
        """What is finished, until no more than so many batches are under way."""
        nonlocal taken
        while given - taken > left:
            while taken not in finished if ordered else not finished:
                _collect(staff, finished)
            yield finished.pop(taken if ordered else next(iter(finished)))
            taken += 1

    for batch in batches:
        if batch:
            min(staff, key=lambda worker: len(worker.under_way)).give(given, batch)
            given += 1
        yield from results(len(staff) * _UNDER_WAY - 1 if batch else 0)
    yield from results(0)


def _collect(staff: list[_Worker], finished: dict[int, Done]) -> None:
    """Wait for workers that have something to say, and take it."""
    busy = {worker.line: worker for worker in staff if worker.under_way}
    for line in wait(list(busy)):
        number, done = busy[line].take()  # type: ignore[index]
        finished[number] = done


def _start_method() -> str:
    """Forking shares the lexicons; where it is not safe, workers make their own."""
    return "fork" if sys.platform == "linux" else "spawn"


class _Worker:
    """A process, and a line to it that nobody else has: when it dies, even amid an answer, the line tells at once."""

    def __init__(self, context: BaseContext, tagger: Tagger, settings: Settings, job: _Job) -> None:
        self.line, theirs = context.Pipe()
        self.under_way: deque[int] = deque()
        """The numbers of its batches, the first of which it works on."""
        copied = tagger if context.get_start_method() == "fork" else None  # a copy need not make its own
        self._process: BaseProcess = context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(theirs, copied, settings, job, os.getpid()), daemon=True
        )
        self._process.start()
        theirs.close()

    def give(self, number: int, batch: Batch) -> None:
        """Send a batch. Raises BatchError."""
        try:
            self.line.send(batch)
        except OSError:
            raise BatchError(_ENDED) from None
        self.under_way.append(number)

    def take(self) -> tuple[int, Done]:
        """Receive what came of its first batch. Raises BatchError, or what went wrong with the whole batch."""
        try:
            answer = self.line.recv()
            data = b"" if isinstance(answer, Exception) else self.line.recv_bytes()
        except (EOFError, OSError):
            raise BatchError(_ENDED) from None
        if isinstance(answer, Exception):
            raise answer
        return self.under_way.popleft(), Done(data, *answer)

    def end(self) -> None:
        """End the process, whatever it does."""
        self._process.terminate()
        self._process.join()
        self.line.close()


_ENDED = "a worker ended before its time, perhaps for want of memory; try fewer --workers"


# What follows runs in the workers.


def _serve(line: Connection, tagger: Tagger | None, settings: Settings, job: _Job, parent: int) -> None:
    """Answer batches until the parent ends this process, or is gone. Ctrl-C is the parent's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    batches: SimpleQueue[Batch] = SimpleQueue()
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    threading.Thread(target=_receive, args=(line, batches), daemon=True).start()
    try:
        tagger = tagger or settings.tagger()
        while True:
            done = job.work(tagger, batches.get())
            line.send((done.keys, done.faults))
            line.send_bytes(done.data)
    except Exception as error:
        with contextlib.suppress(OSError):  # the parent may be gone
            line.send(error)


def _receive(line: Connection, batches: SimpleQueue[Batch]) -> None:
    """Take batches off the line as they come, so that the parent never waits to send one to us."""
    with contextlib.suppress(EOFError, OSError):
        while True:
            batches.put(line.recv())


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
