cdef class View:
    cdef readonly str source
    cdef readonly str text
    cdef int* places  # of every folded character in the original; NULL where none was taken out
    cdef Py_ssize_t size

    cdef Py_ssize_t place(self, Py_ssize_t at) noexcept
