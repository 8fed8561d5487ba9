cdef inline bint is_han(Py_UCS4 c) noexcept nogil:
    return 0x3400 <= c <= 0x9FFF or 0x20000 <= c <= 0x3FFFF


cdef class View:
    cdef readonly str source
    cdef readonly str text
    cdef int* places  # of every folded character in the original; NULL where none was taken out
    cdef Py_ssize_t size

    cdef Py_ssize_t place(self, Py_ssize_t at) noexcept
