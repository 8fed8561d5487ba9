"""The terms that a scanner found, checked one by one: Latin bounds, word bounds, what else they may be."""

from cpython.bytes cimport PyBytes_AS_STRING
from cpython.unicode cimport PyUnicode_READ_CHAR

from tagger.matching._found cimport Hit
from tagger.matching._text cimport Text, char_at, is_latin, text_of
from tagger.matching._trie cimport Terms

cdef enum:
    VETO_LENGTH = 3  # characters; a longer term hardly stands in a text by chance
    SIGHT = 200  # characters
    BRAND = 6  # characters between a quote and a place in the name of a brand


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


def sentence(str text not None, Py_ssize_t start, Py_ssize_t end):
    """The sentence around a span, as far as evidence is looked for."""
    cdef Text read = text_of(text)
    cdef Py_ssize_t left = start, right = end
    cdef Py_ssize_t lowest = max(0, start - SIGHT), highest = min(read.size, end + SIGHT)
    cdef Py_UCS4 c
    while left > lowest:
        c = char_at(&read, left - 1)
        if c == u"。" or c == u"；" or c == u"\n":
            break
        left -= 1
    while right < highest:
        c = char_at(&read, right)
        if c == u"。" or c == u"；" or c == u"！" or c == u"？" or c == u"\n":
            break
        right += 1
    return left, right


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
            hit = rules.with_version(text, surface, start, end)
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
        hits.append(Hit(start, end, kind, entries, weak))
        last = end
    return hits
