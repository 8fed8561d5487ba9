"""Many reports: worker processes, in order or as they finish, with bounded memory.

A worker tags a batch of items at a time and sends back encoded records. Only a few batches a worker are under way,
so that memory stays flat however long the input is. A worker that loses its parent ends itself.
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
from typing import TYPE_CHECKING, NamedTuple

from tagger.inputs import Fault, Item, tagged

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

    from tagger.pipeline import Tagger
    from tagger.settings import Settings

_BATCH_ITEMS = 32
_BATCH_CHARS = 200_000
_UNDER_WAY = 3  # batches a worker
_ALONE = 8  # so few items are not worth a second process

Batch = list[Item | Fault]


class BatchError(RuntimeError):
    """Workers that ended before their time; the message says so in one line."""


class Done(NamedTuple):
    """What came of a batch: encoded records, the keys of the items that have one, and what was skipped."""

    records: list[bytes]
    keys: list[str]
    faults: list[Fault]


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def key_of(item: Item) -> str:
    """What tells an item of a run from the others, and from itself once its text has changed."""
    digest = hashlib.blake2b(item.where.encode("utf-8", "surrogatepass"), digest_size=12)
    if item.path is not None:
        status = item.path.stat()
        digest.update(f"{status.st_size} {status.st_mtime_ns}".encode())
    text = item.text if item.data is None else item.data.get("text")
    if text:
        digest.update(text.encode("utf-8", "surrogatepass"))
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
) -> Iterator[Done]:
    """Tag items with ``tagger``, which ``settings`` make again where a process cannot be copied.

    ``done`` are the keys of items to leave out, ``workers`` 0 means one a processor; ``prompt`` hands every item on
    alone, for input that trickles in. Raises BatchError.
    """
    batches = _batches(_without(items, done), 1 if prompt else _BATCH_ITEMS)
    first: list[Batch] = [] if prompt else list(islice(batches, 2))
    workers = workers or (1 if not prompt and sum(map(len, first)) <= _ALONE else cores())
    if workers == 1:
        for batch in chain(first, batches):
            yield _work(tagger, batch, published)
        return
    yield from _spread(chain(first, batches), tagger, settings, published, workers, ordered)


def _without(items: Iterable[Item | Fault], done: frozenset[str]) -> Iterator[Item | Fault]:
    for item in items:
        if not done or isinstance(item, Fault) or _key(item) not in done:
            yield item


def _batches(items: Iterable[Item | Fault], size: int) -> Iterator[Batch]:
    """Batches bounded in items and in text."""
    batch: Batch = []
    chars = 0
    for item in items:
        batch.append(item)
        if isinstance(item, Item) and item.data is not None:
            chars += len(item.data["text"])
        if len(batch) >= size or chars >= _BATCH_CHARS:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch


def _work(tagger: Tagger, batch: Batch, published: str | None) -> Done:
    from tagger.schema import encode

    done = Done([], [], [])
    for item in batch:
        document = tagged(tagger, item, published)
        if isinstance(document, Fault):
            done.faults.append(document)
        elif isinstance(item, Item):
            done.records.append(encode(document))
            done.keys.append(_key(item))
    return done


def _key(item: Item) -> str:
    try:
        return key_of(item)
    except OSError:  # gone or out of reach: it will be a fault
        return ""


def _spread(
    batches: Iterator[Batch],
    tagger: Tagger,
    settings: Settings,
    published: str | None,
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
            under_way.append(pool.submit(_work_here, batch, published))
            if len(under_way) >= workers * _UNDER_WAY:
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


def _work_here(batch: Batch, published: str | None) -> Done:
    assert _tagger is not None
    return _work(_tagger, batch, published)
