"""Words laid out as a double array: a unit a prefix, where base + letter is the unit that a letter leads on to.

No two prefixes have the same base, so that the letter that leads to a unit tells whether it is the one looked for.
(Aoe, An Efficient Digital Search Algorithm by Using a Double-Array Structure, 1989, keeps the parent there.)
"""

from heapq import heappop, heappush
from itertools import accumulate

cimport cython
from cpython.bytes cimport PyBytes_FromStringAndSize
from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_Realloc
from libc.string cimport memset


def double_array(list words not None, list weights not None, list frequencies not None, str letters not None):
    """The bytes of the units of words; unit 0 is that of the empty prefix.

    ``words`` are sorted and apart, ``weights`` are numbers from 1 to 65535, one for each, and ``letters`` are the
    characters that the words are made of. By ``frequencies`` the prefixes that texts have most are laid out first and
    so lie together, where a processor's caches hold them. Raises ValueError for what is not so.
    """
    cdef Growing growing = Growing(len(letters))
    cdef dict numbers = {letter: place for place, letter in enumerate(letters, 1)}
    cdef uint32_t count, at, base, first, last, depth, parent, unit
    if not all(words) or any([not before < word for before, word in zip(words, words[1:])]):
        raise ValueError("words that are empty, or not in order")
    if not len(words) == len(weights) == len(frequencies):
        raise ValueError("not a weight and a frequency for every word")
    if not all([0 < weight <= 0xFFFF for weight in weights]):
        raise ValueError("a weight that is none")
    if not set().union(*words) <= numbers.keys():
        raise ValueError("words of other letters")
    cdef list sums = list(accumulate(frequencies, initial=0))
    cdef list waiting = [(0, 0, 0, len(words), 0)]  # less the frequency, unit, the words that begin so, length
    while waiting:
        _, parent, first, last, depth = heappop(waiting)
        if first < last and len(<str>words[first]) == depth:
            growing.units[parent].weight = weights[first]
            first += 1
        count = 0
        for at in range(first, last):
            letter = numbers[(<str>words[at])[depth]]
            if count == 0 or growing.family[count - 1] != <uint16_t>letter:
                growing.family[count], growing.begins[count] = letter, at
                count += 1
        if count == 0:
            continue
        growing.begins[count] = last
        base = growing.units[parent].base = growing.base_for(count)
        for at in range(count):
            unit, first, last = base + growing.family[at], growing.begins[at], growing.begins[at + 1]
            growing.units[unit].letter = growing.family[at]
            if last - first == 1 and len(<str>words[first]) == depth + 1:
                growing.units[unit].weight = weights[first]
            else:
                heappush(waiting, (sums[first] - sums[last], unit, first, last, depth + 1))
    return PyBytes_FromStringAndSize(<char*>growing.units, (growing.highest + len(letters) + 1) * sizeof(Unit))


@cython.final
cdef class Growing:
    """A double array while prefixes are put into it."""

    def __cinit__(self, letters):
        if letters >= NO_LETTER:
            raise ValueError("too many letters")
        self.letters = letters
        self.family = <uint16_t*>PyMem_Malloc((self.letters + 1) * sizeof(uint16_t))
        self.begins = <uint32_t*>PyMem_Malloc((self.letters + 1) * sizeof(uint32_t))
        if not (self.family and self.begins):
            raise MemoryError
        self.widen()

    def __dealloc__(self):
        PyMem_Free(self.units)
        PyMem_Free(self.based)
        PyMem_Free(self.family)
        PyMem_Free(self.begins)

    cdef int widen(self) except -1:
        """Make room for twice the units, and for the units of one more family."""
        cdef uint32_t size = 2 * self.size + 2 * self.letters + 2, place
        cdef Unit* units = <Unit*>PyMem_Realloc(self.units, size * sizeof(Unit))
        if units:
            self.units = units
        cdef uint8_t* based = <uint8_t*>PyMem_Realloc(self.based, size)
        if based:
            self.based = based
        if not (units and based):
            raise MemoryError
        memset(based + self.size, 0, size - self.size)
        for place in range(self.size, size):
            units[place] = Unit(0, NO_LETTER, NO_WORD)
        self.size = size
        return 0

    cdef uint32_t base_for(self, uint32_t count) except 0:
        """A base that no other prefix has and from which the units of the family are free.

        The search goes on where that for a family of the same size ended: what did not fit that one hardly fits this.
        """
        cdef uint32_t least = min([self.family[at] for at in range(count)]), sort = min(count, SIZES - 1)
        cdef uint32_t place = max(self.reached[sort], least + 1)
        while True:
            if place + self.letters >= self.size:
                self.widen()
            if self.units[place].letter == NO_LETTER and self.fits(place - least, count):
                break
            place += 1
        self.reached[sort] = place
        self.based[place - least] = True
        self.highest = max(self.highest, place - least)
        return place - least

    cdef bint fits(self, uint32_t base, uint32_t count) noexcept:
        cdef uint32_t at
        if self.based[base]:
            return False
        for at in range(count):
            if self.units[base + self.family[at]].letter != NO_LETTER:
                return False
        return True
