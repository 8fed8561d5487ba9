"""One run of ``tagger tag``: items in; records to a file or a stream, faults to the screen and a report."""

from __future__ import annotations

import contextlib
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec

from tagger import __version__, batch, inputs
from tagger.files import whole_file
from tagger.journal import Journal
from tagger.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tagger.inputs import Fault
    from tagger.pipeline import Tagger
    from tagger.settings import Settings

_WORTH_A_BAR = 20


class Plan(NamedTuple):
    """How to tag: inputs, the day of reports that name none, processes, order, and where faults are reported."""

    inputs: list[str]
    published: str | None = None
    workers: int = 0
    ordered: bool = True
    resume: bool = False
    errors: Path | None = None


class Outcome(NamedTuple):
    """How many items were tagged in this run and before it, and how many were skipped."""

    tagged: int
    skipped: int
    before: int = 0


def to_file(plan: Plan, tagger: Tagger, settings: Settings, output: Path) -> Outcome:
    """Write records to a file, which takes its name only when the run is through; a run cut short can be resumed.

    Raises OSError, JournalError, BatchError; KeyboardInterrupt when the user stops it.
    """
    recipe = f"{__version__} {plan.published} {settings} {tagger.lexicon.version}"
    with Journal(output, recipe, resume=plan.resume) as journal, _reporter(plan, journal.resumed) as report:
        before = journal.resumed
        count = skipped = 0
        try:
            for done in _run(plan, tagger, settings, frozenset(journal.done), output):
                journal.write(done.data, done.keys)
                count += len(done.keys)
                skipped += len(done.faults)
                report(done)
        except BaseException:
            if journal.empty:
                journal.discard()
            raise
        if journal.empty:
            journal.discard()
        else:
            journal.finish()
    return Outcome(count, skipped, before)


def to_stream(plan: Plan, tagger: Tagger, settings: Settings, stream: BinaryIO) -> Outcome:
    """Write records to a stream as they come. Raises OSError, BatchError."""
    count = skipped = 0
    with _reporter(plan, bar=False) as report:
        for done in _run(plan, tagger, settings, frozenset()):
            stream.write(done.data)
            stream.flush()
            count += len(done.keys)
            skipped += len(done.faults)
            report(done)
    return Outcome(count, skipped)


def _run(
    plan: Plan, tagger: Tagger, settings: Settings, finished: frozenset[str], output: Path | None = None
) -> Iterator[batch.Done]:
    gc.collect()
    gc.freeze()  # the lexicons stay to the end; without this every full collection walks them
    return batch.run(
        inputs.items_of(plan.inputs),
        tagger,
        settings,
        published=plan.published,
        workers=plan.workers,
        ordered=plan.ordered,
        done=finished,
        prompt="-" in plan.inputs,
        output=output,
    )


@contextlib.contextmanager
def _reporter(plan: Plan, before: int = 0, *, bar: bool = True) -> Iterator[Callable[[batch.Done], None]]:
    """Tells of what is done: a bar with rate and time left in a terminal, faults a line each, faults in a file.

    ``before`` is what an earlier run has done.
    """
    with contextlib.ExitStack() as stack:
        errors = stack.enter_context(whole_file(plan.errors)) if plan.errors else None
        total = inputs.count_of(plan.inputs) if bar and sys.stderr.isatty() else 0
        advance: Callable[[int], None] = _no_advance
        tell: Callable[[Fault], None] = _say
        if total is None or total > _WORTH_A_BAR:
            advance, tell = _progress(stack, total, before)

        def report(done: batch.Done) -> None:
            for fault in done.faults:
                tell(fault)
                if errors:
                    errors.write(msgspec.json.encode({"where": fault.where, "why": fault.why}) + b"\n")
            advance(len(done.keys) + len(done.faults))

        yield report


def _progress(
    stack: contextlib.ExitStack, total: int | None, before: int
) -> tuple[Callable[[int], None], Callable[[Fault], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    progress = stack.enter_context(Progress(*columns, console=console, transient=True))
    task = progress.add_task("tagging", total=total, completed=before, rate="")

    def advance(count: int) -> None:
        progress.advance(task, count)
        speed = progress.tasks[0].speed
        progress.update(task, rate=f"{speed:.0f}/s" if speed else "")

    return (
        advance,
        lambda fault: console.print(f"tagger: {fault}", markup=False, highlight=False),
    )


def _no_advance(_: int) -> None:
    return None


def _say(fault: Fault) -> None:
    say(str(fault))
