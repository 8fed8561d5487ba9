"""The terms that a scanner found, checked one by one: Latin bounds, word bounds, what else they may be, evidence."""

from cpython.bytes cimport PyBytes_AS_STRING
from cpython.unicode cimport PyUnicode_READ_CHAR, Py_UNICODE_ISDECIMAL, Py_UNICODE_ISSPACE

from tagger.matching._found cimport Hit, hit_at
from tagger.matching._text cimport Text, char_at, is_latin, text_of
from tagger.matching._trie cimport Terms, Trie

cdef enum:
    VETO_LENGTH = 3  # characters; a longer term hardly stands in a text by chance
    SIGHT = 200  # characters
    BRAND = 6  # characters between a quote and a place in the name of a brand
    NEAR = 40  # characters

KINDS_WITH_EVIDENCE = ("company", "model", "region", "instrument", "policy", "compute", "issuer")
MAINLAND = frozenset(("SSE", "SZSE", "BSE"))


cdef class Surface:
    """A surface as the scanner knows it: what it may be, in the order in which kinds win, and its model family."""

    cdef readonly tuple kinds  # (kind, weak, entries)
    cdef readonly object family
    cdef bint latin_start, latin_end, grows, ascii_end, ascii_start
    cdef int length

    def __cinit__(self, str text not None, tuple kinds not None, family):
        if not text:
            raise ValueError("a surface without characters")
        cdef Py_UCS4 first = PyUnicode_READ_CHAR(text, 0), last = PyUnicode_READ_CHAR(text, len(text) - 1)
        self.kinds, self.family, self.length = kinds, family, len(text)
        self.latin_start, self.latin_end = is_latin(first), is_latin(last)
        self.ascii_start, self.ascii_end = first < 128, last < 128
        self.grows = family is not None or (len(kinds) > 0 and kinds[0][0] == "model")


cdef bint cuts(const char* bounds, Py_ssize_t start, Py_ssize_t end, Surface surface, str kind) noexcept:
    """Whether a hit cuts a word: a word reaches out of it on one side, or holds a name of a company or model.

    An authority behind a date (2日工信部) is often cut wrongly by the tokenizer, so only its end counts.
    """
    cdef Py_ssize_t at
    if surface.ascii_start or surface.ascii_end:
        return False
    cdef bint left_out = not bounds[start], right_out = not bounds[end]
    for at in range(start + 1, end):
        if bounds[at]:
            return right_out if kind == "issuer" or surface.length > VETO_LENGTH else left_out or right_out
    return (kind == "company" or kind == "model") and surface.length <= VETO_LENGTH and (left_out or right_out)


cdef bint may_grow(Text* text, Py_ssize_t end) noexcept:
    """Whether the version of a model may stand behind its name: a letter or digit, or a word for 模型."""
    cdef Py_UCS4 c = char_at(text, end)
    if c == c"-" or c == c" ":
        c = char_at(text, end + 1)
    return is_latin(c) or c == u"大" or c == u"视" or c == u"语" or c == u"文" or Py_UNICODE_ISDECIMAL(c)


cdef void sentence(Text* text, Py_ssize_t* left, Py_ssize_t* right) noexcept:
    """Widen a span to the sentence around it, as far as evidence is looked for."""
    cdef Py_ssize_t lowest = max(0, left[0] - SIGHT), highest = min(text.size, right[0] + SIGHT)
    cdef Py_UCS4 c
    while left[0] > lowest:
        c = char_at(text, left[0] - 1)
        if c == u"。" or c == u"；" or c == u"\n":
            break
        left[0] -= 1
    while right[0] < highest:
        c = char_at(text, right[0])
        if c == u"。" or c == u"；" or c == u"！" or c == u"？" or c == u"\n":
            break
        right[0] += 1


def accepted(str text not None, bytes bounds not None, Terms terms not None, dict surfaces not None, rules):
    """The hits among ``terms`` in order, without overlaps. Raises ValueError when these or ``bounds`` are another text's.

    ``surfaces`` are the known ones by number; ``rules`` reads the others (``surface``), grows models by their version
    (``with_version``), falls back from a hit that cuts a word (``recut``), knows brands (``in_brand``) and which of
    several kinds is meant (``choose``).
    """
    cdef Text read = text_of(text)
    cdef const char* words = PyBytes_AS_STRING(bounds)
    cdef Py_ssize_t start, end, last = 0, place, at
    cdef int number
    cdef Surface surface
    cdef Hit hit
    cdef str kind
    cdef bint weak
    cdef tuple entries
    cdef list hits = []
    if len(bounds) != read.size + 1 or (terms.size and terms.items[terms.size - 1].end > read.size):
        raise ValueError("the terms or the bounds of words are those of another text")
    for at in range(terms.size):
        start, end, number = terms.items[at].start, terms.items[at].end, terms.items[at].number
        if start < last:
            continue
        surface = surfaces.get(number)
        if surface is None:
            surface = rules.surface(number)
        if surface.latin_start and is_latin(char_at(&read, start - 1)):
            continue
        if surface.grows:
            hit = None if not may_grow(&read, end) else rules.with_version(text, surface, start, end)
            if hit is not None:
                hits.append(hit)
                last = hit.end
                continue
            if not surface.kinds:
                continue
        if surface.latin_end and is_latin(char_at(&read, end)):
            hit = rules.before_letters(text, start, end)
            if hit is not None:  # TPU v9i is a TPU, not the one called v9
                hits.append(hit)
                last = hit.end
            continue
        if not surface.kinds:
            hit = None if words[end] or surface.ascii_end else rules.shorter(text, bounds, start, end)
            if hit is not None:  # 武汉|大学生 is no university
                hits.append(hit)
            last = end if hit is None else hit.end
            continue
        kind, weak, entries = surface.kinds[0]
        if (
            not (words[start] and words[end])
            and cuts(words, start, end, surface, kind)
            and not (kind == "issuer" and rules.is_office(text, end))
        ):
            hit = rules.recut(text, bounds, surface, start, end)
            if hit is not None:
                hits.append(hit)
                last = hit.end
                continue
            if surface.length <= VETO_LENGTH or kind == "issuer":
                continue
        if kind == "region":
            for place in range(max(0, start - BRAND), start):
                if char_at(&read, place) == u"“":
                    break
            else:
                place = -1
            if place >= 0 and rules.in_brand(text, start, end):
                last = end
                continue
        if len(surface.kinds) > 1:
            kind, weak, entries = rules.choose(text, start, end, surface.kinds)
        hits.append(hit_at(start, end, kind, entries, weak))
        last = end
    return hits


