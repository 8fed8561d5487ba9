"""What the characters of a stretch tell at a glance, so that patterns run only where they can match."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ

cdef extern from "Python.h":
    bint Py_UNICODE_ISSPACE(Py_UCS4 ch)
    bint Py_UNICODE_ISLINEBREAK(Py_UCS4 ch)
    bint Py_UNICODE_ISALNUM(Py_UCS4 ch)
    bint Py_UNICODE_ISDIGIT(Py_UCS4 ch)
    bint Py_UNICODE_ISDECIMAL(Py_UCS4 ch)
    bint Py_UNICODE_ISPRINTABLE(Py_UCS4 ch)

cdef enum:
    PLANE = 0x10000
    WORD_CLASSES = 16


NAMES = {
    "wide": WIDE, "unreadable": UNREADABLE, "terminal": TERMINAL, "closed": CLOSED, "clause": CLAUSE, "stop": STOP,
    "comma": COMMA, "trailing": TRAILING, "mark": MARK, "note": NOTE, "page_begin": PAGE_BEGIN, "page": PAGE,
    "axis": AXIS, "leading": LEADING,
}


cdef uint32_t in_general(Py_UCS4 c) noexcept:
    """What Unicode says of a character. Decimal digits of any script are digits to patterns, too."""
    cdef uint32_t traits = 0
    if Py_UNICODE_ISSPACE(c):
        traits |= SPACE | PAGE
    if Py_UNICODE_ISLINEBREAK(c):
        traits |= BREAK
    traits |= WORD if Py_UNICODE_ISALNUM(c) else LEADING
    if Py_UNICODE_ISDIGIT(c):
        traits |= DIGIT
    if Py_UNICODE_ISDECIMAL(c):
        traits |= MARK | PAGE | AXIS | LEADING
    if Py_UNICODE_ISPRINTABLE(c):
        traits |= PRINTABLE
    if c >= 0x20000:
        traits |= WIDE
    if c >= 0x80 and not 0xD800 <= c < 0xE000:
        traits |= <uint32_t>(1 + (c >= 0x800) + (c >= 0x10000)) << BYTES
    return traits if traits & SPACE else traits | INK


cdef inline size_t place(Py_UCS4 left, Py_UCS4 right) noexcept:
    """Where two characters on end have their entry; others may share it, rarely."""
    return (<uint32_t>left * 0x9E35 ^ <uint32_t>right * 0x3B) & (PLANE - 1)


cdef class Traits:
    """The properties of characters, and two characters each of the words that patterns look for.

    ``characters`` gives names of properties (``terminal``, ``mark`` …) the characters that have them. ``words`` gives
    a list of pairs of characters for every class, and where they tell something of a stretch: ``anywhere``, at its
    ``beginning``, before which a bullet or number may stand, or its ``end``; a list with None is of words that may stand anywhere unnoticed.
    """

    def __cinit__(self, dict characters, list words):
        cdef Py_UCS4 c
        self.plane = <uint32_t*>PyMem_Calloc(PLANE, sizeof(uint32_t))
        self.pairs = <uint16_t*>PyMem_Calloc(PLANE, sizeof(uint16_t))
        if self.plane == NULL or self.pairs == NULL:
            raise MemoryError
        for c in range(<Py_UCS4>PLANE):
            self.plane[c] = in_general(c)
        for name, those in characters.items():
            for one in those:
                if ord(one) >= PLANE:
                    raise ValueError(f"no room for characters beyond the first plane: {one}")
                self.plane[<Py_ssize_t>ord(one)] |= <uint32_t>NAMES[name]
        for one in characters["unreadable"]:
            self.plane[<Py_ssize_t>ord(one)] &= ~<uint32_t>INK
        if len(words) > WORD_CLASSES:
            raise ValueError("too many classes of words")
        for number, (where, pairs) in enumerate(words):
            if where == "beginning":
                self.beginning |= 1 << number
            elif where == "end":
                self.ending |= 1 << number
            for pair in pairs:
                if pair is None:
                    self.always |= 1 << number
                else:
                    left, right = pair
                    self.pairs[place(ord(left), ord(right))] |= 1 << number
        self.anywhere = ~(self.beginning | self.ending)

    def __dealloc__(self):
        PyMem_Free(self.plane)
        PyMem_Free(self.pairs)

    cdef uint32_t stretch(self, int kind, const void* data, Py_ssize_t start, Py_ssize_t stop, Py_ssize_t* columns) noexcept:
        """The traits of ``data[start:stop]``, which is not empty, and its display width."""
        cdef Py_UCS4 c = PyUnicode_READ(kind, data, start), before
        cdef uint32_t traits = trait_of(self.plane, c), every = traits, some = traits
        cdef uint32_t first = traits
        cdef uint16_t words = 0, pair
        cdef Py_ssize_t bytes_more = traits >> BYTES, at
        for at in range(start, stop - 1):
            pair = self.pairs[place(PyUnicode_READ(kind, data, at), PyUnicode_READ(kind, data, at + 1))]
            words |= pair & self.beginning
            if not trait_of(self.plane, PyUnicode_READ(kind, data, at)) & LEADING:
                break
        for at in range(start + 1, stop):
            before = c
            c = PyUnicode_READ(kind, data, at)
            traits = trait_of(self.plane, c)
            some |= traits
            every &= traits
            bytes_more += traits >> BYTES
            words |= self.pairs[place(before, c)] & self.anywhere
        at = stop - 1
        while at > start + 1 and trait_of(self.plane, PyUnicode_READ(kind, data, at)) & TRAILING:
            at -= 1
        if at > start:
            pair = self.pairs[place(PyUnicode_READ(kind, data, at - 1), PyUnicode_READ(kind, data, at))]
            words |= pair & self.ending
        columns[0] = stop - start + bytes_more // 2  # Han has three bytes and two columns, Latin one and one
        return some & SOME | first & FIRST | every & EVERY | <uint32_t>(words | self.always) << WORDS

    def of(self, str text not None):
        """The traits of a text, as bits; none of an empty one."""
        cdef Py_ssize_t columns, size = PyUnicode_GET_LENGTH(text)
        return self.stretch(PyUnicode_KIND(text), PyUnicode_DATA(text), 0, size, &columns) if size else 0

    def of_each(self, str text not None, list passages):
        """The traits of each passage of the text."""
        cdef Py_ssize_t columns, start, stop, size = PyUnicode_GET_LENGTH(text)
        traits = []
        for passage in passages:
            start, stop = passage.start, passage.end
            if 0 <= start < stop <= size:
                traits.append(self.stretch(PyUnicode_KIND(text), PyUnicode_DATA(text), start, stop, &columns))
            else:
                traits.append(0)
        return traits
