"""The verbs and hints by which acts are told, compiled from the cues of the lexicon."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagger.lexicon import Lexicon

_ACTS = ("issued", "amended", "draft", "repealed")


class Verbs:
    """Patterns of the cue classes ``status/…``, ``hope`` and ``title/…``."""

    def __init__(self, lexicon: Lexicon) -> None:
        status = lexicon.cues_under("status")
        self.issued = alternatives(status["issued"])
        self.draft = alternatives(status["draft"])
        self.planned = alternatives(status["planned"])
        self.cited = alternatives(status["cited"])
        self.amended = alternatives(status["amended"])
        self.repealed = alternatives(status["repealed"])
        self.publishing = alternatives([w for w in status["publishing"] if len(w) > 1] + status["draft"])
        self.hope = alternatives(lexicon.cue("hope"))
        self.title_endings = alternatives([*lexicon.cue("title/bare"), *lexicon.cue("title/suffix")])
        self.title_suffixes = tuple(lexicon.cue("title/suffix"))
        self._acts = alternatives([word for act in _ACTS for word in status[act]])

    def act(self, words: str) -> bool:
        """Whether words hold a verb that does something to a policy."""
        return self._acts.search(words) is not None

    def plans(self, left: str, after: str) -> bool:
        """拟, 将 … before a verb of issuing, on either side of the title."""
        for side in (left[-14:], after[:14]):
            plan = self.planned.search(side)
            if plan is None or (side is after[:14] and _FAR_FUTURE.match(side, plan.start())):
                continue
            if self.issued.search(side, plan.start()) or _DRAFTING.search(side, plan.start()):
                return True
        return False


def alternatives(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that matches any of the words, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(set(words), key=lambda w: (-len(w), w)))))


def last(
    pattern: re.Pattern[str], words: str, start: int = 0, end: int | None = None
) -> re.Match[str] | None:
    """The last match in ``words[start:end]``."""
    found = None
    for hit in pattern.finditer(words, start, len(words) if end is None else end):
        found = hit
    return found


_FAR_FUTURE = re.compile(r"将[^于会正要在]{3,}")
_DRAFTING = re.compile("起草|制定|亮相|修订|修改|修正")
