"""One pass over a text: every character folded, blanks beside Han taken out, the way back kept."""

from array import array

from cpython.bytes cimport PyBytes_FromStringAndSize
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cpython.unicode cimport (
    PyUnicode_2BYTE_KIND, PyUnicode_4BYTE_KIND, PyUnicode_DATA, PyUnicode_FromKindAndData, PyUnicode_GET_LENGTH,
    PyUnicode_KIND, PyUnicode_New, PyUnicode_READ,
)
from libc.stdint cimport uint16_t, uint32_t
from libc.limits cimport INT_MAX

cdef extern from "Python.h":
    Py_UCS4 Py_UNICODE_TOLOWER(Py_UCS4 ch) nogil

cdef enum:
    PLANE = 0x10000
    LATIN = 0xFF  # the highest character of a string of one byte each,
    BASIC = 0xFFFF  # and of one of two
    GROWING = 0x130  # İ, the one letter that is longer when lowered; it stays as it is


cdef inline bint is_blank(Py_UCS4 c) noexcept nogil:
    return c == 0x20 or c == 0x09 or c == 0x3000 or c == 0xA0 or c == 0x2009


cdef class View:
    """A text folded for matching. ``start`` and ``end`` turn offsets of ``text`` into offsets of the original."""

    def __cinit__(self):
        self.source = self.text = ""  # never None, which compiled readers would take for a text

    def __dealloc__(self):
        PyMem_Free(self.places)

    cdef Py_ssize_t place(self, Py_ssize_t at) noexcept:
        if self.places == NULL or at < 0:
            return at
        if at < self.size:
            return self.places[at]
        return PyUnicode_GET_LENGTH(self.source) + at - self.size

    def start(self, Py_ssize_t at):
        """Where the character at ``at`` stands in the original."""
        return self.place(at)

    def starts(self, places):
        """Where the characters at these places stand in the original."""
        cdef Py_ssize_t at
        if self.places == NULL:
            return places
        return [self.place(at) for at in places]

    def end(self, Py_ssize_t at):
        """Where a span that ends before ``at`` ends in the original: right behind its last character."""
        return self.place(at - 1) + 1 if at else 0

    def origin(self):
        """Where every character of the folded text stands in the original, as native 32-bit integers."""
        if self.places == NULL:
            return array("i", range(self.size)).tobytes()
        return PyBytes_FromStringAndSize(<char*>self.places, self.size * sizeof(int))


cdef class Fold:
    """The folding by a table of single characters; letters are lowered whatever the table says."""

    cdef Py_UCS4* plane
    cdef dict beyond

    def __cinit__(self, dict characters):
        cdef Py_UCS4 code
        self.plane = <Py_UCS4*>PyMem_Malloc(PLANE * sizeof(Py_UCS4))
        if self.plane == NULL:
            raise MemoryError
        for code in range(<Py_UCS4>PLANE):
            self.plane[code] = code if code == GROWING else Py_UNICODE_TOLOWER(code)
        self.beyond = {}
        for before, after in characters.items():
            low = after.lower() if len(after.lower()) == 1 else after
            if ord(before) < PLANE:
                self.plane[<Py_ssize_t>ord(before)] = ord(low)
            else:
                self.beyond[before] = low

    def __dealloc__(self):
        PyMem_Free(self.plane)

    cdef inline Py_UCS4 one(self, Py_UCS4 c):
        if c < PLANE:
            return self.plane[c]
        if is_han(c):
            return self.beyond.get(c, c) if self.beyond else c
        return Py_UNICODE_TOLOWER(c)

    def characters(self, str text not None):
        """Width, script and case folded; as many characters as before."""
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        if kind == PyUnicode_2BYTE_KIND:
            made = self.basic(<const uint16_t*>data, size)
            if made is not None:
                return made
        cdef Py_UCS4* folded = <Py_UCS4*>PyMem_Malloc((size + 1) * sizeof(Py_UCS4))
        if folded == NULL:
            raise MemoryError
        try:
            for at in range(size):
                folded[at] = self.one(PyUnicode_READ(kind, data, at))
            return PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, folded, size)
        finally:
            PyMem_Free(folded)

    cdef str basic(self, const uint16_t* data, Py_ssize_t size):
        """The fold of characters of two bytes each; None where it needs fewer or more."""
        cdef str made = PyUnicode_New(size, BASIC)
        cdef uint16_t* folded = <uint16_t*>PyUnicode_DATA(made)
        cdef uint32_t some = 0, one
        cdef Py_ssize_t at
        for at in range(size):
            one = <uint32_t>self.plane[data[at]]
            folded[at] = <uint16_t>one
            some |= one
        return made if LATIN < some <= BASIC else None

    def view(self, str text not None):
        """The view of ``text``: folded, less the blanks beside a Han character and line breaks between two."""
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at = 0, kept = 0, stop
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_UCS4 c
        cdef bint behind_han = False
        if size > INT_MAX:
            raise OverflowError("a text of 2**31 characters or more")
        cdef View view = View.__new__(View)
        cdef int* places = <int*>PyMem_Malloc((size + 1) * sizeof(int))
        cdef Py_UCS4* folded = <Py_UCS4*>PyMem_Malloc((size + 1) * sizeof(Py_UCS4))
        view.places = places  # freed with the view
        try:
            if folded == NULL or places == NULL:
                raise MemoryError
            while at < size:
                c = self.one(PyUnicode_READ(kind, data, at))
                if is_blank(c):
                    stop = at + 1
                    while stop < size and is_blank(PyUnicode_READ(kind, data, stop)):
                        stop += 1
                    if behind_han or (stop < size and is_han(self.one(PyUnicode_READ(kind, data, stop)))):
                        at = stop
                        behind_han = False  # a line break behind the blanks stays
                        continue
                    while at < stop:
                        folded[kept] = PyUnicode_READ(kind, data, at)
                        places[kept] = at
                        kept += 1
                        at += 1
                    behind_han = False
                    continue
                if (
                    c == 0x0A
                    and behind_han
                    and at + 1 < size
                    and is_han(self.one(PyUnicode_READ(kind, data, at + 1)))
                ):
                    at += 1
                    continue
                folded[kept] = c
                places[kept] = at
                kept += 1
                at += 1
                behind_han = is_han(c)
            view.source = text
            view.text = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, folded, kept)
            view.size = kept
            if kept == size:
                PyMem_Free(places)
                view.places = NULL
            return view
        finally:
            PyMem_Free(folded)
