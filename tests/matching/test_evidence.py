"""Which weak hits stay: the compiled reading beside a plain one."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tagger.matching._found import Hit
from tagger.matching._terms import KINDS_WITH_EVIDENCE, settled
from tagger.matching.matcher import Matcher
from tagger.matching.terms import TermMatcher

FILLINGS = (
    "、", "和", "以及", "，", "/", " ", "\n", "。", "；", "！", "省", "（600000）、", "（60.a）、", "(123)、", "（600000.sh）",
    "股价", "涨停", "公司", "模型", "参数", "发布", "芯片", "服务器", "地区", "政策", "补贴", "的文字" * 7, "\0", "\ud800",
)  # fmt: skip
NAMES = st.tuples(
    st.sampled_from(KINDS_WITH_EVIDENCE), st.booleans(), st.sampled_from(("京", "名字", "某某公"))
)
LISTED = ("、", "和", "与", "及", "以及", "，", "/", ",")


def plainly(text: str, hits: list[Hit], rules: TermMatcher) -> list[Hit]:
    kept: list[Hit] = []
    for number, hit in enumerate(hits):
        before, after = (kept or [None])[-1], (hits[number + 1 :] or [None])[0]
        if not hit.weak or has_evidence(text, hit, before, after, rules):
            hit.weak = False
            kept.append(hit)
    return kept


def has_evidence(text: str, hit: Hit, before: Hit | None, after: Hit | None, rules: TermMatcher) -> bool:
    company = hit.kind == "company"
    if company and rules.has_code(text, hit.end):
        return True
    if before and before.kind == hit.kind and in_a_list(text[before.end : hit.start]):
        return True
    if company and after and after.start == hit.end:
        beside = before and before.kind == "company" and before.end == hit.start
        if after.kind == "model" or (beside and after.kind == "company" and not after.weak):
            return True
    if after and after.kind == hit.kind and not after.weak and in_a_list(text[hit.end : after.start]):
        return True
    if company and any(entry.fact("market") in ("SSE", "SZSE", "BSE") for entry in hit.entries):
        return rules.stock_words.longest(text, hit.end) > hit.end
    if hit.kind == "region" and hit.end - hit.start == 1:
        return text.startswith("省", hit.end)
    left = max(text.rfind(mark, 0, hit.start) for mark in "。；\n") + 1
    right = min(at for mark in "。；！？\n" if (at := (text + mark).find(mark, hit.end)) >= 0)
    left, right = max(left, hit.start - 200), min(right, hit.end + 200)
    for other in (before, after):
        if company and other and not other.weak and other.kind in ("company", "model", "compute"):
            apart = max(other.start - hit.end, hit.start - other.end)
            if left <= other.start < right and apart <= 40:
                return True
    ahead, behind = (16, 24) if company else (30, 40)
    number = KINDS_WITH_EVIDENCE.index(hit.kind)
    return any(
        rules.evidence.stands(text, low, high, number)
        for low, high in (
            (max(left, hit.start - ahead), hit.start),
            (hit.end, min(right, hit.end + behind)),
        )
    )


def in_a_list(between: str) -> bool:
    between = between.strip()
    return between in LISTED or bool(re.fullmatch(r"[（(][\d.a-z]{4,10}[）)]、", between))


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.one_of(st.sampled_from(FILLINGS), NAMES), max_size=10), listed=st.booleans())
def test_weak_hits_stay_by_the_plain_rules(
    matcher: Matcher, pieces: list[str | tuple[str, bool, str]], listed: bool
) -> None:
    on_market = next(e for e in matcher.lexicon.of_kind("company") if e.fact("market") == "SSE")
    text, spans = "", []
    for piece in pieces:
        if isinstance(piece, str):
            text += piece
        else:
            kind, weak, name = piece
            spans.append((len(text), len(text) + len(name), kind, weak))
            text += name

    def hits() -> list[Hit]:
        return [
            Hit(start, end, kind, (on_market,) if listed and end - start == 2 else (), weak)
            for start, end, kind, weak in spans
        ]

    found, plain = (
        [(hit.start, hit.end, hit.kind, hit.weak) for hit in read(text, hits(), matcher._terms)]
        for read in (settled, plainly)
    )
    assert found == plain
