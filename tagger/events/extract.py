"""Policy events of one document: which act on which policy, by whom, where, when, with what money and aims."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from tagger.events.linking import PolicyLinker, is_draft
from tagger.events.money import MoneyReader
from tagger.events.targets import TargetReader
from msgspec import UNSET

from tagger.schema import Event, Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagger.lexicon import Entry, Lexicon, View
    from tagger.schema import Document, Level, Paragraph, Status

_SENTENCE = re.compile(r"[。！？\n]+[”」』）)]*|；")
_TITLE_LENGTH = 10
_LIST_GAP = re.compile(r"^[》”\s]*(?:（[^）]{0,30}）)?(?:、|和|与|及|以及|，以及|并|等)?[“《\s]*$")
_EFFECTIVE = re.compile(r"^\s?(?:起|日起|起正式|起开始|正式)?(?:起)?(?:施行|实施|生效|执行|起效)")
_UNTIL = re.compile(r"有效期(?:限)?(?:截?至|到|延长至)\s?$")
_DEADLINE = re.compile(r"(?:反馈期|截止|期限|申报期|公示期|截至|意见反馈)\S{0,6}(?:至|到|为)?\s?$")
_AIM = re.compile(r"(?:到|至|力争|力争到|截至|截止|期间|前)\s?$")
_NICKNAME = re.compile(r"^》?[（(](?:以下)?(?:简称|又称|即|俗称)(?:为)?[“《\"]?(?P<name>[^”》\"）)]{2,16})[”》\"]?[）)]")
_UNNAMED = re.compile(r"(?<![等及十\d])(?<!会同)(?:[二三四五六七八九]|十[一二三四五六七八九]?|\d{1,2})个?部[门委]")
_HOME = "中国"
_STATE = "中华人民共和国"
_UNKNOWN_PLACE = re.compile(r"[\u4e00-\u9fff]{2,3}[市县]")
_THE_SAME = re.compile(r"该(?:局|委|部|市|省|区|所|会|院|厅|办|部门|机构)")
_VENUE = re.compile("[在于赴访抵到]$")
_DRAFT_TITLE = re.compile(r"征求意见稿|草案|送审稿")
_WHOLE_ABOUT = re.compile(r"实施细则|配套细则")


class _Clause(NamedTuple):
    """The words around a policy that may speak of the act on it."""

    left: str
    right: str
    left_start: int
    right_end: int


class EventExtractor:
    """Reads events off the mentions of a document; verbs are cues ``status/…``."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._linker = PolicyLinker(lexicon)
        self._money = MoneyReader(lexicon)
        self._targets = TargetReader(lexicon)
        self._entries = lexicon.entries
        self._flat = lexicon.folder.fold_characters
        self._regions = {entry.canonical: entry for entry in lexicon.of_kind("region")}
        self._places = {
            name: entry.canonical
            for entry in lexicon.of_kind("region")
            if entry.fact("level") in ("province", "prefecture", "area", "country")
            for name in entry.surfaces
            if len(name) > 1 and name not in entry.weak
        } | {canonical: canonical for canonical in self._regions}
        self._short_places = {name: e.canonical for e in lexicon.of_kind("region") if e.fact("level") == "province" for name in e.aliases if len(name) == 1}
        self._status = {name: _any(words) for name, words in lexicon.cues_under("status").items()}
        self._ending = _any([*lexicon.cue("title/bare"), *lexicon.cue("title/suffix")])
        self._publishing = _any([w for w in lexicon.cue("status/publishing") if len(w) > 1] + lexicon.cue("status/draft"))
        self._hope = _any(lexicon.cue("hope"))
        self._negation = _any(lexicon.cue("negation"))
        self._no_negation = _any(lexicon.cue("pseudo_negation"))

    def extract(self, document: Document, view: View) -> list[Event]:
        """The events of a tagged document in the order of the text."""
        del view
        starts = [m.start for m in document.mentions]
        events: list[Event] = []
        for paragraph in document.paragraphs:
            if paragraph.section in ("masthead", "disclaimer"):
                continue
            mentions = document.mentions[bisect_left(starts, paragraph.start) : bisect_left(starts, paragraph.end)]
            if any(m.kind in ("policy", "doc_number") for m in mentions):
                self._paragraph(document, paragraph, mentions, events)
        return _merge(events)

    def _paragraph(self, document: Document, paragraph: Paragraph, mentions: list[Mention], events: list[Event]) -> None:
        text = self._flat(document.text[: paragraph.end])
        policies = [m for m in mentions if m.kind == "policy" and self._can_act(document, m)]
        if "\t" in text[paragraph.start : paragraph.end]:
            self._table_row(document, paragraph, mentions, policies, events)
            return
        numbers = [m for m in mentions if m.kind == "doc_number" and not any(_belongs(document.text, p, m) for p in policies)]
        anchors = sorted([*policies, *numbers], key=lambda m: m.start)
        before: Event | None = None
        for number, anchor in enumerate(anchors):
            start, stop = _sentence(text, anchor, paragraph)
            earlier = anchors[number - 1] if number and anchors[number - 1].end > start else None
            event = self._event(document, paragraph, text, mentions, anchor, (start, stop), earlier, anchors, before)
            if event is not None:
                events.append(event)
                before = event

    def _can_act(self, document: Document, mention: Mention) -> bool:
        """Whether a policy mention can be what an act is about: a title, or a nickname that a verb stands beside."""
        if mention.by != "lexicon":
            return bool(self._ending.sub("", mention.text.strip("“”")).strip("的"))
        if len(mention.text) >= _TITLE_LENGTH:
            return True
        around = self._flat(document.text[max(0, mention.start - 8) : mention.start] + "|" + document.text[mention.end : mention.end + 8])
        return bool(self._publishing.search(around)) or self._planned(*around.split("|", 1))

    def _event(
        self,
        document: Document,
        paragraph: Paragraph,
        text: str,
        mentions: list[Mention],
        anchor: Mention,
        sentence: tuple[int, int],
        earlier: Mention | None,
        anchors: list[Mention],
        before: Event | None,
    ) -> Event | None:
        start, stop = sentence
        place = anchors.index(anchor)
        later = anchors[place + 1] if place + 1 < len(anchors) else None
        listed = earlier is not None and bool(_LIST_GAP.match(text[earlier.end : anchor.start]))
        left_start = start if earlier is None else earlier.end if listed else self._own_end(text, earlier.end, anchor.start)
        next_in_sentence = later if later is not None and later.start < stop else None
        leads_list = next_in_sentence is not None and bool(_LIST_GAP.match(text[anchor.end : next_in_sentence.start]))
        right_start = anchor.end
        following = next_in_sentence
        while leads_list and following is not None:
            right_start = following.end
            number = anchors.index(following) + 1
            after = anchors[number] if number < len(anchors) and anchors[number].start < stop else None
            leads_list = after is not None and bool(_LIST_GAP.match(text[right_start : after.start]))
            following = after
        right_end = stop if following is None else self._own_end(text, right_start, following.start)
        clause = _Clause(text[left_start : anchor.start], text[right_start : right_end], left_start, right_end)
        status = self._status_of(text, anchor, clause, start)
        if status is None:
            return None
        near = [m for m in mentions if left_start <= m.start < anchor.start]
        if status in ("issued", "amended") and self._by_company(text, near, anchor):
            return None
        right = [m for m in mentions if anchor.end <= m.start < right_end]
        event = Event(_title(anchor), status=status)
        if listed and before is not None:
            event.status = before.status if not self._own_verb(clause.left) else status
            event.date, event.date_precision, event.date_from = before.date, before.date_precision, before.date_from
            event.issuers, event.region, event.level = list(before.issuers), before.region, before.level
        self._who(event, text, near, right, anchor, clause, mentions, start, before if earlier is not None else None)
        self._when(event, text, near, right, anchor, clause, [m for m in mentions if m.kind == "date" and start <= m.start < left_start])
        self._what(event, anchor, document)
        tail_end = self._tail(text, anchor, later, paragraph, stop, event, mentions)
        tail = [m for m in mentions if anchor.end <= m.start < tail_end]
        head = [m for m in near if m.kind in ("instrument", "amount")] if before is None else []
        within = next((e for e in self._instrument_in(anchor)), None)
        if event.status != "repealed":
            event.instruments = self._money.read(text[:tail_end], [*head, *tail] if not tail else tail, within)
            event.targets = self._targets.read(text, anchor.end, tail_end, tail)
        nick = _NICKNAME.match(document.text[anchor.end : anchor.end + 30])
        if nick:
            event.aliases = [nick["name"]]
        begin = left_start + len(clause.left) - len(clause.left.lstrip("，、；。》 ”"))
        event.evidence = [(begin, min(max(anchor.end, _clause_end(text, anchor.end, right_end)), len(text)))]
        return event

    # --- the act -------------------------------------------------------------------------------------------------

    def _status_of(self, text: str, anchor: Mention, clause: _Clause, start: int) -> Status | None:
        """Which act the words around speak of; None where there is none (hope, a rumour)."""
        left = re.split(r"[，：；]", clause.left)[-1] if clause.left else ""
        wide = clause.left[-40:]
        right = re.split(r"[；。]", clause.right)[0][:40]
        after = re.split(r"[，；。]", clause.right)[0][:30]
        if _DRAFT_TITLE.search(anchor.text) or _DRAFT_TITLE.match(clause.right.lstrip("》（( ")) or self._draft(wide, right):
            return "draft"
        if self._status["repealed"].search(after) or self._status["repealed"].search(left[-8:]):
            return "repealed"
        planned = self._planned(left, after)
        if self._hope.search(left) or (self._hope.search(after) and self._status["issued"].search(after) and not planned):
            if planned and not re.search("有望|或将|若|如果|传", left + after):
                return "planned"
            return None
        if planned:
            return "planned"
        if self._status["amended"].search(left[-6:]) or re.match(r"》?(?:完成|进行|迎来|首次)?(?:了)?(?:全面)?(?:修订|修正|修改)", clause.right):
            return "amended"
        cited = self._last(self._status["cited"], left)
        if cited is None and not self._own_verb(left):
            cited = self._last(self._status["cited"], wide) if self._own_verb(wide) is False else None
        issued_left = self._last(self._status["issued"], left)
        if cited is not None or re.search(r"(?:此前|早前|先前)，[^，]{0,16}$", clause.left):
            return "cited"
        if issued_left is not None or self._status["issued"].search(after[:16]) or self._own_verb(wide):
            return "issued"
        if anchor.kind == "doc_number":
            return "cited"
        dated = re.search(r"[年月日]的?\s?《?$|[近日]日，?《?$", clause.left)
        headed = self._own_verb(text[start : clause.left_start].rsplit("。", 1)[-1])
        return "issued" if dated or (headed and "此前" not in left) else "cited"

    def _draft(self, left: str, right: str) -> bool:
        near_left = re.split(r"[，；]", left)[-1]
        near_right = re.split(r"[；]", right)[0][:18]
        return bool(self._status["draft"].search(near_left) or self._status["draft"].search(near_right))

    def _planned(self, left: str, after: str) -> bool:
        """拟, 将 … before a verb of issuing, on either side of the title."""
        for side in (left[-14:], after[:14]):
            plan = self._status["planned"].search(side)
            if plan and not re.match(r"将[^于会正要在]{3,}", side[plan.start() :] if side is after[:14] else "") and (self._status["issued"].search(side, plan.start()) or "起草" in side or "制定" in side or "亮相" in side):
                return True
        return False

    def _own_verb(self, side: str) -> bool:
        return any(self._status[name].search(side) for name in ("issued", "amended", "draft", "repealed"))

    @staticmethod
    def _last(pattern: re.Pattern[str], side: str) -> re.Match[str] | None:
        hit = None
        for hit in pattern.finditer(side):
            pass
        return hit

    def _by_company(self, text: str, near: list[Mention], anchor: Mention) -> bool:
        """Whether a company, and no authority, is the one that publishes (阿里云发布…通知)."""
        actors = [m for m in near if m.kind in ("company", "issuer", "region")]
        if not actors or actors[-1].kind != "company":
            return False
        between = text[actors[-1].end : anchor.start]
        return len(between) <= 12 and "，" not in between and self._own_verb(between)

    # --- who and where -------------------------------------------------------------------------------------------

    def _who(
        self,
        event: Event,
        text: str,
        near: list[Mention],
        right: list[Mention],
        anchor: Mention,
        clause: _Clause,
        mentions: list[Mention],
        start: int,
        before: Event | None,
    ) -> None:
        issuers = [m for m in near if m.kind == "issuer"]
        if not issuers:
            follow = [m for m in right if m.kind == "issuer" and m.start - anchor.end <= 24 and "，" not in text[anchor.end : m.start].rstrip("，") and self._status["issued"].search(text[m.end : m.end + 12])]
            issuers = follow[:1]
        if event.status == "cited" and issuers:
            between = text[issuers[-1].end : anchor.start]
            if len(between) > 4 and not self._own_verb(between):
                issuers = []
        if issuers:
            last = issuers[-1]
            event.issuers = [last.canonical]
            for m in reversed(issuers[:-1]):
                if _LIST_GAP.match(text[m.end : last.start]) or re.fullmatch(r"(?:会同|联合|、|和|与)", text[m.end : last.start].strip()):
                    event.issuers.insert(0, m.canonical)
                    last = m
                else:
                    break
        if not event.issuers and before is not None and _THE_SAME.search(clause.left):
            event.issuers, event.region = list(before.issuers), before.region
        unnamed = None
        for unnamed in _UNNAMED.finditer(text, clause.left_start, anchor.start):
            pass
        if unnamed is not None and (not issuers or issuers[-1].end < unnamed.start() - 1):
            place = next((m for m in reversed(near) if m.kind == "region" and m.end == unnamed.start()), None)
            event.issuers = [(place.text if place else "") + unnamed[0]]
        region = self._region_of(event.issuers) or event.region
        if region is None and not any(m.kind == "issuer" and self._region_of([m.canonical]) is None for m in issuers):
            place = self._acting_region(text, near, anchor, mentions, start)
            if place is not None:
                region = place.canonical
                if not event.issuers and event.status in ("issued", "amended", "repealed", "draft", "planned"):
                    government = self._government(place, text)
                    if government:
                        event.issuers = [government]
            elif before is not None and not issuers and event.status != "cited":
                region = before.region
        if region is not None:
            event.region = region
        event.level = self._level(event.region, event.issuers)

    def _acting_region(self, text: str, near: list[Mention], anchor: Mention, mentions: list[Mention], start: int) -> Mention | None:
        """The place that acts: named at the beginning of the title, or in the words before it."""
        titled = self._region_in_title(anchor.text)
        if titled is not None:
            return Mention(anchor.start, anchor.start, anchor.text, "region", titled)
        places = [m for m in near if m.kind == "region" and m.canonical != _HOME and not _VENUE.search(text[max(0, m.start - 2) : m.start])]
        if places:
            return places[-1]
        head = [m for m in mentions if m.kind == "region" and m.canonical != _HOME and start <= m.start < anchor.start]
        return head[0] if head and len({m.canonical for m in head}) == 1 else None

    def _region_in_title(self, title: str) -> str | None:
        for size in range(min(11, len(title)), 1, -1):
            if title[:size] in self._places and self._places[title[:size]] != _HOME:
                return self._places[title[:size]]
        return None

    def _government(self, place: Mention, text: str) -> str | None:
        entry = self._regions.get(place.canonical)
        if entry is None or entry.fact("level") not in ("province", "prefecture", "county") or place.start == place.end:
            return None
        after = text[place.end : place.end + 16]
        return f"{place.canonical}人民政府" if self._status["issued"].search(after) else None

    def _region_of(self, issuers: Sequence[str]) -> str | None:
        for issuer in issuers:
            found = self._region_in_title(issuer)
            if found is not None:
                return found
            unknown = _UNKNOWN_PLACE.match(issuer)
            if found is None and unknown is not None:
                return unknown[0]
        return None

    def _level(self, region: str | None, issuers: Sequence[str]) -> Level:
        if region is None:
            return "national"
        if region not in self._regions:
            return "municipal" if region.endswith("市") else "district"
        entry = self._regions.get(region)
        level = entry.fact("level") if entry else ""
        if level == "province":
            return "provincial"
        if level == "prefecture":
            return "municipal"
        if level == "county":
            return "district"
        return "international" if level in ("country", "continent") and region != "中国" else "provincial" if level == "area" else "national"

    # --- when ----------------------------------------------------------------------------------------------------

    def _when(self, event: Event, text: str, near: list[Mention], right: list[Mention], anchor: Mention, clause: _Clause, head_dates: list[Mention]) -> None:
        dates = [m for m in near if m.kind == "date" and m.value is not None and not self._is_other(text, m, event)]
        chosen = dates[-1] if dates else None
        if chosen is not None and event.status == "cited":
            between = text[chosen.end : anchor.start]
            if not self._own_verb(between) and len(between.strip("的《“，")) > 6 or self._last(self._status["cited"], between):
                chosen = None
        for m in right:
            if m.kind != "date" or m.value is None or not isinstance(m.value.end, str):
                continue
            if _EFFECTIVE.match(text, m.end) or _EFFECTIVE.match(text[m.end : m.end + 8]):
                event.effective = event.effective or m.value.start if isinstance(m.value.start, str) else None
            elif _UNTIL.search(text[max(0, m.start - 8) : m.start]):
                event.until = m.value.end
            elif (chosen is None or self._coarser(chosen, m)) and not self._is_other(text, m, event) and m.start - anchor.end <= 30 and (
                self._own_verb(re.split(r"[，。；]", text[m.end : m.end + 16])[0]) or re.search(r"(?:落款|文件日期|签发|印发|发布|于|自)\S{0,4}$", text[max(0, m.start - 6) : m.start])
            ):
                chosen = m
        if chosen is None:
            chosen = self._headed(event, text, head_dates, anchor, clause)
        if chosen is None or chosen.value is None:
            return
        value = chosen.value
        if not isinstance(value.start, str):
            event.date_precision = "recent" if value.precision == "recent" else event.date_precision
            event.date_from = "text" if value.precision == "recent" else event.date_from
            return
        precision = value.precision if isinstance(value.precision, str) else "day"
        event.date = {"day": value.start, "month": value.start[:7]}.get(precision, value.start[:4])
        event.date_precision, event.date_from = precision, "text"

    @staticmethod
    def _coarser(date: Mention, other: Mention) -> bool:
        """Whether another date is of a day where this one is not."""
        return date.value is not None and other.value is not None and date.value.precision != "day" and other.value.precision == "day"

    def _headed(self, event: Event, text: str, head: list[Mention], anchor: Mention, clause: _Clause) -> Mention | None:
        """The date at the head of a sentence that tells of several acts (5月12日解读两份文件：…) serves those with none of their own."""
        if event.status not in ("issued", "draft", "amended") or self._own_verb(clause.left + clause.right[:16]):
            return None
        dated = [m for m in head if m.value is not None and isinstance(m.value.start, str) and not self._is_other(text, m, event)]
        return dated[0] if dated and self._own_verb(text[dated[0].end : dated[0].end + 12]) and dated[0].end < anchor.start else None

    @staticmethod
    def _is_other(text: str, date: Mention, event: Event) -> bool:
        """A date that is not that of the act: an aim, a deadline, an effect, a period."""
        left, right = text[max(0, date.start - 10) : date.start], text[date.end : date.end + 8]
        if _EFFECTIVE.match(right) or _UNTIL.search(left) or _DEADLINE.search(left):
            return True
        if date.value is not None and date.value.precision in ("year", "quarter", "half") and (_AIM.search(left) or right.startswith(("前", "底", "末")) or date.text[-1:] in "底末"):
            return True
        span = date.value
        return span is not None and isinstance(span.start, str) and isinstance(span.end, str) and span.start[:4] != span.end[:4]

    # --- which policy --------------------------------------------------------------------------------------------

    def _what(self, event: Event, anchor: Mention, document: Document) -> None:
        published = document.meta.published
        number = next((m for m in document.mentions if m.kind == "doc_number" and (m is anchor or _belongs(document.text, anchor, m))), None)
        entry: Entry | None = None
        if number is not None:
            event.doc_number = number.canonical
            entry = self._linker.by_number(number.canonical)
            if anchor is number:
                self._by_number_alone(event, number)
                if entry is None:
                    return
        if entry is None and anchor.kind == "policy":
            entry = self._entries.get(anchor.entry) if anchor.entry else None
            draft = event.status == "draft"
            if entry is None or (event.region and entry.fact("region") and entry.fact("region") != event.region) or is_draft(entry.name) != draft:
                linked = self._linker.link(anchor.text, event.region, event.date, published, draft)
                entry = linked if linked is not None or entry is None or entry.fact("region") not in ("", event.region) or is_draft(entry.name) else entry
        if entry is None:
            if event.region and anchor.by == "form" and not event.title.startswith(("关于", "“")) and event.title[:2] != event.region[:2]:
                event.title = event.region + event.title
            return
        if _WHOLE_ABOUT.search(anchor.text) and not _WHOLE_ABOUT.search(entry.name):
            return
        event.policy = entry.id
        event.title = entry.name
        if entry.name.startswith(_STATE) and not anchor.text.startswith(_STATE):
            event.title = entry.name.removeprefix(_STATE)
        if event.region is None and entry.fact("region"):
            event.region = entry.fact("region")
            event.level = self._level(event.region, event.issuers)
        if entry.fact("level") and event.region is None:
            event.level = entry.fact("level")  # type: ignore[assignment]
        if event.doc_number is None and entry.fact("doc_number") and event.status in ("issued",):
            event.doc_number = entry.fact("doc_number")

    def _by_number_alone(self, event: Event, number: Mention) -> None:
        """A policy that only its number names: the number tells its year, and its place by the first character."""
        event.title = number.canonical
        year = number.canonical.partition("〔")[2][:4]
        if event.status == "cited":
            event.date, event.date_precision, event.date_from = year, "year", "text"
            event.issuers = []
        place = self._short_places.get(number.canonical[0])
        if place is not None and re.match(".{1,2}[政府办委]", number.canonical):
            event.region, event.level = place, self._level(place, ())

    def _instrument_in(self, anchor: Mention) -> list[Mention]:
        """An instrument that the title names (人工智能算力券实施方案)."""
        return [
            Mention(anchor.start, anchor.end, entry.name, "instrument", entry.canonical, entry.id)
            for entry in self._entries.values()
            if entry.kind == "instrument" and entry.name.endswith("券") and entry.name in anchor.text
        ]

    # --- how far the words of a policy reach ---------------------------------------------------------------------

    @staticmethod
    def _own_end(text: str, begin: int, following: int) -> int:
        """Between two policies, the words up to the last comma belong to the first."""
        cut = max(text.rfind(c, begin, following) for c in "，；。")
        return cut if cut >= begin else begin

    def _tail(self, text: str, anchor: Mention, later: Mention | None, paragraph: Paragraph, stop: int, event: Event, mentions: list[Mention]) -> int:
        """Money and aims are told behind the policy, up to the next one, an analyst's view or the paragraph's end."""
        end = paragraph.end
        if later is not None:
            end = self._own_end(text, anchor.end, later.start) if later.start > anchor.end else anchor.end
            sentence_start = max(text.rfind(c, anchor.end, later.start) for c in "。\n")
            if sentence_start > anchor.end:
                end = sentence_start
        further = [hit.end() for hit in _SENTENCE.finditer(text, min(stop + 1, end), end)]
        if len(further) > 1:
            end = further[1]
        other = next((m for m in mentions if stop <= m.start < end and m.kind in ("issuer", "region") and m.canonical not in (event.region, *event.issuers)), None)
        if other is not None:
            end = max(stop, max(text.rfind(c, 0, other.start) for c in "。\n；"))
        view = self._hope.search(text, stop, end)
        if view:
            end = max(stop, text.rfind("。", 0, view.start()))
        return end

    def _table_row(self, document: Document, paragraph: Paragraph, mentions: list[Mention], policies: list[Mention], events: list[Event]) -> None:
        """A row of a table of policies: the policy, and the date and bodies of its other cells."""
        dates = [m for m in mentions if m.kind == "date" and m.value is not None and isinstance(m.value.start, str)]
        issuers = [m for m in mentions if m.kind == "issuer"]
        if not policies or not (dates or issuers):
            return
        text = self._flat(document.text[: paragraph.end])
        for anchor in policies[:1]:
            event = Event(_title(anchor), status="draft" if _DRAFT_TITLE.search(anchor.text) else "issued")
            near = [m for m in mentions if m.start < anchor.start]
            event.issuers = [m.canonical for m in issuers if "\t" not in text[issuers[0].end : m.start]]
            event.region = self._region_of(event.issuers) or self._region_in_title(anchor.text)
            event.level = self._level(event.region, event.issuers)
            if dates:
                self._when(event, text, [m for m in near if m in dates] or dates[:1], [], anchor, _Clause("", "", paragraph.start, paragraph.end), [])
            self._what(event, anchor, document)
            tail = [m for m in mentions if m.start >= anchor.end]
            event.instruments = self._money.read(text, tail)
            event.targets = self._targets.read(text, anchor.end, paragraph.end, tail)
            event.evidence = [(paragraph.start, paragraph.end)]
            events.append(event)


