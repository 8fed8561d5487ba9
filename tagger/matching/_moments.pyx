"""Where a date may begin: few places that hold none, and every one that does; and what is carried from one to the next."""

from cpython.unicode cimport PyUnicode_FindChar, PyUnicode_Substring
from libc.stdint cimport uint8_t

from tagger.matching._found cimport Candidate, candidate_at
from tagger.matching._text cimport SET, Py_UNICODE_ISSPACE, Text, char_at, is_digit, next_of, past_blank, put, text_of
from tagger.matching._trie cimport Trie

cdef enum:
    LONGEST_YEAR = 4
    SIGHT = 8  # characters around a date in which words tell that it is to come
    RANK = 2  # of a date among candidates

cdef uint8_t[SET] numerals
for numeral in "0123456789〇零一二三四五六七八九十":
    put(numerals, numeral)


cdef inline bint is_han_digit(Py_UCS4 c) noexcept:
    return c >= 0x3007 and c in u"〇零一二三四五六七八九十"


cdef inline bint is_dash(Py_UCS4 c) noexcept:
    return c == u"-" or c == u"—" or c == u"–" or c == u"~" or c == u"～" or c == u"至" or c == u"到" or c == u"─"


cdef inline bint is_unit(Py_UCS4 c) noexcept:
    return c == u"年" or c == u"月" or c == u"日"


cdef bint numeral_dated(Text* text, Py_ssize_t end) noexcept:
    """Whether the digits that end here may be of a date, by what follows: 年, 5日, q3, -6月, .3-."""
    cdef Py_ssize_t behind = past_blank(text, end), at
    cdef Py_UCS4 c = char_at(text, behind)
    cdef int count
    if is_unit(c):
        return True
    if c == c"q" or c == c"h":
        c = char_at(text, behind + 1)
        return not c"a" <= c <= c"z"
    if c"1" <= c <= c"4" and (char_at(text, behind + 1) == c"q" or char_at(text, behind + 1) == c"h"):
        return True
    if is_dash(c) and range_dated(text, behind):
        return True
    if (c == c"-" or c == c"." or c == c"/") and is_year(text, end) and month_dated(text, end, behind, c):
        return True
    c = char_at(text, end)
    if c == c"e" or c == c"a":
        return is_year(text, end)
    if c == c".":
        for count in range(1, 3):
            if not is_digit(char_at(text, end + count)):
                return False
            if is_dash(char_at(text, past_blank(text, end + count + 1))):
                return True
    return False


cdef bint is_year(Text* text, Py_ssize_t end) noexcept:
    """Whether the last four digits before ``end`` are a year of two centuries: 19.. or 20.."""
    cdef int count
    for count in range(1, LONGEST_YEAR + 1):
        if not is_digit(char_at(text, end - count)):
            return False
    if char_at(text, end - 4) == c"1":
        return char_at(text, end - 3) == c"9"
    return char_at(text, end - 4) == c"2" and char_at(text, end - 3) == c"0"


cdef bint month_dated(Text* text, Py_ssize_t year, Py_ssize_t mark, Py_UCS4 c) noexcept:
    """Whether a month stands behind the mark behind a year: 2024-12-18, 2024.1.8, and 2024-12 where nothing goes on."""
    cdef Py_ssize_t at = past_blank(text, mark + 1), end = at
    cdef Py_UCS4 after
    while end < at + 2 and is_digit(char_at(text, end)):
        end += 1
    if end == at:
        return False
    if char_at(text, past_blank(text, end)) == c and is_digit(char_at(text, past_blank(text, past_blank(text, end) + 1))):
        return True
    after = char_at(text, end)
    return mark == year and at == mark + 1 and end == at + 2 and not (
        is_digit(after) or after == c"." or after == c"%" or after == c"-"
    )


cdef bint range_dated(Text* text, Py_ssize_t dash) noexcept:
    """Whether a dash leads to up to four numerals and 年, 月, 日 or 号."""
    cdef int dashes, count
    cdef Py_ssize_t at
    for dashes in range(1, 3):
        if dashes == 2 and (char_at(text, dash) != u"—" or char_at(text, dash + 1) != u"—"):
            return False
        at = past_blank(text, dash + dashes)
        for count in range(LONGEST_YEAR):
            if not (is_digit(char_at(text, at)) or is_han_digit(char_at(text, at))):
                break
            at += 1
            if is_unit(char_at(text, past_blank(text, at))) or char_at(text, past_blank(text, at)) == u"号":
                return True
    return False


cdef bint han_dated(Text* text, Py_ssize_t at) noexcept:
    """Whether a Han numeral may begin a date: 二〇二五年, 三季度, 十四五."""
    cdef Py_UCS4 c = char_at(text, at + 1)
    cdef int count
    cdef Py_ssize_t behind = at + 1
    if c == u"季":
        return True
    if char_at(text, at + 2) == u"五" and (
        c == u"一" or c == u"二" or c == u"三" or c == u"四" or c == u"五" or c == u"六"
    ):
        return True
    for count in range(4):
        c = char_at(text, past_blank(text, behind))
        if c == u"年" or c == u"月":
            return True
        if not is_han_digit(char_at(text, behind)):
            return False
        behind += 1
    return False


cdef str numeral_opening(Text* text, Py_ssize_t begin, Py_ssize_t end):
    """What a date in digits opens with; ``begin`` and ``end`` are those of the whole run of digits."""
    cdef Py_UCS4 c = char_at(text, end)
    if end - begin >= LONGEST_YEAR and is_year(text, end):
        if c != u"年":
            return "year"
        return "year 年" if may_go_on(char_at(text, end + 1)) else "bare year"
    if end - begin <= 2:
        if c == u"年":
            return "number 年"
        if c == u"月":
            return "number 月"
        if c == u"日":
            return "number 日"
    return "number"


