cdef class View:
    cdef readonly str source
    cdef readonly str text
    cdef int* places  # of every folded character in the original; NULL where none was taken out
    cdef Py_ssize_t size

    cdef inline Py_ssize_t place(self, Py_ssize_t at) noexcept:
        if self.places == NULL:
            return at
        if at < self.size:
            return self.places[at]
        return len(self.source) + at - self.size
