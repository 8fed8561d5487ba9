"""The most probable words of a text by a dictionary, told as bounds: no word becomes an object.

It is the cut of jieba without its hidden Markov model: within a block of Han, letters and digits, the words whose
frequencies multiply to the most; every other character is a word, but for a line's end of two.
"""

cimport cython
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc, PyMem_Realloc
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_GET_LENGTH, PyUnicode_KIND, PyUnicode_READ
from libc.math cimport isnan
from libc.stdint cimport uint16_t, uint32_t
from libc.string cimport memset

from tagger.words._double_array cimport NO_LETTER, NO_WORD, Unit

cdef extern from *:
    """
    #ifdef __GNUC__
    #define FETCH(place) __builtin_prefetch(place)
    #else
    #define FETCH(place)
    #endif
    """
    void FETCH(const void* place) noexcept

cdef enum:
    CHARACTERS = 0x110000
    ROOM = 256  # characters of a block for which there is room from the start


cdef struct Step:  # from a place in a block to its end
    double chance  # the logarithm of that of the best words
    uint32_t length  # of the first of them
    uint32_t letter


cdef inline bint is_alphanumeric(uint32_t c) noexcept:
    return 0x30 <= c <= 0x39 or 0x41 <= c <= 0x5A or 0x61 <= c <= 0x7A


cdef inline bint is_in_block(uint32_t c) noexcept:
    """Whether words are looked for: Han, and of ASCII what names and numbers hold."""
    if 0x4E00 <= c <= 0x9FFF:
        return True
    if c < 0x80:
        return is_alphanumeric(c) or c == 0x2B or c == 0x23 or c == 0x26 or c == 0x2E or c == 0x5F or c == 0x25 or c == 0x2D
    return (
        0x3400 <= c <= 0x4DBF or 0xF900 <= c <= 0xFAFF or 0x20000 <= c <= 0x2A6DF or 0x2A700 <= c <= 0x2EBEF
        or 0x2F800 <= c <= 0x2FA1F
    )


@cython.final
cdef class Cutter:
    """Cuts texts into words of a dictionary.

    ``letters`` are the characters that words are made of, ``weights`` 64-bit floats (natural logarithms of chances; the
    first is that of a character that begins no word), ``units`` what ``double_array`` made of the words. Raises
    ValueError when they don't belong together.
    """

    cdef bytes held_units, held_weights
    cdef Unit* units
    cdef double* weights
    cdef uint16_t* letters  # by character

    def __cinit__(self, str letters not None, bytes weights not None, bytes units not None):
        cdef uint32_t size = PyBytes_GET_SIZE(units) // sizeof(Unit), count = len(letters), place
        cdef uint32_t heavy = PyBytes_GET_SIZE(weights) // sizeof(double)
        if size == 0 or heavy == 0 or count >= NO_LETTER:
            raise ValueError("no dictionary")
        self.held_units, self.held_weights = units, weights
        self.units, self.weights = <Unit*>PyBytes_AS_STRING(units), <double*>PyBytes_AS_STRING(weights)
        for place in range(size):
            if self.units[place].weight >= heavy or self.units[place].base + <size_t>count >= size:
                raise ValueError("units that lead nowhere")
        for place in range(heavy):
            if isnan(self.weights[place]):
                raise ValueError("a weight that is no number")
        self.letters = <uint16_t*>PyMem_Calloc(CHARACTERS, sizeof(uint16_t))
        if self.letters == NULL:
            raise MemoryError
        for place in range(count):
            self.letters[<uint32_t>letters[place]] = place + 1

    def __dealloc__(self):
        PyMem_Free(self.letters)

    def bounds(self, str text not None):
        """A byte for every place between the characters of a text: one where a word begins or ends."""
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at = 0, start, room = ROOM
        cdef int kind = PyUnicode_KIND(text)
        cdef void* data = PyUnicode_DATA(text)
        cdef bytes made = PyBytes_FromStringAndSize(NULL, size + 1)
        cdef char* marks = PyBytes_AS_STRING(made)
        cdef Step* steps = <Step*>PyMem_Malloc((ROOM + 1) * sizeof(Step))
        cdef Step* more
        cdef uint32_t c = 0, before
        if steps == NULL:
            raise MemoryError
        memset(marks, 0, size + 1)
        while at < size:
            before, c = c, PyUnicode_READ(kind, data, at)
            if not is_in_block(c):
                marks[at] = not (before == 0x0D and c == 0x0A)
                at += 1
                continue
            start = at
            while at < size and is_in_block(c):
                if at - start == room:
                    more = <Step*>PyMem_Realloc(steps, (2 * room + 1) * sizeof(Step))
                    if more == NULL:
                        PyMem_Free(steps)
                        raise MemoryError
                    steps, room = more, 2 * room
                steps[at - start].letter = self.letters[c]
                at += 1
                c = PyUnicode_READ(kind, data, at) if at < size else 0
            c = 0  # what stands behind the block is looked at again
            self.weigh(steps, at - start)
            self.mark(steps, at - start, kind, data, start, marks)
        marks[0] = marks[size] = 1
        PyMem_Free(steps)
        return made

    cdef void weigh(self, Step* steps, Py_ssize_t size) noexcept:
        """Find the best first word from every place of a block, the last place first; of equals the longest."""
        cdef Unit* units = self.units
        cdef uint32_t root = units[0].base, letter
        cdef Py_ssize_t at, until
        cdef Unit* unit
        cdef double chance, best
        cdef uint32_t length
        for at in range(size - 1):
            FETCH(&units[units[root + steps[at].letter].base + steps[at + 1].letter])
        steps[size].chance, steps[size].letter = 0, 0
        for at in range(size - 1, -1, -1):
            best, length, until = self.weights[NO_WORD] + steps[at + 1].chance, 0, at
            letter = steps[at].letter
            unit = &units[root + letter]
            while unit.letter == letter:
                until += 1
                if unit.weight != NO_WORD:
                    chance = self.weights[unit.weight] + steps[until].chance
                    if length == 0 or chance >= best:
                        best, length = chance, <uint32_t>(until - at)
                if unit.base == 0:
                    break
                letter = steps[until].letter
                unit = &units[unit.base + letter]
            steps[at].chance, steps[at].length = best, length if length else 1

    cdef void mark(
        self, Step* steps, Py_ssize_t size, int kind, void* data, Py_ssize_t start, char* marks
    ) noexcept:
        """Mark where words begin; letters and digits that stay by themselves are one word."""
        cdef Py_ssize_t at = 0
        cdef bint joined = False, single
        while at < size:
            single = steps[at].length == 1 and is_alphanumeric(PyUnicode_READ(kind, data, start + at))
            marks[start + at] = not (joined and single)
            joined = single
            at += steps[at].length

