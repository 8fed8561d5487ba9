"""Many reports: worker processes, in order or as they finish, with bounded memory.

A worker gets a batch of items, JSONL lines as they stand in the file, and sends back the records as the bytes of the
output: this process only reads, hands on and writes, and decodes nothing, so that the workers have the processors.
Only a few batches a worker are under way, so that memory stays flat however long the input is. A worker that loses
its parent ends itself.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tagger.compress import packed
from tagger.inputs import Fault, Item, tagged

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

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
    global _tagger
    context = _context()
    if context.get_start_method() == "fork":
        _tagger = tagger  # the workers are copies of this process and need not make their own
    pool = ProcessPoolExecutor(workers, context, _begin, (settings, os.getpid()))
    under_way: deque[Future[Done]] = deque()
    try:
        for batch in batches:
            if batch:
                under_way.append(pool.submit(_work_here, job, batch))
            while under_way and (not batch or len(under_way) >= workers * _UNDER_WAY):
                yield _next(under_way, ordered)
        while under_way:
            yield _next(under_way, ordered)
    except BrokenProcessPool:
        raise BatchError(
            "a worker ended before its time, perhaps for want of memory; try fewer --workers"
        ) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        _tagger = None


def _next(under_way: deque[Future[Done]], ordered: bool) -> Done:
    if ordered:
        return under_way.popleft().result()
    finished = next(iter(wait(under_way, return_when=FIRST_COMPLETED).done))
    under_way.remove(finished)
    return finished.result()


def _context() -> BaseContext:
    """Forking shares the lexicons; where it is not safe, workers make their own."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


_tagger: Tagger | None = None


def _begin(settings: Settings, parent: int) -> None:
    """Prepare a worker: its tagger, no interest in Ctrl-C (the parent stops it), no life without its parent."""
    global _tagger
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if _tagger is None:
        _tagger = settings.tagger()
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _work_here(job: _Job, batch: Batch) -> Done:
    assert _tagger is not None
    return job.work(_tagger, batch)
