"""Sentences behind that of a policy which speak of it again without its name: 该办法自3月1日起施行, 《方案》由市政府办公厅印发."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagger.events.scene import SENTENCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagger.events.scene import Scene
    from tagger.schema import Mention

_SENTENCES = 3


class Retelling:
    """Knows by what words a policy is called again; they are what titles end with (cues ``title/suffix``)."""

    def __init__(self, endings: Iterable[str]) -> None:
        kinds = "|".join(map(re.escape, sorted(endings, key=lambda word: (-len(word), word))))
        self._again = re.compile(
            rf"(?:其中|同时|此外|另外)?，?(?:(?:该|此|上述|本|这一|这份|前述)[^，。；]{{0,4}}?(?:{kinds}|文件|政策)"
            rf"|《(?:{kinds})》|新规|新政|(?:{kinds}|文件|政策)(?=自|从|将?于|由|有效期))"
        )

    def mentions(self, scene: Scene) -> list[Mention]:
        """The mentions of the sentences that go on about the policy of a scene, in order."""
        end = scene.paragraph.end if scene.later is None else min(scene.paragraph.end, scene.later.start)
        told: list[Mention] = []
        start = scene.stop
        for _ in range(_SENTENCES):
            if start >= end:
                break
            begins = SENTENCE.match(scene.text, start)
            start = begins.end() if begins else start
            stops = SENTENCE.search(scene.text, start, end)
            stop = stops.start() if stops else end
            if self._again.match(scene.text, start, stop):
                told += scene.mentions.between(start, stop)
            start = stop
        return told