cdef bint listed(Text* text, Py_ssize_t end, Py_ssize_t start) noexcept:
    """Whether two names stand in a list: 、 or a word for and between them, or a code in brackets and 、."""
    cdef Py_UCS4 c
    cdef Py_ssize_t at
    while end < start and Py_UNICODE_ISSPACE(char_at(text, end)):
        end += 1
    while start > end and Py_UNICODE_ISSPACE(char_at(text, start - 1)):
        start -= 1
    c = char_at(text, end)
    if start == end + 1:
        return (
            c == u"、" or c == u"和" or c == u"与" or c == u"及" or c == u"，" or c == c"/" or c == c","
        )
    if start == end + 2:
        return c == u"以" and char_at(text, end + 1) == u"及"
    if not (7 <= start - end <= 13 and (c == u"（" or c == c"(") and char_at(text, start - 1) == u"、"):
        return False
    c = char_at(text, start - 2)
    if not (c == u"）" or c == c")"):
        return False
    for at in range(end + 1, start - 2):
        c = char_at(text, at)
        if not (Py_UNICODE_ISDECIMAL(c) or c == c"." or c"a" <= c <= c"z"):
            return False
    return True


cdef bint is_near(Hit other, Hit hit, Py_ssize_t left, Py_ssize_t right):
    """Whether a sure company, model or computing term stands in the same sentence, not far away."""
    if other is None or other.weak or not left <= other.start < right:
        return False
    if not (other.kind == "company" or other.kind == "model" or other.kind == "compute"):
        return False
    return (other.start - hit.end if other.start > hit.start else hit.start - other.end) <= NEAR


cdef bint is_supported(str source, Text* text, Hit hit, Hit before, Hit after, rules) except -1:
    """Whether a weak hit has evidence; ``before`` and ``after`` are the hits beside it, None without one."""
    cdef bint company = hit.kind == "company"
    cdef Py_ssize_t left = hit.start, right = hit.end, ahead, behind
    cdef int words
    if company and rules.has_code(source, hit.end):
        return True
    if before is not None and before.kind == hit.kind and listed(text, before.end, hit.start):
        return True
    if company and after is not None and after.start == hit.end:
        if after.kind == "model":
            return True  # 快手可灵: the maker before its model
        if (
            before is not None and before.kind == after.kind == "company" and before.end == hit.start
            and not after.weak
        ):
            return True  # a list of names that only blanks part, which folding takes out
    if after is not None and after.kind == hit.kind and not after.weak and listed(text, hit.end, after.start):
        return True
    if company:
        for entry in hit.entries:
            if entry.fact("market") in MAINLAND:
                return rules.stock_words.longest(source, hit.end) > hit.end
    if hit.kind == "region" and hit.end - hit.start == 1:
        return char_at(text, hit.end) == u"省"
    sentence(text, &left, &right)
    if company and (is_near(before, hit, left, right) or is_near(after, hit, left, right)):
        return True
    ahead, behind = (16, 24) if company else (30, 40)
    words = KINDS_WITH_EVIDENCE.index(hit.kind)
    stands = (<Trie?>rules.evidence).stands
    return stands(source, max(left, hit.start - ahead), hit.start, words) or stands(
        source, hit.end, min(right, hit.end + behind), words
    )


def settled(str text not None, list hits not None, rules):
    """The hits of a text in order, weak ones only with evidence: a code, a list with others of the kind, telling words near by.

    ``rules`` knows codes (``has_code``), what stands behind listed companies (``stock_words``) and which words tell
    a kind (``evidence``).
    """
    cdef Text read = text_of(text)
    cdef Hit hit, before = None, after
    cdef Py_ssize_t number
    cdef list kept = []
    for number in range(len(hits)):
        hit = <Hit?>hits[number]
        if hit.weak:
            after = <Hit?>hits[number + 1] if number + 1 < len(hits) else None
            if not is_supported(text, &read, hit, before, after, rules):
                continue
            hit.weak = False
        kept.append(hit)
        before = hit
    return kept
