from tagger.matching._trie cimport Trie


cdef class BoundWords:
    cdef Trie before  # words from right to left; the class of links stands behind those of the names
    cdef Trie after
    cdef list before_names
    cdef list after_names
    cdef Py_UCS4 may

    cdef tuple ahead(self, str text, Py_ssize_t start)
    cdef object behind(self, str text, Py_ssize_t end)
    cpdef str read(self, str text, Py_ssize_t start, Py_ssize_t end, str sureness)
