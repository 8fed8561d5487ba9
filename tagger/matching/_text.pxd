"""A text for compiled readers: characters by their place, 0 outside it."""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ, Py_UNICODE_ISSPACE
from libc.stdint cimport uint8_t, uint16_t, uint32_t

cdef enum:
    PLANE = 0x10000
    SET = 0x2000  # bytes of a set of characters: a bit for every one of the first plane, so that few are touched

cdef struct Text:
    int kind
    void* data
    Py_ssize_t size


cdef inline Text text_of(str text) noexcept:
    return Text(PyUnicode_KIND(text), PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text))


cdef inline Py_UCS4 char_at(Text* text, Py_ssize_t place) noexcept:
    return PyUnicode_READ(text.kind, text.data, place) if 0 <= place < text.size else 0


cdef inline bint is_digit(Py_UCS4 c) noexcept:
    return c"0" <= c <= c"9"


cdef inline bint is_latin(Py_UCS4 c) noexcept:
    """Whether a character of a folded text is a letter or digit of names in Latin script."""
    return c"a" <= c <= c"z" or is_digit(c)


cdef inline Py_ssize_t past_blank(Text* text, Py_ssize_t place) noexcept:
    """The place behind one blank, if there is one."""
    return place + (place < text.size and Py_UNICODE_ISSPACE(char_at(text, place)))


cdef inline void put(uint8_t* members, Py_UCS4 c) noexcept:
    """Make a character a member of a set, if it is of the first plane."""
    if c < PLANE:
        members[<uint32_t>c >> 3] |= <uint8_t>(1 << (<uint32_t>c & 7))


cdef inline bint holds(const uint8_t* members, uint32_t c) noexcept:
    return members[c >> 3] >> (c & 7) & 1


cdef inline Py_ssize_t next_of(Text* text, Py_ssize_t at, Py_ssize_t end, const uint8_t* members) noexcept:
    """The first place from ``at`` on where a member of a set stands; ``end`` when none does before it."""
    cdef const uint8_t* narrow = <const uint8_t*>text.data
    cdef const uint16_t* usual = <const uint16_t*>text.data
    cdef const uint32_t* wide = <const uint32_t*>text.data
    if text.kind == 2:
        while at < end and not holds(members, usual[at]):
            at += 1
    elif text.kind == 1:
        while at < end and not holds(members, narrow[at]):
            at += 1
    else:
        while at < end and not (wide[at] < PLANE and holds(members, wide[at])):
            at += 1
    return at
