"""What is found in the folded text before it becomes mentions."""

from cpython.unicode cimport PyUnicode_Substring, Py_UNICODE_ISSPACE
from cython cimport freelist, no_gc

from tagger.lexicon._fold cimport View, is_han
from tagger.matching._text cimport Text, char_at, text_of

cdef enum:
    SIGHT = 14  # characters before a mention in which a word marks it
    LONGEST = 0xFFFF  # characters of a candidate that are told apart in the order of candidates


@freelist(64)
@no_gc  # strings and values only: no cycles
cdef class Candidate:
    """A span of the folded text and what it may be; ``rank`` decides between candidates that overlap."""

    def __init__(
        self, Py_ssize_t start, Py_ssize_t end, str kind, int rank, canonical=None, entry=None, str by="lexicon",
        value=None,
    ):
        self.start, self.end, self.kind, self.rank = start, end, kind, rank
        self.canonical, self.entry, self.by, self.value = canonical, entry, by, value


@freelist(64)
@no_gc
cdef class Hit:
    """A term found in the folded text; ``weak`` asks for evidence, ``form`` says that its form told it."""

    def __init__(self, Py_ssize_t start, Py_ssize_t end, str kind, tuple entries, bint weak=False, bint form=False):
        self.start, self.end, self.kind, self.entries, self.weak, self.form = start, end, kind, entries, weak, form


def term_candidates(list hits not None, list found not None):
    """Put all hits but regions on ``found``; the answer is the numbers of the hits that are regions or issuers."""
    cdef Hit hit
    cdef Candidate candidate
    cdef Py_ssize_t number
    cdef int rank
    cdef list places = []
    for number in range(len(hits)):
        hit = <Hit?>hits[number]
        rank = 4
        if hit.kind == "region":
            places.append(number)
            continue
        if hit.kind == "issuer":
            places.append(number)
            rank = 1
        elif hit.kind == "policy":
            rank = 2
        candidate = candidate_at(hit.start, hit.end, hit.kind, rank, "form" if hit.form else "lexicon")
        if hit.entries:
            entry = hit.entries[0]
            candidate.canonical, candidate.entry = entry.canonical, entry.id
        found.append(candidate)
    return places


def without_overlaps(list found not None):
    """The longest reading wins; among equals the better rank, then the earlier. Sorts ``found``.

    Titles, authorities and document numbers (ranks 0 and 1) hold what lies inside them.
    """
    cdef Candidate item, last
    cdef list kept = []
    cdef bint holds
    found.sort(key=_place)
    for item in found:
        while kept:
            last = kept[len(kept) - 1]
            if item.start >= last.end:
                kept.append(item)
                break
            holds = (
                last.rank <= 1
                or (last.rank <= item.rank and last.end >= item.end)
                or last.end - last.start >= item.end - item.start
            )
            if holds and not (item.rank <= 1 < last.rank):
                break
            kept.pop()
        else:
            kept.append(item)
    return kept


def _place(Candidate item not None):
    """By start, then the longest, then by rank, in one number; what is longer than it can tell is as long.

    A float holds it, and floats are compared faster than integers of that size.
    """
    return <double>((item.start << 20) - (min(item.end - item.start, LONGEST) << 4) + item.rank)


def mentions_of(View view not None, list kept not None, list marking not None, rules):
    """The mentions that candidates, in order and apart, become.

    ``marking`` are the spans of words that may mark a mention as negated or planned; ``rules`` reads those marks
    (``marks``) and makes mentions (``make``).
    """
    cdef Text text = text_of(view.source)
    cdef Candidate item
    cdef Py_ssize_t start, end, next_mark = 0
    cdef str surface
    cdef list mentions = []
    make, unset, marked = rules.make, rules.unmarked, rules.marked
    for item in kept:
        if item.kind == "address":
            continue
        start, end = view.place(item.start), view.place(item.end - 1) + 1
        if item.end - item.start < 3 and is_broken(&text, start, end):
            continue  # two characters of two lines are no word
        surface = PyUnicode_Substring(view.source, start, end)
        canonical = item.canonical
        if canonical is None:
            canonical = tidied(&text, start, end) if is_untidy(&text, start, end) else surface
        marks = unset
        if item.kind in marked:
            while next_mark < len(marking) and <Py_ssize_t>(<tuple>marking[next_mark])[0] < item.start - SIGHT:
                next_mark += 1
            if next_mark < len(marking) and <Py_ssize_t>(<tuple>marking[next_mark])[0] < item.start:
                marks = rules.marks(view.text, item.start)
        mentions.append(make(start, end, surface, item.kind, canonical, item.entry, item.by, item.value, marks))
    return mentions


cdef str tidied(Text* text, Py_ssize_t start, Py_ssize_t end):
    """A span in half width, without the blanks that stand beside Han."""
    cdef list kept = []
    cdef Py_ssize_t at = start, stop, place
    cdef Py_UCS4 c
    while at < end:
        c = char_at(text, at)
        stop = at + 1
        if Py_UNICODE_ISSPACE(c):
            while stop < end and Py_UNICODE_ISSPACE(char_at(text, stop)):
                stop += 1
            if not (at > start and is_han(char_at(text, at - 1)) or stop < end and is_han(char_at(text, stop))):
                kept.extend([char_at(text, place) for place in range(at, stop)])
        else:
            kept.append(half_width(c))
        at = stop
    return "".join(kept)


cdef Py_UCS4 half_width(Py_UCS4 c) except? 0:
    if 0xFF10 <= c <= 0xFF19 or 0xFF21 <= c <= 0xFF3A or 0xFF41 <= c <= 0xFF5A:
        return <Py_UCS4>(<unsigned int>c - 0xFEE0)
    if c == u"％" or c == u"＋" or c == u"－" or c == u"．" or c == u"＄":
        return <Py_UCS4>(<unsigned int>c - 0xFEE0)
    return u"¥" if c == u"￥" else c


cdef bint is_broken(Text* text, Py_ssize_t start, Py_ssize_t end) noexcept:
    """Whether a line ends within a span."""
    cdef Py_ssize_t at
    for at in range(start, end):
        if char_at(text, at) == u"\n":
            return True
    return False


cdef bint is_untidy(Text* text, Py_ssize_t start, Py_ssize_t end) noexcept:
    """Whether blanks or characters of another width stand within a span."""
    cdef Py_ssize_t at
    cdef Py_UCS4 c
    for at in range(start, end):
        c = char_at(text, at)
        if Py_UNICODE_ISSPACE(c) or 0xFF00 <= c <= 0xFFEF:
            return True
    return False
