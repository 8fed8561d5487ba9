"""Policy events of one document: which act on which policy, by whom, where, when, with what money and aims."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import add, attrgetter
from typing import TYPE_CHECKING

from tagger.events._marks import full_stops
from tagger.events.actors import ActorReader
from tagger.events.cells import row_of
from tagger.events.identity import IdentityReader, belongs
from tagger.events.merge import merge
from tagger.events.money import MoneyReader
from tagger.events.retelling import Retelling
from tagger.events.scene import Mentions, reach, scene_of
from tagger.events.status import DRAFT_TITLE, status_of
from tagger.events.targets import TargetReader
from tagger.events.verbs import Verbs
from tagger.events.when import read_dates, read_later_dates, set_date
from tagger.schema import Event, Instrument, Mention

if TYPE_CHECKING:
    from tagger.events.scene import Scene
    from tagger.lexicon import Entry, Lexicon
    from tagger.schema import Document, Paragraph

_TITLE_LENGTH = 10
_LONGEST_TITLE = 160
_NO_MONEY = ("procurement", "budget", "other")  # 政府采购 in a title names no money
_TELLING_NAME = 4  # characters; a shorter name of an instrument in a title may be any word
_SEVERAL = re.compile("[两三四五六七八九十几多数]份")
_AMONG_PAPERS = re.compile("”?等[^，。]{0,4}(?:文件|文本|协议)")
_SILENT = ("masthead", "disclaimer")
_TOLD_OF = frozenset(("policy", "doc_number"))
_START = attrgetter("start")


class EventExtractor:
    """Reads events off the mentions of a document; its words are cues of the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._fold = lexicon.folder.fold_characters
        self._verbs = Verbs(lexicon)
        self._actors = ActorReader(lexicon, self._verbs)
        self._identity = IdentityReader(lexicon, self._actors)
        self._money = MoneyReader(lexicon)
        self._targets = TargetReader(lexicon)
        self._retelling = Retelling(lexicon.cue("title/suffix"))
        self._instruments: dict[str, list[tuple[str, Entry]]] = {}
        for entry in lexicon.of_kind("instrument"):
            for name in entry.surfaces if entry.fact("type") not in _NO_MONEY else ():
                if entry.fact("type") == "voucher" or len(name) >= _TELLING_NAME:
                    self._instruments.setdefault(name[:2], []).append((name, entry))

    def extract(self, document: Document) -> list[Event]:
        """The events of a document whose paragraphs and mentions are known, in the order of the text."""
        telling = _telling(document)
        if not telling:
            return []
        text = full_stops(self._fold(document.text))
        events: list[Event] = []
        for paragraph in telling:
            placed = Mentions.around(document.mentions, paragraph)
            mentions = placed.between(paragraph.start, paragraph.end)
            policies = [m for m in mentions if m.kind == "policy" and self._can_act(text, m)]
            numbers = [m for m in mentions if m.kind == "doc_number"]
            if not (policies or numbers):
                continue
            if "\t" in text[paragraph.start : paragraph.end]:
                events += self._row(document, text, paragraph, mentions, policies, numbers)
            else:
                events += self._told(document, text, paragraph, placed, policies, numbers)
        return merge(events)

    def _can_act(self, text: str, mention: Mention) -> bool:
        """Whether a policy mention can be what an act is about: a title, or a nickname that a verb stands beside."""
        if _SEVERAL.search(mention.text):
            return False
        if mention.by != "lexicon":
            return bool(self._verbs.title_endings.sub("", mention.text.strip("“”")).strip("的"))
        if len(mention.text) >= _TITLE_LENGTH and mention.text.rstrip("”）)").endswith(
            self._verbs.title_suffixes
        ):
            return True
        left, right = text[max(0, mention.start - 8) : mention.start], text[mention.end : mention.end + 8]
        if _AMONG_PAPERS.match(right):
            return False
        beside = self._verbs.publishing.search(left) or self._verbs.publishing.search(right)
        return bool(beside) or self._verbs.plans(left, right)

    def _told(
        self,
        document: Document,
        text: str,
        paragraph: Paragraph,
        placed: Mentions,
        policies: list[Mention],
        numbers: list[Mention],
    ) -> list[Event]:
        """The events that running text tells."""
        anchors = _anchors(text, policies, numbers) if numbers else policies
        events: list[Event] = []
        for place in range(len(anchors)):
            scene = scene_of(text, paragraph, placed, anchors, place)
            before = events[-1] if events and place and anchors[place - 1].end > scene.start else None
            event = self._event(scene, events[-1] if events else None, before)
            if event is None:
                continue
            near = [
                m
                for m in placed.between(scene.anchor.start - 20, scene.anchor.end + 6)
                if m.kind == "doc_number"
            ]
            self._identity.read(event, scene.anchor, text, near, document.meta.published)
            self._contents(scene, event, first=not events)
            event.evidence = [scene.evidence()]
            events.append(event)
        return events

    def _event(self, scene: Scene, previous: Event | None, before: Event | None) -> Event | None:
        """The act: its status, actors and dates; a member of a list shares those of the member before."""
        status = status_of(scene, self._verbs)
        if status is None:
            return None
        event = Event(scene.anchor.text, status=status)
        if scene.listed and previous is not None:
            if not self._verbs.act(scene.left):
                event.status = previous.status
            event.date, event.date_precision, event.date_from = (
                previous.date,
                previous.date_precision,
                previous.date_from,
            )
            event.issuers, event.region = list(previous.issuers), previous.region
        row = row_of(scene) if status == "cited" else None
        if row is not None:
            event.status = "draft" if DRAFT_TITLE.search(scene.anchor.text) else "issued"
            self._actors.take(event, row.issuers)
            set_date(event, row.date)
            return event
        self._actors.read(scene, event, before)
        read_dates(scene, event, self._verbs)
        again = self._retelling.mentions(scene)
        if again:
            read_later_dates(scene.text, event, again, self._verbs)
            self._actors.read_later(scene.text, event, again)
        return event

    def _contents(self, scene: Scene, event: Event, first: bool) -> None:
        """The money and aims told behind the policy, or in front of the first one."""
        if event.status == "repealed":
            return
        anchor = scene.anchor
        end = reach(scene, event, self._verbs.hope)
        told = scene.mentions.between(anchor.end, end)
        named = self._named_in(anchor)
        event.instruments = self._money.read(scene.text, told, named)
        if first and not event.instruments:
            event.instruments = self._money.read(
                scene.text, [m for m in scene.near if m.kind in ("instrument", "amount")], named
            )
        if named is not None and not event.instruments:
            event.instruments = [Instrument(named.canonical)]
        event.targets = self._targets.read(scene.text, anchor.end, end, told)

    def _named_in(self, anchor: Mention) -> Mention | None:
        """The instrument that the title names (人工智能算力券实施方案), by its longest name."""
        title = anchor.text
        if self._instruments.keys().isdisjoint(map(add, title, title[1:])):
            return None
        found = [
            (len(name), name, entry)
            for at, head in enumerate(map(add, title, title[1:]))
            for name, entry in self._instruments.get(head, ())
            if title.startswith(name, at)
        ]
        if not found:
            return None
        _, name, entry = max(found, key=lambda named: named[0])
        return Mention(anchor.start, anchor.end, name, "instrument", entry.canonical, entry.id)

    def _row(
        self,
        document: Document,
        text: str,
        paragraph: Paragraph,
        mentions: list[Mention],
        policies: list[Mention],
        numbers: list[Mention],
    ) -> list[Event]:
        """A row of a table of policies: one policy, with the date and the bodies of the other cells."""
        dates = [
            m for m in mentions if m.kind == "date" and m.value is not None and isinstance(m.value.start, str)
        ]
        issuers = [m for m in mentions if m.kind == "issuer"]
        if not policies or not (dates or issuers):
            return []
        anchor = policies[0]
        event = Event(anchor.text, status="draft" if DRAFT_TITLE.search(anchor.text) else "issued")
        self._actors.take(event, [m for m in issuers if "\t" not in text[issuers[0].end : m.start]])
        set_date(event, next((m for m in dates if m.start < anchor.start), dates[0] if dates else None))
        self._identity.read(event, anchor, text, numbers, document.meta.published)
        told = [m for m in mentions if m.start >= anchor.end]
        event.instruments = self._money.read(text, told)
        event.targets = self._targets.read(text, anchor.end, paragraph.end, told)
        event.evidence = [(paragraph.start, paragraph.end)]
        return [event]


def _anchors(text: str, policies: list[Mention], numbers: list[Mention]) -> list[Mention]:
    """The policies and the document numbers that stand for one without its title."""
    titles = Mentions(policies)
    alone = [
        m
        for m in numbers
        if not any(belongs(text, title, m) for title in titles.between(m.start - _LONGEST_TITLE, m.end + 3))
    ]
    return sorted([*policies, *alone], key=_START)


def _telling(document: Document) -> list[Paragraph]:
    """The paragraphs that name a policy or a document number, but those that tell of nothing."""
    paragraphs, found = document.paragraphs, []
    seen = 0  # where the paragraph of the last name ends
    for start in [m.start for m in document.mentions if m.kind in _TOLD_OF]:
        if start < seen:
            continue
        place = bisect_right(paragraphs, start, key=_START) - 1
        if place < 0 or start >= paragraphs[place].end:
            continue
        seen = paragraphs[place].end
        if paragraphs[place].section not in _SILENT:
            found.append(paragraphs[place])
    return found
