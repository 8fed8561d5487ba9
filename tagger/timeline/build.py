"""From tagged files to the events a reader asks for."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tagger.timeline.merge import merge
from tagger.timeline.reading import claims_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tagger.lexicon import Lexicon
    from tagger.timeline.record import TimelineEvent
    from tagger.timeline.select import Selection


def build(tagged: Iterable[Path], selection: Selection, lexicon: Lexicon) -> list[TimelineEvent]:
    """Read tagged files once, merge their acts and keep those selected.

    Everything is merged before anything is left out, so an event is the same whatever is asked for. Raises OSError,
    TaggedError for a line that is no record, ValueError for a selection that cannot be.
    """
    selection.check()
    with _collector_resting():
        return selection.of(merge(claims_in(tagged), lexicon), lexicon)


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Nothing made on the way refers back to itself; looking for that again and again takes longer than merging."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
