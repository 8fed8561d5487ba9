"""The words around a number that bound it, read backward from its beginning and forward from its end."""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ, Py_UNICODE_ISSPACE
from libc.stdint cimport uint32_t

from tagger.matching._trie cimport CLASSES, ROOT, Trie

cdef enum:
    REACH = 12  # characters before a number
    BRACKETED = 8  # characters of a remark in brackets behind one
    SPLITS = 24


cdef class BoundWords:
    """Qualifiers by their words: ``before`` and ``after`` are (name, words) in the order in which names win.

    Between a word before a number and the number one of ``links`` may stand, or ``may`` and one.
    """

    def __cinit__(self, list before not None, list after not None, links, str may not None):
        self.before_names = [name for name, _ in before]
        self.after_names = [name for name, _ in after]
        self.before = Trie((), [[word[::-1] for word in words] for _, words in (*before, ("", links))])
        self.after = Trie((), [words for _, words in after])
        self.may = ord(may)

    cdef tuple ahead(self, str text, Py_ssize_t start):
        """The bound nearest before a number, None without one, and whether the words there call it a total."""
        cdef int kind = PyUnicode_KIND(text), splits, split, link = len(self.before_names)
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t end = min(start, PyUnicode_GET_LENGTH(text)), lowest = max(0, end - REACH), at
        cdef Py_ssize_t[SPLITS] places
        cdef Py_ssize_t[CLASSES] begins
        cdef uint32_t node, classes, found
        cdef int name
        cdef bint total = False
        bound = None
        while True:
            while end > lowest and Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, end - 1)):
                end -= 1
            # Where a bounding word may end: here, or before a link.
            places[0], splits = end, 1
            node, at, found = ROOT, end, 0
            while at > lowest:
                node = self.before.step(node, PyUnicode_READ(kind, data, at - 1))
                if not node:
                    break
                at -= 1
                if self.before.nodes[node].classes >> link & 1 and splits + 1 < SPLITS:
                    places[splits] = at
                    splits += 1
                    if at > lowest and PyUnicode_READ(kind, data, at - 1) == self.may:
                        places[splits] = at - 1
                        splits += 1
            for split in range(splits):
                node, at = ROOT, places[split]
                while at > lowest:
                    node = self.before.step(node, PyUnicode_READ(kind, data, at - 1))
                    if not node:
                        break
                    at -= 1
                    classes = self.before.nodes[node].classes
                    for name in range(link):
                        if classes >> name & 1 and not (found >> name & 1 and begins[name] <= at):
                            begins[name] = at
                            found |= <uint32_t>1 << name
            if not found:
                return bound, total
            name = 0
            while not found >> name & 1:
                name += 1
            if self.before_names[name] == "total":
                total = True
            elif bound is None:
                bound = self.before_names[name]
            end = begins[name]

    cdef object behind(self, str text, Py_ssize_t end):
        """The bound right behind a number: 以上, 左右, （含）以上; None without one."""
        cdef int kind = PyUnicode_KIND(text), name
        cdef void* data = PyUnicode_DATA(text)
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at = max(0, end), stop
        cdef uint32_t node = ROOT, found = 0
        cdef Py_UCS4 c
        if at < size and Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, at)):
            at += 1
        if at < size and (PyUnicode_READ(kind, data, at) == u"（" or PyUnicode_READ(kind, data, at) == c"("):
            stop = at + 1
            while stop < size and stop - at - 1 <= BRACKETED:
                c = PyUnicode_READ(kind, data, stop)
                if c == u"）" or c == c")":
                    break
                stop += 1
            else:
                return None
            if stop == at + 1:
                return None
            at = stop + 1
        while at < size:
            node = self.after.step(node, PyUnicode_READ(kind, data, at))
            if not node:
                break
            at += 1
            found |= self.after.nodes[node].classes
        if not found:
            return None
        name = 0
        while not found >> name & 1:
            name += 1
        return self.after_names[name]

    cpdef str read(self, str text, Py_ssize_t start, Py_ssize_t end, str sureness):
        """The qualifier of the number at a span; a bound comes before a total, ``sureness`` is what the number says itself."""
        if text is None:
            raise TypeError("no text")
        after = self.behind(text, end)
        if after == "max" or after == "min":
            return after
        before, total = self.ahead(text, start)
        if before is not None and before != "about":
            return before
        if sureness == "over":
            return sureness
        if before is not None or after is not None:
            return before if before is not None else after
        if sureness == "about":
            return sureness
        return "total" if total else "exact"
