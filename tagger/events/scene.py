"""The words around a policy that may speak of the act on it, and how far they reach."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from tagger.events._marks import last_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagger.schema import Event, Mention, Paragraph

_SENTENCE_ENDS = "。！？\n；"
SENTENCE = re.compile(r"[。！？\n；](?:(?<!；)[。！？\n]*[”」』）)]*)?")
"""What ends a sentence, with the brackets it closes. It begins with a class of characters: such patterns are found fast."""
LIST_GAP = re.compile(r"^[》”\s]*(?:（[^）]{0,30}）)?(?:、|和|与|及|以及|，以及|并|等)?[“《\s]*$")
_CLAUSE = re.compile("[，。；]")
_SENTENCES_BEHIND = 2
_WINDOW = 600  # characters; keeps the work on a text without sentence ends linear
_LONGEST_LIST = 24


BESIDE = 60
"""How far beside a paragraph its mentions are asked for, in characters: a cell of several departments is not longer."""
_START = attrgetter("start")


class Mentions:
    """Mentions in the order of the text, by place."""

    def __init__(self, mentions: list[Mention]) -> None:
        self._mentions = mentions
        self._starts = [m.start for m in mentions]

    @classmethod
    def around(cls, mentions: list[Mention], paragraph: Paragraph) -> Mentions:
        """Those of a document that a paragraph may ask for; the others are not looked at."""
        first = bisect_left(mentions, paragraph.start - BESIDE, key=_START)
        return cls(mentions[first : bisect_left(mentions, paragraph.end + BESIDE, first, key=_START)])

    def between(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin in ``[start, end)``."""
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


class Scene(Struct):
    """One policy mention (``anchor``) in its sentence.

    ``left`` and ``right`` are the words that belong to it: up to the policy before and the one behind, and for a
    list of policies the words in front of the first and behind the last. ``near``, ``behind`` and ``head`` are the
    mentions in the words before, in those behind, and in the sentence before the words that are its own. ``text``
    is the folded document, of the same length as the original; offsets count in both.
    """

    text: str
    anchor: Mention
    paragraph: Paragraph
    mentions: Mentions
    start: int
    stop: int
    left_start: int
    right_start: int
    right_end: int
    left: str
    right: str
    later: Mention | None
    listed: bool
    near: list[Mention]
    behind: list[Mention]
    head: list[Mention]

    def evidence(self) -> tuple[int, int]:
        """The span that tells of the act: from its own words to the end of the clause that names the policy."""
        begin = self.left_start + len(self.left) - len(self.left.lstrip("，、；。》 ”"))
        limit = min(self.right_end, self.anchor.end + 30)
        stop = _CLAUSE.search(self.text, self.anchor.end, limit)
        end = stop.start() if stop else min(self.right_end, self.anchor.end + 12)
        return begin, max(self.anchor.end, end)


def scene_of(
    text: str, paragraph: Paragraph, mentions: Mentions, anchors: Sequence[Mention], place: int
) -> Scene:
    """The scene of ``anchors[place]``; anchors are the policies of the paragraph in order."""
    anchor = anchors[place]
    start, stop = _sentence(text, anchor, paragraph)
    earlier = anchors[place - 1] if place and anchors[place - 1].end > start else None
    listed = earlier is not None and LIST_GAP.match(text[earlier.end : anchor.start]) is not None
    if earlier is None:
        left_start = start
    else:
        left_start = earlier.end if listed else _own_end(text, earlier.end, anchor.start)
    right_start, following = anchor.end, _within(anchors, place + 1, stop)
    number = place + 1
    while following is not None and number - place < _LONGEST_LIST:
        if not LIST_GAP.match(text[right_start : following.start]):
            break
        right_start, number = following.end, number + 1
        following = _within(anchors, number, stop)
    right_end = stop if following is None else max(right_start, _own_end(text, right_start, following.start))
    later = anchors[place + 1] if place + 1 < len(anchors) else None
    near = mentions.between(left_start, anchor.start)
    behind = mentions.between(anchor.end, right_end)
    head = mentions.between(start, left_start)
    return Scene(
        text,
        anchor,
        paragraph,
        mentions,
        start,
        stop,
        left_start,
        right_start,
        right_end,
        text[left_start : anchor.start],
        text[right_start:right_end],
        later,
        listed,
        near,
        behind,
        head,
    )


def reach(scene: Scene, event: Event, hope: re.Pattern[str]) -> int:
    """How far the money and aims of a policy are told.

    Up to the next policy, another actor, an analyst's view, or two sentences behind its own.
    """
    text, anchor, end = scene.text, scene.anchor, scene.paragraph.end
    later = scene.later
    if later is not None:
        end = _own_end(text, anchor.end, later.start) if later.start > anchor.end else anchor.end
        sentence_end = last_of(text, "。\n", anchor.end, later.start)
        if sentence_end > anchor.end:
            end = sentence_end
    end = min(end, scene.stop + _WINDOW)
    further = list(islice(SENTENCE.finditer(text, min(scene.stop + 1, end), end), _SENTENCES_BEHIND))
    if len(further) == _SENTENCES_BEHIND:
        end = further[-1].end()
    own = (event.region, *event.issuers)
    for other in scene.mentions.between(scene.stop, end):
        if other.kind in ("issuer", "region") and other.canonical not in own:
            end = max(scene.stop, last_of(text, "。\n；", scene.stop, other.start))
            break
    view = hope.search(text, scene.stop, end)
    return max(scene.stop, text.rfind("。", scene.stop, view.start())) if view else end


def _sentence(text: str, mention: Mention, paragraph: Paragraph) -> tuple[int, int]:
    """The sentence around a mention; one longer than the window is cut there."""
    start = max(paragraph.start, mention.start - _WINDOW)
    last = last_of(text, _SENTENCE_ENDS, start, mention.start)
    before = SENTENCE.match(text, last, mention.start) if last >= 0 else None
    start = before.end() if before else start
    limit = min(paragraph.end, mention.end + _WINDOW)
    stop = SENTENCE.search(text, mention.end, limit)
    return start, stop.start() if stop else limit


def _within(anchors: Sequence[Mention], place: int, stop: int) -> Mention | None:
    return anchors[place] if place < len(anchors) and anchors[place].start < stop else None


def _own_end(text: str, begin: int, following: int) -> int:
    """Between two policies, the words up to the last comma belong to the first."""
    return max(begin, last_of(text, "，；。", begin, following))
