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


cdef inline Hit hit_at(Py_ssize_t start, Py_ssize_t end, str kind, tuple entries, bint weak):
    """A hit made without a call from Python, which would make numbers of its fields first."""
    cdef Hit hit = Hit.__new__(Hit)
    hit.start, hit.end, hit.kind, hit.entries, hit.weak = start, end, kind, entries, weak
    return hit


cdef inline Candidate candidate_at(Py_ssize_t start, Py_ssize_t end, str kind, int rank, str by):
    """A candidate made in the same way, without an entry or a value."""
    cdef Candidate made = Candidate.__new__(Candidate)
    made.start, made.end, made.kind, made.rank, made.by = start, end, kind, rank, by
    return made
