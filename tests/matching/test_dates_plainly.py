"""What is carried from one date to the next: the compiled reading beside a plain one."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tagger.matching._moments import places
from tagger.matching.dates import DateGrammar
from tagger.matching.matcher import Matcher

PIECES = st.lists(
    st.sampled_from(
        (
            "2023年", "2024年，", "2025年底", "2024年3月5日", "2023年12月", "2025-01-08", "25q4", "24年", "3月", "8月21日",
            "1-6月", "28日", "5日至7日", "三季度", "去年底", "今年", "当年", "同日", "次日", "年内", "上周", "近日", "“十五五”时期",
            "截至", "到", "至", "力争", "近", "历时", "将", "拟于", "起施行", "起", "前", "底", "，", "、", "。", "；", "！", "\n", " ",
            "某事", "\0", "\ud800", "𠮷",
        )
    ),
    max_size=12,
).map("".join)  # fmt: skip
DAYS = st.sampled_from((None, date(2024, 2, 29), date(2025, 12, 31), date(2026, 4, 20)))
Dated = tuple[int, int, object]


def plainly(
    text: str, openings: list[tuple[int, int]], published: date | None, rules: DateGrammar
) -> list[Dated]:
    found: list[Dated] = []
    last_day = last_year = lender = None
    seen = done = 0
    for start, opening in places(text, openings):
        if start < done:
            continue
        if opening == "bare year":
            last_year, value = rules.plain_year(text[start : start + 4])
            if "\n" in text[seen:start]:
                last_day = None
            seen, done = start, start + 5
            lender = start, done
            found.append((start, done, value))
            continue
        hit = rules.forms[opening].match(text, start)
        if hit is None:
            continue
        done = end = hit.end()
        name = rules.names[hit.lastgroup or ""]
        if "\n" in text[seen:start]:
            last_day = last_year = None
        elif "。" in text[seen:start]:
            last_year = None
        seen = start
        if name in ("sy", "m") and rules.counts(text, start):
            continue
        if name in rules.self_contained:
            meaning = rules.meaning(name, hit, None, False, None, None)
        else:
            if last_year and lender and start > rules.lent_to(text, *lender, last_year, published):
                last_year = None
            ahead = points_ahead(text, start, end, rules)
            meaning = rules.meaning(name, hit, published, ahead, last_day, last_year)
        if meaning is None:
            continue
        span, value = meaning
        if name == "plan":
            start += text[start] == "“"
            end -= text[end - 1] == "”"
        found.append((start, end, value))
        if span.first is not None:
            if span.precision == "day":
                last_day = span.last
            if span.basis == "text":
                last_year = span.first.year
                lender = None if span.precision in ("day", "month") else (start, end)
    return found


def points_ahead(text: str, start: int, end: int, rules: DateGrammar) -> bool:
    left, right = text[max(0, start - 8) : start], text[end : end + 8]
    left = left[max(left.rfind(mark) for mark in "，。；、\n") + 1 :]
    right = right[: min(at for mark in "，。；！？\n" if (at := (right + mark).find(mark)) >= 0)]
    return any(rules.future.stands(words, 0, len(words), 0) for words in (left, right))


@settings(max_examples=800, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=PIECES, published=DAYS)
def test_dates_are_those_of_the_plain_reading(matcher: Matcher, text: str, published: date | None) -> None:
    rules = matcher._dates
    text = matcher.lexicon.folder.fold(text).text
    openings = matcher._scanner.scan(text).cues["moment"]
    found = [(item.start, item.end, item.value) for item in rules.find(text, published, openings)]
    assert found == plainly(text, openings, published, rules)


def test_openings_of_another_text_read_nothing_outside_it(matcher: Matcher) -> None:
    assert matcher._dates.find("", None, [(5, 7)]) == []
    assert matcher._dates.find("3月", None, [(1 << 40, 1 << 41)]) != []
