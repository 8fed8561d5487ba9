from cython cimport final
from cpython.unicode cimport PyUnicode_READ, PyUnicode_Substring

from tagger.ingest._labels cimport Shape
from tagger.ingest._traits cimport Traits, trait_of, uint32_t


cdef struct Line:
    Py_ssize_t start  # of what it holds, without the blanks around it
    Py_ssize_t end
    Py_ssize_t indent  # characters before it
    Py_ssize_t columns  # display width: Han counts two, Latin one
    uint32_t traits
    bint gap  # a blank line, a page break or something left out stands before it
    bint cut  # something left out stands before it
    bint row  # tabs make it a row of a table


@final
cdef class Lines:
    cdef readonly str text
    cdef Traits traits
    cdef const uint32_t* plane
    cdef int kind
    cdef const void* data
    cdef Line* lines
    cdef Py_ssize_t size
    cdef Py_ssize_t room
    cdef bint joined  # paragraphs know them by their numbers, which stay from then on
    cdef uint32_t label  # the trait of lines that begin as a label or heading does

    cdef inline Py_UCS4 at(self, Py_ssize_t place) noexcept:
        return PyUnicode_READ(self.kind, self.data, place)

    cdef inline uint32_t trait(self, Py_ssize_t place) noexcept:
        return trait_of(self.plane, self.at(place))

    cdef inline str words(self, Line* line):
        return PyUnicode_Substring(self.text, line.start, line.end)

    cdef find(self, template_mark)
    cdef Line* next_line(self) except NULL
    cdef bint has(self, Py_ssize_t start, Py_ssize_t stop, Py_UCS4 char) noexcept
    cdef Shape shape(self, Line* line) noexcept
    cdef Py_ssize_t step(self, Py_ssize_t sample) except? -1
    cdef bint leads(self, Line* line) noexcept
