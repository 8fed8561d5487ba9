"""From the scores of paragraphs to their labels, paragraph by paragraph."""

cimport cython
from cpython.bytearray cimport PyByteArray_AS_STRING
from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc
from libc.math cimport exp, rint

from tagger.matching._text cimport Text, char_at, text_of
from tagger.schema import Paragraph

COMPUTE = "compute"
cdef str QUANTITY = "quantity"
cdef tuple WITH_COMPUTE = ("model_news", "policy")
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

    def decide(self, bytearray scores not None, tuple passages not None):
        """The paragraphs of a document with their themes. The scores are 64-bit floats, label by label."""
        cdef Py_ssize_t row, label, best
        cdef list leaning, themes, paragraphs = []
        cdef dict shown
        cdef bint uncertain
        cdef double* given = <double*>PyByteArray_AS_STRING(scores)
        cdef double* chances
        if len(scores) != len(passages) * self.size * <Py_ssize_t>sizeof(double):
            raise ValueError("not as many scores as paragraphs")
        chances = <double*>PyMem_Malloc(self.size * sizeof(double))
        if chances == NULL:
            raise MemoryError
        try:
            for row in range(len(passages)):
                passage = passages[row]
                section = passage.section
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
                if self.other >= 0 and (passage.heading or section in self.set_aside):
                    best, themes, uncertain = self.other, [self.labels[self.other]], False
                else:
                    themes, uncertain = self.themes(chances, best), chances[best] < self.uncertain_below
                paragraphs.append(
                    Paragraph(
                        passage.start, passage.end, section, passage.page, self.labels[best], themes, shown, uncertain
                    )
                )
        finally:
            PyMem_Free(chances)
        return paragraphs

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


def add_compute(list paragraphs not None, str text not None, list mentions not None, units):
    """Give a paragraph on models or a policy the second theme compute when a sentence of it is about compute.

    Two terms of computing power in one sentence make a full clause about it (rules 2 and 3 of the labelling guide);
    ``units`` are the units of measure that speak of it.
    """
    cdef Py_ssize_t row = 0, size = len(paragraphs), since = -1, start
    cdef Py_ssize_t end = 0  # of the paragraph in hand
    cdef bint open = False  # whether it may be given the theme
    if size:
        end, open = paragraphs[0].end, may_have_compute(paragraphs[0])
    for mention in mentions:
        kind = mention.kind
        if not (kind == COMPUTE or kind == QUANTITY and mention.value is not None and mention.value.unit in units):
            continue
        start = mention.start
        while row < size and end <= start:
            row, since = row + 1, -1
            if row < size:
                end, open = paragraphs[row].end, may_have_compute(paragraphs[row])
        if row == size:
            return
        if not open:
            continue
        if since >= 0 and not has_sentence_end(text, since, start):
            themes = paragraphs[row].themes
            if COMPUTE not in themes:
                themes.append(COMPUTE)
        since = mention.end


cdef bint may_have_compute(paragraph) except -1:
    return paragraph.theme in WITH_COMPUTE


cdef bint has_sentence_end(str text, Py_ssize_t start, Py_ssize_t end) noexcept:
    cdef Py_ssize_t at
    cdef Text read = text_of(text)
    for at in range(start, end):
        if char_at(&read, at) in "。！？；\n":
            return True
    return False
