from libc.stdint cimport uint16_t, uint32_t, uint64_t

cpdef enum:
    # What a character is.
    SPACE = 1 << 0
    BREAK = 1 << 1  # ends a line
    WIDE = 1 << 2  # Han and its punctuation
    WORD = 1 << 3  # a letter or digit
    DIGIT = 1 << 4
    PRINTABLE = 1 << 5
    UNREADABLE = 1 << 6
    INK = 1 << 7  # neither blank nor unreadable
    TERMINAL = 1 << 8  # ends a sentence
    CLOSED = 1 << 9  # a paragraph may well end after it
    CLAUSE = 1 << 10  # parts clauses
    STOP = 1 << 11  # parts sentences or the items of a list
    COMMA = 1 << 12
    TRAILING = 1 << 13  # may stand behind a heading
    # What only the first character tells.
    MARK = 1 << 16  # may begin a bullet or number
    NOTE = 1 << 17  # may begin the caption or source of a figure
    PAGE_BEGIN = 1 << 18
    # What all characters must be.
    PAGE = 1 << 20  # may stand in a page mark
    AXIS = 1 << 21  # may stand in the label of an axis

    OPENING = MARK | NOTE | PAGE_BEGIN
    WHOLE = PAGE | AXIS
    BYTES = 30  # the two highest bits: how many bytes more than one the character takes in UTF-8
    WORDS = 32  # classes of words follow


cdef uint32_t in_general(Py_UCS4 c) noexcept


cdef inline uint32_t trait_of(const uint32_t* plane, Py_UCS4 c) noexcept:
    """What a character is; ``plane`` knows those of the basic plane."""
    return plane[c] if c < 0x10000 else in_general(c)


cdef class Traits:
    cdef uint32_t* plane
    cdef uint16_t* pairs
    cdef uint16_t anywhere
    cdef uint16_t beginning
    cdef uint16_t ending
    cdef uint16_t always

    cdef learn(self, uint16_t trait, str word, bint by_end)
    cdef uint64_t stretch(self, int kind, const void* data, Py_ssize_t start, Py_ssize_t stop, Py_ssize_t* columns) noexcept
