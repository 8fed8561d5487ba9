cdef class Candidate:
    cdef public Py_ssize_t start
    cdef public Py_ssize_t end
    cdef public str kind
    cdef public int rank
    cdef public object canonical
    cdef public object entry
    cdef public str by
    cdef public object value


cdef class Hit:
    cdef public Py_ssize_t start
    cdef public Py_ssize_t end
    cdef public str kind
    cdef public tuple entries
    cdef public bint weak
    cdef public bint form
