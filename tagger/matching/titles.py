"""Titles: policies within 《》 or named bare by their form, document numbers; and what in 《》 is no policy."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tagger.lexicon import Lexicon
    from tagger.matching.scan import Span

_LONGEST = 90
_YEARS = ("19", "20")
_BLANKS = ("", " ", "\xa0", "\t")
_CUES = {
    "bracket": ("《", "》"),
    "doc_number": [mark + blank + year for mark in "〔[【（(" for blank in _BLANKS for year in _YEARS],
}
_TAIL = re.compile(r"\s*[（(][^（）()]{1,40}[）)]\s*$|[“”\"\s]+$")
_INNER = re.compile(r"[〈《<]([^〈〉《》<>]{4,80})[〉》>]")
_OF_A_COMPANY = re.compile(
    "^(?:关于)?本?公司(?!债|法|登记|治理|信用类|章程指引)|控股股东|董事会决议|募集资金(?:投资|使用)|股份减持"
    "|股票交易(?:异常|风险|价格|停牌)"
)
_FORMAL = ("意见", "通知", "办法", "规定", "决定", "方案")
_NO_LAW = re.compile(r"(?:[算方用想做说看手书语文战打写玩疗技枪]法|论语|兵法)$")
_SHORT_WEAK = 8
_DOC_NUMBER = re.compile(
    r"[〔\[【（(]\s?(?P<year>(?:19|20)\d{2})\s?年?[〕\]】）)]\s?(?:第\s?)?(?P<number>\d{1,5})\s?号(?P<wen>文)?"
)
_DOC_BODY = re.compile(r"([\u4e00-\u9fff]{2,14})\s?\Z")
_EDITION = re.compile(
    r"(?:的?实施细则|的?配套措施)?(?:\s?[（(](?:[^（）()]{0,12}(?:年|版|稿|试行|暂行|修订|草案|送审)[^（）()]{0,10})[）)])*"
)
_SHORTEST_NAME = 2
_BEFORE_NUMBER = "的经及由据号"
_JOINERS = "和与同"
_WITH_ITS_AUTHORITY = ("公告", "通告", "令")  # 中国人民银行公告〔2019〕第15号
_WRAPPING = ("的通知", "的公告", "的函", "的决定")
_LONGEST_NICKNAME = 12
_LIST_MARKS = ("、", "和", "与", "及")
_LISTED = re.compile(r"、|和|与|及|以及")
_ABOUT_IT = re.compile(r"[^，。；、《》（\n]{0,8}(?:情况|报告)")
_STOP = set("，。；：！？、\n》《（）()【】[]|")


class Title(NamedTuple):
    """A title in offsets of the folded text: the span with its brackets, the span of the policy within, and whether it is one."""

    outer: tuple[int, int]
    inner: tuple[int, int]
    policy: bool


class TitleGrammar:
    """Tells policy titles from others by how they end; words are cues ``title/…``."""

    def __init__(self, lexicon: Lexicon) -> None:
        fold = lexicon.folder.fold_term
        self._suffix = tuple(map(fold, lexicon.cue("title/suffix")))
        self._weak = tuple(map(fold, lexicon.cue("title/weak")))
        self._other = tuple(map(fold, lexicon.cue("title/other")))
        self._wrapper = re.compile(
            "^(?:.{0,30}?)(?:" + "|".join(map(re.escape, lexicon.cue("title/wrapper"))) + ")"
        )
        bare = sorted(map(fold, lexicon.cue("title/bare")), key=len, reverse=True)
        weaker = sorted({fold(w) for w in lexicon.cue("title/bare_weak")} - set(bare), key=len, reverse=True)
        self._strong = frozenset(bare)
        cut = sorted(map(fold, lexicon.cue("title/cut")), key=len, reverse=True)
        self._cut = re.compile("(?:" + "|".join(map(re.escape, cut)) + ")")
        self._vague = tuple(map(fold, lexicon.cue("title/vague")))
        verbs = [fold(w) for w in lexicon.cue("title/verb")]
        self._verb = re.compile("|".join(map(re.escape, sorted(verbs, key=len, reverse=True))))
        issuing = [fold(w) for w in lexicon.cue("status/publishing")]
        self._issuing = re.compile(
            "(?:" + "|".join(map(re.escape, sorted(issuing, key=len, reverse=True))) + ")(?:了|的)?$"
        )
        counted = sorted(map(fold, lexicon.cue("title/nickname")), key=len, reverse=True)
        self._nickname = re.compile(
            "(?<!称)(?<!称为)“([^“”《》，。；、\n]{1,8}?(?:" + "|".join(map(re.escape, counted)) + "))”"
        )
        self.cues = _CUES | {"bare_title": (*bare, *weaker), "nickname": [word + "”" for word in counted]}
        """The words that are looked for before anything else is."""
        self._number_lead = tuple(
            sorted(
                {
                    fold(w)
                    for w in (
                        *lexicon.cue("status/cited"),
                        *lexicon.cue("status/issued"),
                        *lexicon.cue("title/cut"),
                    )
                },
                key=len,
                reverse=True,
            )
        )

    def nicknames(self, text: str, endings: list[Span]) -> list[Span]:
        """What is quoted and counts its articles as policies are called for short (“具身十条”), quotes outside.

        Where a title declares it (简称“…”) the title stands for it.
        """
        found: list[Span] = []
        for at, end in endings:
            opening = text.rfind("“", max(0, at - _LONGEST_NICKNAME), at)
            named = self._nickname.match(text, opening) if opening >= 0 else None
            if named and named.end() == end:
                found.append(named.span(1))
        return found

    def bracketed(self, text: str, brackets: list[Span]) -> list[Title]:
        """Every 《…》, nested ones as one; an opening bracket without its closing one within a paragraph is left alone."""
        titles: list[Title] = []
        depth, begin = 0, 0
        for at, end in brackets:
            if text[at] == "《":
                if depth and (at - begin > _LONGEST or "\n" in text[begin:at]):
                    depth = 0
                if not depth:
                    begin = at
                depth += 1
            elif depth:
                depth -= 1
                if not depth and end - begin <= _LONGEST + 60 and "\n" not in text[begin:end]:
                    titles.append(self._title(text, begin, end))
        return titles

    def _title(self, text: str, begin: int, end: int) -> Title:
        start, stop = self.unwrap(text, begin + 1, end - 1)
        return Title((begin, end), (start, stop), self.is_policy(text[start:stop]))

    def unwrap(self, text: str, start: int, stop: int) -> tuple[int, int]:
        """关于印发〈X〉的通知 is about X."""
        wrapped = self._wrapper.match(text[start:stop])
        if not wrapped:
            return start, stop
        inner = _INNER.search(text, start + wrapped.end(), stop)
        if inner:
            return inner.span(1)
        body = text[start + wrapped.end() : stop]
        if self.is_policy(body) and not body.endswith(_WRAPPING):
            return start + wrapped.end(), stop
        for ending in _WRAPPING:
            if body.endswith(ending) and self.is_policy(body[: -len(ending)]):
                return start + wrapped.end(), stop - len(ending)
        return start, stop

    def is_policy(self, title: str) -> bool:
        """Whether a title ends as policies do."""
        name = title
        while (shorter := _TAIL.sub("", name)) != name:
            name = shorter
        if len(name) < 3 or _OF_A_COMPANY.search(name) or name.endswith(self._other) or _NO_LAW.search(name):
            return False
        if name.endswith(self._suffix):
            return True
        return name.endswith(self._weak) and len(name) >= _SHORT_WEAK

    def bare(
        self,
        text: str,
        bounds: bytes,
        endings: list[Span],
        taken: Callable[[int], bool],
        actors: frozenset[int] = frozenset(),
        walls: Sequence[int] = (),
    ) -> list[tuple[int, int]]:
        """Policies named without brackets, by their ``endings``; the beginning is where the naming phrase begins.

        ``taken`` says whether a place already belongs to a title in brackets; ``actors`` are the places where a
        region or an authority is named, ``walls`` the ends (in order) of dates and authorities, which no title runs over.
        """
        found: list[tuple[int, int]] = []
        done = 0
        for number, (at, end) in enumerate(endings):
            if at < done or taken(at):
                continue
            after = endings[number + 1] if number + 1 < len(endings) else (len(text), len(text))
            if (
                after[0] - end <= 2
                and text[slice(*after)] in self._strong
                and not any(c in _STOP for c in text[end : after[0]])
            ):
                continue
            wall = bisect_right(walls, at - _SHORTEST_NAME)
            start = self._beginning(text, bounds, at, max(done, at - 60, walls[wall - 1] if wall else 0))
            if start is None:
                continue
            tail = _EDITION.match(text, end)
            stop = tail.end() if tail else end
            if text[at:end] in self._strong:
                named = self._is_named(text, start, at, stop, start in actors)
            else:
                listed = bool(found) and _LISTED.fullmatch(text[found[-1][1] : start]) is not None
                named = self._weakly_named(text, start, at, end, listed)
            if named and not _ABOUT_IT.match(text, stop):
                found.append(self.unwrap(text, start, stop))
                done = stop
        return found

    def _beginning(self, text: str, bounds: bytes, at: int, lowest: int) -> int | None:
        """Where a bare title begins that reaches up to ``at``."""
        start = at
        while start > lowest:
            char = text[start - 1]
            if char == "”":
                opening = text.rfind("“", lowest, start - 1)
                if opening < 0:
                    break
                start = opening
                continue
            if char in _STOP or char == "“" or text[start - 2 : start] == "——":
                break
            start -= 1
        segment = text[start:at]
        about = segment.rfind("关于")
        if about >= 0:
            return start + about
        last = None
        for cut in self._cut.finditer(segment):
            if len(cut[0]) == 1 and not (bounds[start + cut.start()] and bounds[start + cut.end()]):
                continue  # 从化区, 对口支援, 在线
            last = cut
        if last is not None:
            start += last.end()
        while text[start : start + 1] in " 了\t和与及":
            start += 1
        return start if start < at else None

    def _weakly_named(self, text: str, start: int, at: int, end: int, listed: bool) -> bool:
        """An ending that is an ordinary word too names a policy right behind a verb of issuing, or in a list of policies."""
        name = text[start:at]
        if text[start:end].endswith(self._other):
            return False
        if len(name.strip("“”的")) < 6 or name.startswith(self._vague) or len(name) > 40:
            return False
        if name.startswith("关于") and len(name) >= 10 and text[at:end] in _FORMAL:
            return True
        return listed or bool(self._issuing.search(text, max(0, start - 6), start))

    def _is_named(self, text: str, start: int, ending: int, stop: int, acting: bool) -> bool:
        """A bare phrase is a policy when it is specific, and a verb of issuing, 关于 or an edition stands by it."""
        name = text[start:ending]
        if text[start:stop].endswith(self._other):
            return False
        if len(name.strip("“”的")) < 4 or name.startswith(self._vague) or len(name) > 50:
            return False
        if name.startswith("关于") or text[stop - 1] in "）)":
            return True
        if acting and len(name) >= 6:
            return True
        clause = max(text.rfind(c, 0, start) for c in "。；\n") + 1
        reach = stop + 16
        if text[stop : stop + 1] in _LIST_MARKS:  # the verb of a list stands behind its last member
            reach = min([i for c in "，。；\n" if (i := text.find(c, stop)) >= 0] or [reach])
        return bool(
            self._verb.search(text, max(clause, start - 24), start) or self._verb.search(text, stop, reach)
        )

    def numbers(
        self, text: str, openings: list[Span], walls: Sequence[int] = ()
    ) -> list[tuple[int, int, str]]:
        """Document numbers as (start, end, canonical with 〔〕); what leads to one is not part of it.

        ``walls`` are the ends (in order) of authorities named in full, whose own short form begins a number.
        """
        found = []
        done = 0
        for at, _ in openings:
            hit = _DOC_NUMBER.match(text, at)
            lead_in = _DOC_BODY.search(text, max(done, at - 15), at) if hit else None
            if hit is None or lead_in is None:
                continue
            done = hit.end()
            body, start = lead_in[1], lead_in.start()
            wall = bisect_right(walls, at - _SHORTEST_NAME)
            cut = max(
                walls[wall - 1] - start if wall else 0, *(body.rfind(mark) + 1 for mark in _BEFORE_NUMBER)
            )
            if 0 < cut <= len(body) - _SHORTEST_NAME and not body.startswith(_WITH_ITS_AUTHORITY, cut):
                body, start = body[cut:], start + cut
            if body[0] in _JOINERS and len(body) > _SHORTEST_NAME:
                body, start = body[1:], start + 1
            trimmed = True
            while trimmed:
                trimmed = False
                for lead in self._number_lead:
                    if body.startswith(lead) and len(body) - len(lead) >= 2:
                        body, start, trimmed = body[len(lead) :], start + len(lead), True
                        break
            end = hit.end() - len(hit["wen"] or "")
            if len(body) <= 10:
                found.append((start, end, f"{body}〔{hit['year']}〕{hit['number']}号"))
        return found
