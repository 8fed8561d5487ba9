"""From the scores of paragraphs to their labels, paragraph by paragraph."""

cimport cython
from cpython.bytearray cimport PyByteArray_AS_STRING
from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc
from libc.math cimport exp, rint

cdef double SHOWN = 1e4  # a paragraph's probabilities have four decimals


@cython.final
cdef class Judge:
    """Decides on paragraphs by the figures of a model.

    Probabilities are softmax((score + shift) · slope); ``leanings`` has for a section what it adds to the scores.
    ``thresholds`` are the probabilities from which a theme stands beside the first one; below ``uncertain_below``
    the first one is uncertain. ``other`` stands alone; headings and the sections ``set_aside`` are other whatever
    they say, where that is a label. Raises ValueError when the figures are not as many as the labels.
    """

    cdef list labels
    cdef Py_ssize_t size
    cdef Py_ssize_t other  # -1 where it is no label
    cdef double* shift
    cdef double* thresholds
    cdef double slope
    cdef double uncertain_below
    cdef dict leanings
    cdef frozenset set_aside

    def __cinit__(
        self, labels, shift, double slope, thresholds, double uncertain_below, leanings, str other, set_aside
    ):
        cdef Py_ssize_t label
        self.labels, self.size = list(labels), len(labels)
        self.slope, self.uncertain_below = slope, uncertain_below
        self.leanings = {section: list(map(float, added)) for section, added in leanings.items()}
        if not self.size or {len(shift), len(thresholds), *map(len, self.leanings.values())} != {self.size}:
            raise ValueError("not as many figures as labels")
        self.set_aside = frozenset(set_aside)
        self.other = labels.index(other) if other in labels else -1
        self.shift = <double*>PyMem_Calloc(2 * self.size, sizeof(double))
        if self.shift == NULL:
            raise MemoryError
        self.thresholds = self.shift + self.size
        for label in range(self.size):
            self.shift[label], self.thresholds[label] = shift[label], thresholds[label]

    def __dealloc__(self):
        PyMem_Free(self.shift)

    def decide(self, bytearray scores not None, tuple paragraphs not None, tuple headings not None):
        """Set theme, themes, scores and uncertain of paragraphs. Their scores are 64-bit floats, label by label."""
        cdef Py_ssize_t row, label, best
        cdef list leaning
        cdef double* given = <double*>PyByteArray_AS_STRING(scores)
        cdef double* chances
        if len(headings) != len(paragraphs) or len(scores) != len(paragraphs) * self.size * <Py_ssize_t>sizeof(double):
            raise ValueError("not as many scores and headings as paragraphs")
        chances = <double*>PyMem_Malloc(self.size * sizeof(double))
        if chances == NULL:
            raise MemoryError
        try:
            for row in range(len(paragraphs)):
                paragraph = paragraphs[row]
                section = paragraph.section
                leaning = self.leanings.get(section)
                for label in range(self.size):
                    chances[label] = given[row * self.size + label] + self.shift[label]
                    if leaning is not None:
                        chances[label] += <double>leaning[label]
                self.to_chances(chances)
                best = self.surest(chances)
                shown = {}
                for label in range(self.size):
                    shown[self.labels[label]] = rint(chances[label] * SHOWN) / SHOWN
                paragraph.scores = shown
                if self.other >= 0 and (headings[row] or section in self.set_aside):
                    paragraph.theme = self.labels[self.other]
                    paragraph.themes = [self.labels[self.other]]
                    continue
                paragraph.theme = self.labels[best]
                paragraph.themes = self.themes(chances, best)
                paragraph.uncertain = chances[best] < self.uncertain_below
        finally:
            PyMem_Free(chances)

    @cython.cdivision(True)  # the total is one at least
    cdef void to_chances(self, double* scores) noexcept:
        """Turn scores into probabilities."""
        cdef Py_ssize_t label
        cdef double top = scores[self.surest(scores)], total = 0
        for label in range(self.size):
            scores[label] = exp((scores[label] - top) * self.slope)
            total += scores[label]
        for label in range(self.size):
            scores[label] /= total

    cdef Py_ssize_t surest(self, const double* chances) noexcept:
        """The label with the highest number, the first of equals."""
        cdef Py_ssize_t label, best = 0
        for label in range(1, self.size):
            if chances[label] > chances[best]:
                best = label
        return best

    cdef list themes(self, const double* chances, Py_ssize_t best):
        """The themes by their probabilities, the surest one first."""
        cdef Py_ssize_t label
        cdef list found = [self.labels[best]], more = None
        if best == self.other:
            return found
        for label in range(self.size):
            if label != best and label != self.other and chances[label] >= self.thresholds[label]:
                if more is None:
                    more = []
                more.append((-chances[label], label))
        if more is not None:
            found += [self.labels[number] for _, number in sorted(more)]
        return found

    def themes_of(self, list chances not None):
        """The themes of a paragraph with these probabilities, the first one first."""
        cdef Py_ssize_t label
        cdef double* given
        if len(chances) != self.size:
            raise ValueError("not as many probabilities as labels")
        given = <double*>PyMem_Malloc(self.size * sizeof(double))
        if given == NULL:
            raise MemoryError
        try:
            for label in range(self.size):
                given[label] = chances[label]
            return self.themes(given, self.surest(given))
        finally:
            PyMem_Free(given)
