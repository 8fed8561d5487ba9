cdef enum Shape:
    NO_LABEL
    DATE
    NUMBER
    PERCENT


cdef Shape shape_of(int kind, const void* data, Py_ssize_t start, Py_ssize_t stop) noexcept
