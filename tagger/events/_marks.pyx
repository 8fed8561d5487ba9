"""Marks of punctuation: half-width ones made the full-width ones that the rules know, and the last one found."""

from cpython.unicode cimport (
    Py_UNICODE_ISDECIMAL, PyUnicode_4BYTE_KIND, PyUnicode_CopyCharacters, PyUnicode_DATA, PyUnicode_GET_LENGTH,
    PyUnicode_KIND, PyUnicode_New, PyUnicode_READ, PyUnicode_WRITE,
)

cdef enum:
    TO_FULL = 0xFEE0  # from a half-width mark to its full-width form
    BASIC = 0xFFFF  # the highest character of a string of two bytes each,
    ANY = 0x10FFFF  # and of one of four


def full_stops(str text not None):
    """``text`` with its half-width marks made full-width, but those between two digits (1,000, 9:30)."""
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at
    cdef int kind = PyUnicode_KIND(text), made_kind = 0
    cdef void* data = PyUnicode_DATA(text)
    cdef void* made_data = NULL
    cdef Py_UCS4 c
    cdef str made = None
    for at in range(size):
        c = PyUnicode_READ(kind, data, at)
        if c != 0x2C and c != 0x3A and c != 0x3B:
            continue
        if (
            0 < at < size - 1
            and Py_UNICODE_ISDECIMAL(PyUnicode_READ(kind, data, at - 1))
            and Py_UNICODE_ISDECIMAL(PyUnicode_READ(kind, data, at + 1))
        ):
            continue
        if made is None:  # the first mark: it needs two bytes a character whatever else there is
            made = PyUnicode_New(size, ANY if kind == PyUnicode_4BYTE_KIND else BASIC)
            PyUnicode_CopyCharacters(made, 0, text, 0, size)
            made_kind, made_data = PyUnicode_KIND(made), PyUnicode_DATA(made)
        PyUnicode_WRITE(made_kind, made_data, at, <Py_UCS4>(<int>c + TO_FULL))
    return text if made is None else made


def last_of(str text not None, str marks not None, Py_ssize_t start, Py_ssize_t end):
    """Where the last of ``marks`` stands in ``text[start:end]``; -1 where there is none."""
    cdef Py_ssize_t at, number, count = PyUnicode_GET_LENGTH(marks)
    cdef int kind = PyUnicode_KIND(text), marks_kind = PyUnicode_KIND(marks)
    cdef void* data = PyUnicode_DATA(text)
    cdef void* marks_data = PyUnicode_DATA(marks)
    cdef unsigned long long some = 0  # by their last six bits: most characters are no mark at one look
    cdef Py_UCS4 c
    for number in range(count):
        some |= 1ULL << (<int>PyUnicode_READ(marks_kind, marks_data, number) & 63)
    at = min(end, PyUnicode_GET_LENGTH(text))
    start = max(start, 0)
    while at > start:
        at -= 1
        c = PyUnicode_READ(kind, data, at)
        if not some >> (<int>c & 63) & 1:
            continue
        for number in range(count):
            if PyUnicode_READ(marks_kind, marks_data, number) == c:
                return at
    return -1