def _merge(events: list[Event]) -> list[Event]:
    """One event an act: a later citation joins the act it cites, the same act told twice becomes one."""
    kept: list[Event] = []
    for event in events:
        same = [k for k in kept if _same(k, event)]
        twin = next((k for k in same if k.status == event.status), None)
        if twin is None and event.status == "cited":
            twin = next(iter(same), None)
        if twin is None:
            cited = next((k for k in same if k.status == "cited"), None)
            if cited is not None:
                event.evidence = cited.evidence + event.evidence
                event.instruments = event.instruments or cited.instruments
                event.targets = event.targets or cited.targets
                kept[kept.index(cited)] = event
                continue
            kept.append(event)
            continue
        twin.evidence += [e for e in event.evidence if e not in twin.evidence]
        twin.instruments = twin.instruments or event.instruments
        twin.targets = twin.targets or event.targets
        twin.issuers = twin.issuers or event.issuers
        if twin.date is None and event.date is not None:
            twin.date, twin.date_precision, twin.date_from = event.date, event.date_precision, event.date_from
    return kept


def _same(a: Event, b: Event) -> bool:
    if a.policy and b.policy:
        return a.policy == b.policy
    aliases = a.aliases if a.aliases is not UNSET else []
    return a.title == b.title or b.title in aliases  # type: ignore[operator]


def _belongs(text: str, policy: Mention, number: Mention) -> bool:
    """A document number in brackets right behind a title, or right before it."""
    if 0 < number.start - policy.end <= 5:
        return set(text[policy.end : number.start]) <= set("》（( 文号：:")
    return 0 <= policy.start - number.end <= 2 and set(text[number.end : policy.start]) <= set("《文")


def _title(anchor: Mention) -> str:
    return re.sub(r"\s+", "", anchor.canonical) if anchor.entry is None else anchor.canonical


def _sentence(text: str, mention: Mention, paragraph: Paragraph) -> tuple[int, int]:
    start = paragraph.start
    for hit in _SENTENCE.finditer(text, paragraph.start, mention.start):
        start = hit.end()
    stop = _SENTENCE.search(text, mention.end, paragraph.end)
    return start, stop.start() if stop else paragraph.end


def _clause_end(text: str, begin: int, end: int) -> int:
    """Where the clause that holds a policy ends, at most a little behind it."""
    stop = re.compile("[，。；]").search(text, begin, min(end, begin + 30))
    return stop.start() if stop else min(end, begin + 12)


def _any(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
