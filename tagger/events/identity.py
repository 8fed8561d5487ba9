"""Which policy an event is about: its entry, title and document number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagger.events.linking import PolicyLinker, is_draft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagger.events.actors import ActorReader
    from tagger.lexicon import Entry, Lexicon
    from tagger.schema import Event, Mention

_STATE = "中华人民共和国"
_DETAIL = re.compile("实施细则|配套细则")
_NICKNAME = re.compile(
    r"》?[（(](?:以下)?(?:简称|又称|即|俗称)(?:为)?[“《\"]?(?P<name>[^”》\"）)]{2,16})[”》\"]?[）)]"
)
_GOVERNMENT_NUMBER = re.compile(".{1,2}[政府办委]")


class IdentityReader:
    """Links an event to the lexicon; what the lexicon knows fills gaps and never overrides the text."""

    def __init__(self, lexicon: Lexicon, actors: ActorReader) -> None:
        self._linker = PolicyLinker(lexicon)
        self._entries = lexicon.entries
        self._actors = actors
        self._provinces = {
            name: entry.canonical
            for entry in lexicon.of_kind("region")
            if entry.fact("level") == "province"
            for name in entry.aliases
            if len(name) == 1
        }

    def read(
        self, event: Event, anchor: Mention, text: str, numbers: Sequence[Mention], published: str | None
    ) -> None:
        """Set policy, title and document number; ``numbers`` are the document numbers of the paragraph."""
        event.title = "".join(anchor.text.split())
        nickname = _NICKNAME.match(text[anchor.end : anchor.end + 30])
        if nickname:
            event.aliases = [nickname["name"]]
        number = next((m for m in numbers if m is anchor or belongs(text, anchor, m)), None)
        entry = self._linker.by_number(number.canonical) if number is not None else None
        if number is not None:
            event.doc_number = number.canonical
        if anchor is number:
            self._named_by_number(event, number)
        elif entry is None:
            entry = self._entry(event, anchor, published)
        if entry is None:
            self._place_in_title(event, anchor)
        elif not (_DETAIL.search(anchor.text) and not _DETAIL.search(entry.name)):
            self._fill(event, anchor, entry)

    def _entry(self, event: Event, anchor: Mention, published: str | None) -> Entry | None:
        """The entry of the mention, or of another edition or place that fits the event better."""
        entry = self._entries.get(anchor.entry) if anchor.entry else None
        draft = event.status == "draft"
        elsewhere = (
            entry is not None and bool(event.region) and entry.fact("region") not in ("", event.region)
        )
        if entry is not None and event.region and not entry.fact("region"):
            # A place that issues a paper of the same name as a national one issues its own.
            own = self._linker.exact(anchor.text, event.region, draft, event.date, published)
            if own is not None or event.status in ("issued", "draft", "planned"):
                return own
        if entry is not None and not elsewhere and is_draft(entry.name) == draft:
            edition = self._linker.exact(
                anchor.text, entry.fact("region") or None, draft, event.date, published
            )
            return edition if edition is not None else entry
        linked = self._linker.link(anchor.text, event.region, event.date, published, draft)
        if linked is not None or entry is None or elsewhere or is_draft(entry.name):
            return linked
        return entry

    def _fill(self, event: Event, anchor: Mention, entry: Entry) -> None:
        event.policy = entry.id
        if not (event.title.startswith("关于") and entry.name.endswith(event.title)):
            event.title = entry.name if anchor.text.startswith(_STATE) else entry.name.removeprefix(_STATE)
        region, level = entry.fact("region"), entry.fact("level")
        if event.region is None and region:
            event.region, event.level = region, self._actors.level(region)
        elif event.region is None and level:
            event.level = level  # type: ignore[assignment]
        if event.doc_number is None and event.status == "issued" and entry.fact("doc_number"):
            event.doc_number = entry.fact("doc_number")

    @staticmethod
    def _place_in_title(event: Event, anchor: Mention) -> None:
        """A bare local title is called with its place, as its full name is."""
        local = event.region is not None and anchor.by == "form" and anchor.kind == "policy"
        if local and not event.title.startswith(("关于", (event.region or "")[:2])):
            event.title = f"{event.region}{event.title}"

    def _named_by_number(self, event: Event, number: Mention) -> None:
        """A policy that only its number names: the number tells its year, and its province by the first character."""
        event.title = number.canonical
        if event.status == "cited":
            event.date = number.canonical.partition("〔")[2][:4]
            event.date_precision, event.date_from, event.issuers = "year", "text", []
        place = self._provinces.get(number.canonical[0])
        if place is not None and _GOVERNMENT_NUMBER.match(number.canonical):
            event.region, event.level = place, self._actors.level(place)


def belongs(text: str, policy: Mention, number: Mention) -> bool:
    """A document number in brackets right behind a title, or right before it."""
    if 0 < number.start - policy.end <= 5:
        return set(text[policy.end : number.start]) <= set("》（( 文号：:")
    return 0 <= policy.start - number.end <= 2 and set(text[number.end : policy.start]) <= set("《文")