cdef bint may_go_on(Py_UCS4 c) noexcept:
    """Whether what stands behind 2025年 may belong to the date, or make it none."""
    return (
        is_digit(c) or is_han_digit(c) or is_dash(c) or Py_UNICODE_ISSPACE(c)
        or c in u"qh第前上下底末初终年度以后来间内期龄"
    )


def places(str text not None, list words not None):
    """Where a date may begin, in order, and what it opens with. ``words`` are the spans of words that may begin one.

    Openings are those of ``dates``: a year (bare, or before 年 or something else), another number (before 年, 月, 日 or
    something else), Han numerals, a word.
    """
    cdef Text read = text_of(text)
    cdef Py_ssize_t at = 0, end, word = 0
    cdef Py_UCS4 c
    cdef list found = []
    cdef Py_ssize_t next_word = (<tuple>words[0])[0] if words else read.size
    while True:
        at = next_of(&read, at, min(max(at, next_word), read.size), numerals)
        if at >= read.size:
            return found
        c = char_at(&read, at)
        if at >= next_word:
            found.append((at, "han" if is_han_digit(c) else "word"))
            word += 1
            next_word = (<tuple>words[word])[0] if word < len(words) else read.size
        elif is_digit(c):
            end = at + 1
            while is_digit(char_at(&read, end)):
                end += 1
            if numeral_dated(&read, end):  # 日期12024年 tells the year 2024
                found.append((max(at, end - LONGEST_YEAR), numeral_opening(&read, at, end)))
            at = end
            continue
        elif is_han_digit(c) and han_dated(&read, at):
            found.append((at, "han"))
        at += 1


cdef inline bint has(str text, Py_UCS4 c, Py_ssize_t start, Py_ssize_t end) except -1:
    """Whether a character stands between two places."""
    return start < end and PyUnicode_FindChar(text, c, start, end, 1) >= 0


cdef bint points_ahead(str source, Text* text, Py_ssize_t start, Py_ssize_t end, Trie words) except -1:
    """Whether the words right around a date, in its clause, say that it is to come."""
    cdef Py_ssize_t left = start, right = end, lowest = max(0, start - SIGHT), highest = min(text.size, end + SIGHT)
    cdef Py_UCS4 c
    while left > lowest:
        c = char_at(text, left - 1)
        if c == u"，" or c == u"。" or c == u"；" or c == u"、" or c == u"\n":
            break
        left -= 1
    while right < highest:
        c = char_at(text, right)
        if c == u"，" or c == u"。" or c == u"；" or c == u"！" or c == u"？" or c == u"\n":
            break
        right += 1
    return words.stands(source, left, start, 0) or words.stands(source, end, right, 0)


def dates(str text not None, list openings not None, published, rules):
    """The dates of a text in order; ``openings`` are the spans of words that may begin one.

    ``rules`` matches the forms of an opening (``forms``) and knows their ``names``, words that point ahead
    (``future``), what a plain year (``plain_year``) and a form (``meaning``) mean, whether a number counts months or
    years (``counts``) and how far a year is that of the dates behind it (``lent_to``). The forms that mean the same
    wherever they stand are its ``self_contained``.
    """
    cdef Text read = text_of(text)
    cdef Py_ssize_t start, end, seen = 0, done = 0, lender = -1, lender_end = 0
    cdef str opening, name
    cdef Candidate candidate
    cdef Trie future = <Trie?>rules.future
    cdef list found = []
    cdef dict names = rules.names
    forms, self_contained = rules.forms, rules.self_contained
    last_day = last_year = None
    for start, opening in places(text, openings):
        if start < done:
            continue
        if opening == "bare year":
            last_year, value = rules.plain_year(PyUnicode_Substring(text, start, start + LONGEST_YEAR))
            if has(text, u"\n", seen, start):
                last_day = None
            seen = lender = start
            done = lender_end = start + LONGEST_YEAR + 1
            candidate = candidate_at(start, done, "date", RANK, "grammar")
            candidate.value = value
            found.append(candidate)
            continue
        hit = forms[opening].match(text, start)
        if hit is None:
            continue
        done = end = hit.end()
        name = names[hit.lastgroup]
        if has(text, u"\n", seen, start):
            last_day = last_year = None
        elif has(text, u"。", seen, start):
            last_year = None
        seen = start
        if (name == "m" or name == "sy") and rules.counts(text, start):
            continue
        if name in self_contained:
            meaning = rules.meaning(name, hit, None, False, None, None)
        else:
            if last_year and lender >= 0 and start > rules.lent_to(text, lender, lender_end, last_year, published):
                last_year = None
            ahead = points_ahead(text, &read, start, end, future)
            meaning = rules.meaning(name, hit, published, ahead, last_day, last_year)
        if meaning is None:
            continue
        span, value = meaning
        if name == "plan":
            start += char_at(&read, start) == u"“"
            end -= char_at(&read, end - 1) == u"”"
        candidate = candidate_at(start, end, "date", RANK, "grammar")
        candidate.value = value
        found.append(candidate)
        if span.first is not None:
            if span.precision == "day":
                last_day = span.last
            if span.basis == "text":
                last_year = span.first.year
                lender, lender_end = start, end
                if span.precision == "day" or span.precision == "month":
                    lender = -1
    return found
