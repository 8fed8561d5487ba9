from tagger.ingest._cursor cimport Cursor

cdef enum Shape:
    NO_LABEL
    DATE
    NUMBER
    PERCENT


cdef Shape shape_of(int kind, const void* data, Py_ssize_t start, Py_ssize_t stop) noexcept
cdef bint is_axis(const Cursor* labels, Py_ssize_t count) noexcept
cdef bint is_page_number(Cursor cursor) noexcept
